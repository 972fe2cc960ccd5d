"""What a view of the screen is: a page and the filters of its address, plain keys only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from callboard import figures
from callboard.errors import CallboardError
from callboard.services.runtime import Runtime
from metrics.calendar import calendar_for
from metrics.model import Grain

Query = Mapping[str, str | Sequence[str]]
_KEYS = {
    "overview": ("grain", "period", "touchpoints", "pillar", "lanes", "sort"),
    "touchpoint": (
        *("touchpoint", "metric", "grain", "period", "history", "season", "by"),
        "against",
    ),
    "compare": ("metric", "by", "at", "grain", "period", "span"),
    "competitors": ("metric",),
}
TITLES = {
    "overview": "Overview",
    "touchpoint": "Touchpoint",
    "compare": "Compare",
    "competitors": "Competitors",
}
_LONGEST, _MOST = 120, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewAsked:
    """A view that can be taken away. `query` has only keys that its page knows, sorted."""

    page: str
    query: tuple[tuple[str, tuple[str, ...]], ...]

    def one(self, key: str, default: str = "") -> str:
        """The filter of that key, `default` where nothing is said."""
        return next((values[0] for name, values in self.query if name == key), default)

    def several(self, key: str) -> tuple[str, ...]:
        """All that is said of a key that may be there more than once."""
        return next((values for name, values in self.query if name == key), ())

    def number(self, key: str, default: int) -> int:
        """The filter of that key as a number; `default` for what is none."""
        said = self.one(key)
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else default

    def grain(self, runtime: Runtime) -> Grain:
        """The length of the periods, the workspace's own where nothing sensible is said."""
        said = self.one("grain")
        return Grain(said) if said in tuple(Grain) else runtime.workspace.calendar.grain

    @property
    def period(self) -> str | None:
        """The first day of the period that is named, None for the latest complete one."""
        return self.one("period") or None

    def named_period(self, runtime: Runtime) -> str:
        """The period that is named, in words; "" for the latest."""
        try:
            day = date.fromisoformat(self.one("period"))
        except ValueError:
            return ""
        grain = self.grain(runtime)
        return figures.period_label(grain, calendar_for(grain).period_of(day).start)

    def at(self, period: str | None) -> "ViewAsked":
        """The same view of another period; "" is the latest complete one, None leaves it."""
        if period is None or "period" not in _KEYS[self.page]:
            return self
        rest = {key: values for key, values in self.query if key != "period"}
        return asked_view(self.page, rest | {"period": period})

    @property
    def address(self) -> dict[str, list[str]]:
        """The filters as an address has them."""
        return {key: list(values) for key, values in self.query}


def asked_view(page: str, query: Query) -> ViewAsked:
    """Return the view that a page and an address mean; CallboardError for a page without one.

    What its page does not know is left out, and so is the overlong.
    """
    if page not in _KEYS:
        raise CallboardError(
            f"Found the page {page!r}; expected one that can be taken away: {', '.join(_KEYS)}."
        )
    told = {key: _several(query[key]) for key in sorted(query) if key in _KEYS[page]}
    kept = tuple((key, values) for key, values in told.items() if values)
    return ViewAsked(page=page, query=kept)


def _several(said: str | Sequence[str]) -> tuple[str, ...]:
    values = (said,) if isinstance(said, str) else tuple(said)
    return tuple(each for each in values if each and len(each) <= _LONGEST)[:_MOST]
