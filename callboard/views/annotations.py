"""Annotations: flags on a chart, rows of their list, and what somebody wants to write."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AnnotationTag(StrEnum):
    """What kind of thing an annotation tells of."""

    CHANGE = "change"
    EVENT = "event"
    CAMPAIGN = "campaign"
    WEATHER = "weather"
    INCIDENT = "incident"
    DATA = "data"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationMark:
    """A flag on a chart: its number there, its days, and the periods that hold them.

    `start` and `end` are the first days of the first and the last of these periods. `about` is
    empty where it is about this metric at this touchpoint alone.
    """

    number: int
    first: date
    last: date
    start: date
    end: date
    days: str
    tag: AnnotationTag
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationRow:
    """An annotation with who and when; `withdrawn` is empty while it stands.

    `touchpoint` is empty where it is about every touchpoint, `metric` where about all metrics.
    """

    id: int
    touchpoint: str
    metric: str
    about: str
    first: date
    last: date
    tag: AnnotationTag
    text: str
    actor: str
    at: datetime
    holds: bool
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnnotation:
    """What somebody wants to say of which days, as it was typed: ISO days, a tag's name.

    An empty `last` means the one day; an empty touchpoint or metric means every one of them.
    """

    touchpoint: str
    metric: str
    first: str
    text: str
    tag: str = AnnotationTag.OTHER.value
    last: str = ""
