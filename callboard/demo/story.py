"""What happens in the demo: events with place, date and size. The generator and the tests read it.

Dates are whole days before the last day: 0 is the last day itself, 45 is forty-five days earlier.
"""

from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from callboard.demo.knobs import KNOBS, Turn
from callboard.errors import DefinitionError
from definition_files import read_model
from metrics.model import Code, Strict, Words

STORY_FILE = "story.yaml"


class Direction(StrEnum):
    """Which way a metric goes; never whether that is good."""

    UP = "up"
    DOWN = "down"


class Happening(StrEnum):
    """The sorts of event there are."""

    STRIKE = "strike"
    PROCESS_CHANGE = "process_change"
    BAD_RELEASE = "bad_release"
    OUTAGE = "outage"
    GOOD_SURPRISE = "good_surprise"


class Fault(StrEnum):
    """The ways in which a generated row breaks its contract."""

    NEGATIVE_WAIT = "negative_wait"
    UNKNOWN_TOUCHPOINT = "unknown_touchpoint"
    DELIVERED_BEFORE_ORDERED = "delivered_before_ordered"
    TEXT_IN_NUMBER = "text_in_number"
    DATE_IN_FUTURE = "date_in_future"
    SCORE_OFF_SCALE = "score_off_scale"


class Effect(Strict):
    """What an event does to a metric: by `points` of a share or `times` as much.

    Without a size the metric follows from another effect of the same event. `carrier` confines an
    effect on deliveries to the orders of one carrier.
    """

    metric: Code
    direction: Direction
    points: float | None = Field(default=None, gt=0, le=95)
    times: float | None = Field(default=None, gt=1, le=50)
    carrier: str = ""

    @model_validator(mode="after")
    def _turns_a_knob_its_own_way(self) -> Self:
        turns = [turn for turn in Turn if getattr(self, turn.value) is not None]
        if not turns:
            return self
        knob = KNOBS.get(self.metric)
        if knob is None:
            raise ValueError(f"a size only for one of {', '.join(KNOBS)}")
        if turns != [knob.turn]:
            raise ValueError(f"{knob.turn.value!r} alone as the size for {self.metric!r}")
        return self

    @property
    def follows(self) -> bool:
        """Whether the metric moves because another of the event does."""
        return self.points is None and self.times is None


class Event(Strict):
    """Something that happens at a touchpoint; without `days` it lasts."""

    name: Words
    kind: Happening
    touchpoint: Code
    days_before: int = Field(ge=0)
    days: int | None = Field(default=None, ge=1)
    effects: tuple[Effect, ...] = Field(min_length=1)

    def first_day(self, last_day: date) -> date:
        """The day it begins. What lasts one day falls on a working day, when it can be felt."""
        first = last_day - timedelta(days=self.days_before)
        weekend = first.weekday() - 4 if self.days == 1 and first.weekday() > 4 else 0
        return first - timedelta(days=weekend)

    def end_day(self, last_day: date) -> date | None:
        """The last day of it, None where it lasts."""
        if self.days is None:
            return None
        return self.first_day(last_day) + timedelta(days=self.days - 1)

    def is_on(self, day: date, last_day: date) -> bool:
        """Whether it is felt on `day`."""
        end = self.end_day(last_day)
        return self.first_day(last_day) <= day and (end is None or day <= end)


class Silence(Strict):
    """A feed that stops: its last rows are of `days_before` days before the last day."""

    feed: Code
    days_before: int = Field(ge=1)


class Dirt(Strict):
    """A few rows of a feed that break its contract on one day."""

    feed: Code
    fault: Fault
    days_before: int = Field(ge=0)
    rows: int = Field(ge=1, le=20)


class Jump(Strict):
    """A column of numbers that is told in another unit from a day on: minutes for seconds."""

    feed: Code
    touchpoint: Code
    column: Code
    divide_by: float = Field(gt=1)
    days_before: int = Field(ge=0)

    def is_on(self, day: date, last_day: date) -> bool:
        """Whether the numbers of `day` are told so."""
        return (last_day - day).days <= self.days_before


class Story(Strict):
    """A seed and everything that is planted in the data made from it."""

    seed: int = Field(ge=0)
    events: tuple[Event, ...]
    silences: tuple[Silence, ...] = ()
    dirt: tuple[Dirt, ...] = ()
    jumps: tuple[Jump, ...] = ()


def read_story(path: Path) -> Story:
    """Return the story in `path`; DefinitionError says everything that is wrong with it."""
    story, problems = read_model(path, Story, shown_as=path.name)
    if story is None:
        raise DefinitionError(problems)
    return story
