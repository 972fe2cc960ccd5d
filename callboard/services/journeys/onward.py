"""Who goes where next: how many cases went from each touchpoint of a journey on to another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from callboard.services.readings.annotation_marks import tell_days
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.feeds.passages import WITHIN, days_reached
from callboard.storage.passages import read_feeds_of_passages, read_passages
from callboard.storage.runs import read_feed_states
from callboard.views.journeys import JourneyOnward
from metrics.calendar import Period

LEAST = 10  # cases; fewer could be told apart by who knows one of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Where cases went on to from each touchpoint, most of them first, and how that is told.

    `hiding` are the touchpoints from which ways lead that too few took to be told.
    """

    by_origin: Mapping[str, tuple[JourneyOnward, ...]]
    hiding: frozenset[str]
    told: str


def read_onward(
    runtime: Runtime, connection: Connection, period: Period, touchpoints: Collection[str]
) -> Onward:
    """Return the passages of a period between some touchpoints; those of few cases are left out.

    `touchpoints` are within the reader's scope.
    """
    found = read_passages(connection, scope=touchpoints, first=period.start, last=period.end)
    shown = {pair: cases for pair, cases in found.items() if cases >= LEAST}
    known, most = runtime.definitions.touchpoints, max(shown.values(), default=0)
    by_origin: dict[str, list[JourneyOnward]] = {}
    for (origin, to), cases in sorted(shown.items(), key=lambda each: (-each[1], each[0])):
        onward = JourneyOnward(touchpoint=to, name=known[to].name, cases=cases, share=cases / most)
        by_origin.setdefault(origin, []).append(onward)
    return Onward(
        by_origin={origin: tuple(each) for origin, each in by_origin.items()},
        hiding=frozenset(origin for origin, to in found if (origin, to) not in shown),
        told=" ".join(
            filter(None, (_tell(len(shown), len(found) - len(shown)), _held(connection, period)))
        ),
    )


def _held(connection: Connection, period: Period) -> str:
    """Which days of the period stand as before, or not at all, as rows that reach them are held."""
    feeds, states = read_feeds_of_passages(connection), read_feed_states(connection)
    held = {
        day for feed in feeds & states.keys() for part in states[feed].slices for day in part.held
    }
    reached = {
        day for day in days_reached(held, until=period.end) if period.start <= day <= period.end
    }
    if not reached:
        return ""
    days = tell_days(min(reached), max(reached), near=period.end)
    return f"Held back: {days}; these days are as they were last counted, or left out."


def _tell(shown: int, hidden: int) -> str:
    if not shown and not hidden:
        return ""
    if not shown:
        return f"From no touchpoint did {LEAST} cases or more go on to one other."
    left = (
        f" A dashed line: ways of fewer than {LEAST} cases lead on from there, and are not told."
        if hidden
        else ""
    )
    return (
        "Between touchpoints: how many cases came next from one to the other in this period, each "
        f"at most {WITHIN} days after it was seen before; the more cases, the thicker.{left}"
    )
