"""What several sources say of one entity's value in one period: their range, and whom to prefer.

Where sources disagree, one of them alone would be a precision that nobody has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.grades import Grade

Preference = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A value in the metric's unit, with whose it is and how far it compares."""

    source: str
    value: float
    grade: Grade
    published_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From the lowest to the highest of the sources that compare, and the one to prefer."""

    low: float
    high: float
    preferred: Sourced
    sources: tuple[str, ...]


def preference_of(sourced: Sourced, declared: Sequence[str] = ()) -> Preference:
    """What sources are ordered by, the smallest first: grade, then `declared`, then the newest."""
    names = [each.casefold() for each in declared]
    name = sourced.source.casefold()
    place = names.index(name) if name in names else len(names)
    newest = -sourced.published_on.toordinal() if sourced.published_on else 0
    return sourced.grade.value, place, newest


def envelope_of(values: Sequence[Sourced], *, declared: Sequence[str] = ()) -> Envelope | None:
    """Return the range of the values of grade A and B, None where there are none.

    `declared` are the sources that the workspace prefers, the best first. Of values that are alike
    in everything, the first is preferred.
    """
    fit = [each for each in values if each.grade in (Grade.A, Grade.B)]
    if not fit:
        return None
    ordered = sorted(fit, key=lambda each: preference_of(each, declared))
    return Envelope(
        low=min(each.value for each in fit),
        high=max(each.value for each in fit),
        preferred=ordered[0],
        sources=tuple(dict.fromkeys(each.source for each in ordered)),
    )
