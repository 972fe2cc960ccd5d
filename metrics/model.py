"""The vocabulary of metrics: what a definition file may say, and nothing else.

No expression strings: a formula is a form, columns, and conditions from a closed list.
"""

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from metrics.components import Change, Component, WhenMissing, component_mistakes
from metrics.formula import (
    TIMES,
    Better,
    Code,
    Comparison,
    Condition,
    Part,
    Quantity,
    Scalar,
    Strict,
    Unit,
    Words,
    columns_of,
    refuse,
)

__all__ = [
    "Better",
    "Code",
    "Comparison",
    "Condition",
    "Form",
    "Grain",
    "Metric",
    "Part",
    "Quantity",
    "Scalar",
    "Stock",
    "Strict",
    "Unit",
    "Words",
]


class Form(StrEnum):
    """How the parts of a metric become its value."""

    RATIO = "ratio"
    RATE = "rate"
    MEAN = "mean"
    PERCENTILE = "percentile"
    NET_SCORE = "net_score"
    COUNT = "count"
    COMPOSITE = "composite"


class Stock(StrEnum):
    """How a stock (backlog, headcount) becomes a period's value; flows add up instead.

    A ratio of a stock (the share of the backlog that is old) is marked `mean`: its daily snapshots
    show largely the same cases again, so seven of them are not seven times the evidence.
    """

    MEAN = "mean"
    LAST = "last"


class Grain(StrEnum):
    """The lengths of reporting period there are today; the calendar table adds others."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Metric(Strict):
    """A question about the service and the formula that answers it.

    A `numerator` or `denominator` without `sum` counts rows. `value` is what a mean, percentile or
    net score is taken of; such a metric's `where` says over which rows. `open` says
    which cases of a day have no end yet, where a percentile is of times that begin with the row's
    own day. `counts` names in plural what the numerator counts ("abandoned contacts"), or what the
    sum of a mean is ("waiting"); `misses` what the denominator holds besides ("late deliveries"). A
    composite has no feed of its
    own: it weighs `components`, which the catalogue turns into `component_metrics`. `changes` says
    from which day on the data were told by another version of the definition. `trades_with` names
    the metrics that tend to pay for this one.
    """

    code: Code = Field(alias="metric")
    name: Words
    question: Words
    description: Words = ""
    pillar: Words
    key: Words
    better: Better
    band: tuple[float, float] | None = None
    unit: Unit
    per: int | None = Field(default=None, ge=1)
    base: str = ""
    counts: str = ""
    misses: str = ""
    decimals: int = Field(default=1, ge=0, le=4)
    form: Form
    feed: Code | Literal[""] = ""
    numerator: Part | None = None
    denominator: Part | None = None
    value: Quantity | None = None
    where: tuple[Condition, ...] = ()
    open: tuple[Condition, ...] = ()
    percentile: float | None = Field(default=None, gt=0, lt=100)
    promoters_from: float | None = None
    detractors_to: float | None = None
    stock: Stock | None = None
    dimensions: tuple[Code, ...] | None = None
    components: tuple[Component, ...] | None = None
    rationale: Words | None = None
    divisor: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    missing: WhenMissing | None = None
    version: int = Field(default=1, ge=1)
    changes: tuple[Change, ...] = ()
    grain: Grain = Grain.WEEK
    min_n: int = Field(default=10, ge=1)
    lag_days: int = Field(default=0, ge=0, le=60)
    target: float | None = None
    population: str = ""
    method: str = "system"
    clock: str = "calendar"
    benchmark_max_age: int = Field(default=18, ge=1, description="months")
    synonyms: tuple[str, ...] = ()
    trades_with: tuple[Code, ...] = ()
    retired: date | None = None
    _component_metrics: tuple["Metric", ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _agrees_with_its_form(self) -> Self:
        """Refuse all keys at once that do not go together, each at its own place."""
        mistakes = [*self._missing_and_unused_parts(), *self._contradictions()]
        if self.form is Form.COMPOSITE:
            mistakes += self._contradictions_of_a_composite()
        refuse("metric", mistakes, self.model_dump(mode="json", by_alias=True, exclude_unset=True))
        return self

    def _missing_and_unused_parts(self) -> Iterator[tuple[str, str]]:
        form = f"the form {self.form.value!r}"
        for name in _PARTS:
            needed, present = name in _NEEDED[self.form], getattr(self, name) not in (None, "")
            if needed and not present:
                yield name, f"a value, which {form} needs"
            if present and not needed and name not in _OPTIONAL[self.form]:
                yield name, f"no {name!r}, which {form} does not use"
        if self.where and "value" not in _NEEDED[self.form]:
            yield "where", f"conditions inside numerator and denominator for {form}"

    def _contradictions(self) -> Iterator[tuple[str, str]]:
        if (self.better is Better.BAND) != (self.band is not None):
            yield "band", "[low, high] exactly when better is 'band'"
        if self.band and self.band[0] >= self.band[1]:
            yield "band", "[low, high], the lower number first"
        if (self.unit is Unit.PER) != (self.per is not None):
            yield "per", "a number exactly when the unit is 'per'"
        if (self.unit is Unit.PER) != (self.form is Form.RATE):
            yield "unit", "'per' exactly when the form is 'rate'"
        if self.open and not (self.form is Form.PERCENTILE and self.unit in TIMES):
            yield "open", "'open' only with the form 'percentile' of a time"
        if self.stock is not None and self.form not in _STOCKED.get(self.stock, ()):
            yield "stock", "'stock' with the form 'count', or 'stock: mean' with the form 'ratio'"
        if self.counts and self.form in _UNCOUNTED:
            yield "counts", f"no 'counts', for the form {self.form.value!r} counts nothing"
        if self.misses and self.form is not Form.RATIO:
            yield "misses", "'misses' only with the form 'ratio'"
        if (self.detractors_to or 0) >= (self.promoters_from or math.inf):
            yield "promoters_from", "a score above 'detractors_to'"
        versions = [change.version for change in self.changes]
        if versions and (versions[-1] != self.version or not _rises(versions)):
            yield "changes", f"versions that rise to {self.version}, the version of the metric"
        if not _rises([change.start.toordinal() for change in self.changes]):
            yield "changes", "days that follow one another"

    def _contradictions_of_a_composite(self) -> Iterator[tuple[str, str]]:
        if self.better not in (Better.HIGHER, Better.LOWER):
            yield "better", "'higher' or 'lower', so that each component counts for it or against"
        if self.unit not in (Unit.INDEX, Unit.SCORE, Unit.POINTS):
            yield "unit", "'index', 'score' or 'points': a weighted sum is none of its components"
        for key in ("min_n", "lag_days", "dimensions", "counts", "misses"):
            if key in self.model_fields_set:
                yield key, f"no {key!r}: each component has its own"
        yield from component_mistakes(self.components or ())

    @property
    def scale(self) -> float:
        """What Σ numerator / Σ denominator is multiplied with to be in the declared unit."""
        if self.form is Form.RATE:
            return float(self.per or 1)
        if self.form in (Form.RATIO, Form.NET_SCORE):
            return 100.0 if self.unit in (Unit.PERCENT, Unit.POINTS) else 1.0
        return 1.0

    @property
    def numerator_feed(self) -> str:
        """The feed that the numerator, or the value, is read from."""
        return (self.numerator.feed if self.numerator else None) or self.feed

    @property
    def denominator_feed(self) -> str:
        """The feed that the denominator is read from."""
        return (self.denominator.feed if self.denominator else None) or self.feed

    @property
    def feeds(self) -> frozenset[str]:
        """Every feed the metric reads; for a composite, all that its components read."""
        if self.components is not None:
            return frozenset(feed for each in self._component_metrics for feed in each.feeds)
        return frozenset({self.numerator_feed, self.denominator_feed})

    @property
    def component_metrics(self) -> tuple["Metric", ...]:
        """What a composite is made of, in the order of `components`; nothing for other forms."""
        return self._component_metrics

    def made_of(self, metrics: Iterable["Metric"]) -> "Metric":
        """The composite with the metrics that its components name, in their order."""
        known = self.model_copy()
        known._component_metrics = tuple(metrics)
        return known

    @property
    def is_composite(self) -> bool:
        """Whether the value is computed from other metrics, so that no feed is asked for it."""
        return self.form is Form.COMPOSITE

    @property
    def fingerprint(self) -> str:
        """A hash of the formula alone: readings made under another fingerprint are rebuilt."""
        keys = _FORMULA | {"open"} if self.open else _FORMULA
        formula = self.model_dump_json(include=keys)
        return hashlib.sha256(formula.encode()).hexdigest()[:16]

    def columns(self, feed: str) -> frozenset[str]:
        """The columns of `feed` that the formula reads."""
        found: set[str] = set()
        for part, source in (
            (self.numerator, self.numerator_feed),
            (self.denominator, self.denominator_feed),
        ):
            if part is not None and source == feed:
                found.update(part.columns)
        if feed == self.feed:
            found.update(self.value.columns if self.value else ())
            found.update(columns_of((*self.where, *self.open)))
        return frozenset(found)


def _rises(values: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(values))


_PARTS = (
    *("feed", "numerator", "denominator", "value", "percentile", "promoters_from"),
    *("detractors_to", "components", "rationale", "divisor", "missing"),
)
_UNCOUNTED = (Form.PERCENTILE, Form.NET_SCORE, Form.COMPOSITE)
_STOCKED = {Stock.MEAN: (Form.COUNT, Form.RATIO), Stock.LAST: (Form.COUNT,)}
_NEEDED: dict[Form, frozenset[str]] = {
    Form.RATIO: frozenset({"feed", "numerator", "denominator"}),
    Form.RATE: frozenset({"feed", "numerator", "denominator"}),
    Form.MEAN: frozenset({"feed", "value"}),
    Form.PERCENTILE: frozenset({"feed", "value", "percentile"}),
    Form.NET_SCORE: frozenset({"feed", "value", "promoters_from", "detractors_to"}),
    Form.COUNT: frozenset({"feed", "numerator"}),
    Form.COMPOSITE: frozenset({"components", "rationale"}),
}
_OPTIONAL = {form: frozenset[str]() for form in Form} | {
    Form.COMPOSITE: frozenset({"divisor", "missing"})
}
_FORMULA = {
    "form",
    "feed",
    "numerator",
    "denominator",
    "value",
    "where",
    "percentile",
    "promoters_from",
    "detractors_to",
    "stock",
    "dimensions",
    "version",
}
