"""What definition files must say to each other: problems no single file can show. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from callboard.services.defining.alert_checks import check_alerts
from callboard.services.defining.journey_checks import check_journey
from callboard.workspace import Workspace, channel_names
from data_contracts.model import Contract
from definition_files import Problem, nearest
from metrics.journey import Journey
from metrics.model import Metric
from metrics.touchpoint import Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was read: `metrics` that are on, `all_metrics` by code, `contracts` of connected feeds.

    `files` names the file that each definition came from, by `metric:code`, `touchpoint:code`,
    `journey:code`, `feed:id`; `workspace_file` is where the workspace speaks of itself.
    """

    workspace: Workspace
    metrics: Mapping[str, Metric]
    all_metrics: frozenset[str]
    touchpoints: Mapping[str, Touchpoint]
    journeys: Mapping[str, Journey]
    contracts: Mapping[str, Contract]
    files: Mapping[str, str]
    workspace_file: str = "workspace.yaml"


def check_together(known: Known) -> list[Problem]:
    """Return every disagreement between the files, in the order of the files."""
    return [problem for check in _CHECKS for problem in check(known)]


def _unknown(where: tuple[str, str], kind: str, word: str, allowed: Collection[str]) -> Problem:
    return Problem(
        file=where[0],
        key=where[1],
        found=f"the unknown {kind} {word!r}",
        expected=f"one of {', '.join(sorted(allowed))}" if allowed else f"no {kind}: there is none",
        suggestion=nearest(word, allowed),
    )


def _lists_of_the_workspace(known: Known) -> Iterator[Problem]:
    file = known.workspace_file
    for code in known.workspace.metrics or ():
        if code not in known.all_metrics:
            yield _unknown((file, "metrics"), "metric", code, known.all_metrics)
    own = {_plain(each) for each in _ourselves(known.workspace)}
    for peer_set in known.workspace.peer_sets:
        for entity in peer_set.entities:
            if _plain(entity) in own:
                yield Problem(
                    file=file,
                    key=f"peer_sets.{peer_set.name}",
                    found=f"{entity!r}, which is ourselves",
                    expected="competitors only",
                )
    yield from _twice(file, "peer_sets", [each.name for each in known.workspace.peer_sets])


def _ourselves(workspace: Workspace) -> tuple[str, ...]:
    return (workspace.ourselves.name, *workspace.ourselves.aliases)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _twice(file: str, key: str, names: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in names:
        if _plain(name) in seen:
            yield Problem(file=file, key=key, found=f"{name!r} twice", expected="each name once")
        seen.add(_plain(name))


def _pillars_and_keys(known: Known) -> Iterator[Problem]:
    for code, metric in known.metrics.items():
        file = known.files.get(f"metric:{code}", code)
        if metric.pillar not in known.workspace.pillars:
            yield _unknown((file, "pillar"), "pillar", metric.pillar, known.workspace.pillars)
        if metric.key not in known.workspace.keys:
            yield _unknown((file, "key"), "key", metric.key, known.workspace.keys)


def _trades_are_between_metrics(known: Known) -> Iterator[Problem]:
    for code, metric in known.metrics.items():
        others = known.all_metrics - {code}
        file = known.files.get(f"metric:{code}", code)
        for other in metric.trades_with:
            if other not in others:
                yield _unknown((file, "trades_with"), "metric", other, others)


def _columns_are_promised(known: Known) -> Iterator[Problem]:
    for code, metric in known.metrics.items():
        for feed in sorted(metric.feeds & set(known.contracts)):
            promised = {column.name for column in known.contracts[feed].columns}
            for column in sorted(metric.columns(feed) - promised):
                yield _unknown(
                    (known.files.get(f"metric:{code}", code), f"feed {feed}"),
                    "column",
                    column,
                    promised,
                )


def _dimensions_are_promised(known: Known) -> Iterator[Problem]:
    for code, metric in known.metrics.items():
        if not metric.feeds <= set(known.contracts):
            continue
        feeds = [set(known.contracts[feed].dimensions) for feed in sorted(metric.feeds)]
        allowed = set.intersection(*feeds)
        for dimension in metric.dimensions or ():
            if dimension not in allowed:
                file = known.files.get(f"metric:{code}", code)
                yield _unknown((file, "dimensions"), "dimension", dimension, allowed)


def _feeds_say_where_and_when(known: Known) -> Iterator[Problem]:
    for feed, contract in known.contracts.items():
        for name in ("touchpoint", "time"):
            if not getattr(contract, name):
                yield Problem(
                    file=known.files.get(f"feed:{feed}", feed),
                    key=f"customProperties.callboard.{name}",
                    found="nothing",
                    expected=f"the column that says the {name} of a row",
                )


def _touchpoints_name_what_exists(known: Known) -> Iterator[Problem]:
    for code, touchpoint in known.touchpoints.items():
        file = known.files.get(f"touchpoint:{code}", code)
        for metric in touchpoint.metrics or ():
            if metric not in known.all_metrics:
                yield _unknown((file, "metrics"), "metric", metric, known.all_metrics)
        for index, target in enumerate(touchpoint.targets):
            if target.metric not in known.all_metrics:
                where = (file, f"targets.{index}.metric")
                yield _unknown(where, "metric", target.metric, known.all_metrics)
        others = set(known.touchpoints) - {code}
        for other in touchpoint.depends_on:
            if other not in others:
                yield _unknown((file, "depends_on"), "touchpoint", other, others)
        if touchpoint.time_zone and touchpoint.time_zone not in available_timezones():
            yield Problem(
                file=file,
                key="time_zone",
                found=repr(touchpoint.time_zone),
                expected="an IANA time zone such as 'Europe/London'",
                suggestion=nearest(touchpoint.time_zone, available_timezones()),
            )


def _composites_have_what_they_are_made_of(known: Known) -> Iterator[Problem]:
    for code, metric in known.metrics.items():
        file = known.files.get(f"metric:{code}", code)
        for at, part in enumerate(metric.component_metrics):
            if part.code not in known.metrics:
                yield Problem(
                    file=file,
                    key=f"components.{at}.metric",
                    found=f"{part.code!r}, which is not on",
                    expected="components that are on",
                    suggestion=f"Add {part.code!r} to 'metrics' in {known.workspace_file}.",
                )
            elif part.retired and (metric.retired is None or metric.retired > part.retired):
                yield Problem(
                    file=file,
                    key=f"components.{at}.metric",
                    found=f"{part.code!r}, which is retired on {part.retired}",
                    expected="components that last as long as the composite",
                    suggestion="Retire the composite by then, or weigh another metric instead.",
                )


def _touchpoints_show_the_parts_of_composites(known: Known) -> Iterator[Problem]:
    for code, touchpoint in known.touchpoints.items():
        listed = touchpoint.metrics or ()
        for metric in (known.metrics[each] for each in listed if each in known.metrics):
            lacking = [each.code for each in metric.component_metrics if each.code not in listed]
            if lacking:
                yield Problem(
                    file=known.files.get(f"touchpoint:{code}", code),
                    key="metrics",
                    found=f"{metric.code!r} without {', '.join(lacking)}, of which it is made",
                    expected="a composite beside all of its components",
                )


def _alerts_name_what_exists(known: Known) -> Iterator[Problem]:
    yield from check_alerts(
        known.workspace,
        metrics=known.metrics,
        touchpoints=known.touchpoints,
        channels=channel_names(known.workspace.notifications),
        file=known.workspace_file,
    )


def _journeys_name_what_exists(known: Known) -> Iterator[Problem]:
    for code, journey in known.journeys.items():
        file = known.files.get(f"journey:{code}", code)
        yield from check_journey(journey, known.touchpoints, known.all_metrics, file=file)


_CHECKS: tuple[Callable[[Known], Iterator[Problem]], ...] = (
    _lists_of_the_workspace,
    _pillars_and_keys,
    _trades_are_between_metrics,
    _columns_are_promised,
    _dimensions_are_promised,
    _feeds_say_where_and_when,
    _touchpoints_name_what_exists,
    _composites_have_what_they_are_made_of,
    _touchpoints_show_the_parts_of_composites,
    _alerts_name_what_exists,
    _journeys_name_what_exists,
)
