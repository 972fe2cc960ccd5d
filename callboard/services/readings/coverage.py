"""Which days of a series are whole: over, late rows in, and reached by the feeds' data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from callboard.services.defining.definitions import Definitions
from callboard.services.feed_days import whole_until
from callboard.services.runtime import Runtime
from callboard.storage.runs import FeedState
from metrics.calendar import complete_to
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The first and the last local day whose readings are whole."""

    first: date
    last: date


class Coverages:
    """The coverage of every metric at every touchpoint, worked out once per time zone."""

    def __init__(self, runtime: Runtime, states: Mapping[str, FeedState]) -> None:
        self._definitions: Definitions = runtime.definitions
        self._clock = runtime.clock
        self._states = states
        self._found: dict[tuple[str, str], Coverage] = {}

    def of(self, metric: Metric, touchpoint: str) -> Coverage:
        """The coverage of `metric` at `touchpoint`."""
        zone = self._definitions.zone(touchpoint)
        if (metric.code, zone) not in self._found:
            parts = [self.of(part, touchpoint) for part in metric.component_metrics]
            self._found[metric.code, zone] = _of_all(parts) or self._work_out(metric, zone)
        return self._found[metric.code, zone]

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
        return state.last_day if contract is None else whole_until(contract, state, zone)


def _of_all(parts: Sequence[Coverage]) -> Coverage | None:
    """The days that are whole for every component; None without components."""
    if not parts:
        return None
    return Coverage(first=max(each.first for each in parts), last=min(each.last for each in parts))
