"""Insert a row, or change the one that is there: the same words for SQLite and PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(
    conn: Connection,
    table: Table,
    rows: Sequence[Mapping[str, object]],
    *,
    keep: Iterable[str] = (),
) -> None:
    """Write `rows` (all with the same columns); where the key is there, change all but `keep`.

    The key is the table's unique constraint if it has one, else its primary key.
    """
    if not rows:
        return
    new: Any = _INSERT[conn.dialect.name](table)
    key = _key(table)
    changed = [name for name in rows[0] if name not in key and name not in frozenset(keep)]
    if changed:
        values = {name: new.excluded[name] for name in changed}
        new = new.on_conflict_do_update(index_elements=key, set_=values)
    else:
        new = new.on_conflict_do_nothing(index_elements=key)
    conn.execute(new, [dict(row) for row in rows])


def _key(table: Table) -> list[str]:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            return [column.name for column in constraint.columns]
    return [column.name for column in table.primary_key.columns]
