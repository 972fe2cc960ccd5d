"""Which of a feed's rows have times that run into those of others, found by sorting them once."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from callboard.storage.feeds.table import Value


def overlapping(
    keys: Sequence[Value],
    span: tuple[Value, Value],
    wheres: Sequence[sa.ColumnElement[bool]],
    *,
    name: str,
) -> sa.CTE:
    """Keys, start and end of every row whose time touches that of another row with the same keys.

    Only rows with `wheres` are compared, which have to make sure that nothing is missing.
    """
    start, end = span
    columns = [each.label(f"key_{i}") for i, each in enumerate(keys)]
    by: dict[str, Any] = {"partition_by": list(keys), "order_by": [start, end]}
    reached: Value = sa.func.max(end).over(rows=(None, -1), **by)
    following: Value = sa.func.lead(start).over(**by)
    sorted_rows = (
        sa.select(
            *columns,
            start.label("starts_at"),
            end.label("ends_at"),
            reached.label("reached"),
            following.label("following"),
        )
        .where(*wheres, start <= end)
        .subquery(f"{name}_sorted")
    )
    row = sorted_rows.c
    touches = sa.or_(row.reached >= row.starts_at, row.following <= row.ends_at)
    kept = [row[each.name] for each in columns]
    return sa.select(*kept, row.starts_at, row.ends_at).where(touches).cte(name)
