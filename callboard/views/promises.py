"""Targets and what people say of figures: as they stand, and what a new target would do."""

from dataclasses import dataclass
from datetime import date, datetime

from metrics.model import Grain


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """What is promised of a metric at a touchpoint today, and how it is kept.

    `target_text` is empty for no target. `source` is who approved it, or the file; `since` None
    where a definition says it without a day. `met` counts the judged periods that met it, of how
    many; None where that cannot be told. `next_text` is the next change that is planned.
    """

    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    unit_text: str
    target: float | None
    target_text: str
    since: date | None
    until: date | None
    source: str
    reason: str
    is_approved: bool
    promise_text: str
    met: tuple[int, int] | None
    next_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """An approved target with who, when and why; `withdrawn` is empty while it holds.

    `value` None ends what was promised before, without a new target.
    """

    id: int
    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    value: float | None
    value_text: str
    unit_text: str
    day: date
    until: date | None
    reason: str
    actor: str
    at: datetime
    evidence: str
    holds: bool
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The page of targets: its sentence, what is promised today, and everything approved."""

    headline: str
    rows: tuple[PromiseRow, ...]
    history: tuple[TargetRow, ...]
    grain: Grain
    publication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPreview:
    """What a target would do, before anything is done; `refused` says why it cannot be.

    The pairs are as it is and as it would be, if it were in force in the newest whole period.
    `again` says which periods that are over would be judged anew; empty for none.
    """

    day: date
    until: date | None
    value: float | None
    sentence: str = ""
    again: str = ""
    evidence: str = ""
    refused: str = ""
    target: tuple[str, str] = ("", "")
    promise: tuple[str, str] = ("", "")
    met: tuple[str, str] = ("", "")
    verdict: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """One line of a file of targets: what it would do, or why it cannot; `is_new` if it acts."""

    line: int
    touchpoint: str
    metric: str
    value_text: str
    day: date | None
    until: date | None
    sentence: str
    is_refused: bool
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFile:
    """What a file of targets would do, or has done; nothing of it is done while a line is wrong.

    `anew` counts the lines that judge periods anew which are over.
    """

    sentence: str
    lines: tuple[TargetLine, ...]
    can_be_applied: bool
    anew: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """What somebody said of a metric in a period; `earlier` are its versions before, newest first.

    `start` is the period's first day.
    """

    id: int
    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    grain: Grain
    start: date
    period_label: str
    text: str
    actor: str
    at: datetime
    earlier: tuple["CommentRow", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a tile says of its period: the newest comment, and how many `more` there are."""

    text: str
    actor: str
    at: datetime
    more: int = 0
