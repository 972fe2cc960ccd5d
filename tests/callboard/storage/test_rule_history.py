"""When a rule began to be broken, told from hand-written lists of runs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from callboard.storage.engine import snapshot, write
from callboard.storage.rule_history import (
    RuleName,
    began,
    broken_lately,
    count_broken,
    read_days,
)
from callboard.storage.runs import RunRow, RunVerdict, record_run
from callboard.storage.slices import SliceRun, keep_slice_run
from data_contracts.evidence import RuleResult, State
from data_contracts.model import Dimension, Severity

NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)
STATES = {
    "P": State.PASS,
    "F": State.FAIL,
    "E": State.ERROR,
    "n": State.NOT_EVALUATED,
}


def record(store: Engine, at: datetime, state: State, **parts: object) -> int:
    """A run with the result of one rule."""
    given: dict[str, object] = {"rule_id": "wait.range", "evaluated": 100, "failed": 0}
    result = RuleResult(
        state=state,
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        description="wait is right",
        **{**given, **{name: value for name, value in parts.items() if name != "feed"}},  # type: ignore[arg-type]
    )
    row = RunRow(
        feed=str(parts.get("feed", "contacts")),
        contract_sha256="c",
        started_at=at,
        finished_at=at,
        duration_ms=1,
        triggered_by="t",
        rows_in=100,
        rows_used=100,
        rows_quarantined=0,
        verdict=RunVerdict.PUBLISHED,
    )
    with write(store) as conn:
        return record_run(conn, row, [result])


@pytest.mark.parametrize(
    ("runs", "begin"),
    [
        ("", None),
        ("PPP", None),
        ("PPF", 3),
        ("PFFF", 2),
        ("FFF", 1),
        ("FPF", 3),
        ("FFP", None),
        ("PFnF", 2),
        ("PFnnn", 2),
        ("PnnF", 4),
        ("nnn", None),
        ("PEF", 2),
        ("FPnEn", 4),
    ],
)
def test_a_rule_began_to_be_broken_after_it_was_last_kept(
    store: Engine, runs: str, begin: int | None
) -> None:
    numbers = [
        record(store, NOON + timedelta(days=day), STATES[each], evaluated=0 if each == "n" else 9)
        for day, each in enumerate(runs)
    ]
    with snapshot(store) as conn:
        found = began(conn, RuleName(feed="contacts", rule_id="wait.range"))
    expected = None if begin is None else (numbers[begin - 1], NOON + timedelta(days=begin - 1))
    assert expected == (None if found is None else (found.run_id, found.at))


def test_other_feeds_and_slices_have_their_own_beginning(store: Engine) -> None:
    record(store, NOON, State.FAIL)
    record(store, NOON, State.PASS, feed="deliveries")
    record(store, NOON, State.PASS, slice_key="desk")
    with snapshot(store) as conn:
        names = [("contacts", ""), ("deliveries", ""), ("contacts", "desk")]
        found = [
            began(conn, RuleName(feed=feed, rule_id="wait.range", slice_key=where))
            for feed, where in names
        ]
    assert [True, False, False] == [each is not None for each in found]


def test_a_day_is_told_by_its_last_run_that_evaluated_the_rule(store: Engine) -> None:
    record(store, NOON, State.FAIL, failed=5)
    record(store, NOON + timedelta(hours=1), State.FAIL, failed=7, evaluated=200)
    record(store, NOON + timedelta(hours=2), State.NOT_EVALUATED, evaluated=0)
    record(store, NOON + timedelta(days=2), State.PASS)
    record(store, NOON - timedelta(days=9), State.FAIL, failed=1)
    with snapshot(store) as conn:
        name = RuleName(feed="contacts", rule_id="wait.range")
        days = read_days(conn, name, since=NOON - timedelta(days=1))
    assert [(date(2026, 11, 9), 7, 200), (date(2026, 11, 11), 0, 100)] == [
        (each.day, each.failed, each.evaluated) for each in days
    ]


def test_broken_rules_are_counted_by_run_and_named_once(store: Engine) -> None:
    runs = [record(store, NOON, state) for state in (State.FAIL, State.PASS, State.ERROR)]
    with snapshot(store) as conn:
        assert {runs[0]: 1, runs[2]: 1} == count_broken(conn, runs)
        assert ["wait.range"] == [
            each.rule_id for each in broken_lately(conn, feed="contacts", runs=runs)
        ]


def keep(store: Engine, run_id: int) -> None:
    """A run has read the service desk."""
    numbers = {"rules_passed": 1, "rules_judged": 1, "rows_in": 9, "rows_used": 9}
    told = SliceRun(run_id=run_id, touchpoint="desk", feed="contacts", judged_at=NOON, **numbers)
    with write(store) as conn:
        keep_slice_run(conn, [told])


@pytest.mark.parametrize(
    ("rule", "slice_key", "whole", "begin"),
    [
        ("wait.range", "desk", State.FAIL, 3),
        ("wait.range", "desk", State.NOT_EVALUATED, 1),
        ("wait.range", "web", State.FAIL, 1),
        ("slice.totals", "desk", None, 1),
        ("slice.scale", "desk/aht", None, 3),
        ("slice.scale", "web/aht", None, 1),
    ],
)
def test_a_run_without_a_failure_at_a_touchpoint_that_it_read_kept_the_rule(
    store: Engine, rule: str, slice_key: str, whole: State | None, begin: int
) -> None:
    here = {"rule_id": rule, "slice_key": slice_key}
    record(store, NOON, State.FAIL, **here)
    between = {"rule_id": rule} if whole else {"rule_id": "other"}
    keep(store, record(store, NOON + timedelta(days=1), whole or State.PASS, **between))
    keep(store, record(store, NOON + timedelta(days=2), State.FAIL, **here))
    with snapshot(store) as conn:
        found = began(conn, RuleName(feed="contacts", rule_id=rule, slice_key=slice_key))
    assert found is not None
    assert begin == found.run_id
