"""The overview and a touchpoint: tiles, lanes, pages."""

from dataclasses import dataclass

from callboard.views.states import Badge, Chip, Trust
from metrics.model import Better, Grain
from metrics.signals import Signal
from metrics.standing import Standing
from metrics.verdict import Assurance, Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """Values of complete periods, oldest first, None where there is none; in the metric's unit.

    `breaks` are the places of those that begin a new segment.
    """

    values: tuple[float | None, ...]
    target: float | None
    centre: float | None
    signal_at_end: Signal
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaySoFar:
    """Today up to an hour, beside the same weekday a week before up to the same hour."""

    until: str
    value_text: str
    before_text: str
    change: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One metric at one touchpoint on screen; the higher `concern`, the more it needs a look.

    `value_text` is the number alone and `unit_text` the unit that goes with it (a time may be
    told in another unit than the metric's); in every other view `value_text` carries its unit.
    `period` is the ISO first day of the period told, `status` ok, no_data, suppressed or collapsed.
    """

    metric: str
    metric_name: str
    touchpoint: str
    touchpoint_name: str
    pillar: str
    key: str
    better: Better
    value: float | None
    value_text: str
    unit_text: str
    value_full: str
    period_label: str
    n_text: str
    chips: tuple[Chip, ...]
    sparkline: Sparkline
    variation: Variation
    assurance: Assurance
    verdict: str
    trust: Trust
    concern: float
    today: TodaySoFar | None
    help: str
    grain: Grain = Grain.WEEK
    period: str = ""
    status: str = "ok"
    standing: Standing | None = None
    is_fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The tiles of one pillar or key, in the workspace's order."""

    title: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The overview page: its headline first, then what changed, then lanes of tiles."""

    headline: str
    complete_to: str
    data_state: str
    changed: tuple[Tile, ...]
    lanes: tuple[Lane, ...]
    tile_count: int
    hidden_count: int
    expected_false_signals: float
    periods: tuple[tuple[str, str], ...]
    period: str
    publication: int
    badge: Badge = Badge.UNCHECKED


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceBehind:
    """A service that a touchpoint depends on, with what needs a look first there.

    `variation` is None where it has no reading to judge.
    """

    touchpoint: str
    name: str
    metric: str = ""
    metric_name: str = ""
    variation: Variation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointPage:
    """A touchpoint: its verdict, its tiles, the services behind it."""

    touchpoint: str
    name: str
    description: str
    owner: str
    stage: str
    headline: str
    tiles: tuple[Tile, ...]
    depends_on: tuple[ServiceBehind, ...]
    dimensions: dict[str, tuple[str, ...]]
    publication: int
    expected_false_signals: float = 0.0
