"""Days from which data follow another version of a definition: no comparison crosses one.

A composite changes with each of its components.
"""

from dataclasses import dataclass
from datetime import date

from metrics.calendar import Period
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DefinitionChange:
    """The day from which on the definition of a metric, or of a component of it, is another."""

    day: date
    metric: str
    what: str


def changes_of(metric: Metric) -> tuple[DefinitionChange, ...]:
    """Every change of a metric's definition and of what it is made of, oldest first."""
    own = {
        DefinitionChange(day=each.start, metric=metric.name, what=each.what)
        for each in metric.changes
    }
    theirs = {each for part in metric.component_metrics for each in changes_of(part)}
    return tuple(sorted(own | theirs))


def change_within(metric: Metric, first: date, last: date) -> DefinitionChange | None:
    """The newest change after `first` and by `last`: days on both sides of it do not compare."""
    found = [each for each in changes_of(metric) if first < each.day <= last]
    return found[-1] if found else None


def change_between(metric: Metric, before: Period, now: Period) -> DefinitionChange | None:
    """Why two periods do not compare; also a period that holds a change compares with none."""
    return change_within(metric, before.start, now.end)


def version_on(metric: Metric, day: date) -> int:
    """The version of its own definition that a metric's data follow on a day."""
    later = [each for each in metric.changes if each.start > day]
    return later[0].version - 1 if later else metric.version
