"""A composite taken apart: what each component adds to the score, and to its change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callboard import figures
from callboard.services.defining.composite_words import scale_in_words, share_in_words
from callboard.services.tiles.comparisons import Reading, compare, why_not
from callboard.views import Contribution
from metrics.calendar import Period, calendar_for
from metrics.changes import change_between
from metrics.components import Component
from metrics.composite import is_beyond, scale_values, score, weights_of
from metrics.limits import Floats
from metrics.model import Metric
from metrics.robustness import without_each


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A composite and its components in a period (`now`) and in the one before."""

    metric: Metric
    period: Period
    now: Reading
    before: Reading
    parts_now: tuple[Reading, ...]
    parts_before: tuple[Reading, ...]

    @property
    def previous(self) -> Period:
        """The period before."""
        return calendar_for(self.period.grain).previous(self.period)

    @property
    def label_before(self) -> str:
        """What the period before is called beside this one."""
        return calendar_for(self.period.grain).label(self.previous, near=self.period)

    @property
    def values(self) -> Floats:
        """The components' values in the period, NaN where there is none to show."""
        return _values(self.parts_now)

    def adds(self) -> Floats | None:
        """What each component adds to the score; None where there is no score."""
        return score(self.metric, self.values).contributions if self.now.is_sound else None

    def changes(self) -> Floats | None:
        """What each component adds to the change of the score; None where the two do not compare.

        Scores of other components or of another definition do not.
        """
        old = _values(self.parts_before)
        now_adds = self.adds()
        has_changed = change_between(self.metric, self.previous, self.period) is not None
        if now_adds is None or not self.before.is_sound or has_changed:
            return None
        if (np.isnan(self.values) != np.isnan(old)).any():
            return None
        found: Floats = now_adds - score(self.metric, old).contributions
        return found


def contributions_of(apart: Apart) -> tuple[Contribution, ...]:
    """Return what is told of each component, in the order of the file."""
    metric, values = apart.metric, apart.values
    scaled, without = scale_values(metric, values), without_each(metric, values)
    adds, changes = apart.adds(), apart.changes()
    parts = zip(metric.components or (), metric.component_metrics, strict=True)
    return tuple(
        _contribution(
            apart,
            at,
            component,
            part=part,
            numbers=_Numbers(
                scaled=_known(scaled, at),
                adds=_known(adds, at),
                change=_known(changes, at),
                without=_known(without, at) if apart.now.is_sound else None,
            ),
        )
        for at, (component, part) in enumerate(parts)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """The numbers of one component, None where there is nothing to tell."""

    scaled: float | None
    adds: float | None
    change: float | None
    without: float | None


def _contribution(
    apart: Apart, at: int, component: Component, *, part: Metric, numbers: _Numbers
) -> Contribution:
    metric, now = apart.metric, apart.parts_now[at]
    chip = compare(part, now, apart.parts_before[at], label=apart.label_before)
    is_missing = not now.is_sound
    return Contribution(
        metric=part.code,
        name=part.name,
        value=None if is_missing else now.value,
        value_text=why_not(part, now, "this period")
        if is_missing
        else figures.format_value(part, now.value),
        weight=component.weight / float(weights_of(metric).sum()),
        weight_text=share_in_words(metric, component),
        scale_text=scale_in_words(metric, component, part),
        scaled=numbers.scaled,
        scaled_text=_scaled_text(metric, component, now, scaled=numbers.scaled),
        contribution=None if is_missing else numbers.adds,
        contribution_text=_number(metric, None if is_missing else numbers.adds),
        change=None if is_missing else numbers.change,
        change_text=_signed(metric, None if is_missing else numbers.change),
        meaning=chip.meaning,
        word=chip.word,
        without_text=_number(metric, numbers.without),
    )


def _scaled_text(
    metric: Metric, component: Component, now: Reading, *, scaled: float | None
) -> str:
    if scaled is None or now.value is None:
        return ""
    beyond = ", beyond its range" if is_beyond(component, now.value) else ""
    return f"{_number(metric, scaled)}{beyond}"


def _number(metric: Metric, value: float | None) -> str:
    return "" if value is None else figures.format_number(value, metric.decimals)


def _signed(metric: Metric, value: float | None) -> str:
    return "" if value is None else figures.format_signed(value, metric.decimals)


def _values(readings: Sequence[Reading]) -> Floats:
    shown = [each.value if each.is_sound else None for each in readings]
    return np.array([np.nan if value is None else value for value in shown], dtype=float)


def _known(values: Floats | None, at: int) -> float | None:
    return None if values is None or np.isnan(values[at]) else float(values[at])
