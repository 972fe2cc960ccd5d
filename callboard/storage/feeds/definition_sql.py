"""The SQL of one metric as text to read: the very aggregates a refresh runs, of this metric alone.

Made from the contract without a connection; a refresh asks for all metrics of a feed in one pass.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from callboard.storage.feeds.metric_sql import MeasureSql
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.recipes import Recipe, recipe_of, recipe_of_part
from callboard.storage.feeds.table import FeedTable, Value
from callboard.storage.feeds.time_sql import local_day
from data_contracts.model import ColumnType, Contract
from metrics.model import Metric

_TYPES: dict[ColumnType, TypeEngine[Any]] = {
    ColumnType.STRING: sa.Text(),
    ColumnType.DATE: sa.Date(),
    ColumnType.TIMESTAMP: sa.DateTime(timezone=True),
    ColumnType.NUMBER: sa.Float(),
    ColumnType.INTEGER: sa.Integer(),
    ColumnType.BOOLEAN: sa.Boolean(),
}
_SQLITE_TYPES: dict[ColumnType, TypeEngine[Any]] = {
    **_TYPES,
    ColumnType.DATE: sa.Text(),
    ColumnType.TIMESTAMP: sa.Text(),
    ColumnType.BOOLEAN: sa.Integer(),
}


def metric_sql(metric: Metric, question: FeedQuestion, *, url: str) -> str:
    """Return the SELECT of what `metric` needs of the question's feed, by day and touchpoint.

    A metric of two feeds has one such SELECT for each. Of the address only the kind of database
    is used; the text is to be read, never run.
    """
    dialect = _dialect(url)
    table = _promised(question.contract, dialect)
    years = (question.now.year, question.now.year)
    named = {
        "day": local_day(table, question, years),
        "touchpoint": table.values[question.contract.touchpoint],
        **_parts(_recipe(metric, question.contract.feed), table),
    }
    columns = [f"  {_text(value, dialect)} AS {name}" for name, value in named.items()]
    return "\n".join(
        (
            "-- of the rows that keep their contract",
            "SELECT",
            ",\n".join(columns),
            f"FROM {question.contract.table}",
            "GROUP BY 1, 2",
        )
    )


def _dialect(url: str) -> Dialect:
    kind = postgresql if url.startswith("postgresql") else sqlite
    dialect: Dialect = kind.dialect(paramstyle="named")
    return dialect


def _recipe(metric: Metric, feed: str) -> Recipe:
    if len(metric.feeds) == 1:
        return recipe_of(metric)
    part = metric.numerator if feed == metric.numerator_feed else metric.denominator
    assert part is not None
    return recipe_of_part(part)


def _parts(recipe: Recipe, table: FeedTable) -> dict[str, Value]:
    sql = MeasureSql(table)
    named = {
        "numerator": recipe.numerator,
        "detractors": recipe.less,
        "denominator": recipe.denominator,
        "n": recipe.n,
        "squares": recipe.squares,
        "buckets": recipe.sketch,
        "still_open": recipe.open,
    }
    return {name: sql.aggregate(each) for name, each in named.items() if each is not None}


def _promised(contract: Contract, dialect: Dialect) -> FeedTable:
    """The table as the contract promises it."""
    types = _SQLITE_TYPES if dialect.name == "sqlite" else _TYPES
    values = {
        each.name: sa.column(each.physical_name, types[each.type]) for each in contract.columns
    }
    return FeedTable(
        contract=contract,
        dialect=dialect.name,
        source=sa.table(contract.table),
        raw=values,
        values=values,
        types={each.name: types[each.type] for each in contract.columns},
    )


def _text(value: Value, dialect: Dialect) -> str:
    return str(value.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
