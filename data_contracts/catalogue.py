"""A contract file -> a `Contract`, or everything that is wrong with it."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from open_data_contract_standard.model import (
    Description,
    OpenDataContractStandard,
    SchemaObject,
    SchemaProperty,
    Team,
    TeamMember,
)
from open_data_contract_standard.model import Support as ChannelOfSupport

from data_contracts.checks import compile_checks, compile_row_counts
from data_contracts.house import parse_freshness, read_house
from data_contracts.lint import lint
from data_contracts.lint_sla import FRESHNESS
from data_contracts.model import Column, ColumnType, Contract, Support
from data_contracts.odcs import read_odcs
from definition_files import Problem

LIBRARY = Path(__file__).parent / "definitions"
SUFFIX = ".odcs.yaml"
BENCHMARKS = "benchmarks"
CONTRACT_RUNS = "contract_runs"


def read_contract(
    path: Path, *, shown_as: str | None = None
) -> tuple[Contract | None, list[Problem]]:
    """Return the contract in `path`, or None with everything that is wrong with the file.

    A file of the library is part of the program: a process reads it once.
    """
    name = shown_as or str(path)
    if path.parent == LIBRARY:
        contract, problems = _read_once(path, name)
        return contract, list(problems)
    return _read(path, name)


@cache
def _read_once(path: Path, name: str) -> tuple[Contract | None, tuple[Problem, ...]]:
    contract, problems = _read(path, name)
    return contract, tuple(problems)


def _read(path: Path, name: str) -> tuple[Contract | None, list[Problem]]:
    document, problems = read_odcs(path, shown_as=name)
    if document is None:
        return None, problems
    problems = lint(document, file=name, stem=path.name.removesuffix(SUFFIX))
    if problems:
        return None, problems
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return _with_people(_contract(document, source=name, sha256=sha256), document), []


def _contract(document: OpenDataContractStandard, *, source: str, sha256: str) -> Contract:
    house, _ = read_house(source, document.customProperties or [])
    table = (document.schema_ or [SchemaObject()])[0]
    said: dict[str, Any] = {each.name: getattr(house, each.name) for each in fields(house)}
    return Contract(
        feed=document.id or "",
        name=document.name or document.id or "",
        version=document.version or "",
        status=document.status or "",
        sha256=sha256,
        source=source,
        table=table.physicalName or table.name or "",
        columns=tuple(_columns(table.properties or [])),
        checks=compile_checks(table, house.touchpoint),
        freshness=_freshness(document),
        synonyms=_words(table),
        row_counts=compile_row_counts(table),
        **said,  # what the house has, under the same names
    )


def _freshness(document: OpenDataContractStandard) -> timedelta | None:
    promises = document.slaProperties or []
    return next((parse_freshness(each) for each in promises if each.property == FRESHNESS), None)


def _with_people(contract: Contract, document: OpenDataContractStandard) -> Contract:
    """The contract with what it tells its readers, where its rows are, and whom they can ask."""
    told = document.description or Description()
    return replace(
        contract,
        server=next((each.server or "" for each in document.servers or []), ""),
        purpose=told.purpose or "",
        usage=told.usage or "",
        limitations=told.limitations or "",
        support=_support(document),
        roles="; ".join(_with(each.role, each.access) for each in document.roles or []),
    )


def _columns(properties: Iterable[SchemaProperty]) -> Iterable[Column]:
    for each in properties:
        yield Column(
            name=each.name or "",
            physical_name=each.physicalName or each.name or "",
            type=ColumnType(each.logicalType or "string"),
            required=bool(each.required),
            is_key=bool(each.primaryKey),
            description=each.description or "",
            classification=each.classification or "",
            synonyms=_words(each),
            examples=tuple(str(value) for value in each.examples or []),
            unit=_unit(each),
            is_deprecated=bool(each.deprecated),
        )


def _unit(column: SchemaProperty) -> str:
    own = {each.property: each.value for each in column.customProperties or []}
    return str(own.get("unit", ""))


def _words(element: SchemaObject | SchemaProperty) -> tuple[str, ...]:
    return tuple(word.synonym or "" for word in element.synonyms or [])


def _support(document: OpenDataContractStandard) -> Support:
    team = document.team
    owner = (team.name or "") if isinstance(team, Team) else ""
    channel = next(iter(document.support or []), ChannelOfSupport())
    return Support(
        owner=owner,
        channel=channel.channel or "",
        url=channel.url or "",
        members=tuple(_members(team)),
    )


def _members(team: Team | list[TeamMember] | None) -> Iterable[str]:
    """Who works on it and has not left, each with what they do."""
    for each in (team.members or []) if isinstance(team, Team) else team or []:
        if not each.dateOut:
            yield _with(each.name or each.username, each.role)


def _with(name: str | None, more: str | None) -> str:
    return f"{name} ({more})" if more else name or ""
