"""Touchpoints, or segments, beside each other: a funnel, dots, or only their runs."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.funnel import Outside
from metrics.model import Better, Grain
from metrics.signals import Signal


class Picture(StrEnum):
    """How units are compared: what a metric and the number of units allow.

    `systematic`: they differ so much that a funnel tells nothing. `runs`: counts, of which each is
    shown beside its own past only.
    """

    FUNNEL = "funnel"
    SYSTEMATIC = "systematic"
    DOTS = "dots"
    RUNS = "runs"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunken:
    """A unit's value less chance's part in it, with its interval, and the interval of its rank."""

    value: float
    low: float
    high: float
    text: str
    rank_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLimits:
    """The limits at a unit's size, in the metric's unit."""

    lower_998: float
    lower_95: float
    upper_95: float
    upper_998: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFlag:
    """What was written of a run: the place of its first period there, its days, its text."""

    place: int
    days: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedUnit:
    """One touchpoint or segment; `touchpoint` is the page it leads to, "" for none of its own.

    `low` and `high` are the 95 % interval of sampling error. `run` holds the values of the last
    periods, the newest last, None where there is none to show.
    """

    code: str
    name: str
    touchpoint: str
    value: float
    value_text: str
    low: float | None
    high: float | None
    interval_text: str
    numerator: float | None
    denominator: float | None
    n: int
    n_text: str
    run: tuple[float | None, ...]
    outside: Outside = Outside.NONE
    signal: Signal = Signal.NONE
    finding: str = ""
    limits: UnitLimits | None = None
    shrunken: Shrunken | None = None
    flags: tuple[RunFlag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """The limits at rising sizes, in the metric's unit, to draw the funnel from."""

    sizes: tuple[float, ...]
    lower_998: tuple[float, ...]
    lower_95: tuple[float, ...]
    upper_95: tuple[float, ...]
    upper_998: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The units of one metric over some whole periods, what needs a look first.

    `by` is the dimension whose segments are compared, "" for touchpoints, `at` the touchpoint
    whose segments they are, "" for all together. `left_out` are names with the reason. `centre` is
    what all do together, None for counts. `alt` is the picture in a sentence.
    """

    metric: str
    metric_name: str
    unit_text: str
    size_text: str
    decimals: int
    better: Better
    grain: Grain
    by: str
    at: str
    noun: str
    period: str
    period_label: str
    run_label: str
    natural_low: float | None
    natural_high: float | None
    publication: int
    picture: Picture = Picture.NONE
    headline: str = ""
    lead: str = ""
    chance: str = ""
    units: tuple[ComparedUnit, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    centre: float | None = None
    centre_text: str = ""
    curves: Curves | None = None
    phi: float | None = None
    tau2: float | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareWays:
    """What a metric can be compared by: keys and words, "" being touchpoints; and where.

    `usual` is the way that gives a funnel, if there is one.
    """

    ways: tuple[tuple[str, str], ...]
    usual: str
    touchpoints: tuple[tuple[str, str], ...]
