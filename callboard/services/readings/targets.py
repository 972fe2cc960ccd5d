"""Which target is in force on a day: the only place that says so, for every figure and page.

The newest approved target that covers the day wins over the files; else the touchpoint's file says
it, else the metric's definition. A target of no value ends what the files promise.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.table import ReadingTable
from callboard.storage.targets import ApprovedTargets, SeriesTarget

Span = tuple[date, date, float]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The targets of the files and those approved, as they were read with the readings."""

    definitions: Definitions
    approved: ApprovedTargets

    def on(self, touchpoint: str, metric: str, day: date) -> float | None:
        """The value in force on a day, in the metric's unit; None for no target."""
        found = self.approved_on(touchpoint, metric, day)
        if found is not None:
            return found.value
        return self.definitions.file_target(touchpoint, metric, day)

    def approved_on(self, touchpoint: str, metric: str, day: date) -> SeriesTarget | None:
        """The approved target in force on a day; None where the files say what is promised."""
        among = self.approved.get((touchpoint, metric), ())
        return next((each for each in among if each.covers(day)), None)

    def spans(self, touchpoint: str, metric: str, first: date, last: date) -> tuple[Span, ...]:
        """The targets in force from `first` to `last`: first day, last day, value."""
        begins = self.turns(touchpoint, metric, first, last)
        ends = [*(day - _DAY for day in begins[1:]), last]
        found: list[Span] = []
        for begin, end in zip(begins, ends, strict=True):
            value = self.on(touchpoint, metric, begin)
            if value is None:
                continue
            if found and found[-1][1] + _DAY == begin and found[-1][2] == value:
                found[-1] = (found[-1][0], end, value)
            else:
                found.append((begin, end, value))
        return tuple(found)

    def turns(self, touchpoint: str, metric: str, first: date, last: date) -> list[date]:
        """The days from `first` to `last` on which another target may begin, `first` among them."""
        known = self.definitions.touchpoints.get(touchpoint)
        own = [each for each in (known.targets if known else ()) if each.metric == metric]
        edges = [(each.start, each.end) for each in own]
        edges += [(each.day, each.until) for each in self.approved.get((touchpoint, metric), ())]
        found = {begin for begin, _ in edges}
        found |= {end + _DAY for _, end in edges if end is not None and end < date.max}
        return sorted({first} | {day for day in found if first < day <= last})


def targets_of(table: ReadingTable, definitions: Definitions) -> Targets:
    """The targets that were read together with a table of readings."""
    return Targets(definitions=definitions, approved=table.targets)
