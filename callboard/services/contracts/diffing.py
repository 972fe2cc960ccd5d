"""Two versions of contracts and metrics, as files or folders -> what is promised otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from callboard.errors import CallboardError, DefinitionError
from data_contracts.catalogue import SUFFIX, read_contract
from data_contracts.diff import diff_contracts
from data_contracts.model import Contract
from definition_files import (
    Edit,
    Problem,
    Weight,
    edit,
    load_yaml,
    needed_version,
    read_model,
)
from metrics.diff import diff_metrics, needed_metric_version
from metrics.model import Metric

_CONTRACT_FOLDERS = ("", "definitions", "data_contracts", "data_contracts/definitions")
_METRIC_FOLDERS = ("", "definitions", "metrics", "metrics/definitions")


class NotComparable(CallboardError):
    """The two places do not hold versions of the same definitions."""


class DefinitionKind(StrEnum):
    """What a file defines."""

    CONTRACT = "contract"
    METRIC = "metric"


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionDiff:
    """The edits of one definition. A version is "" where there is no such definition.

    `needed_version` is the lowest that tells of the edits; `is_told` whether the new version is at
    least that, wherever something breaks or less is promised.
    """

    kind: DefinitionKind
    name: str
    old_version: str
    new_version: str
    needed_version: str
    is_told: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    contracts: dict[str, Contract]
    metrics: dict[str, Metric]


def diff_definitions(old: Path, new: Path) -> tuple[DefinitionDiff, ...]:
    """Return the edits of every definition that is not the same in both places, by name.

    Both are files, of one feed or metric, or both are folders: workspaces, or folders with the
    files in them. DefinitionError where a file cannot be read, NotComparable where the places have
    nothing to do with each other.
    """
    if old.is_dir() != new.is_dir():
        raise NotComparable(f"{old} and {new}: one is a file, the other a folder.")
    before, after = _read(old), _read(new)
    for place, found in ((old, before), (new, after)):
        if not (found.contracts or found.metrics):
            raise NotComparable(f"{place} has no contract ({SUFFIX}) and no metric (.yaml) in it.")
    if not old.is_dir():
        before, after = _as_one(before, after, shown=f"{old} and {new}")
    return tuple(each for each in _diffs(before, after) if each.edits)


def _diffs(before: _Found, after: _Found) -> Iterator[DefinitionDiff]:
    for feed in sorted(before.contracts | after.contracts):
        yield _contract_diff(feed, before.contracts.get(feed), after.contracts.get(feed))
    for code in sorted(before.metrics | after.metrics):
        yield _metric_diff(code, before.metrics.get(code), after.metrics.get(code))


def _as_one(before: _Found, after: _Found, *, shown: str) -> tuple[_Found, _Found]:
    """Two files are versions of one definition, even where its name is another."""
    if bool(before.contracts) != bool(after.contracts):
        raise NotComparable(f"{shown}: one is a contract, the other a metric.")
    names = [*before.contracts, *before.metrics]
    return before, _Found(
        contracts=dict(zip(names, after.contracts.values(), strict=False)),
        metrics=dict(zip(names, after.metrics.values(), strict=False)),
    )


def _contract_diff(feed: str, old: Contract | None, new: Contract | None) -> DefinitionDiff:
    edits = _come_or_gone("feed", old, new)
    if old is not None and new is not None:
        edits = diff_contracts(old, new)
    version = "" if new is None else new.version
    needed = needed_version(edits, old.version) if old and new else version
    is_high_enough = new is not None and _parts(version) >= _parts(needed)
    return DefinitionDiff(
        kind=DefinitionKind.CONTRACT,
        name=feed,
        old_version="" if old is None else old.version,
        new_version=version,
        needed_version=needed,
        is_told=is_high_enough or not any(each.is_heavy for each in edits),
        edits=edits,
    )


def _metric_diff(code: str, old: Metric | None, new: Metric | None) -> DefinitionDiff:
    edits = _come_or_gone("metric", old, new)
    if old is not None and new is not None:
        edits = diff_metrics(old, new)
    needed = needed_metric_version(edits, old.version) if old and new else None
    is_high_enough = new is not None and (needed is None or new.version >= needed)
    return DefinitionDiff(
        kind=DefinitionKind.METRIC,
        name=code,
        old_version="" if old is None else str(old.version),
        new_version="" if new is None else str(new.version),
        needed_version="" if new is None else str(needed or new.version),
        is_told=is_high_enough or not any(each.is_heavy for each in edits),
        edits=edits,
    )


def _come_or_gone(what: str, old: object | None, new: object | None) -> tuple[Edit, ...]:
    if new is None:
        return (edit("file", f"The {what} is gone.", Weight.BREAKING),)
    if old is None:
        return (edit("file", f"The {what} is new.", Weight.COMPATIBLE),)
    return ()


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _read(place: Path) -> _Found:
    problems: list[Problem] = []
    found = _Found(contracts={}, metrics={})
    for path in _contract_files(place):
        contract, wrong = read_contract(path)
        problems += wrong
        if contract is not None:
            found.contracts[contract.feed] = contract
    for path in _metric_files(place):
        metric, wrong = read_model(path, Metric)
        problems += wrong
        if metric is not None:
            found.metrics[metric.code] = metric
    if problems:
        raise DefinitionError(problems)
    return found


def _contract_files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place] if place.name.endswith(SUFFIX) else []
    return [
        path for each in _CONTRACT_FOLDERS for path in sorted((place / each).glob(f"*{SUFFIX}"))
    ]


def _metric_files(place: Path) -> list[Path]:
    """In a folder only what says that it is a metric: others lie beside them."""
    if not place.is_dir():
        return [] if place.name.endswith(SUFFIX) else [place]
    return [
        path
        for each in _METRIC_FOLDERS
        for path in sorted((place / each).glob("*.yaml"))
        if not path.name.endswith(SUFFIX) and _is_metric(path)
    ]


def _is_metric(path: Path) -> bool:
    document, _ = load_yaml(path)
    return isinstance(document, dict) and "metric" in document
