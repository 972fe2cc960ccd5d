"""The definitions a workspace and the library give together; all problems are told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from callboard.entities import ENTITIES_FILE, Entities, EntityNames
from callboard.services.defining.channels import fill_in_notifications
from callboard.services.defining.cross_checks import Known, check_together
from callboard.services.defining.databases import STORE, fill_in_databases
from callboard.services.defining.salvage import read_what_is_right
from callboard.services.defining.told_names import check_names
from callboard.settings import Settings
from callboard.workspace import WORKSPACE_FILE, Notifications, Workspace
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.model import Contract
from definition_files import Problem, nearest, read_model
from metrics.catalogue import Catalogue, load_catalogue
from metrics.journey import Journey
from metrics.model import Metric
from metrics.touchpoint import Touchpoint

_HERE = str(WORKSPACE_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What there is to measure. `metrics` are those that are on, `contracts` of connected feeds.

    `databases` holds addresses that may contain secrets, and that of the store. `files` names each
    definition's file by `metric:code`, `touchpoint:code`, `journey:code`, `feed:id`; `off` says why
    a metric is not on. `entities` are the names in entities.yaml. `notifications` have their
    addresses filled in.
    """

    workspace: Workspace
    metrics: Mapping[str, Metric]
    touchpoints: Mapping[str, Touchpoint]
    contracts: Mapping[str, Contract]
    databases: Mapping[str, str] = field(repr=False)
    files: Mapping[str, str]
    off: Mapping[str, str] = field(default_factory=dict)
    entities: tuple[EntityNames, ...] = ()
    journeys: Mapping[str, Journey] = field(default_factory=dict)
    notifications: Notifications | None = field(default=None, repr=False)

    def zone(self, touchpoint: str) -> str:
        """The time zone whose days a touchpoint's readings are counted in."""
        known = self.touchpoints.get(touchpoint)
        return (known.time_zone if known else None) or self.workspace.time_zone

    def file_target(self, touchpoint: str, metric: str, day: date) -> float | None:
        """What the files promise on `day`: the touchpoint's own, else the metric's.

        Only `readings.targets` asks, which knows what people approved since.
        """
        known = self.touchpoints.get(touchpoint)
        for target in known.targets if known else ():
            is_over = target.end is not None and target.end < day
            if target.metric == metric and target.start <= day and not is_over:
                return target.value
        return self.metrics[metric].target if metric in self.metrics else None


def load_definitions(settings: Settings) -> tuple[Definitions | None, list[Problem]]:
    """Return the definitions of the workspace in `settings`, or None with every problem in them."""
    path = settings.workspace / WORKSPACE_FILE
    if not path.is_file():
        return None, [_no_workspace(settings.workspace)]
    workspace, problems = read_model(path, Workspace, shown_as=_HERE)
    catalogue = load_catalogue(settings.workspace)
    problems += catalogue.problems
    read = _read_contracts(settings.workspace, problems)
    workspace = workspace or read_what_is_right(path)
    if workspace is None:
        return None, problems
    databases, missing = fill_in_databases(workspace.databases, settings, shown_as=_HERE)
    told, unfilled = fill_in_notifications(workspace.notifications, settings, shown_as=_HERE)
    problems += missing + unfilled
    contracts = _connect(workspace, read, problems)
    chosen, off = _choose_metrics(workspace, catalogue, contracts)
    entities = _read_entities(settings.workspace, workspace, problems)
    definitions = Definitions(
        workspace=workspace,
        metrics=chosen,
        touchpoints=catalogue.touchpoints,
        contracts=contracts,
        databases={**databases, STORE: settings.store_url},
        files=_files(catalogue, contracts),
        off=off,
        entities=entities,
        journeys=catalogue.journeys,
        notifications=told,
    )
    problems += check_together(_known(definitions))
    return (None if problems else definitions), problems


def _read_entities(
    folder: Path, workspace: Workspace, problems: list[Problem]
) -> tuple[EntityNames, ...]:
    path, ourselves = folder / ENTITIES_FILE, workspace.ourselves
    if not path.exists():
        return ()
    read, found = read_model(path, Entities, shown_as=str(ENTITIES_FILE))
    problems += found
    entities = read.entities if read else ()
    own = (ourselves.name, *ourselves.aliases)
    problems += check_names(entities, own, file=str(ENTITIES_FILE))
    return entities


def _no_workspace(folder: Path) -> Problem:
    return Problem(
        file=_HERE,
        key="file",
        found=f"none in {folder}",
        expected="a workspace's folder",
        suggestion="`callboard new DIR` makes one.",
    )


def _known(definitions: Definitions) -> Known:
    return Known(
        workspace=definitions.workspace,
        metrics=definitions.metrics,
        all_metrics=frozenset(definitions.metrics) | frozenset(definitions.off),
        touchpoints=definitions.touchpoints,
        journeys=definitions.journeys,
        contracts=definitions.contracts,
        files=definitions.files,
    )


def _files(catalogue: Catalogue, contracts: Mapping[str, Contract]) -> dict[str, str]:
    return {
        **{f"metric:{code}": file for code, file in catalogue.metric_files.items()},
        **{f"touchpoint:{code}": file for code, file in catalogue.touchpoint_files.items()},
        **{f"journey:{code}": file for code, file in catalogue.journey_files.items()},
        **{f"feed:{feed}": contract.source for feed, contract in contracts.items()},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contracts:
    """The library's contracts and the workspace's own, by feed, side by side."""

    standard: Mapping[str, Contract]
    own: Mapping[str, Contract]


def _read_contracts(folder: Path, problems: list[Problem]) -> _Contracts:
    standard = _contracts_in(LIBRARY, "library/data_contracts", problems)
    own = _contracts_in(folder / "data_contracts", "data_contracts", problems)
    return _Contracts(standard=standard, own=own)


def _contracts_in(folder: Path, shown: str, problems: list[Problem]) -> dict[str, Contract]:
    contracts: dict[str, Contract] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        contract, found = read_contract(path, shown_as=f"{shown}/{path.name}")
        problems += found
        if contract is not None and contract.feed != BENCHMARKS:
            contracts[contract.feed] = contract
    return contracts


def _connect(
    workspace: Workspace, read: _Contracts, problems: list[Problem]
) -> dict[str, Contract]:
    standard, own = read.standard, read.own
    connected = dict(own)
    for feed, database in workspace.feeds.items():
        if feed not in standard and feed not in own:
            problems.append(_not_there("feeds", feed, sorted(standard), "standard feeds"))
        elif feed not in own:
            connected[feed] = replace(standard[feed], server=database)
    for feed, contract in connected.items():
        if contract.server not in {*workspace.databases, STORE}:
            key = "servers.0.server" if feed in own else f"feeds.{feed}"
            where = contract.source if feed in own else _HERE
            problems.append(
                _not_there(key, contract.server, sorted(workspace.databases), "databases", where)
            )
    return dict(sorted(connected.items()))


def _not_there(key: str, word: str, allowed: list[str], kind: str, file: str = _HERE) -> Problem:
    expected = f"one of the {kind} {', '.join(allowed)}" if allowed else f"an entry in {kind}"
    return Problem(
        file=file, key=key, found=repr(word), expected=expected, suggestion=nearest(word, allowed)
    )


def _choose_metrics(
    workspace: Workspace, catalogue: Catalogue, contracts: Mapping[str, Contract]
) -> tuple[dict[str, Metric], dict[str, str]]:
    """Turn on what can be computed; a metric that is asked for by name stays on, to be checked."""
    on: dict[str, Metric] = {}
    off: dict[str, str] = {}
    listed = workspace.metrics
    for code, metric in sorted(catalogue.metrics.items()):
        is_own = not catalogue.metric_files[code].startswith("library/")
        missing = sorted(metric.feeds - set(contracts))
        lacking = _lacking_columns(metric, contracts)
        if listed is not None and code not in listed:
            off[code] = "workspace.yaml lists the metrics that are on, and this is not among them"
        elif missing:
            off[code] = f"not connected: {', '.join(missing)}"
        elif lacking and not is_own and listed is None:
            off[code] = f"not promised by the feed's contract: {', '.join(lacking)}"
        else:
            on[code] = metric if is_own else _with_promised_dimensions(metric, contracts)
    if listed is None:
        _turn_off_composites(on, off)
    return on, off


def _turn_off_composites(on: dict[str, Metric], off: dict[str, str]) -> None:
    """A composite goes off with any of its components, and with it what is made of it."""
    while lost := {
        code: part.code
        for code, metric in on.items()
        for part in metric.component_metrics
        if part.code not in on
    }:
        for code, part in lost.items():
            del on[code]
            off[code] = f"made of {part}, which is off"


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
