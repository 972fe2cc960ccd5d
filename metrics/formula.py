"""What a formula is made of: columns, conditions from a closed list, quantities. No expressions."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Scalar = bool | int | float | str


def _one_or_several(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """Say one thing of a value that is neither, instead of one for every type it is not."""
    try:
        return read(value)
    except ValidationError as error:
        raise ValueError("a number, a word, true or false, or a list of those") from error


Compared = Annotated[Scalar | tuple[Scalar, ...] | None, WrapValidator(_one_or_several)]


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


class Better(StrEnum):
    """Which way is good. `band` means inside the band; `neutral` means neither."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"
    BAND = "band"


TIMES = frozenset({Unit.MILLISECONDS, Unit.SECONDS, Unit.MINUTES, Unit.HOURS, Unit.DAYS})


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


class Strict(BaseModel):
    """A definition: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def refuse(what: str, mistakes: Iterable[tuple[str, str]], written: Mapping[str, object]) -> None:
    """Raise all mistakes at once, each a key with what is expected there; nothing without one."""
    details = [
        InitErrorDetails(
            type=PydanticCustomError("formula", "{rule}", {"rule": expected}),
            loc=(key,),
            input=written.get(key),
        )
        for key, expected in mistakes
    ]
    if details:
        raise ValidationError.from_exception_data(what, details)


class Condition(Strict):
    """A column compared with a value, or with another column of the same row."""

    column: Code
    comparison: Comparison = Field(alias="is")
    value: Compared = None
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


def columns_of(where: Iterable[Condition]) -> frozenset[str]:
    """The columns that some conditions read."""
    return frozenset(name for each in where for name in (each.column, each.other) if name)


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

    @property
    def columns(self) -> frozenset[str]:
        """The columns the part reads."""
        summed = self.sum.columns if self.sum else ()
        return frozenset(summed) | columns_of(self.where)
