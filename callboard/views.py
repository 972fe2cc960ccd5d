"""What a screen shows, ready to draw: every text formatted, every judgement made.

Services fill these; `callboard.ui`, `callboard.charts` and the command line only draw them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from metrics.limits import Limits
from metrics.model import Better, Grain
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Variation


class Badge(StrEnum):
    """The state of the data that a number stands on, best first."""

    VERIFIED = "verified"
    WARNINGS = "verified_with_warnings"
    STALE = "stale"
    PARTIAL = "partial"
    WITHHELD = "withheld"
    UNCHECKED = "unchecked"


class Meaning(StrEnum):
    """What a difference means; never the direction of the number."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"
    NONE = "none"


class Movement(StrEnum):
    """Which way the number went; never whether that is good."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The badge of a number, its data-as-of, and why, in one sentence."""

    badge: Badge
    feeds: tuple[str, ...]
    as_of: datetime | None
    due: datetime | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One comparison on a tile: `label` "week 45", `text` "+1.2 pts", and a `word` for the meaning."""

    label: str
    text: str
    movement: Movement
    meaning: Meaning
    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """Values of complete periods, oldest first, None where there is none; in the metric's unit."""

    values: tuple[float | None, ...]
    target: float | None
    centre: float | None
    signal_at_end: Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaySoFar:
    """Today up to an hour, beside the same weekday a week before up to the same hour."""

    until: str
    value_text: str
    before_text: str
    change: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One metric at one touchpoint on screen. `concern` sorts: the higher, the more it needs a look."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period on a control chart. `status` is ok, no_data, partial (running) or suppressed."""

    start: date
    end: date
    label: str
    value: float | None
    value_text: str
    numerator: float | None
    denominator: float | None
    n: int
    rule: Rule
    signal: Signal
    rule_text: str
    status: str
    is_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerBand:
    """The lowest and highest comparable competitor value of a period, and their middle."""

    start: date
    end: date
    low: float
    middle: float
    high: float
    peers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A metric's history at a touchpoint, judged; `alt` is its sentence for those who cannot see it."""

    metric: str
    metric_name: str
    touchpoint: str
    touchpoint_name: str
    unit_text: str
    decimals: int
    better: Better
    grain: Grain
    points: tuple[Point, ...]
    limits: Limits
    natural_low: float | None
    natural_high: float | None
    targets: tuple[tuple[date, date, float], ...]
    peer_band: tuple[PeerBand, ...]
    verdict: str
    why: str
    alt: str
    trust: Trust
    publication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment of a breakdown: its value and what it counts for."""

    name: str
    value: float | None
    value_text: str
    before: float | None
    before_text: str
    n: int
    share: float
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """A reading by one dimension; numerators and denominators of the segments add up to the whole."""

    dimension: str
    period_label: str
    segments: tuple[Segment, ...]
    sentence: str


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
    depends_on: tuple[tuple[str, str], ...]
    dimensions: dict[str, tuple[str, ...]]
    publication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsBehind:
    """Some rows behind a reading, as they stand in the feed, personal columns masked."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    limit: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Competitor:
    """A published value beside ours, with all that says whether the two compare."""

    entity: str
    entity_type: str
    is_us: bool
    value: float
    value_text: str
    low: float | None
    high: float | None
    n: int | None
    n_text: str
    statistic: str
    period_label: str
    as_of: date | None
    source: str
    source_url: str
    method: str
    comparable: bool
    note: str
    gap_text: str
    gap_meaning: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorTrend:
    """Our readings and each competitor's published values over periods."""

    metric_name: str
    unit_text: str
    decimals: int
    ours: tuple[tuple[date, date, float | None], ...]
    peers: dict[str, tuple[tuple[date, date, float], ...]]
    band: tuple[PeerBand, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorsPage:
    """How we stand on one metric: the sentence, the league, the trend."""

    metric: str
    metric_name: str
    unit_text: str
    better: Better
    headline: str
    standing: str
    league: tuple[Competitor, ...]
    trend: CompetitorTrend
    not_comparable: str
    publication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What publishing a file would do to one benchmark value. `kind` is add, change, leave, remove."""

    kind: str
    metric: str
    entity: str
    period: str
    old: str
    new: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding as the page and the command line print it."""

    row: int
    column: str
    reason: str
    found: str
    expected: str
    suggestion: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a checked file would do, before it does it. Counts obey in = published + quarantined +
    collapsed. `same_as` names the earlier submission with the same content."""

    file_name: str
    sha256: str
    encoding: str
    delimiter: str
    rows_in: int
    published: int
    quarantined: int
    collapsed: int
    refused: str
    same_as: str
    findings: tuple[FindingRow, ...]
    changes: tuple[Change, ...]
    sentence: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """One line of the publishing history."""

    id: int
    at: datetime
    actor: str
    file_name: str
    sha256: str
    source: str
    rows_in: int
    published: int
    quarantined: int
    collapsed: int
    state: str
    publication: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule's last result in plain words."""

    rule_id: str
    description: str
    severity: str
    state: str
    evaluated: int
    failed: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTrust:
    """One feed on the trust page."""

    feed: str
    name: str
    version: str
    purpose: str
    owner: str
    channel: str
    badge: Badge
    sentence: str
    as_of: datetime | None
    due: datetime | None
    last_run: datetime | None
    last_good: datetime | None
    rows_in: int
    rows_used: int
    rows_quarantined: int
    open_quarantine: int
    rules: tuple[RuleRow, ...]
    columns: tuple[tuple[str, str, str, str], ...]
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRow:
    """A row that was kept out, as it came, with its reasons."""

    feed: str
    row_key: str
    reasons: tuple[str, ...]
    raw: str
    first_seen: datetime
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A metric in plain words with the formula that computes it."""

    metric: str
    name: str
    question: str
    description: str
    formula: str
    sql: str
    pillar: str
    key: str
    better: str
    unit_text: str
    feeds: tuple[str, ...]
    dimensions: tuple[str, ...]
    target: str
    version: int
    min_n: int
    file: str
    touchpoints: tuple[str, ...]
