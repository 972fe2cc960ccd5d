"""How long cases stay open, those that still are among them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenShare:
    """The share (0-100) still open after an age in the metric's unit, with its 95 % interval.

    `at_risk` cases were followed up to that age and open until then.
    """

    age: float
    age_text: str
    share: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The cases of some days, followed until the feed was last read.

    `steps` is the whole curve, `ages` the same at ages that people speak of. `sentence` says the
    most important of it, `note` of which cases and how exactly. Without steps there is nothing to
    draw, and `sentence` says why.
    """

    metric: str
    metric_name: str
    touchpoint: str
    touchpoint_name: str
    unit_text: str
    sentence: str
    note: str
    steps: tuple[OpenShare, ...]
    ages: tuple[OpenShare, ...]
    longest: float
    median: float | None
    alt: str
