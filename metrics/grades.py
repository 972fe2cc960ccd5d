"""How far a published value compares with our metric, A to D, and why: computed, never typed.

A: line and gap. B: the same with a note. C: drawn dashed, without a gap. D: listed only. The grade
is that of the worst aspect; docs/method.md has the rules as a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.model import Form, Metric, Unit


class Grade(StrEnum):
    """How far a value compares; the first is the best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Aspect(StrEnum):
    """What a published value and ours must have in common, in the order it is told."""

    UNIT = "unit"
    BASE = "base"
    STATISTIC = "statistic"
    DEFINITION = "definition"
    PERIOD = "period"
    CLOCK = "clock"
    METHOD = "method"
    POPULATION = "population"
    REGION = "region"
    SCOPE = "scope"
    SAMPLE = "sample"
    AGE = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a publisher says of a value; texts are empty and numbers None where it says nothing.

    `converts` is whether the value can be told in our unit, `unit_text` the unit it came in.
    `our_version` is the version of our definition in its period. `own_days` is whether we have a
    figure of exactly its days, None where its first day is not known, and `days_note` why not.
    `n` is the sample size or the denominator. `age` says why it is too old, `is_dated` whether it
    says when it was published, `scope` what part of the entity it is of. `our_regions` are those
    that we say we work in.
    """

    statistic: str
    converts: bool
    unit_text: str
    base: str
    start: date | None
    end: date
    own_days: bool | None
    our_version: int
    version: str = ""
    clock: str = ""
    method: str = ""
    population: str = ""
    region: str = ""
    scope: str = ""
    n: float | None = None
    age: str = ""
    is_dated: bool = True
    days_note: str = ""
    our_regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeReason:
    """What one aspect is worth, and the sentence that says why."""

    aspect: Aspect
    grade: Grade
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A grade with a reason for every aspect that was looked at."""

    grade: Grade
    reasons: tuple[GradeReason, ...]

    @property
    def has_gap(self) -> bool:
        """Whether a gap may be told."""
        return self.grade in (Grade.A, Grade.B)

    def apart_from(self, *aspects: Aspect) -> Grade:
        """The grade as it were if these aspects were as ours."""
        left = [each.grade for each in self.reasons if each.aspect not in aspects]
        return max(left, key=_ORDER.__getitem__, default=Grade.A)

    def why(self, *grades: Grade) -> str:
        """What is worth one of these grades, in one line; empty where nothing is."""
        return "; ".join(each.words for each in self.against if each.grade in grades)

    @property
    def against(self) -> tuple[GradeReason, ...]:
        """The reasons that cost something, the costliest first."""
        costly = [each for each in self.reasons if each.grade is not Grade.A]
        return tuple(sorted(costly, key=lambda each: _ORDER[each.grade], reverse=True))

    @property
    def words(self) -> str:
        """Why it is no better, in one line; that nothing speaks against it, of an A."""
        return "; ".join(each.words for each in self.against) or "as ours in every respect"


_ORDER = {grade: place for place, grade in enumerate(Grade)}
_TIMES = (Unit.MILLISECONDS, Unit.SECONDS, Unit.MINUTES, Unit.HOURS, Unit.DAYS)
_QUANTILES = {"median": 50.0, "p10": 10.0, "p25": 25.0, "p75": 75.0, "p90": 90.0}


def grade_claim(claim: Claim, metric: Metric) -> Graded:
    """Return how far a published value compares with `metric`, with every reason."""
    reasons = tuple(
        GradeReason(aspect=aspect, grade=grade, words=words)
        for aspect, grade, words in _aspects(claim, metric)
    )
    return Graded(
        grade=max((each.grade for each in reasons), key=_ORDER.__getitem__), reasons=reasons
    )


_Judged = tuple[Aspect, Grade, str]


def _aspects(claim: Claim, metric: Metric) -> Iterator[_Judged]:
    yield _unit(claim, metric)
    if metric.unit is Unit.PER or (claim.base and metric.base):
        yield _base(claim, metric)
    yield _statistic(claim, metric)
    yield _definition(claim)
    yield _period(claim)
    if metric.unit in _TIMES:
        yield _clock(claim, metric)
    yield _method(claim, metric)
    yield _population(claim, metric)
    if claim.region:
        yield _region(claim)
    if claim.scope:
        yield Aspect.SCOPE, Grade.C, f"it covers {claim.scope} only"
    yield _sample(claim)
    yield _age(claim, metric)


def _unit(claim: Claim, metric: Metric) -> _Judged:
    if not claim.converts:
        ours = f"{metric.unit} {metric.per:,}" if metric.per else str(metric.unit)
        told = "a rate, per how many it does not say" if claim.unit_text == "per" else ""
        words = f"its unit is {told or claim.unit_text}, ours is {ours}"
        return Aspect.UNIT, Grade.D, words
    return Aspect.UNIT, Grade.A, "the same unit, or one that converts exactly"


def _base(claim: Claim, metric: Metric) -> _Judged:
    """5.57 bags per 1,000 passengers and 5.57 per 1,000 checked bags are no equals."""
    what = "per" if metric.unit is Unit.PER else "of"
    if not claim.base:
        return Aspect.BASE, Grade.B, f"per what is not said, ours is per {metric.base}"
    if _plain(claim.base) != _plain(metric.base):
        words = f"it is {what} {claim.base}, ours {what} {metric.base}"
        return Aspect.BASE, Grade.C, words
    return Aspect.BASE, Grade.A, f"{what} {metric.base}, as ours"


def _statistic(claim: Claim, metric: Metric) -> _Judged:
    """A median of companies is no value of all cases, nor is a percentile a median."""
    told, ours = claim.statistic, _our_statistic(metric)
    if metric.form is Form.PERCENTILE:
        is_ours = told == "value" or _QUANTILES.get(told) == metric.percentile
    else:
        is_ours = told in ("value", "mean")
    if is_ours:
        return Aspect.STATISTIC, Grade.A, f"{ours}, as ours"
    if told in _QUANTILES or told in ("mean", "best", "min", "max"):
        return Aspect.STATISTIC, Grade.C, f"it is a {told}, ours is {ours}"
    return Aspect.STATISTIC, Grade.D, f"it is a {told}, which ours is not"


def _our_statistic(metric: Metric) -> str:
    if metric.form is Form.PERCENTILE and metric.percentile is not None:
        return "the median" if metric.percentile == 50 else f"percentile {metric.percentile:g}"
    return "the value of all cases"


def _definition(claim: Claim) -> _Judged:
    if claim.version not in ("", str(claim.our_version)):
        words = f"it follows version {claim.version} of the definition, we {claim.our_version}"
        return Aspect.DEFINITION, Grade.C, words
    if not claim.version and claim.our_version > 1:
        words = f"version of the definition not said, ours is {claim.our_version}"
        return Aspect.DEFINITION, Grade.B, words
    return Aspect.DEFINITION, Grade.A, "the same version of the definition"


def _period(claim: Claim) -> _Judged:
    if claim.start is None:
        return Aspect.PERIOD, Grade.C, "it does not say which day its period begins"
    if not claim.own_days:
        words = claim.days_note or "we have no figure of exactly its days"
        return Aspect.PERIOD, Grade.C, words
    return Aspect.PERIOD, Grade.A, "exactly the same days"


def _clock(claim: Claim, metric: Metric) -> _Judged:
    if not claim.clock:
        words = f"calendar or business hours not said, ours are {metric.clock} hours"
        return Aspect.CLOCK, Grade.B, words
    if claim.clock != metric.clock:
        words = f"it is measured in {claim.clock} hours, ours in {metric.clock} hours"
        return Aspect.CLOCK, Grade.C, words
    return Aspect.CLOCK, Grade.A, f"{metric.clock} hours, as ours"


def _method(claim: Claim, metric: Metric) -> _Judged:
    if not claim.method:
        return Aspect.METHOD, Grade.B, f"method not said, ours is by {metric.method}"
    if claim.method != metric.method:
        return Aspect.METHOD, Grade.B, f"measured by {claim.method}, ours by {metric.method}"
    return Aspect.METHOD, Grade.A, f"measured by {metric.method}, as ours"


def _population(claim: Claim, metric: Metric) -> _Judged:
    ours, told = metric.population, claim.population
    if ours and told and _plain(ours) != _plain(told):
        return Aspect.POPULATION, Grade.B, f"it is of {told}, ours of {ours}"
    if ours and not told:
        return Aspect.POPULATION, Grade.B, f"whom it is of is not said, ours is of {ours}"
    return Aspect.POPULATION, Grade.A, "nothing speaks of another population"


def _region(claim: Claim) -> _Judged:
    if _plain(claim.region) in {_plain(each) for each in claim.our_regions}:
        return Aspect.REGION, Grade.A, f"{claim.region}, as ours"
    ours = f", ours of {' and '.join(claim.our_regions)}" if claim.our_regions else ""
    return Aspect.REGION, Grade.B, f"it is of {claim.region}{ours}"


def _sample(claim: Claim) -> _Judged:
    if not claim.n:
        return Aspect.SAMPLE, Grade.B, "n unknown"
    return Aspect.SAMPLE, Grade.A, "n known"


def _age(claim: Claim, metric: Metric) -> _Judged:
    if claim.age:
        return Aspect.AGE, Grade.C, claim.age
    if not claim.is_dated:
        return Aspect.AGE, Grade.B, "no date of publication"
    return Aspect.AGE, Grade.A, f"not older than {metric.benchmark_max_age} months"


def _plain(words: str) -> str:
    """Words as they are compared: case, blanks and the plural do not count."""
    return " ".join(word.removesuffix("s") for word in words.casefold().split())
