"""The vocabulary of metrics: what a definition file may say, and nothing else.

No expression strings: a formula is a form, columns, and conditions from a closed list.
"""

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Scalar = bool | int | float | str


class Form(StrEnum):
    """How the parts of a metric become its value."""

    RATIO = "ratio"
    RATE = "rate"
    MEAN = "mean"
    PERCENTILE = "percentile"
    NET_SCORE = "net_score"
    COUNT = "count"


class Better(StrEnum):
    """Which way is good. `band` means inside the band; `neutral` means neither."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"
    BAND = "band"


class Unit(StrEnum):
    """The declared unit of every value shown, exported or uploaded. Percent is 0-100."""

    PERCENT = "percent"
    PER = "per"
    POINTS = "points"
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    COUNT = "count"
    INDEX = "index"
    SCORE = "score"


class Comparison(StrEnum):
    """How a condition compares a column."""

    EQUAL = "equal"
    NOT_EQUAL = "not_equal"
    IN = "in"
    NOT_IN = "not_in"
    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"
    PRESENT = "present"
    MISSING = "missing"


class Stock(StrEnum):
    """How a stock (backlog, headcount) becomes a period's value; flows add up instead."""

    MEAN = "mean"
    LAST = "last"


class Grain(StrEnum):
    """The lengths of reporting period there are today; the calendar table adds others."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Strict(BaseModel):
    """A definition: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Condition(Strict):
    """A column compared with a value, or with another column of the same row."""

    column: Code
    comparison: Comparison = Field(alias="is")
    value: Scalar | tuple[Scalar, ...] | None = None
    other: Code | None = None

    @model_validator(mode="after")
    def _has_what_it_compares_with(self) -> Self:
        alone = self.comparison in (Comparison.PRESENT, Comparison.MISSING)
        given = (self.value is not None) + (self.other is not None)
        if given != (0 if alone else 1):
            raise ValueError("no value for present/missing, else exactly one of value and other")
        many = self.comparison in (Comparison.IN, Comparison.NOT_IN)
        if many != isinstance(self.value, tuple):
            raise ValueError("a list of values for in/not_in, one value for the others")
        return self


class Quantity(Strict):
    """A number of a row: a column, or the time from one column to another in `unit`."""

    column: Code | None = None
    start: Code | None = Field(default=None, alias="from")
    end: Code | None = Field(default=None, alias="to")
    unit: Unit | None = None

    @model_validator(mode="after")
    def _is_a_column_or_a_duration(self) -> Self:
        durations = (Unit.SECONDS, Unit.MINUTES, Unit.HOURS, Unit.DAYS)
        is_duration = self.start is not None and self.end is not None and self.unit in durations
        if (self.column is not None) == is_duration:
            raise ValueError("either column, or from and to with a unit of time")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the quantity reads."""
        return tuple(name for name in (self.column, self.start, self.end) if name)


class Part(Strict):
    """One side of a formula: rows counted, or a quantity summed, where conditions hold."""

    feed: Code | None = None
    sum: Quantity | None = None
    where: tuple[Condition, ...] = ()


class Metric(Strict):
    """A question about the service and the formula that answers it.

    A `numerator` or `denominator` without `sum` counts rows. `value` is what a mean, percentile or
    net score is taken of; such a metric's `where` says over which rows.
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
    per: int | None = None
    base: str = ""
    decimals: int = Field(default=1, ge=0, le=4)
    form: Form
    feed: Code
    numerator: Part | None = None
    denominator: Part | None = None
    value: Quantity | None = None
    where: tuple[Condition, ...] = ()
    percentile: float | None = Field(default=None, gt=0, lt=100)
    promoters_from: float | None = None
    detractors_to: float | None = None
    stock: Stock | None = None
    dimensions: tuple[Code, ...] | None = None
    version: int = Field(default=1, ge=1)
    grain: Grain = Grain.WEEK
    min_n: int = Field(default=10, ge=1)
    lag_days: int = Field(default=0, ge=0, le=60)
    target: float | None = None
    population: str = ""
    method: str = "system"
    clock: str = "calendar"
    benchmark_max_age: int = Field(default=18, ge=1, description="months")
    synonyms: tuple[str, ...] = ()
    retired: date | None = None

    @model_validator(mode="after")
    def _has_the_parts_of_its_form(self) -> Self:
        for name in _PARTS:
            needed, present = name in _NEEDED[self.form], getattr(self, name) is not None
            if needed and not present:
                raise ValueError(f"{name!r}, which the form {self.form.value!r} needs")
            if present and not needed:
                raise ValueError(f"no {name!r}, which the form {self.form.value!r} does not use")
        if self.where and self.form not in (Form.MEAN, Form.PERCENTILE, Form.NET_SCORE):
            raise ValueError("'where' inside numerator and denominator for this form")
        if (self.better is Better.BAND) != (self.band is not None):
            raise ValueError("'band: [low, high]' exactly when better is 'band'")
        if (self.unit is Unit.PER) != (self.per is not None):
            raise ValueError("'per' exactly when the unit is 'per'")
        if self.stock is not None and self.form is not Form.COUNT:
            raise ValueError("'stock' only with the form 'count'")
        return self

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
        """Every feed the metric reads."""
        return frozenset({self.numerator_feed, self.denominator_feed})

    @property
    def fingerprint(self) -> str:
        """A hash of the formula alone: readings made under another fingerprint are rebuilt."""
        formula = self.model_dump_json(include=_FORMULA)
        return hashlib.sha256(formula.encode()).hexdigest()[:16]

    def columns(self, feed: str) -> frozenset[str]:
        """The columns of `feed` that the formula reads."""
        found: set[str] = set()
        for part, source in (
            (self.numerator, self.numerator_feed),
            (self.denominator, self.denominator_feed),
        ):
            if part is not None and source == feed:
                found.update(part.sum.columns if part.sum else ())
                found.update(_condition_columns(part.where))
        if feed == self.feed:
            found.update(self.value.columns if self.value else ())
            found.update(_condition_columns(self.where))
        return frozenset(found)


def _condition_columns(where: tuple[Condition, ...]) -> set[str]:
    return {name for each in where for name in (each.column, each.other) if name}


_PARTS = ("numerator", "denominator", "value", "percentile", "promoters_from", "detractors_to")
_NEEDED: dict[Form, frozenset[str]] = {
    Form.RATIO: frozenset({"numerator", "denominator"}),
    Form.RATE: frozenset({"numerator", "denominator"}),
    Form.MEAN: frozenset({"value"}),
    Form.PERCENTILE: frozenset({"value", "percentile"}),
    Form.NET_SCORE: frozenset({"value", "promoters_from", "detractors_to"}),
    Form.COUNT: frozenset({"numerator"}),
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
