"""The evidence of a run as text and back, so that a run can be judged again by another contract."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from data_contracts.evidence import DatasetEvidence, Gate, SliceEvidence


def write_evidence(dataset: DatasetEvidence) -> str:
    """Return `dataset` as JSON; the age in seconds, days as 2026-11-22."""
    told = asdict(dataset) | {"errors": dict(dataset.errors)}
    told["age"] = None if dataset.age is None else dataset.age.total_seconds()
    return json.dumps(told, default=date.isoformat, ensure_ascii=False, separators=(",", ":"))


def read_evidence(text: str) -> DatasetEvidence:
    """Return what `write_evidence` wrote. ValueError for "": the run kept none."""
    told: dict[str, Any] = json.loads(text)
    age = told["age"]
    return DatasetEvidence(
        **{
            **told,
            "age": None if age is None else timedelta(seconds=age),
            "missing_columns": tuple(told["missing_columns"]),
            "extra_columns": tuple(told["extra_columns"]),
            "lost_columns": tuple(told["lost_columns"]),
            "columns": tuple(told.get("columns", ())),
            "slices": tuple(_slice(each) for each in told["slices"]),
        }
    )


def _slice(told: Mapping[str, Any]) -> SliceEvidence:
    days = {name: _days(told.get(name, ())) for name in ("broken", "unjudged")}
    return SliceEvidence(**{**told, "gate": Gate(told["gate"]), **days})


def _days(told: Iterable[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(each) for each in told)
