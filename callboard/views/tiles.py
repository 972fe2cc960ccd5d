"""The overview and a touchpoint: tiles, lanes, pages."""

from dataclasses import dataclass
from itertools import groupby

from callboard.views.promises import Note
from callboard.views.states import Badge, Chip, Meaning, Trust
from metrics.model import Better, Grain
from metrics.signals import Signal
from metrics.standing import Standing
from metrics.verdict import Assurance, Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """Values of complete periods, oldest first, None where there is none; in the metric's unit.

    `target` is that of the last one; `targets` those of each, () where it was the same throughout.
    `breaks` are the places of those that begin a new segment.
    """

    values: tuple[float | None, ...]
    target: float | None
    centre: float | None
    signal_at_end: Signal
    breaks: tuple[int, ...] = ()
    targets: tuple[float | None, ...] = ()

    @property
    def promised(self) -> tuple[tuple[int, int, float], ...]:
        """The targets in their order: the first and the last place of each, and its value."""
        places = enumerate(self.targets or (self.target,) * len(self.values))
        runs = [(value, list(run)) for value, run in groupby(places, key=lambda each: each[1])]
        return tuple(
            (run[0][0], run[-1][0], value) for value, run in runs if value is not None and run
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaySoFar:
    """Today up to an hour, beside the same weekday a week before up to the same hour.

    `is_told`: there is a value, and not only why there is none.
    """

    until: str
    value_text: str
    before_text: str
    change: Chip
    is_told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Muting:
    """The concern that an improvement stands below, in words, and its metric at the same place."""

    words: str
    metric: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One metric at one touchpoint on screen; the higher `concern`, the more it needs a look.

    `value_text` is the number alone and `unit_text` the unit that goes with it (a time may be
    told in another unit than the metric's); in every other view `value_text` carries its unit.
    `period` is the ISO first day of the period told, `status` ok, no_data, suppressed or collapsed.
    `muted` is there for an improvement below a concern of a higher key. `is_lost`: the year is out
    of reach of its target.
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
    note: Note | None = None
    muted: Muting | None = None
    is_lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """One metric moved while another at its touchpoint got worse: a coincidence, not a cause."""

    moved: Tile
    worse: Tile
    sentence: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The tiles of one pillar or key, in the workspace's order."""

    title: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The overview page: its headline first, then what changed, then lanes of tiles.

    `days_behind` is how many whole days the data lacks up to yesterday. `changed` holds the newest
    of `changed_count`, pairs that moved against each other apart from it in `trade_offs`.
    """

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
    trade_offs: tuple[TradeOff, ...] = ()
    changed_count: int = 0
    days_behind: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDateRow:
    """A promise against its target: the quarter and the year so far, and where the year will end.

    `word` says what becomes of it, "" where nothing can be said. `base_text` is the unit that the
    values leave out: `per 1,000 orders`. The numbers are in the metric's unit, None where there is
    none; `low` and `high` are the year end's range.
    """

    metric: str
    metric_name: str
    touchpoint: str
    touchpoint_name: str
    quarter_text: str
    year_text: str
    target_text: str
    range_text: str
    word: str
    meaning: Meaning
    base_text: str = ""
    unit_text: str = ""
    quarter: float | None = None
    year: float | None = None
    target: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDate:
    """Every promise with a target, what needs a look first; `until` is the last day counted.

    `whole_periods` says which periods the ranges are made of: `weeks to week 46`.
    """

    year: str
    quarter: str
    until: str
    whole_periods: str
    summary: str
    rows: tuple[ToDateRow, ...]
    hidden_count: int


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
