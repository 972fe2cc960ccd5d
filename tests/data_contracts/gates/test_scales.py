"""Scale shift: a metric many times what it was, day by day, beside plain medians."""

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.gates.scales import DayValue, judge_scale

DAY = date(2026, 11, 20)


def days(values: list[float], *, until: date = DAY, n: int = 100) -> list[DayValue]:
    """One value a day, the last of them on `until`."""
    first = until - timedelta(days=len(values) - 1)
    return [DayValue(first + timedelta(days=i), value, n) for i, value in enumerate(values)]


def judge(
    found: list[DayValue], history: list[DayValue], factor: float = 20.0, *, is_whole: bool = True
):
    told = {"found": found, "history": history, "factor": factor, "is_whole": is_whole}
    return judge_scale("desk", "aht", **told)


YESTERDAY = DAY - timedelta(days=1)
CASES = [
    # published before, found on the day, n, judged, broken
    ([366.0] * 56, 6.1, 100, 1, 1),  # minutes for seconds
    ([366.0] * 56, 366.0 / 20, 100, 1, 0),
    ([366.0] * 56, 366.0 * 20, 100, 1, 0),
    ([366.0] * 56, 366.0 * 20.01, 100, 1, 1),
    ([93.0] * 14, 0.93, 5, 1, 1),  # a share for per cent
    ([93.0] * 13, 0.93, 100, 0, 0),  # too few days
    ([93.0] * 14, 0.93, 4, 0, 0),  # too few rows
    ([0.0] * 56, 5.0, 100, 0, 0),  # nothing is many times zero
    ([5.0] * 56, 0.0, 100, 0, 0),  # zero is zero in every unit
    ([5.0] * 56, -0.1, 100, 0, 0),  # below zero it has no scale to keep
    ([-5.0] * 56, -0.1, 100, 1, 1),
    ([-2.0, 5.0] * 28, 0.01, 100, 0, 0),  # a delay that is now early, now late
    ([1.0] * 60 + [366.0] * 56, 366.0, 100, 1, 0),  # only 56 days count
    ([366.0] * 56, float("nan"), 100, 0, 0),
]


@pytest.mark.parametrize(("before", "value", "n", "judged", "broken"), CASES)
def test_a_day_breaks_outside_twenty_times_the_median_before_it(
    before: list[float], value: float, n: int, judged: int, broken: int
) -> None:
    found = judge([DayValue(DAY, value, n)], days(before, until=YESTERDAY))
    assert (judged, broken) == (found.judged, len(found.broken))


def test_minutes_for_seconds_hold_the_days_from_the_jump_on() -> None:
    history = days([366.0, 340.0, 390.0] * 20, until=DAY - timedelta(days=4))
    found = judge(days([350.0, 6.1, 5.8, 6.4]), history)
    assert (4, tuple(DAY - timedelta(days=back) for back in (2, 1, 0))) == (
        found.judged,
        found.broken,
    )
    assert "3 days, the last 20 Nov 2026: 6.4 where 366 is usual." == found.message


def test_what_is_published_of_the_day_itself_or_later_is_not_its_past() -> None:
    later = days([6.0] * 30, until=DAY + timedelta(days=29))
    found = judge([DayValue(DAY, 6.0, 100)], days([366.0] * 20, until=YESTERDAY) + later)
    assert (DAY,) == found.broken


def test_a_first_load_is_judged_by_itself() -> None:
    found = judge(days([366.0] * 20 + [6.1] * 3), [])
    assert (23, 3) == (found.judged, len(found.broken))
    assert 0 == judge(days([366.0] * 10 + [6.1] * 3), []).judged


FIRST = DAY - timedelta(days=89)
HELD = days([6.1] * 20, until=FIRST + timedelta(days=19))
PUBLISHED = days([366.0] * 67, until=DAY - timedelta(days=3))


@pytest.mark.parametrize("held", [20, 5])
def test_held_days_are_not_what_is_usual_of_them_when_they_are_read_again(held: int) -> None:
    again = [*HELD[:held], *days([366.0] * 3)]
    found = judge(again, PUBLISHED, is_whole=False)
    assert (held + 3, tuple(each.day for each in HELD[:held])) == (found.judged, found.broken)


def test_the_nearest_published_days_on_either_side_tell_of_a_day_with_few_before_it() -> None:
    near = days([6.0] * 56, until=FIRST + timedelta(days=56))
    far = days([366.0] * 30, until=DAY + timedelta(days=30))
    found = judge([DayValue(FIRST, 366.0, 100)], near + far, is_whole=False)
    assert ((FIRST,), ()) == (found.broken, judge(HELD[:1], near + far, is_whole=False).broken)


def test_what_was_published_of_a_day_does_not_tell_of_itself() -> None:
    itself = [DayValue(FIRST, 6.1, 100)]
    after = days([366.0] * 13, until=FIRST + timedelta(days=13))
    assert 0 == judge(itself, itself + after, is_whole=False).judged


def test_a_contract_may_allow_another_factor() -> None:
    found = [DayValue(DAY, 6.1, 100)]
    history = days([366.0] * 20, until=YESTERDAY)
    assert (1, 0) == tuple(len(judge(found, history, each).broken) for each in (50.0, 100.0))


values = st.lists(st.sampled_from([1.0, 3.0, 20.0, 60.0, 400.0, 1e4]), max_size=90)


@given(published=values, loaded=values.filter(bool))
def test_the_days_that_break_are_those_of_plain_medians(
    published: list[float], loaded: list[float]
) -> None:
    history = days(published, until=DAY - timedelta(days=len(loaded) // 2))
    expected = []
    for each in (found := days(loaded)):
        past = [old.value for old in history if old.day < each.day][-56:]
        usual = past if len(past) >= 14 else loaded if len(loaded) >= 14 else []
        if usual and not median(usual) / 20 <= each.value <= median(usual) * 20:
            expected.append(each.day)
    assert tuple(expected) == judge(found, history).broken
