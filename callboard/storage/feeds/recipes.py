"""What has to be measured in a feed's rows so that the stored parts of a metric can be made of it.

Measures are named by what they say, so that metrics with a part in common share it. All of them
add up (bucket numbers by joining their lists), so days and segments can be put together later.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from metrics.model import Condition, Form, Metric, Part, Quantity


class Kind(StrEnum):
    """What is done with the rows or with a quantity of them."""

    ROWS = "rows"
    PRESENT = "present"
    SUM = "sum"
    SQUARES = "squares"
    BUCKETS = "buckets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One aggregate: `kind` of `quantity` over the rows where all of `where` hold.

    `at_least` and `at_most` leave out quantities beyond them; ROWS counts without a quantity.
    """

    kind: Kind
    quantity: Quantity | None = None
    where: tuple[Condition, ...] = ()
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the stored parts of a metric are made of measures; None where the form has no such part.

    Numerator and squares of a net score are the difference and the sum of two: promoters and
    `less`, the detractors. With `open`, the denominator is n and the cases still open.
    """

    numerator: Measure | None
    denominator: Measure | None
    n: Measure
    squares: Measure | None = None
    sketch: Measure | None = None
    less: Measure | None = None
    open: Measure | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure the recipe needs."""
        values = (self.numerator, self.denominator, self.n, self.squares, self.sketch)
        parts = (*values, self.less, self.open)
        return tuple(part for part in parts if part is not None)


def recipe_of(metric: Metric) -> Recipe:
    """The parts of a metric whose whole formula reads one feed."""
    return _RECIPES[metric.form](metric)


def recipe_of_part(part: Part) -> Recipe:
    """One side of a formula alone, as it is kept for a metric of two feeds."""
    return Recipe(numerator=_amount(part), denominator=None, n=_rows(part))


def _amount(part: Part) -> Measure:
    kind = Kind.ROWS if part.sum is None else Kind.SUM
    return Measure(kind=kind, quantity=part.sum, where=part.where)


def _rows(part: Part) -> Measure:
    kind = Kind.ROWS if part.sum is None else Kind.PRESENT
    return Measure(kind=kind, quantity=part.sum, where=part.where)


def _ratio(metric: Metric) -> Recipe:
    assert metric.numerator is not None
    assert metric.denominator is not None
    return Recipe(
        numerator=_amount(metric.numerator),
        denominator=_amount(metric.denominator),
        n=_rows(metric.denominator),
    )


def _count(metric: Metric) -> Recipe:
    assert metric.numerator is not None
    return Recipe(numerator=_amount(metric.numerator), denominator=None, n=_rows(metric.numerator))


def _of_value(metric: Metric, kind: Kind, **bounds: float | None) -> Measure:
    return Measure(kind=kind, quantity=metric.value, where=metric.where, **bounds)


def _mean(metric: Metric) -> Recipe:
    present = _of_value(metric, Kind.PRESENT)
    return Recipe(
        numerator=_of_value(metric, Kind.SUM),
        denominator=present,
        n=present,
        squares=_of_value(metric, Kind.SQUARES),
    )


def _percentile(metric: Metric) -> Recipe:
    return Recipe(
        numerator=None,
        denominator=None,
        n=_of_value(metric, Kind.PRESENT),
        sketch=_of_value(metric, Kind.BUCKETS),
        open=Measure(kind=Kind.ROWS, where=metric.open) if metric.open else None,
    )


def _net_score(metric: Metric) -> Recipe:
    present = _of_value(metric, Kind.PRESENT)
    return Recipe(
        numerator=_of_value(metric, Kind.PRESENT, at_least=metric.promoters_from),
        denominator=present,
        n=present,
        less=_of_value(metric, Kind.PRESENT, at_most=metric.detractors_to),
    )


_RECIPES: dict[Form, Callable[[Metric], Recipe]] = {
    Form.RATIO: _ratio,
    Form.RATE: _ratio,
    Form.COUNT: _count,
    Form.MEAN: _mean,
    Form.PERCENTILE: _percentile,
    Form.NET_SCORE: _net_score,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one feed gives to a metric: all of it, or (`part`) its numerator or denominator."""

    metric: Metric
    part: Literal["", "numerator", "denominator"]
    recipe: Recipe


def shares_of(metrics: Iterable[Metric], feed: str) -> Iterator[Share]:
    """What `feed` gives to each of `metrics`; nothing to those that do not read it."""
    for metric in metrics:
        if metric.feeds == {feed}:
            yield Share(metric=metric, part="", recipe=recipe_of(metric))
            continue
        if metric.numerator is not None and metric.numerator_feed == feed:
            recipe = recipe_of_part(metric.numerator)
            yield Share(metric=metric, part="numerator", recipe=recipe)
        if metric.denominator is not None and metric.denominator_feed == feed:
            recipe = recipe_of_part(metric.denominator)
            yield Share(metric=metric, part="denominator", recipe=recipe)
