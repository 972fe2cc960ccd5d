"""No data passes no rule: whatever is not there, nothing says that it is right."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import nan

from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.bounds import COLUMNS, EXTRA_COLUMNS, LOST_COLUMNS, TABLE, dataset_bounds
from data_contracts.catalogue import LIBRARY, read_contract
from data_contracts.evidence import DatasetEvidence, Evidence, Gate, SliceEvidence, State
from data_contracts.gate import judge_run
from data_contracts.gates.fresh import Promise, judge_freshness
from data_contracts.gates.grid import judge_grid, judge_volume
from data_contracts.gates.scales import DayValue, judge_scale
from data_contracts.gates.shares import DayRows, judge_shares
from data_contracts.gates.totals import judge_totals
from data_contracts.model import Contract, Dimension, RowCount, Severity, Tolerance

CONTRACTS = [read_contract(path)[0] for path in sorted(LIBRARY.glob("*.odcs.yaml"))]
OF_THE_TABLE = {TABLE, COLUMNS, EXTRA_COLUMNS, LOST_COLUMNS}  # these are of columns, not of rows

days = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 1)), max_size=40)
now = st.integers(0, 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(days=days, moment=now)
def test_no_gate_judges_what_is_not_there(days: frozenset[date], moment: datetime) -> None:
    promised = Promise(age=timedelta(hours=1), zone="UTC")
    unknown = [DayValue(day, 366.0, 4) for day in days] + [DayValue(day, nan, 100) for day in days]
    usual, last = dict.fromkeys(days, nan), date(2026, 3, 1)
    found = [
        judge_shares("desk", dict.fromkeys(days, DayRows(0, 0)), limit=0.0),
        judge_scale("desk", "aht", found=unknown, history=unknown, factor=20.0, is_whole=True),
        judge_grid("desk", dict.fromkeys(days, 0), usual=usual, until=last),
        judge_grid("desk", {}, usual=dict.fromkeys(days, 50.0), until=None),
        judge_volume("desk", {}, usual=usual, collapsed=days, until=last),
        judge_totals("desk", dict.fromkeys(days, 5), told={}),
        judge_freshness("desk", None, promised=promised, now=moment),
    ]
    assert {(0, (), "")} == {(each.judged, each.broken, each.message) for each in found}
    assert {*Gate} == {each.gate for each in found}


@settings(max_examples=20, deadline=None)
@given(
    contract=st.sampled_from(CONTRACTS),
    run=st.builds(
        DatasetEvidence,
        rows_in=st.just(0),
        is_incremental=st.booleans(),
        has_table=st.booleans(),
        is_draft=st.booleans(),
        slices=st.lists(
            st.builds(
                SliceEvidence,
                gate=st.sampled_from(Gate),
                touchpoint=st.sampled_from(["", "desk", "web"]),
                judged=st.just(0),
                broken=st.just(()),
                error=st.sampled_from(["", "it broke"]),
            ),
            max_size=6,
            unique_by=lambda each: (each.gate, each.slice_key),
        ).map(tuple),
    ),
    told=st.booleans(),
)
def test_no_data_passes_no_rule(contract: Contract, run: DatasetEvidence, told: bool) -> None:
    rows = [Evidence(rule_id=each.rule_id, evaluated=0, failed=0) for each in contract.checks]
    verdict = judge_run(contract, rows if told else [], run)
    passed = {each.rule_id for each in verdict.results if each.state is State.PASS}
    assert passed <= OF_THE_TABLE
    assert () == verdict.held


@given(
    low=st.none() | st.integers(-5, 5),
    high=st.none() | st.integers(-5, 5),
    is_outside=st.booleans(),
    is_open=st.booleans(),
)
def test_no_row_keeps_no_promise_of_how_many_there_are(
    low: int | None, high: int | None, is_outside: bool, is_open: bool
) -> None:
    tolerance = Tolerance(low=low, high=high, is_outside=is_outside, is_low_open=is_open)
    rule = RowCount(
        rule_id="row_count",
        severity=Severity.CRITICAL,
        dimension=Dimension.COMPLETENESS,
        description="There are enough rows.",
        tolerance=tolerance,
    )
    counted = replace(CONTRACTS[0], row_counts=(rule,))
    (bound,) = (
        each
        for each in dataset_bounds(counted, DatasetEvidence(rows_in=0))
        if each.rule_id == "row_count"
    )
    is_kept = bound.observed is not None and (
        (bound.low is None or bound.observed >= bound.low)
        and (bound.high is None or bound.observed <= bound.high)
    )
    assert not is_kept
    assert tolerance.allows(0) is (bound.observed is None)
