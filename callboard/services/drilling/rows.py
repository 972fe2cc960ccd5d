"""The rows behind one reading: the only question that a page asks of a feed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, FeedUnavailable
from callboard.services.masking import hidden_columns, shown_text
from callboard.services.refreshing.question import ask_about
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.engine import snapshot
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.forms import find_odd, read_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import RowFilter, rows_behind
from callboard.storage.feeds.scan_plan import restriction
from callboard.storage.feeds.table import find_table
from callboard.storage.readings import list_segments
from callboard.views import RowsBehind
from data_contracts.model import Contract
from definition_files import nearest
from metrics.model import Metric

_SECONDS = 5.0
_MOST = 1_000
Rows = tuple[tuple[Any, ...], ...]


def read_rows(  # noqa: PLR0913 - what a reading is of, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    start: date,
    end: date,
    dimension: str = "",
    segment: str = "",
    limit: int = 200,
    skip: int = 0,
) -> RowsBehind:
    """Return the newest rows that a reading is made of, as they stand now, personal columns masked.

    The `skip` newest are left out: an earlier page has them. Of a metric of two feeds, the rows of
    its numerator. NotAllowed without the right to read rows or outside the scope; FeedUnavailable
    when the feed does not answer within five seconds.
    """
    require(actor, Action.READ_ROWS)
    open_scope(runtime, actor).require(touchpoint)
    wanted = require_metric(runtime, metric)
    if wanted.is_composite:
        parts = ", ".join(part.name for part in wanted.component_metrics)
        raise CallboardError(f"{wanted.name} has no rows of its own: it is computed from {parts}.")
    contract = runtime.definitions.contracts[wanted.numerator_feed]
    _require_dimension(contract, dimension)
    which = RowFilter(
        metric=wanted,
        touchpoint=touchpoint,
        start=start,
        end=end,
        dimension=dimension,
        segment=segment,
        told_apart=_told_apart(runtime, wanted, touchpoint, dimension),
        skip=max(0, skip),
    )
    most = max(1, min(limit, _MOST))
    columns, rows = _ask(runtime, contract, which, most + 1)
    shown = _shown(contract, columns, rows[:most])
    return replace(
        shown,
        limit=most,
        skipped=which.skip,
        has_more=len(rows) > most,
        sentence=_sentence(contract, len(rows), most, skipped=which.skip),
    )


def _require_dimension(contract: Contract, dimension: str) -> None:
    if dimension and dimension not in contract.dimensions:
        there = ", ".join(contract.dimensions) or "none"
        hint = nearest(dimension, contract.dimensions)
        raise CallboardError(
            f"{contract.name} has no dimension {dimension!r}; there are: {there}. {hint}"
        )


def _told_apart(
    runtime: Runtime, metric: Metric, touchpoint: str, dimension: str
) -> tuple[str, ...]:
    if not dimension:
        return ()
    with snapshot(runtime.store) as store:
        segments = list_segments(store, metric=metric.code, touchpoint=touchpoint)
    return segments.get(dimension, ())


def _ask(
    runtime: Runtime, contract: Contract, which: RowFilter, limit: int
) -> tuple[tuple[str, ...], Rows]:
    question = _question(runtime, contract, which)
    url = runtime.definitions.databases[contract.server]
    with read_feed(open_feed(url), contract.name, seconds=_SECONDS) as conn:
        table = find_table(conn, contract)
        if table is None:
            raise FeedUnavailable(f"{contract.name}: the table {contract.table} is not there.")
        odd = find_odd(conn, table)
        read = read_odd(table, odd, restriction(table, question)) if odd else table
        return rows_behind(conn, read, question, which, limit)


def _question(runtime: Runtime, contract: Contract, which: RowFilter) -> FeedQuestion:
    now = runtime.clock.now(runtime.workspace.time_zone)
    asked = ask_about(runtime.definitions, contract.feed, now)
    days = (which.end - which.start).days + 1
    wanted = frozenset(which.start + timedelta(days=n) for n in range(days))
    return replace(asked, metrics=(which.metric,), days=wanted)


def _shown(contract: Contract, columns: tuple[str, ...], rows: Rows) -> RowsBehind:
    hidden = [name in hidden_columns(contract) for name in columns]
    return RowsBehind(
        columns=columns,
        rows=tuple(
            tuple(
                shown_text(value, is_hidden=hide) for value, hide in zip(row, hidden, strict=True)
            )
            for row in rows
        ),
        limit=len(rows),
        sentence="",
    )


def _sentence(contract: Contract, found: int, limit: int, *, skipped: int) -> str:
    if skipped:
        return _sentence_of_page(contract, found, limit, skipped=skipped)
    if found == 0:
        return f"{contract.name} has no row behind this reading now."
    if found > limit:
        return f"The newest {limit:,} rows, as they stand in {contract.name} now; there are more."
    rows = "The only row" if found == 1 else f"All {found:,} rows"
    return f"{rows} behind this reading, as they stand in {contract.name} now."


def _sentence_of_page(contract: Contract, found: int, limit: int, *, skipped: int) -> str:
    if found == 0:
        return f"{contract.name} has no more rows behind this reading now."
    last = skipped + min(found, limit)
    more = "there are older ones" if found > limit else f"{last:,} in all"
    return (
        f"Rows {skipped + 1:,} to {last:,} from the newest, as they stand in {contract.name} now; "
        f"{more}."
    )
