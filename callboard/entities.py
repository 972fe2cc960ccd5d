"""What a workspace says of others' names in entities.yaml: who is also called what, since when."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from metrics.model import Strict, Words

ENTITIES_FILE = Path("entities.yaml")


class NameKind(StrEnum):
    """Why a name stands for an entity: another spelling, a new name, or a merger."""

    ALIAS = "alias"
    RENAME = "rename"
    MERGER = "merger"


class EntityNames(Strict):
    """Names that stand for `entity`: from the day `from` on, or always where there is none."""

    entity: Words
    names: tuple[Words, ...] = Field(min_length=1)
    kind: NameKind = NameKind.ALIAS
    from_day: date | None = Field(default=None, alias="from")
    why: Words

    @model_validator(mode="after")
    def _changes_have_a_day(self) -> Self:
        if self.from_day is None and self.kind is not NameKind.ALIAS:
            raise ValueError(f"a {self.kind} has the day it began: from: 2026-01-31")
        return self


class Entities(Strict):
    """The whole of entities.yaml."""

    entities: tuple[EntityNames, ...] = ()


def entities_schema() -> dict[str, Any]:
    """The JSON Schema of entities.yaml, for editors."""
    return Entities.model_json_schema(by_alias=True)
