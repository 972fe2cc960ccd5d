"""How we stand beside others' published values."""

from dataclasses import dataclass
from datetime import date

from callboard.views.breaks import BreakMark
from callboard.views.states import Meaning
from metrics.model import Better
from metrics.peer_gaps import Against
from metrics.peers import PeerBand


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
    gap: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    is_stale: bool = False
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkGap:
    """Our gap to one benchmark of the ranked peers, in the unit; negative is behind.

    `low` and `high` are None where the interval is unknown. `made_of` says whose values it is.
    """

    against: Against
    name: str
    value: float
    value_text: str
    gap: float
    low: float | None
    high: float | None
    text: str
    meaning: Meaning
    made_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorTrend:
    """Our readings and each competitor's published values over periods; `breaks` are ours."""

    metric_name: str
    unit_text: str
    decimals: int
    ours: tuple[tuple[date, date, float | None], ...]
    peers: dict[str, tuple[tuple[date, date, float], ...]]
    band: tuple[PeerBand, ...]
    alt: str
    breaks: tuple[BreakMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorsPage:
    """How we stand on one metric: the sentences, the gaps, the league, the trend.

    `changes` tells who came and went among the ranked since the period before, `coverage` who of
    the declared peers is ranked at all.
    `metrics` are the codes and names of the metrics that have benchmarks or readings, to pick from.
    """

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
    metrics: tuple[tuple[str, str], ...] = ()
    gaps: tuple[BenchmarkGap, ...] = ()
    changes: str = ""
    coverage: str = ""
    period_label: str = ""
    gap_unit: str = ""
