"""Which days of which slices are held, and which are missing, by the state of a feed."""

from datetime import date

from callboard.storage.runs import FeedState
from data_contracts.evidence import Held

_ASKED_AGAIN = 100  # of the days that are not in order, and of missing ones, are read every time


def holds_of(state: FeedState) -> frozenset[Held]:
    """What of a feed is held as it stands now; by which rule, its slices say in words."""
    return frozenset(
        Held(touchpoint=each.touchpoint, metric=each.metric, day=day, rule_id="")
        for each in state.slices
        for day in each.held
    )


def waived_of(state: FeedState) -> frozenset[Held]:
    """What of a feed is published for a waiver alone."""
    return frozenset(
        Held(touchpoint=each.touchpoint, metric=each.metric, day=day, rule_id="")
        for each in state.slices
        for day in each.waived
    )


def is_missing(state: FeedState, touchpoint: str, day: date) -> bool:
    """Whether a feed has no rows of a day where there should be some: that is not "none"."""
    slices = (each for each in state.slices if each.touchpoint in ("", touchpoint))
    return any(day in each.missing for each in slices)


def missing_days(state: FeedState) -> frozenset[tuple[str, date]]:
    """The touchpoints and days whose rows are missing."""
    return frozenset((each.touchpoint, day) for each in state.slices for day in each.missing)


def days_to_ask_again(state: FeedState, *, with_all: bool = False) -> frozenset[date]:
    """The days that are to be read once more: the source may be mended, or a waiver be over.

    They are the latest of those that are held or waived, and of the missing ones; all of them only
    where asked for, as is right once waivers have changed.
    """
    of_each = (_withheld(state), {day for _, day in missing_days(state)})
    last = None if with_all else _ASKED_AGAIN
    return frozenset(day for days in of_each for day in sorted(days, reverse=True)[:last])


def _withheld(state: FeedState) -> set[date]:
    """The days that are not published, and those that are for a waiver alone."""
    return {day for each in state.slices for day in (*each.held, *each.waived)}
