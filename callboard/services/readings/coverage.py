"""Which days of a series are whole: over, late rows in, reached by the data, and not held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from callboard.services.defining.definitions import Definitions
from callboard.services.feed_days import whole_until
from callboard.services.runtime import Runtime
from callboard.storage.runs import FeedState
from metrics.calendar import DAY, complete_to
from metrics.model import Metric

_HELD_WITHIN = timedelta(days=35)  # an older day that is held ends no series


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The first and the last local day whose readings are whole."""

    first: date
    last: date


class Coverages:
    """The coverage of every metric at every touchpoint, worked out once per time zone.

    It ends before the first of the latest days that is held, so that what is shown is of periods
    whose figures are the last good ones.
    """

    def __init__(self, runtime: Runtime, states: Mapping[str, FeedState]) -> None:
        self._definitions: Definitions = runtime.definitions
        self._clock = runtime.clock
        self._states = states
        self._found: dict[tuple[str, str], Coverage] = {}
        self._here: dict[tuple[str, str], Coverage] = {}
        self._held = {feed: _held_days(state) for feed, state in states.items()}

    def of(self, metric: Metric, touchpoint: str) -> Coverage:
        """The coverage of `metric` at `touchpoint`."""
        key = metric.code, touchpoint
        if key not in self._here:
            self._here[key] = self._look(metric, touchpoint)
        return self._here[key]

    def _look(self, metric: Metric, touchpoint: str) -> Coverage:
        if parts := metric.component_metrics:
            return _of_all([self.of(part, touchpoint) for part in parts])
        zone = self._definitions.zone(touchpoint)
        if (metric.code, zone) not in self._found:
            self._found[metric.code, zone] = self._work_out(metric, zone)
        return self._before_held(self._found[metric.code, zone], metric, touchpoint)

    def _before_held(self, whole: Coverage, metric: Metric, touchpoint: str) -> Coverage:
        slices = [(place, code) for place in ("", touchpoint) for code in ("", metric.code)]
        held = (self._held[feed] for feed in metric.feeds if feed in self._held)
        days = (day for each in held for key in slices for day in each.get(key, ()))
        latest = [day for day in days if whole.last - _HELD_WITHIN < day <= whole.last]
        return replace(whole, last=min(latest) - DAY) if latest else whole

    def _work_out(self, metric: Metric, zone: str) -> Coverage:
        known = [self._states[feed] for feed in metric.feeds if feed in self._states]
        first = max((each.first_day for each in known if each.first_day), default=date.min)
        days = (self._reached(each, zone) for each in known)
        reached = min((day for day in days if day is not None), default=date.max)
        today = self._clock.today(zone)
        last = complete_to(today, data_to=reached, lag_days=metric.lag_days)
        return Coverage(first=first, last=max(last, date.min + timedelta(days=400)))

    def _reached(self, state: FeedState, zone: str) -> date | None:
        contract = self._definitions.contracts.get(state.feed)
        if contract is None:
            return state.last_day
        return whole_until(contract, state, zone, holidays=self._definitions.workspace.holidays)


def _held_days(state: FeedState) -> Mapping[tuple[str, str], tuple[date, ...]]:
    return {(each.touchpoint, each.metric): each.held for each in state.slices if each.held}


def _of_all(parts: Sequence[Coverage]) -> Coverage:
    """The days that are whole for every component."""
    return Coverage(first=max(each.first for each in parts), last=min(each.last for each in parts))
