"""How many rows are usual where some days have none: a stop never becomes what is usual."""

from datetime import date, timedelta

import pytest

from callboard.services.refreshing.slice_volumes import (
    Absence,
    Volumes,
    needed_since,
    volumes_of,
)

DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)


def stopped(*, after: int, for_days: int, absence: Absence) -> Volumes:
    """A touchpoint of 100 rows a day that has none any more."""
    rows = {FIRST + n * DAY: 100 for n in range(after)}
    found = volumes_of("desk", rows, until=FIRST + (after + for_days - 1) * DAY, absence=absence)
    assert found is not None
    return found


def broken(found: Volumes) -> tuple[date, ...]:
    return next(iter(found.judge(missing_until=found.until))).broken


@pytest.mark.parametrize("for_days", [1, 20, 36, 120])
def test_every_day_since_a_stop_is_missing_however_long_ago_it_was(for_days: int) -> None:
    found = stopped(after=60, for_days=for_days, absence=Absence(after=date.min))
    assert tuple(FIRST + (60 + n) * DAY for n in range(for_days)) == broken(found)
    assert (100.0, True) == (found.usual[found.until], found.comes_daily)


def test_days_that_were_missing_tell_nothing_of_what_is_usual() -> None:
    gone = frozenset(FIRST + (60 + n) * DAY for n in range(50))
    found = stopped(after=60, for_days=51, absence=Absence(missing=gone))
    assert sorted({*gone, found.until}) == list(broken(found))


def test_a_missing_day_of_long_ago_stays_missing() -> None:
    ago = FIRST - 200 * DAY
    found = stopped(after=60, for_days=1, absence=Absence(missing=frozenset({ago})))
    assert (ago, found.until) == broken(found)


def test_without_any_row_the_missing_days_are_still_told() -> None:
    found = volumes_of("desk", {}, until=FIRST, absence=Absence(missing=frozenset({FIRST})))
    assert found is not None
    evidence = next(iter(found.judge(missing_until=FIRST)))
    assert "1 Jan 2026: no row where some are usual." == evidence.message


def test_where_it_is_waived_a_day_without_rows_becomes_usual() -> None:
    gone = frozenset(FIRST + (60 + n) * DAY for n in range(40))
    found = stopped(after=60, for_days=40, absence=Absence(missing=gone, is_waived=True))
    assert 0.0 == found.usual[found.until]


def test_what_is_usual_is_told_from_before_the_days_that_are_missing() -> None:
    streak = [FIRST - n * DAY for n in range(5, 40)]
    assert FIRST - 39 * DAY - 70 * DAY == needed_since(FIRST, [*streak, FIRST - 300 * DAY])
