"""The rows of published days take the place of what was said of those days, and of no others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from callboard.storage.engine import write
from callboard.storage.slices import SliceDay, read_slice_days, replace_slice_days
from data_contracts.evidence import Held

MONDAY = date(2026, 11, 16)
TUESDAY = MONDAY + timedelta(days=1)
DESK = SliceDay(feed="contacts", touchpoint="desk", day=MONDAY, rows_in=9, rows_used=8, run_id=1)
WEB = replace(DESK, touchpoint="web")
LATER = replace(DESK, day=TUESDAY)
OTHER = replace(DESK, feed="survey")
OF_DESK = Held(touchpoint="desk", metric="", day=MONDAY, rule_id="slice.quarantine_share")


@pytest.mark.parametrize(
    ("days", "left"),
    [
        pytest.param([MONDAY], (LATER, WEB), id="a day"),
        pytest.param(None, (WEB,), id="all days"),
        pytest.param([], (DESK, LATER, WEB), id="no day"),
    ],
)
def test_what_is_not_there_any_more_is_forgotten(
    store: Engine, days: list[date] | None, left: tuple[SliceDay, ...]
) -> None:
    with write(store) as conn:
        for feed, rows in (("contacts", [DESK, LATER]), ("survey", [OTHER])):
            replace_slice_days(conn, feed=feed, days=None, rows=rows)
        replace_slice_days(conn, feed="contacts", days=days, rows=[WEB])
        assert left == read_slice_days(conn, feed="contacts", since=MONDAY)
        assert (OTHER,) == read_slice_days(conn, feed="survey", since=MONDAY)


@pytest.mark.parametrize(
    ("held", "left"),
    [
        pytest.param(OF_DESK, DESK, id="the touchpoint"),
        pytest.param(replace(OF_DESK, touchpoint=""), DESK, id="the feed"),
        pytest.param(replace(OF_DESK, metric="aht"), replace(DESK, rows_in=20), id="a metric"),
        pytest.param(replace(OF_DESK, day=TUESDAY), replace(DESK, rows_in=20), id="another day"),
    ],
)
def test_a_touchpoint_that_is_held_keeps_what_was_published(
    store: Engine, held: Held, left: SliceDay
) -> None:
    new = [replace(DESK, rows_in=20)]
    with write(store) as conn:
        replace_slice_days(conn, feed="contacts", days=[MONDAY], rows=[DESK])
        replace_slice_days(conn, feed="contacts", days=[MONDAY], rows=new, held=[held])
        assert (left,) == read_slice_days(conn, feed="contacts", since=MONDAY)


def test_a_held_day_that_was_never_published_is_not_there(store: Engine) -> None:
    with write(store) as conn:
        replace_slice_days(conn, feed="contacts", days=None, rows=[DESK, WEB], held=[OF_DESK])
        assert (WEB,) == read_slice_days(conn, feed="contacts", since=MONDAY)


def test_a_held_day_outlives_that_its_rows_are_gone(store: Engine) -> None:
    with write(store) as conn:
        replace_slice_days(conn, feed="contacts", days=None, rows=[DESK])
        replace_slice_days(conn, feed="contacts", days=None, rows=[], held=[OF_DESK])
        assert (DESK,) == read_slice_days(conn, feed="contacts", since=MONDAY)


def test_only_the_days_that_are_replaced_are_looked_at(store: Engine) -> None:
    told: list[str] = []
    with write(store) as conn:
        replace_slice_days(conn, feed="contacts", days=None, rows=[DESK, LATER])
        event.listen(conn, "before_cursor_execute", lambda *args: told.append(args[2]))
        replace_slice_days(conn, feed="contacts", days=[MONDAY], rows=[])
        assert (LATER,) == read_slice_days(conn, feed="contacts", since=MONDAY)
    assert "slice_day.day IN" in next(each for each in told if each.startswith("SELECT"))
