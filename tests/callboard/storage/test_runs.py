from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select

from callboard.storage.engine import snapshot, write
from callboard.storage.runs import (
    FeedState,
    RunRow,
    RunVerdict,
    SliceState,
    read_feed_states,
    read_rule_results,
    read_runs,
    record_contract,
    record_run,
    write_feed_state,
)
from callboard.storage.tables import contract, feed_state
from data_contracts.evidence import RuleResult, State
from data_contracts.model import Dimension, Severity

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
RUN = RunRow(
    feed="contacts",
    contract_sha256="ab" * 32,
    started_at=NOW,
    finished_at=NOW,
    duration_ms=120,
    triggered_by="refresh",
    rows_in=1000,
    rows_used=990,
    rows_quarantined=10,
    verdict=RunVerdict.PUBLISHED,
    reasons=("10 rows are in quarantine",),
    as_of=NOW,
    publication=7,
)
RESULT = RuleResult(
    rule_id="wait.range",
    state=State.FAIL,
    severity=Severity.CRITICAL,
    dimension=Dimension.ACCURACY,
    evaluated=1000,
    failed=10,
    description="wait_seconds is at most 86400",
    threshold=0.2,
)
STATE = FeedState(
    feed="contacts",
    verdict=RunVerdict.WITHHELD,
    run_id=2,
    last_good_run_id=1,
    last_good_at=NOW,
    watermark="2026-11-22 09:00:00",
    first_day=date(2024, 9, 1),
    last_day=date(2026, 11, 21),
    as_of=NOW,
    definition_hash="abc",
    reasons=("too many rows are in quarantine",),
    rows_quarantined_open=3,
    looked_at=NOW,
    seen="1000 rows to 09:00",
    slices=(
        SliceState(
            touchpoint="desk",
            metric="aht",
            as_of=NOW,
            since=NOW,
            held=(date(2026, 11, 20), date(2026, 11, 21)),
            missing=(date(2026, 11, 19),),
            reasons=("The median is 1/60 of before.",),
            warnings=("3 rows are «odd».",),
            waived_until=date(2026, 12, 24),
            rules=(("slice.scale", date(2026, 11, 20)), ("slice.totals", date(2026, 11, 21))),
        ),
        SliceState(touchpoint="web"),
    ),
)


def record(store: Engine, run: RunRow, *results: RuleResult) -> int:
    with write(store) as conn:
        return record_run(conn, run, results)


def test_runs_come_back_as_they_were_newest_first(store: Engine) -> None:
    first = record(store, RUN)
    failed = replace(RUN, verdict=RunVerdict.FAILED, publication=None, as_of=None, error_id="e1")
    second = record(store, failed)
    record(store, replace(RUN, feed="survey"))
    with snapshot(store) as conn:
        found = read_runs(conn, feed="contacts")
        assert (replace(failed, id=second), replace(RUN, id=first)) == found
        assert found[:1] == read_runs(conn, feed="contacts", limit=1)


def test_the_result_of_every_rule_is_kept_with_its_run_passes_too(store: Engine) -> None:
    passing = replace(RESULT, rule_id="id.required", state=State.PASS, failed=0)
    of_a_slice = replace(RESULT, slice_key="desk", state=State.NOT_EVALUATED)
    number = record(store, RUN, RESULT, passing, of_a_slice)
    record(store, RUN, replace(RESULT, failed=99))
    with snapshot(store) as conn:
        assert (passing, RESULT, of_a_slice) == read_rule_results(conn, number)


def test_a_feed_has_one_state_the_last_that_was_written(store: Engine) -> None:
    later = replace(STATE, verdict=RunVerdict.PUBLISHED, reasons=(), watermark="later")
    other = FeedState(feed="survey", verdict=RunVerdict.FAILED)
    with write(store) as conn:
        for state in (STATE, later, other):
            write_feed_state(conn, state)
    with snapshot(store) as conn:
        assert {"contacts": later, "survey": other} == read_feed_states(conn)


def test_a_state_comes_back_as_it_was(store: Engine) -> None:
    with write(store) as conn:
        write_feed_state(conn, STATE)
    with snapshot(store) as conn:
        assert {"contacts": STATE} == read_feed_states(conn)


def test_a_slice_that_was_kept_without_its_rules_is_still_read(store: Engine) -> None:
    with write(store) as conn:
        write_feed_state(conn, STATE)
        told = conn.execute(select(feed_state.c.slices)).scalar_one()
        old = [{name: each[name] for name in each if name != "rules"} for each in told]
        conn.execute(feed_state.update().values(slices=old))
        found = read_feed_states(conn)["contacts"].slices
    assert tuple(replace(each, rules=()) for each in STATE.slices) == found


@pytest.mark.parametrize("times", [1, 2])
def test_a_contract_is_kept_once_with_the_first_time_it_was_seen(store: Engine, times: int) -> None:
    with write(store) as conn:
        for number in range(times):
            at = NOW.replace(minute=number)
            record_contract(
                conn, feed="contacts", version="1.0.0", sha256="ab" * 32, document="id: x", at=at
            )
    with snapshot(store) as conn:
        assert [NOW.replace(minute=0)] == [row.seen_at for row in conn.execute(select(contract))]


def test_a_contract_kept_without_its_text_takes_it_later(store: Engine) -> None:
    for text in ("", "name: Contacts", "name: Others"):
        with write(store) as conn:
            record_contract(
                conn, feed="contacts", version="1.0.0", sha256="ab" * 32, document=text, at=NOW
            )
    with snapshot(store) as conn:
        assert ["name: Contacts"] == list(conn.execute(select(contract.c.document)).scalars())
