"""The definitions a workspace and the library give together; all problems are told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import data_contracts
import metrics
from callboard.services.cross_checks import Known, check_together
from callboard.services.databases import fill_in_databases
from callboard.services.definition_folders import (
    Found,
    read_contracts,
    read_metrics,
    read_touchpoints,
)
from callboard.settings import Settings
from callboard.workspace import WORKSPACE_FILE, Workspace
from data_contracts.model import Contract
from definition_files import Problem, nearest, read_model
from metrics.model import Metric
from metrics.touchpoint import Touchpoint

LIBRARY_METRICS = Path(metrics.__file__).parent / "definitions"
LIBRARY_CONTRACTS = Path(data_contracts.__file__).parent / "definitions"
BENCHMARKS = "benchmarks"
_HERE = str(WORKSPACE_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What there is to measure. `metrics` are those that are on, `contracts` of connected feeds.

    `databases` holds addresses that may contain secrets. `files` names each definition's file by
    `metric:code`, `touchpoint:code`, `feed:id`; `off` says why a metric is not on.
    """

    workspace: Workspace
    metrics: Mapping[str, Metric]
    touchpoints: Mapping[str, Touchpoint]
    contracts: Mapping[str, Contract]
    databases: Mapping[str, str] = field(repr=False)
    files: Mapping[str, str]
    off: Mapping[str, str] = field(default_factory=dict)

    def zone(self, touchpoint: str) -> str:
        """The time zone whose days a touchpoint's readings are counted in."""
        known = self.touchpoints.get(touchpoint)
        return (known.time_zone if known else None) or self.workspace.time_zone

    def target(self, touchpoint: str, metric: str, day: date) -> float | None:
        """The promise in force on `day`: the touchpoint's own, else the metric's."""
        known = self.touchpoints.get(touchpoint)
        for target in known.targets if known else ():
            is_over = target.end is not None and target.end < day
            if target.metric == metric and target.start <= day and not is_over:
                return target.value
        return self.metrics[metric].target if metric in self.metrics else None


def load_definitions(settings: Settings) -> tuple[Definitions | None, list[Problem]]:
    """Return the definitions of the workspace in `settings`, or None with every problem in them."""
    path = settings.workspace / WORKSPACE_FILE
    workspace, problems = read_model(path, Workspace, shown_as=_HERE)
    found = Found(problems=problems)
    read = _read_files(settings.workspace, found)
    if workspace is None:
        return None, found.problems
    databases, missing = fill_in_databases(workspace.databases, settings, shown_as=_HERE)
    found.problems.extend(missing)
    contracts = _connect(workspace, read, found)
    chosen, off = _choose_metrics(workspace, read, contracts)
    known = Known(
        workspace=workspace,
        metrics=chosen,
        all_metrics=frozenset(read.library) | frozenset(read.own),
        touchpoints=read.touchpoints,
        contracts=contracts,
        files=found.files,
    )
    found.problems.extend(check_together(known))
    if found.problems:
        return None, found.problems
    return _definitions(known, databases, off), []


def _definitions(known: Known, databases: Mapping[str, str], off: Mapping[str, str]) -> Definitions:
    return Definitions(
        workspace=known.workspace,
        metrics=known.metrics,
        touchpoints=known.touchpoints,
        contracts=known.contracts,
        databases=databases,
        files=known.files,
        off=off,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """Definitions as they were read: the library's and the workspace's own, side by side."""

    library: Mapping[str, Metric]
    own: Mapping[str, Metric]
    touchpoints: Mapping[str, Touchpoint]
    standard: Mapping[str, Contract]
    contracts: Mapping[str, Contract]


def _read_files(folder: Path, found: Found) -> _Files:
    return _Files(
        library=read_metrics(LIBRARY_METRICS, found, shown_in="library metrics"),
        own=read_metrics(folder / "metrics", found),
        touchpoints=read_touchpoints(folder / "touchpoints", found),
        standard=read_contracts(LIBRARY_CONTRACTS, found, shown_in="library data_contracts"),
        contracts=read_contracts(folder / "data_contracts", found),
    )


def _connect(workspace: Workspace, read: _Files, found: Found) -> dict[str, Contract]:
    standard, own = read.standard, read.contracts
    connected = {feed: contract for feed, contract in own.items() if feed != BENCHMARKS}
    for feed, database in workspace.feeds.items():
        if feed not in standard and feed not in own:
            found.problems.append(
                _not_there("feeds", feed, sorted(set(standard) - {BENCHMARKS}), "standard feeds")
            )
        elif feed not in own:
            connected[feed] = replace(standard[feed], server=database)
    for feed, contract in connected.items():
        if contract.server not in workspace.databases:
            key = "servers.0.server" if feed in own else f"feeds.{feed}"
            where = found.files[f"feed:{feed}"] if feed in own else _HERE
            found.problems.append(
                _not_there(key, contract.server, sorted(workspace.databases), "databases", where)
            )
    return dict(sorted(connected.items()))


def _not_there(key: str, word: str, allowed: list[str], kind: str, file: str = _HERE) -> Problem:
    expected = f"one of the {kind} {', '.join(allowed)}" if allowed else f"an entry in {kind}"
    return Problem(
        file=file, key=key, found=repr(word), expected=expected, suggestion=nearest(word, allowed)
    )


def _choose_metrics(
    workspace: Workspace, read: _Files, contracts: Mapping[str, Contract]
) -> tuple[dict[str, Metric], dict[str, str]]:
    """Turn on what can be computed; a metric that is asked for by name stays on, to be checked."""
    on: dict[str, Metric] = {}
    off: dict[str, str] = {}
    for code, metric in sorted({**read.library, **read.own}.items()):
        listed = workspace.metrics
        missing = sorted(metric.feeds - set(contracts))
        lacking = _lacking_columns(metric, contracts)
        if listed is not None and code not in listed:
            off[code] = "workspace.yaml lists the metrics that are on, and this is not among them"
        elif missing:
            off[code] = f"not connected: {', '.join(missing)}"
        elif lacking and code not in read.own and listed is None:
            off[code] = f"not promised by the feed's contract: {', '.join(lacking)}"
        else:
            on[code] = metric if code in read.own else _with_promised_dimensions(metric, contracts)
    return on, off


def _lacking_columns(metric: Metric, contracts: Mapping[str, Contract]) -> list[str]:
    return sorted(
        f"{feed}.{column}"
        for feed in metric.feeds & set(contracts)
        for column in metric.columns(feed) - {each.name for each in contracts[feed].columns}
    )


def _with_promised_dimensions(metric: Metric, contracts: Mapping[str, Contract]) -> Metric:
    """A library metric loses the dimensions that an organisation's own contract leaves out."""
    if metric.dimensions is None:
        return metric
    kept = tuple(
        name
        for name in metric.dimensions
        if all(name in contracts[feed].dimensions for feed in metric.feeds)
    )
    return metric if kept == metric.dimensions else metric.model_copy(update={"dimensions": kept})
