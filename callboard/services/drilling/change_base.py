"""What a breakdown is compared with: the period before, a year before, or before the signal."""

from dataclasses import dataclass

from callboard.access import Actor
from callboard.errors import CallboardError
from callboard.services.drilling.trend import read_control_chart
from callboard.services.runtime import Runtime
from callboard.views import ChangeBase, ControlChart
from metrics.calendar import Period, calendar_for
from metrics.model import Metric
from metrics.signals import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The periods that a period is compared with, taken together, and what they are called."""

    periods: tuple[Period, ...]
    label: str

    @property
    def first(self) -> Period:
        """The oldest of them."""
        return min(self.periods)

    @property
    def last(self) -> Period:
        """The newest of them."""
        return max(self.periods)


def bases_of(chart: ControlChart) -> tuple[ChangeBase, ...]:
    """Return what the period of a chart can be compared with, the usual first.

    That is before its signal if it has one: who asks where a signal comes from would be misled by
    the period before, which often has it too. The chart is to be as `find_base` reads it, as many
    periods as the tiles are judged by, and in season.
    """
    always = (ChangeBase.PREVIOUS, ChangeBase.YEAR)
    return (ChangeBase.BASELINE, *always) if periods_before_signal(chart) else always


def find_base(
    runtime: Runtime,
    actor: Actor,
    *,
    metric: Metric,
    touchpoint: str,
    now: Period,
    against: ChangeBase,
) -> Base:
    """Return what a period is compared with; CallboardError where no signal has a time before."""
    calendar = calendar_for(now.grain)
    if against is ChangeBase.YEAR:
        ago = calendar.same_last_year(now)
        return Base(periods=ago.periods, label=ago.label)
    if against is ChangeBase.PREVIOUS:
        before = calendar.previous(now)
        return Base(periods=(before,), label=calendar.label(before, near=now))
    chart = read_control_chart(
        runtime,
        actor,
        metric=metric.code,
        touchpoint=touchpoint,
        grain=now.grain,
        period=now.start.isoformat(),
    )
    found = periods_before_signal(chart)
    if not found:
        raise CallboardError(
            f"{metric.name} has no signal with periods of the same limits before it. Compare with "
            "the period before."
        )
    noun = now.grain.value
    counted = f"the {len(found)} {noun}s" if len(found) > 1 else f"the {noun}"
    return Base(periods=found, label=f"{counted} before the signal")


def periods_before_signal(chart: ControlChart) -> tuple[Period, ...]:
    """Return the whole periods between the start of the limits and that of the newest signal.

    Without those that are set aside or not judged; none where no signal holds.
    """
    found = chart.variation
    if found is None or found.since is None or found.signal in (Signal.NONE, Signal.NO_DATA):
        return ()
    calendar = calendar_for(chart.grain)
    began = calendar.period_of(found.since).start
    segment = next((point.segment for point in chart.points if point.start == began), None)
    return tuple(
        calendar.period_of(point.start)
        for point in chart.points
        if point.start < began
        and point.segment == segment
        and (point.is_complete and point.status == "ok" and not point.aside)
    )
