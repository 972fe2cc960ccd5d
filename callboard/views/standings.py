"""How we stand over all metrics: level and direction, one competitor, and what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass

from callboard.views.grades import Passport
from callboard.views.outlook import OutlookItem
from callboard.views.states import Meaning
from metrics.grades import Grade
from metrics.peer_direction import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How long each gap takes to close; without any, `why` (empty where nothing is compared)."""

    items: tuple[OutlookItem, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadrantDot:
    """One metric: our place among the peers (100 the best) and our move against the middle one."""

    metric: str
    name: str
    place: float
    rank_text: str
    period_label: str
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrant:
    """Our level and direction on every metric with peers; `left_out` says of which not, and why."""

    dots: tuple[QuadrantDot, ...]
    left_out: tuple[tuple[str, str], ...]
    sentence: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One metric of one competitor beside ours. `gap_text` says so where no gap is told."""

    metric: str
    name: str
    value_text: str
    ours_text: str
    gap: float | None
    gap_text: str
    meaning: Meaning
    rank_text: str
    n_text: str
    period_label: str
    grade: Grade
    note: str
    passport: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A competitor over all metrics that it published, or that were published of it."""

    entity: str
    rows: tuple[ProfileRow, ...]
    sentence: str
    passports: Mapping[int, Passport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A metric of ours without a comparable benchmark: why, and what would be needed."""

    metric: str
    name: str
    why: str
    needed: str
    has_any: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Panorama:
    """How we stand over all metrics, and what is not known. `entities` are the competitors."""

    quadrant: Quadrant
    unknowns: tuple[Unknown, ...]
    unknown_sentence: str
    entities: tuple[str, ...]
