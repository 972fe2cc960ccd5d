"""What several sources say of one entity's value in one period: their range, and whom to prefer.

Where sources disagree, one of them alone would be a precision that nobody has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.grades import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A value in the metric's unit, with whose it is and how far it compares.

    `declared` is the place of its source among those somebody prefers, the first 0; what is not
    among them stands behind.
    """

    source: str
    value: float
    grade: Grade
    declared: int = 0
    published_on: date | None = None

    @property
    def preference(self) -> tuple[str, int, int]:
        """What sources are ordered by, the smallest first: grade, what is declared, the newest."""
        newest = -self.published_on.toordinal() if self.published_on else 0
        return self.grade.value, self.declared, newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """From the lowest to the highest of the sources that compare, and the one to prefer."""

    low: float
    high: float
    preferred: Sourced
    sources: tuple[str, ...]


def envelope_of(values: Sequence[Sourced]) -> Envelope | None:
    """Return the range of the values of grade A and B, None where there are none.

    Of values that are alike in everything, the first is preferred.
    """
    fit = [each for each in values if each.grade in (Grade.A, Grade.B)]
    if not fit:
        return None
    ordered = sorted(fit, key=lambda each: each.preference)
    return Envelope(
        low=min(each.value for each in fit),
        high=max(each.value for each in fit),
        preferred=ordered[0],
        sources=tuple(dict.fromkeys(each.source for each in ordered)),
    )
