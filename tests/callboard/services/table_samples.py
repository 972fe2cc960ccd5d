"""Tables that stand in no database: columns with values, as a look at one would give them."""

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd

from callboard.services.connecting.table_facts import TableFacts
from callboard.storage.feeds.table_inspection import SeenColumn, SeenTable
from callboard.storage.feeds.table_sampling import Sample
from data_contracts.catalogue import LIBRARY, SUFFIX, read_contract
from data_contracts.model import ColumnType, Contract
from metrics.catalogue import load_catalogue
from metrics.model import Metric

ROWS = 60


@cache
def standard(feed: str) -> Contract:
    contract, problems = read_contract(LIBRARY / f"{feed}{SUFFIX}")
    assert contract is not None, problems
    return contract


@cache
def library_metrics() -> tuple[Metric, ...]:
    return tuple(load_catalogue().metrics.values())


def facts_of(
    name: str,
    columns: Mapping[str, Sequence[object]],
    *,
    key: tuple[str, ...] = (),
    types: Mapping[str, ColumnType] | None = None,
) -> TableFacts:
    """A table of these columns; with `types` it is one of PostgreSQL."""
    rows = pd.DataFrame({each: pd.Series(values, dtype=object) for each, values in columns.items()})
    seen = tuple(SeenColumn(name=each, kind=(types or {}).get(each)) for each in columns)
    table = SeenTable(
        schema="",
        name=name,
        is_view=False,
        is_typed=types is not None,
        columns=seen,
        key=key,
        unique=frozenset({frozenset(key)} if key else ()),
    )
    return TableFacts(table=table, sample=Sample(rows=rows, count=len(rows), is_all=True))


def repeated(*values: object) -> list[object]:
    """`ROWS` values, these in turn."""
    return [values[at % len(values)] for at in range(ROWS)]


def numbered(text: str) -> list[object]:
    """`ROWS` different values."""
    return [text.format(at) for at in range(ROWS)]


def tickets(**others: Sequence[object]) -> dict[str, Sequence[object]]:
    """The essential columns of a helpdesk's table, called by names of its own."""
    return {
        "ticket_id": numbered("T{}"),
        "brand": repeated("North", "South"),
        "opened_at": numbered("2026-01-05 08:00:{:02}"),
        **others,
    }
