"""A standard feed's contract, copied for a table that calls its columns by other names.

What the table lacks is left out, and the rules that speak of it with it; the rest stays as strict
as the library has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from callboard.errors import DefinitionError
from data_contracts.catalogue import LIBRARY, SUFFIX, read_contract
from data_contracts.model import Clock, ColumnType, Contract

PERSONAL = "restricted"
_WIDTH = 110
_FLOW = frozenset({"implementation", "logicalTypeOptions", "values"})
_FLOW_ITEMS = frozenset({"customProperties", "slaProperties", "enum"})
_NOT_OURS = frozenset({"support", "servers"})  # the library's examples of who answers, and where


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """How a table keeps a feed: its name, and its column for each of the contract's it has.

    `days` are columns of the contract that hold days where it promises moments; `personal` ones are
    never shown. `clock` None is the library's. `server` is the database's name in workspace.yaml.
    """

    feed: str
    server: str
    table: str
    columns: Mapping[str, str]
    clock: Clock | None = None
    days: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    is_view: bool = False


def write_contract(copy: Copy) -> str:
    """The whole contract file as text."""
    path = LIBRARY / f"{copy.feed}{SUFFIX}"
    standard = yaml.safe_load(path.read_text(encoding="utf-8"))
    document: dict[str, Any] = {}
    for key, value in standard.items():
        if key == "slaProperties":
            document["servers"] = [_server(copy)]
            document[key] = _freshness(value, standard, copy)
        elif key == "customProperties":
            document[key] = _house(value, copy)
        elif key == "schema":
            document[key] = [_table(value[0], copy)]
        elif key not in _NOT_OURS:
            document[key] = value
    return _as_text(document)


def read_copy(copy: Copy) -> Contract:
    """The contract as the product reads it back; DefinitionError where a table cannot keep it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{copy.feed}{SUFFIX}"
        path.write_text(write_contract(copy), encoding="utf-8")
        contract, problems = read_contract(path, shown_as=f"data_contracts/{path.name}")
    if contract is None:
        raise DefinitionError(problems)
    return contract


def _server(copy: Copy) -> dict[str, Any]:
    return {
        "server": copy.server,
        "type": "custom",
        "description": "The database of that name in workspace.yaml.",
    }


def _house(properties: list[dict[str, Any]], copy: Copy) -> list[dict[str, Any]]:
    """Our own properties, of the columns that are there."""
    kept = []
    for each in properties:
        name, value = each["property"], each["value"]
        if name in ("callboard.watermark", "callboard.journeyKey") and value not in copy.columns:
            continue
        if name == "callboard.dimensions":
            value = [column for column in value if column in copy.columns]
        if name == "callboard.clock" and copy.clock is not None:
            value = copy.clock.value
        if value != []:
            kept.append({"property": name, "value": value})
    return kept


def _freshness(promises: list[Any], standard: dict[str, Any], copy: Copy) -> list[Any]:
    """Freshness is of the watermark, or of the time where there is none."""
    said = {each["property"]: each["value"] for each in standard["customProperties"]}
    mark = said["callboard.watermark"]
    column = mark if mark in copy.columns else said["callboard.time"]
    return [{**each, "element": f"{standard['schema'][0]['name']}.{column}"} for each in promises]


def _table(table: dict[str, Any], copy: Copy) -> dict[str, Any]:
    kept = [_column(each, copy) for each in table["properties"] if each["name"] in copy.columns]
    types = {each["name"]: each["logicalType"] for each in kept}
    for each in kept:
        rules = [rule for rule in each.pop("quality", []) if _can_be_kept(rule, each, types)]
        if rules:
            each["quality"] = rules
    kind = "view" if copy.is_view else "table"
    copied = {**table, "physicalName": copy.table, "physicalType": kind, "properties": kept}
    return {key: value for key, value in copied.items() if key != "synonyms"}


def _column(column: dict[str, Any], copy: Copy) -> dict[str, Any]:
    name = column["name"]
    changed = {"name": name, "physicalName": copy.columns[name], **column}
    changed.pop("synonyms", None)  # they served to find the column
    if name in copy.days:
        changed["logicalType"] = ColumnType.DATE.value
    if name in copy.personal:
        changed["classification"] = PERSONAL
    if copy.clock is Clock.LOCAL and "description" in changed:
        changed["description"] = changed["description"].replace("in UTC", "in local time")
    return changed


def _can_be_kept(rule: dict[str, Any], column: dict[str, Any], types: Mapping[str, str]) -> bool:
    """Whether the other columns that a rule speaks of are there, and can be compared."""
    told = rule.get("implementation", {})
    if not set(told.get("columns", ())) <= types.keys():
        return False
    if "other" in told and types.get(told["other"]) != column["logicalType"]:
        return False
    return "where" not in told or told["where"]["column"] in types


class _InOneLine(dict[str, Any]):
    """A mapping that is written in braces."""


class _ListInOneLine(list[Any]):
    """A list that is written in brackets."""


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's own signature
        """Indent every list."""
        super().increase_indent(flow, False)  # noqa: FBT003


_Dumper.add_representer(
    str,
    lambda dumper, each: dumper.represent_scalar(
        "tag:yaml.org,2002:str", each, style=None if each.isprintable() else '"'
    ),
)
_Dumper.add_representer(
    _InOneLine,
    lambda dumper, each: dumper.represent_mapping("tag:yaml.org,2002:map", each, flow_style=True),
)
_Dumper.add_representer(
    _ListInOneLine,
    lambda dumper, each: dumper.represent_sequence("tag:yaml.org,2002:seq", each, flow_style=True),
)


def _as_text(document: dict[str, Any]) -> str:
    return yaml.dump(
        _laid_out(document), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH
    )


def _laid_out(node: Any, key: str = "") -> Any:
    """What is short stands in one line."""
    if isinstance(node, dict):
        inner = {name: _laid_out(each, name) for name, each in node.items()}
        return _InOneLine(inner) if key in _FLOW else inner
    if isinstance(node, list):
        if all(not isinstance(each, dict | list) for each in node):
            return _ListInOneLine(node)
        if key in _FLOW_ITEMS:
            return [_InOneLine(each) for each in node]
        return [_laid_out(each) for each in node]
    return node
