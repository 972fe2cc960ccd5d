"""The vocabulary of touchpoints: where the service is met, and what is promised there."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from metrics.model import Code, Strict, Words


class Stage(StrEnum):
    """Which side of the line of visibility a touchpoint is on."""

    FRONT = "front"
    BACK = "back"


class Target(Strict):
    """The promise for a metric at a touchpoint, with its dates (inclusive; no end = still)."""

    metric: Code
    value: float
    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")


class Touchpoint(Strict):
    """A place where customers or colleagues meet the service."""

    code: Code = Field(alias="touchpoint")
    name: Words
    stage: Stage
    description: str = ""
    time_zone: str | None = None
    owner: str = ""
    aliases: tuple[str, ...] = ()
    metrics: tuple[Code, ...] | None = None
    targets: tuple[Target, ...] = ()
    depends_on: tuple[Code, ...] = ()
