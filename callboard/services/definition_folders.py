"""Folders of definition files: one file a definition, the file's stem its code."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from data_contracts.catalogue import read_contract
from data_contracts.model import Contract
from definition_files import Problem, read_model
from metrics.model import Metric
from metrics.touchpoint import Touchpoint

Definition = TypeVar("Definition", bound=BaseModel)


@dataclass(slots=True, kw_only=True)
class Found:
    """What reading folders gave so far beside the definitions: each one's file, every problem.

    `files` is by `metric:code`, `touchpoint:code`, `feed:id`.
    """

    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_touchpoints(folder: Path, found: Found) -> dict[str, Touchpoint]:
    """Return a folder's touchpoints by code; problems and files are added to `found`."""
    return {each.code: each for each in _read_folder(folder, Touchpoint, "touchpoint", found)}


def read_metrics(folder: Path, found: Found, *, shown_in: str = "metrics") -> dict[str, Metric]:
    """Return a folder's metrics by code; problems and files are added to `found`."""
    return {
        each.code: each for each in _read_folder(folder, Metric, "metric", found, shown_in=shown_in)
    }


def read_contracts(
    folder: Path, found: Found, *, shown_in: str = "data_contracts"
) -> dict[str, Contract]:
    """Return a folder's contracts by feed; problems and files are added to `found`."""
    contracts: dict[str, Contract] = {}
    for path in sorted(folder.glob("*.odcs.yaml")):
        shown = f"{shown_in}/{path.name}"
        contract, problems = read_contract(path, shown_as=shown)
        found.problems.extend(problems)
        if contract is not None:
            contracts[contract.feed] = contract
            found.files[f"feed:{contract.feed}"] = shown
    return contracts


def _read_folder(
    folder: Path,
    model: type[Definition],
    kind: str,
    found: Found,
    *,
    shown_in: str = "",
) -> list[Definition]:
    definitions: list[Definition] = []
    for path in sorted(folder.glob("*.yaml")):
        shown = f"{shown_in or folder.name}/{path.name}"
        definition, problems = read_model(path, model, shown_as=shown)
        found.problems.extend(problems)
        if definition is None:
            continue
        code = str(getattr(definition, "code", path.stem))
        if code != path.stem:
            found.problems.append(_misnamed(shown, kind, code))
        definitions.append(definition)
        found.files[f"{kind}:{code}"] = shown
    return definitions


def _misnamed(file: str, kind: str, code: str) -> Problem:
    return Problem(
        file=file,
        key=kind,
        found=repr(code),
        expected="the file's name without its ending",
        suggestion="Rename the file or the code.",
    )
