"""A small contract file for tests, and what is changed in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from data_contracts.catalogue import read_contract
from data_contracts.model import Contract
from definition_files import Problem

Document = dict[str, Any]
Change = Callable[[Document], None]


def document() -> Document:
    """A contract of visits that is right in every line."""
    return {
        "apiVersion": "v3.2.0",
        "kind": "DataContract",
        "id": "visits",
        "name": "Visits",
        "version": "1.2.3",
        "status": "active",
        "description": {"purpose": "Who came."},
        "team": {"name": "Counters"},
        "support": [{"channel": "counters", "url": "mailto:counters@example.org"}],
        "servers": [{"server": "main", "type": "custom"}],
        "slaProperties": [
            {"property": "freshness", "value": 26, "unit": "h", "element": "visits.updated_at"}
        ],
        "customProperties": [
            {"property": "callboard.time", "value": "came_at"},
            {"property": "callboard.touchpoint", "value": "counter"},
            {"property": "callboard.watermark", "value": "updated_at"},
            {"property": "callboard.late", "value": "36h"},
            {"property": "callboard.dimensions", "value": ["city"]},
            {"property": "callboard.maxQuarantineShare", "value": 0.1},
        ],
        "schema": [{"name": "visits", "physicalName": "t_visits", "properties": columns()}],
    }


def columns() -> list[Document]:
    """The columns of visits."""
    return [
        {"name": "visit_id", "logicalType": "string", "primaryKey": True, "required": True},
        {"name": "counter", "logicalType": "string", "required": True, "physicalName": "ctr"},
        {"name": "came_at", "logicalType": "timestamp", "required": True},
        {
            "name": "left_at",
            "logicalType": "timestamp",
            "quality": [rule("left_after_coming", kind="not_before", other="came_at")],
        },
        {"name": "updated_at", "logicalType": "timestamp", "required": True},
        {
            "name": "city",
            "logicalType": "string",
            "enum": [{"value": "Oslo"}, {"value": "NO"}],
            "logicalTypeOptions": {"maxLength": 20, "pattern": "^[A-Z]"},
            "synonyms": [{"synonym": "town"}],
            "classification": "internal",
        },
        {
            "name": "minutes",
            "logicalType": "number",
            "logicalTypeOptions": {"minimum": 0, "maximum": 600},
            "customProperties": [{"property": "severity", "value": "warning"}],
        },
        {"name": "is_new", "logicalType": "boolean"},
    ]


def rule(name: str, /, **implementation: Any) -> Document:
    """A quality rule of our own engine."""
    return {
        "id": name,
        "type": "custom",
        "engine": "callboard",
        "severity": "critical",
        "dimension": "consistency",
        "description": "It holds.",
        "implementation": implementation,
    }


def column(found: Document, name: str) -> Document:
    """A column of a document, to be changed."""
    return next(each for each in found["schema"][0]["properties"] if each["name"] == name)


def read(folder: Path, found: Document | str) -> tuple[Contract | None, list[Problem]]:
    """Write a document or a text as visits.odcs.yaml and read it."""
    path = folder / "visits.odcs.yaml"
    text = found if isinstance(found, str) else yaml.safe_dump(found, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return read_contract(path, shown_as=path.name)


def problems_after(folder: Path, change: Change) -> list[Problem]:
    """What is wrong with the document once `change` was made to it."""
    found = document()
    change(found)
    return read(folder, found)[1]
