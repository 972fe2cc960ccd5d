"""The newest rows of a feed as they stand, by the contract's names."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from callboard.storage.feeds.table import FeedTable


def newest_rows(conn: Connection, table: FeedTable, limit: int) -> pd.DataFrame:
    """Up to `limit` rows, those that happened last; a column the table lacks is not among them.

    Rows without a time are among the first or the last, as the database sorts them.
    """
    names = [each.name for each in table.contract.columns if each.name not in table.absent]
    rows = (
        sa.select(*(table.raw[name].label(f"c_{name}") for name in names))
        .select_from(table.source)
        .order_by(table.raw[table.contract.time].desc())
        .limit(limit)
    )
    found: list[tuple[Any, ...]] = [tuple(row) for row in conn.execute(rows)]
    return pd.DataFrame(found, columns=pd.Index(names, dtype=object), dtype=object)
