"""Reads metric, touchpoint and journey files, and says everything that is wrong with them at once.

A metric of the workspace wins over one of the library with the same code.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from definition_files import Problem, read_model
from metrics.journey import Journey
from metrics.model import Metric
from metrics.resolution import resolve
from metrics.touchpoint import Target, Touchpoint

Definition = TypeVar("Definition", Metric, Touchpoint, Journey)
LIBRARY = Path(__file__).parent / "definitions"
_ENDING = ".yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The definitions that could be read, by code; `problems` holds what is wrong with the others.

    `metric_files`, `touchpoint_files` and `journey_files` say where each comes from, as shown to
    people.
    """

    metrics: dict[str, Metric] = field(default_factory=dict)
    touchpoints: dict[str, Touchpoint] = field(default_factory=dict)
    metric_files: dict[str, str] = field(default_factory=dict)
    touchpoint_files: dict[str, str] = field(default_factory=dict)
    journeys: dict[str, Journey] = field(default_factory=dict)
    journey_files: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load_catalogue(workspace: Path | None = None) -> Catalogue:
    """Read the library's metrics, then the folders of definitions in a workspace."""
    problems: list[Problem] = []
    metrics, files = _load_folder(LIBRARY, Metric, problems, shown="library/metrics")
    touchpoints: dict[str, Touchpoint] = {}
    touchpoint_files: dict[str, str] = {}
    journeys: dict[str, Journey] = {}
    journey_files: dict[str, str] = {}
    if workspace is not None:
        own, own_files = _load_folder(workspace / "metrics", Metric, problems, shown="metrics")
        metrics, files = metrics | own, files | own_files
        touchpoints, touchpoint_files = _load_folder(
            workspace / "touchpoints", Touchpoint, problems, shown="touchpoints"
        )
        problems += _name_clashes(touchpoints, touchpoint_files)
        journeys, journey_files = _load_folder(
            workspace / "journeys", Journey, problems, shown="journeys"
        )
    metrics, wrong = resolve(metrics, files)
    problems += wrong
    return Catalogue(
        metrics=metrics,
        touchpoints=touchpoints,
        metric_files=files,
        touchpoint_files=touchpoint_files,
        journeys=journeys,
        journey_files=journey_files,
        problems=tuple(problems),
    )


def metric_schema() -> dict[str, Any]:
    """The JSON Schema of a metric file, for editors."""
    return _schema(Metric, "A Callboard metric")


def touchpoint_schema() -> dict[str, Any]:
    """The JSON Schema of a touchpoint file, for editors."""
    return _schema(Touchpoint, "A Callboard touchpoint")


def journey_schema() -> dict[str, Any]:
    """The JSON Schema of a journey file, for editors."""
    return _schema(Journey, "A Callboard journey")


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | model.model_json_schema(by_alias=True) | {"title": title}


def _load_folder(
    folder: Path, model: type[Definition], problems: list[Problem], *, shown: str
) -> tuple[dict[str, Definition], dict[str, str]]:
    found: dict[str, Definition] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.y*ml")):
        name = f"{shown}/{path.name}"
        definition, wrong = read_model(path, model, shown_as=name)
        problems += wrong
        if definition is not None:
            problems += _file_problems(definition, path, name)
            found[definition.code], files[definition.code] = definition, name
    return found, files


def _file_problems(definition: Definition, path: Path, name: str) -> list[Problem]:
    key = type(definition).__name__.lower()
    problems = []
    if path.name != definition.code + _ENDING:
        problems.append(
            Problem(
                file=name,
                key=key,
                found=f"{definition.code!r} in a file called {path.name!r}",
                expected=f"a file called '{definition.code}{_ENDING}'",
                suggestion="Rename the file or the code.",
            )
        )
    if isinstance(definition, Touchpoint):
        problems += _target_problems(definition, name)
    return problems


def _target_problems(touchpoint: Touchpoint, name: str) -> list[Problem]:
    problems = []
    for at, target in enumerate(touchpoint.targets):
        if target.end is not None and target.end < target.start:
            problems.append(
                Problem(
                    file=name,
                    key=f"targets.{at}.to",
                    found=str(target.end),
                    expected=f"a day from {target.start} on",
                )
            )
        if any(_overlap(target, other) for other in touchpoint.targets[:at]):
            problems.append(
                Problem(
                    file=name,
                    key=f"targets.{at}",
                    found=f"a second target for {target.metric!r} on {target.start} or later",
                    expected="one target for a metric on any day",
                    suggestion="End the earlier target with 'to'.",
                )
            )
    return problems


def _overlap(one: Target, other: Target) -> bool:
    if one.metric != other.metric:
        return False
    starts_in_time = other.end is None or one.start <= other.end
    return starts_in_time and (one.end is None or other.start <= one.end)


def _name_clashes(touchpoints: dict[str, Touchpoint], files: dict[str, str]) -> list[Problem]:
    """Rows are matched by code or alias, so no name may belong to two touchpoints."""
    owners: dict[str, str] = {code: code for code in touchpoints}
    problems = []
    for touchpoint in touchpoints.values():
        for at, alias in enumerate(touchpoint.aliases):
            owner = owners.setdefault(alias, touchpoint.code)
            if owner != touchpoint.code:
                problems.append(
                    Problem(
                        file=files[touchpoint.code],
                        key=f"aliases.{at}",
                        found=f"{alias!r}, which {owner!r} is called too",
                        expected="a name of one touchpoint only",
                    )
                )
    return problems
