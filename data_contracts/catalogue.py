"""A contract file -> a `Contract`, or everything that is wrong with it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from open_data_contract_standard.model import (
    OpenDataContractStandard,
    SchemaObject,
    SchemaProperty,
    Team,
)

from data_contracts.checks import compile_checks
from data_contracts.house import parse_freshness, read_house
from data_contracts.lint import lint
from data_contracts.model import Column, ColumnType, Contract, Support
from data_contracts.odcs import read_odcs
from definition_files import Problem

LIBRARY = Path(__file__).parent / "definitions"
SUFFIX = ".odcs.yaml"
BENCHMARKS = "benchmarks"


def read_contract(
    path: Path, *, shown_as: str | None = None
) -> tuple[Contract | None, list[Problem]]:
    """Return the contract in `path`, or None with everything that is wrong with the file."""
    name = shown_as or str(path)
    document, problems = read_odcs(path, shown_as=name)
    if document is None:
        return None, problems
    problems = lint(document, file=name, stem=path.name.removesuffix(SUFFIX))
    if problems:
        return None, problems
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return _contract(document, sha256=sha256, source=name), []


def _contract(document: OpenDataContractStandard, *, sha256: str, source: str) -> Contract:
    house, _ = read_house(source, document.customProperties or [])
    table = (document.schema_ or [SchemaObject()])[0]
    sla = next(iter(document.slaProperties or []), None)
    return Contract(
        feed=document.id or "",
        name=document.name or document.id or "",
        version=document.version or "",
        status=document.status or "",
        sha256=sha256,
        source=source,
        server=next((each.server or "" for each in document.servers or []), ""),
        table=table.physicalName or table.name or "",
        columns=tuple(_columns(table.properties or [])),
        checks=compile_checks(table, house.touchpoint),
        touchpoint=house.touchpoint,
        time=house.time,
        clock=house.clock,
        watermark=house.watermark,
        late=house.late,
        freshness=parse_freshness(sla) if sla else None,
        dimensions=house.dimensions,
        max_quarantine_share=house.max_quarantine_share,
        is_sparse=house.is_sparse,
        purpose=(document.description.purpose or "") if document.description else "",
        support=_support(document),
        synonyms=_words(table),
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
        )


def _words(element: SchemaObject | SchemaProperty) -> tuple[str, ...]:
    return tuple(word.synonym or "" for word in element.synonyms or [])


def _support(document: OpenDataContractStandard) -> Support:
    team = document.team
    owner = (team.name or "") if isinstance(team, Team) else ""
    channel = next(iter(document.support or []), None)
    if channel is None:
        return Support(owner=owner)
    return Support(owner=owner, channel=channel.channel or "", url=channel.url or "")
