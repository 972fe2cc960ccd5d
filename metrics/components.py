"""What a composite index is made of: components with weight, direction and a fixed scale.

Also the days from which a definition's data were told differently: no comparison crosses those.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from metrics.formula import Better, Code, Strict, Words, refuse

Finite = Annotated[float, Field(allow_inf_nan=False)]


class Transform(StrEnum):
    """How a component's value is brought onto the scale that the composite adds up."""

    IDENTITY = "identity"
    MIN_MAX = "min_max"
    Z = "z"
    PERCENTILE = "percentile"


class WhenMissing(StrEnum):
    """What becomes of a composite where a component has no value."""

    NO_SCORE = "no_score"
    REWEIGHT = "reweight"


class Change(Strict):
    """A day from which on the data follow another version of a metric's definition, and how."""

    version: int = Field(ge=2)
    start: date = Field(alias="from")
    what: Words


class Reference(Strict):
    """Mean and standard deviation of a stated period, which stay as they are."""

    mean: Finite
    sd: Finite = Field(gt=0)
    period: Words


class Component(Strict):
    """A metric's part in a composite: how much it weighs, which way it counts, on which scale.

    `scale` multiplies the value as it is (0.01: a percentage as a share); `range` are its ends of
    0 and 100; `quantiles` are the values that equal shares of a reference lie below, from its
    lowest to its highest. `version` is the version of the metric that all this was laid down for.
    """

    metric: Code
    weight: Finite = Field(gt=0)
    better: Better
    transform: Transform
    scale: Finite | None = Field(default=None, gt=0)
    range: tuple[Finite, Finite] | None = None
    reference: Reference | None = None
    quantiles: tuple[Finite, ...] | None = None
    version: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _agrees_with_its_transform(self) -> Self:
        written = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        refuse("component", self._mistakes(), written)
        return self

    def _mistakes(self) -> Iterator[tuple[str, str]]:
        needed = _NEEDS[self.transform]
        transform = f"the transform {self.transform.value!r}"
        for name in _NEEDS.values():
            if name == needed and getattr(self, name) is None:
                yield name, f"a value, which {transform} needs"
            if name != needed and getattr(self, name) is not None:
                yield name, f"no {name!r}, which {transform} does not use"
        if self.better not in (Better.HIGHER, Better.LOWER):
            yield "better", "'higher' or 'lower': which way the component counts"
        if self.range is not None and self.range[0] >= self.range[1]:
            yield "range", "[low, high], the lower number first; 'better' says which end is best"
        points = self.quantiles
        if points is not None and (len(points) < 3 or list(points) != sorted(set(points))):
            yield "quantiles", "3 numbers or more, each above the one before"


_NEEDS = {
    Transform.IDENTITY: "scale",
    Transform.MIN_MAX: "range",
    Transform.Z: "reference",
    Transform.PERCENTILE: "quantiles",
}
_SCALES = {
    Transform.IDENTITY: "raw units",
    Transform.MIN_MAX: "0 to 100",
    Transform.Z: "standard deviations",
    Transform.PERCENTILE: "0 to 100",
}


def component_mistakes(components: Sequence[Component]) -> Iterator[tuple[str, str]]:
    """What is wrong among the components of one composite, by key."""
    if len(components) < 2:
        yield "components", "2 components or more"
    codes = [each.metric for each in components]
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        yield "components", f"each metric once; {twice!r} stands twice"
    scales = sorted({_SCALES[each.transform] for each in components})
    if len(scales) > 1:
        yield "components", f"one scale for all of them, not {' and '.join(scales)} mixed"
