"""How we stand beside others' published values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from callboard.views.breaks import BreakMark
from callboard.views.grades import Passport
from callboard.views.states import Meaning
from metrics.grades import Grade
from metrics.model import Better
from metrics.peer_gaps import Against
from metrics.peers import COMPETITOR, PeerBand


@dataclass(frozen=True, slots=True, kw_only=True)
class Competitor:
    """A published value beside ours, with all that says whether the two compare.

    `value` is None where it cannot be told in our unit; `value_text` says it as it was published.
    `grade` is None of our own readings, and `passport` is the number of the passport, 0 without
    one. `envelope` is the range of all sources that say what this is of, of the preferred of them.
    """

    entity: str
    entity_type: str
    is_us: bool
    value: float | None
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
    grade: Grade | None = None
    passport: int = 0
    envelope: tuple[float, float] | None = None
    restated: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether it has a place in a picture: what is of grade D is listed only."""
        return self.value is not None and self.grade is not Grade.D

    @property
    def is_reference(self) -> bool:
        """Whether it is of an industry, a region or all: a line of reference without a rank."""
        return self.entity_type != COMPETITOR


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
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorTrend:
    """Our readings and each competitor's published values over periods; `breaks` are ours.

    `pale` are published values that may not be compared, industries and regions among them;
    `passports` are the numbers of all, by name and days.
    """

    metric_name: str
    unit_text: str
    decimals: int
    ours: tuple[tuple[date, date, float | None], ...]
    peers: dict[str, tuple[tuple[date, date, float], ...]]
    band: tuple[PeerBand, ...]
    alt: str
    breaks: tuple[BreakMark, ...] = ()
    pale: Mapping[str, tuple[tuple[date, date, float], ...]] = field(default_factory=dict)
    passports: Mapping[tuple[str, date, date], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorsPage:
    """How we stand on one metric: the sentences, the gaps, the league, the trend.

    `changes` tells who came and went among the ranked since the period before, `coverage` who of
    the declared peers is ranked at all.
    `passports` are those of the league, by number, `places` says where we stand
    between published quantiles.
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
    passports: Mapping[int, Passport] = field(default_factory=dict)
    places: tuple[str, ...] = ()
