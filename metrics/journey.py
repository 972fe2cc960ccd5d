"""The vocabulary of journeys: who the customer is, and where they meet the service, in order."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from metrics.formula import refuse
from metrics.model import Code, Strict

MOST_STAGES, MOST_HERE = 12, 12
NAME_LENGTH, LINE_LENGTH = 60, 200
Name = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH)]
Line = Annotated[str, StringConstraints(max_length=LINE_LENGTH)]


class JourneyStage(Strict):
    """A part of the way, what the customer asks there, and whom they meet, in order.

    `metrics` names those that tell of a touchpoint here; all of it without. A stage that has no
    touchpoint says that nobody is met there yet.
    """

    code: Code
    name: Name
    question: Line = ""
    touchpoints: tuple[Code, ...] = Field(default=(), max_length=MOST_HERE)
    metrics: dict[Code, tuple[Code, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _touchpoints_fit(self) -> Self:
        twice = [("touchpoints", f"{each!r} once in a stage") for each in _twice(self.touchpoints)]
        strangers = [
            ("metrics", f"metrics of touchpoints of this stage only, not {each!r}")
            for each in self.metrics
            if each not in self.touchpoints
        ]
        refuse("JourneyStage", [*twice, *strangers], self.model_dump())
        return self


class Journey(Strict):
    """The way of a customer through the service: `customer` says in a line who they are."""

    code: Code = Field(alias="journey")
    name: Name
    customer: Line = ""
    stages: tuple[JourneyStage, ...] = Field(min_length=1, max_length=MOST_STAGES)

    @model_validator(mode="after")
    def _stages_differ(self) -> Self:
        twice = _twice(stage.code for stage in self.stages)
        refuse(
            "Journey",
            [("stages", f"each stage under a code of its own, {code!r} once") for code in twice],
            {"stages": [stage.code for stage in self.stages]},
        )
        return self

    @property
    def touchpoints(self) -> tuple[str, ...]:
        """Every touchpoint on the way once, in the order in which they are met."""
        return tuple(dict.fromkeys(code for stage in self.stages for code in stage.touchpoints))

    @property
    def fingerprint(self) -> str:
        """What changes when the journey does; the layout of its file and comments do not count."""
        told = json.dumps(written(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


def written(journey: Journey) -> dict[str, object]:
    """The journey as its file says it: keys in their order, what is empty left out."""
    document = journey.model_dump(mode="json", by_alias=True)
    stages = [{key: value for key, value in stage.items() if value} for stage in document["stages"]]
    return {key: value for key, value in (document | {"stages": stages}).items() if value}


def _twice(codes: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield code
        seen.add(code)
