"""Tables of example data, made as their contracts promise them, and the rows written into them.

For the demo's own SQLite file alone: feeds that others own are only ever read.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    inspect,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.schema import CreateColumn
from sqlalchemy.types import TypeEngine

from callboard.errors import CallboardError
from callboard.storage.engine import open_store, write
from data_contracts.model import ColumnType, Contract

_TYPES: dict[ColumnType, TypeEngine[Any]] = {
    ColumnType.STRING: Text(),
    ColumnType.DATE: Text(),
    ColumnType.TIMESTAMP: Text(),
    ColumnType.NUMBER: Float(),
    ColumnType.INTEGER: Integer(),
    ColumnType.BOOLEAN: Integer(),
}
_progress = Table(
    "callboard_sample",
    MetaData(),
    Column("sample", Text, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("filled_until", Text, nullable=True),
)


class SampleFeeds:
    """The tables of some contracts in one SQLite database; `write` opens a transaction on it."""

    def __init__(self, url: str, contracts: Iterable[Contract]) -> None:
        """Open the database (its folder is made); CallboardError if it is not SQLite."""
        if not url.startswith("sqlite"):
            raise CallboardError(
                "workspace.yaml: databases: found a database that is not SQLite; expected a "
                "sqlite:/// address, because example data are only ever written to a file of ours."
            )
        self._engine: Engine = open_store(url)
        self._contracts = {contract.feed: contract for contract in contracts}
        self._tables = {feed: _table(each) for feed, each in self._contracts.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The feeds there are tables for."""
        return tuple(self._tables)

    def create(self) -> None:
        """Create the tables that are not there yet; CallboardError where others made one.

        One that is there gets the columns that its contract has promised since.
        """
        with write(self._engine) as conn:
            self._refuse_others(set(inspect(conn).get_table_names()))
            _progress.create(conn, checkfirst=True)
            for table in self._tables.values():
                table.create(conn, checkfirst=True)
                _add_new_columns(conn, table)

    def drop(self) -> None:
        """Drop the tables and what was noted of filling them; CallboardError as for `create`."""
        with write(self._engine) as conn:
            present = set(inspect(conn).get_table_names())
            self._refuse_others(present)
            for table in (*self._tables.values(), _progress):
                if table.name in present:
                    table.drop(conn)

    def _refuse_others(self, present: Collection[str]) -> None:
        """A database with our own note in it is ours; any other with such tables is somebody's."""
        theirs = sorted(table.name for table in self._tables.values() if table.name in present)
        if theirs and _progress.name not in present:
            raise CallboardError(
                f"workspace.yaml: databases: found the table {theirs[0]!r}, which Callboard did "
                "not make; expected a file of the example's own. Name another one."
            )

    def read_plan(self, sample: str) -> tuple[str, datetime | None] | None:
        """Return the plan (JSON) a sample was filled by and up to when; None if it never was."""
        with closing(self._engine.connect()) as conn:
            if not inspect(conn).has_table(_progress.name):
                return None
            chosen = select(_progress.c.plan, _progress.c.filled_until)
            row = conn.execute(chosen.where(_progress.c.sample == sample)).one_or_none()
        if row is None:
            return None
        return row.plan, datetime.fromisoformat(row.filled_until) if row.filled_until else None

    def write_plan(self, sample: str, plan: str, filled_until: datetime | None) -> None:
        """Note by what plan a sample is filled, and up to when."""
        until = filled_until.isoformat() if filled_until else None
        values = {"plan": plan, "filled_until": until}
        new = insert(_progress).values(sample=sample, **values)
        with write(self._engine) as conn:
            conn.execute(new.on_conflict_do_update(index_elements=["sample"], set_=values))

    def write_rows(self, blocks: Mapping[str, Mapping[str, Sequence[object]]]) -> int:
        """Write each feed's columns in one transaction; a row whose key is there is replaced.

        Columns are named as in the contract. Returns how many rows were written.
        """
        with write(self._engine) as conn:
            return sum(self._write_feed(conn, feed, columns) for feed, columns in blocks.items())

    def _write_feed(
        self, conn: Connection, feed: str, columns: Mapping[str, Sequence[object]]
    ) -> int:
        """Hand plain tuples to the driver: twice as fast as a dictionary for each row."""
        table, contract = self._tables[feed], self._contracts[feed]
        new = insert(table)
        changed = {
            column.name: new.excluded[column.name]
            for column in table.columns
            if not column.primary_key
        }
        new = new.on_conflict_do_update(index_elements=table.primary_key.columns, set_=changed)
        ordered = [columns[column.name] for column in contract.columns]
        rows = list(zip(*ordered, strict=True))
        if rows:
            conn.exec_driver_sql(str(new.compile(dialect=conn.dialect)), rows)
        return len(rows)


def _add_new_columns(conn: Connection, table: Table) -> None:
    """Rows that are there already have nothing in them."""
    there = {each["name"] for each in inspect(conn).get_columns(table.name)}
    name = conn.dialect.identifier_preparer.format_table(table)
    for column in table.columns:
        if column.name not in there:
            told = CreateColumn(column).compile(dialect=conn.dialect)
            conn.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {told}")


def _table(contract: Contract) -> Table:
    columns = [
        Column(
            column.physical_name,
            _TYPES[column.type],
            primary_key=column.is_key,
            nullable=not column.is_key,
            autoincrement=False,
        )
        for column in contract.columns
    ]
    table = Table(contract.table, MetaData(), *columns)
    indexed = dict.fromkeys(name for name in (contract.time, contract.watermark) if name)
    for name in indexed:
        physical = contract.column(name).physical_name
        Index(f"{contract.table}_{physical}", table.c[physical])
    return table
