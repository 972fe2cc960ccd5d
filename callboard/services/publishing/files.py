"""A benchmark file judged in its workspace: preview and publish both begin here."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd

from callboard.access import Scope
from callboard.errors import DefinitionError
from callboard.services.defining.definitions import Definitions
from callboard.services.runtime import Runtime
from callboard.settings import Settings
from callboard.storage.benchmarks import (
    BenchmarkRow,
    Submission,
    SubmissionState,
    find_by_sha,
    read_current,
)
from callboard.storage.engine import Connection, snapshot
from data_contracts.benchmarks import FileReport, Known, KnownMetric, judge_file
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.model import ColumnType, Contract
from data_contracts.parsing import Limits
from metrics.model import Unit

_SPELLED = ("entity", "region", "industry", "segment", "source_name")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A file, what it would publish, what is published now under its keys, and its twin.

    `twin` is the published submission with the same content, `current` by natural key.
    """

    name: str
    content: bytes
    sha256: str
    contract: Contract
    contract_text: str
    report: FileReport
    rows: tuple[BenchmarkRow, ...]
    current: dict[str, BenchmarkRow]
    twin: Submission | None


def examine(runtime: Runtime, scope: Scope, *, name: str, content: bytes) -> Examined:
    """Judge a file against the contract, the workspace and what is published now.

    A touchpoint outside the scope reads like one that there is not: its rows are quarantined.

    DefinitionError carries what is wrong with a workspace's own contract of benchmark files.
    """
    path = _contract_path(runtime.settings)
    text = path.read_text(encoding="utf-8")
    contract = _read(path, text)
    sha256 = hashlib.sha256(content).hexdigest()
    with snapshot(runtime.store) as connection:
        published = read_current(connection)
        twin = find_twin(connection, sha256)
    report = judge_file(
        content,
        contract=contract,
        known=_known(runtime.definitions, published, scope),
        limits=limits_of(runtime.settings),
        now=runtime.clock.now("UTC"),
    )
    rows = tuple(_rows(report.rows, contract))
    return Examined(
        name=name,
        content=content,
        sha256=sha256,
        contract=contract,
        contract_text=text,
        report=report,
        rows=rows,
        current={row.natural_key: row for row in published},
        twin=twin,
    )


def find_twin(connection: Connection, sha256: str) -> Submission | None:
    """Return the published submission with the same content, if there is one."""
    same = find_by_sha(connection, sha256)
    return next((each for each in same if each.state is SubmissionState.PUBLISHED), None)


def _contract_path(settings: Settings) -> Path:
    """The workspace's own contract of benchmark files, else the library's."""
    own = settings.workspace / "data_contracts" / f"{BENCHMARKS}{SUFFIX}"
    return own if own.exists() else LIBRARY / f"{BENCHMARKS}{SUFFIX}"


@lru_cache(maxsize=8)
def _read(path: Path, text: str) -> Contract:  # noqa: ARG001 - the text is the key of the cache
    contract, problems = read_contract(path, shown_as=f"data_contracts/{path.name}")
    if contract is None:
        raise DefinitionError(problems)
    return contract


def limits_of(settings: Settings) -> Limits:
    """Return how much of a file is looked at."""
    return Limits(
        size=settings.max_upload_mb * _MEGABYTE,
        rows=settings.max_upload_rows,
        columns=settings.max_upload_columns,
    )


def _known(definitions: Definitions, published: Iterable[BenchmarkRow], scope: Scope) -> Known:
    workspace = definitions.workspace
    spellings = {name: set[str]() for name in _SPELLED}
    for row in published:
        for name in _SPELLED:
            spellings[name].add(getattr(row, name))
    spellings["entity"] |= {name for each in workspace.peer_sets for name in each.entities}
    levels: dict[str, float] = {}
    for row in published:
        if row.unit == Unit.PERCENT:
            levels[row.metric] = min(row.value, levels.get(row.metric, row.value))
    return Known(
        metrics=tuple(
            KnownMetric(code=code, names=(each.name, *each.synonyms), unit=each.unit.value)
            for code, each in definitions.metrics.items()
        ),
        touchpoints={
            name: code
            for code, each in definitions.touchpoints.items()
            if code in scope.touchpoints
            for name in (each.name, *each.aliases, code)
        },
        ourselves=(workspace.ourselves.name, *workspace.ourselves.aliases),
        off=definitions.off,
        spellings=spellings,
        levels=levels,
    )


def _rows(frame: pd.DataFrame, contract: Contract) -> Iterator[BenchmarkRow]:
    if frame.empty:
        return
    kinds = {column.name: column.type for column in contract.columns}
    kept = [name for name in frame.columns if name in BenchmarkRow.__dataclass_fields__]
    columns = [_plain(frame[name], kinds.get(name)) for name in kept]
    for values in zip(*columns, strict=True):
        yield BenchmarkRow(**dict(zip(kept, values, strict=True)))


def _plain(column: "pd.Series[float]", kind: ColumnType | None) -> list[object]:
    """Return plain values: numbers, days and None, or text and nothing."""
    values = column.astype(object).where(column.notna(), None)
    if kind is ColumnType.DATE:
        return [_day(value) for value in values]
    if kind is ColumnType.INTEGER or kind is None:
        return [None if value is None else int(value) for value in values]
    if kind is ColumnType.NUMBER:
        return [None if value is None else float(value) for value in values]
    return [value or "" for value in values]


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None
