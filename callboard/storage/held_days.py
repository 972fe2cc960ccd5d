"""Which days of which series are held: what the store has of them stays, whatever is read."""

from collections.abc import Collection
from datetime import date

from data_contracts.evidence import Held


class HeldDays:
    """Looks up held days; a hold without a touchpoint or a metric is of all of them."""

    def __init__(self, held: Collection[Held], days: Collection[date]) -> None:
        """Take those of `held` that are among `days`."""
        wanted = frozenset(days)
        self._days_of: dict[tuple[str, str], set[date]] = {}
        self._found: dict[tuple[str, str], frozenset[date]] = {}
        for each in held:
            if each.day in wanted:
                self._days_of.setdefault((each.touchpoint, each.metric), set()).add(each.day)

    def __bool__(self) -> bool:
        """Whether any day is held at all."""
        return bool(self._days_of)

    @property
    def days(self) -> frozenset[date]:
        """The days on which something is held."""
        return frozenset[date]().union(*self._days_of.values())

    def of(self, touchpoint: str, metric: str) -> frozenset[date]:
        """The held days of a metric at a touchpoint."""
        found = self._found.get((touchpoint, metric))
        if found is None:
            names = {(one, other) for one in (touchpoint, "") for other in (metric, "")}
            told = (self._days_of[each] for each in names & self._days_of.keys())
            found = self._found[touchpoint, metric] = frozenset[date]().union(*told)
        return found

    def touchpoints(self, day: date, metric: str) -> frozenset[str]:
        """Where a metric is held on a day, as it was said: "" is everywhere."""
        return frozenset(
            touchpoint
            for (touchpoint, name), days in self._days_of.items()
            if day in days and name in ("", metric)
        )
