"""Breaks and baselines: one on a chart, one in the list, and what approving one would do."""

from dataclasses import dataclass
from datetime import date, datetime

from metrics.chosen import BaselineUse
from metrics.model import Grain


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakMark:
    """A break on a chart: limits start anew with the period that begins on `start`."""

    day: date
    start: date
    text: str
    reason: str
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakRow:
    """An approved break with who, when and why; `withdrawn` is empty while it holds."""

    id: int
    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    day: date
    reason: str
    actor: str
    at: datetime
    evidence: str
    holds: bool
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakProposal:
    """A step that the detector has found; nothing is done about it but by a person.

    `day` is the first day of the first period on the new level, `before` and `after` count the
    periods with a value on each side. The centres are in the metric's unit.
    """

    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    grain: Grain
    day: date
    before: int
    after: int
    centre_before: float
    centre_after: float
    unit_text: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPreview:
    """What a break would do, or in `refused` why there can be none.

    The texts come in pairs: as it is now, and as it would be. `before` and `after` count periods
    with a value.
    """

    day: date
    period_label: str
    refused: str = ""
    sentence: str = ""
    evidence: str = ""
    before: int = 0
    after: int = 0
    is_provisional: bool = False
    centre: tuple[str, str] = ("", "")
    limits: tuple[str, str] = ("", "")
    verdict: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineMark:
    """A baseline on a chart: the span of first days of the periods it covers there."""

    use: BaselineUse
    start: date
    end: date
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRow:
    """An approved baseline with who, when and why; `withdrawn` is empty while it holds."""

    id: int
    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    use: BaselineUse
    first: date
    last: date
    reason: str
    actor: str
    at: datetime
    evidence: str
    holds: bool
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideProposal:
    """A few periods far off that bend the limits of the others; a person decides about them."""

    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    grain: Grain
    first: date
    last: date
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselinePreview:
    """What a baseline would do, or in `refused` why there can be none.

    The texts come in pairs: as it is now, and as it would be. `periods` make the limits then.
    """

    use: BaselineUse
    first: date
    last: date
    refused: str = ""
    sentence: str = ""
    evidence: str = ""
    periods: int = 0
    centre: tuple[str, str] = ("", "")
    limits: tuple[str, str] = ("", "")
    verdict: tuple[str, str] = ("", "")
