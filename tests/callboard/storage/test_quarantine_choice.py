"""Which rows in quarantine are meant, and what they can be told apart by, on each engine."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from callboard.storage.engine import snapshot, write
from callboard.storage.quarantine import FailingRow, QuarantineStatus, replace_quarantine
from callboard.storage.quarantine_acts import Act, RowAct, add_act, read_acts, read_pending
from callboard.storage.quarantine_choice import (
    RowChoice,
    count_chosen,
    read_chosen,
    read_facets,
)

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
ROWS = {
    "a": (("wait.range", "kind.one_of"), MONDAY, "desk"),
    "b": (("wait.range",), MONDAY, "web"),
    "c": (("wait_range",), TUESDAY, "desk"),
    "d": (('odd"%_\\rule',), None, ""),
}


@pytest.fixture
def filled(store: Engine) -> Engine:
    rows = [
        FailingRow(
            row_key=key, raw=f'"{key}"', rule_ids=rules, messages=("x",), day=day, touchpoint=at
        )
        for key, (rules, day, at) in ROWS.items()
    ]
    with write(store) as conn:
        replace_quarantine(conn, feed="survey", run_id=1, days=None, rows=rows, at=NOON)
        replace_quarantine(conn, feed="other", run_id=1, days=None, rows=rows[:1], at=NOON)
    return store


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({}, "abcd"),
        ({"rule": "wait.range"}, "ab"),
        ({"rule": "wait_range"}, "c"),
        ({"rule": "range"}, ""),
        ({"rule": "%"}, ""),
        ({"touchpoint": "desk"}, "ac"),
        ({"day": MONDAY}, "ab"),
        ({"touchpoints": frozenset({"web"})}, "b"),
        ({"touchpoints": frozenset()}, ""),
        ({"status": QuarantineStatus.FIXED}, ""),
        ({"status": None, "rule": "kind.one_of", "touchpoint": "desk", "day": MONDAY}, "a"),
    ],
)
def test_rows_are_chosen_and_counted_alike(
    filled: Engine, asked: dict[str, object], keys: str
) -> None:
    choice = RowChoice(feed="survey", **asked)  # type: ignore[arg-type]
    with snapshot(filled) as conn:
        found = read_chosen(conn, choice, limit=10)
        assert (keys, len(keys)) == (
            "".join(sorted(row.row_key for row in found)),
            count_chosen(conn, choice),
        )


def test_facets_tell_how_many_rows_each_choice_has(filled: Engine) -> None:
    with snapshot(filled) as conn:
        facets = read_facets(conn, RowChoice(feed="survey", touchpoint="desk"))
    assert {"kind.one_of": 1, "wait.range": 1, "wait_range": 1} == facets.rules
    assert ({"open": 2}, {"desk": 2}) == (facets.statuses, facets.touchpoints)
    assert [(TUESDAY, 1), (MONDAY, 1)] == list(facets.days.items())


def test_an_act_waits_until_a_run_has_taken_it_in(filled: Engine) -> None:
    with write(filled) as conn:
        for act in (Act.CORRECTED, Act.JUDGED):
            add_act(conn, RowAct(row_id=1, act=act, actor="ada", at=NOON, fields={"wait": 4.5}))
        add_act(conn, RowAct(row_id=2, act=Act.WAIVED, actor="ada", at=NOON, note="a test"))
        add_act(conn, RowAct(row_id=3, act=Act.ASKED_AGAIN, actor="ada", at=NOON))
    with snapshot(filled) as conn:
        assert [(1, MONDAY, False), (3, TUESDAY, True)] == [
            (each.row_id, each.day, each.is_new) for each in read_pending(conn, feed="survey")
        ]
        acts = read_acts(conn, [1, 2, 4])
        assert ({1, 2}, {"wait": 4.5}) == (set(acts), acts[1][0].fields)
    with write(filled) as conn:
        for row in (1, 3):
            add_act(conn, RowAct(row_id=row, act=Act.TAKEN_IN, actor="refresh", at=NOON))
        assert () == read_pending(conn, feed="survey")
