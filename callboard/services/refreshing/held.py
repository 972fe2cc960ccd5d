"""Which days of which slices are held, and which are missing, by the state of a feed."""

from collections.abc import Iterator
from datetime import date

from callboard.storage.runs import FeedState
from data_contracts.evidence import Held

_ASKED_AGAIN = 100  # of the days that are not in order, so many of the last are read every time


def holds_of(state: FeedState) -> frozenset[Held]:
    """What of a feed is held as it stands now; by which rule, its slices say in words."""
    return frozenset(
        Held(touchpoint=each.touchpoint, metric=each.metric, day=day, rule_id="")
        for each in state.slices
        for day in each.held
    )


def is_missing(state: FeedState, touchpoint: str, day: date) -> bool:
    """Whether a feed has no rows of a day where there should be some: that is not "none"."""
    slices = (each for each in state.slices if each.touchpoint in ("", touchpoint))
    return any(day in each.missing for each in slices)


def missing_days(state: FeedState) -> frozenset[tuple[str, date]]:
    """The touchpoints and days whose rows are missing."""
    return frozenset((each.touchpoint, day) for each in state.slices for day in each.missing)


def days_to_ask_again(state: FeedState) -> frozenset[date]:
    """The days that are to be read once more: the source may be mended, or a waiver be over."""
    return frozenset(sorted(set(_not_in_order(state)))[-_ASKED_AGAIN:])


def _not_in_order(state: FeedState) -> Iterator[date]:
    for each in state.slices:
        yield from each.held
        yield from each.waived
