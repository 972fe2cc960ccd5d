"""The rows that break one rule now, whatever its weight: asked of the feed when somebody wants."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from callboard.access import Action, Actor, require
from callboard.errors import FeedUnavailable, NotAllowed
from callboard.services.masking import hidden_columns, shown_text
from callboard.services.refreshing.question import ask_about
from callboard.services.runtime import Runtime
from callboard.services.trusting.rows import contract_of, touchpoints_of
from callboard.storage.engine import snapshot
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.forms import find_odd, read_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import BrokenRow, rows_breaking
from callboard.storage.feeds.scan_plan import restriction
from callboard.storage.feeds.table import find_table
from callboard.storage.runs import read_feed_states
from callboard.views import RowsBehind
from data_contracts.model import Contract

DAYS = 31
_SECONDS = 5.0
_MOST = 1_000


def read_rule_rows(
    runtime: Runtime, actor: Actor, *, feed: str, rule: str, limit: int = 200
) -> RowsBehind:
    """Return rows of the feed's last 31 days that break a rule, as they stand now, masked.

    NotAllowed without the right to read rows and for a rule of rows that the feed has not;
    FeedUnavailable when the feed does not answer within five seconds.
    """
    require(actor, Action.READ_ROWS)
    contract = contract_of(runtime, feed)
    if rule not in {each.rule_id for each in contract.checks}:
        raise NotAllowed(f"{contract.name} has no rule {rule!r} about rows.")
    most = max(1, min(limit, _MOST))
    question = _question(runtime, contract)
    shown = _ask(
        runtime, question, rule, limit=most + 1, touchpoints=touchpoints_of(runtime, actor)
    )
    columns = tuple(shown[0].values) if shown else ()
    hidden = hidden_columns(contract)
    return RowsBehind(
        columns=columns,
        rows=tuple(
            tuple(shown_text(row.values[name], is_hidden=name in hidden) for name in columns)
            for row in shown[:most]
        ),
        limit=most,
        sentence=_sentence(contract, len(shown), most),
    )


def _question(runtime: Runtime, contract: Contract) -> FeedQuestion:
    asked = ask_about(
        runtime.definitions, contract.feed, runtime.clock.now(runtime.workspace.time_zone)
    )
    with snapshot(runtime.store) as conn:
        state = read_feed_states(conn).get(contract.feed)
    last = (state.last_day if state else None) or runtime.clock.today(asked.default_zone)
    return replace(asked, days=frozenset(last - timedelta(days=n) for n in range(DAYS)))


def _ask(
    runtime: Runtime,
    question: FeedQuestion,
    rule: str,
    *,
    limit: int,
    touchpoints: Collection[str] | None,
) -> tuple[BrokenRow, ...]:
    contract = question.contract
    assert question.days is not None
    years = (min(question.days).year - 1, max(question.days).year + 1)
    url = runtime.definitions.databases[contract.server]
    with read_feed(open_feed(url), contract.name, seconds=_SECONDS) as conn:
        table = find_table(conn, contract)
        if table is None:
            raise FeedUnavailable(f"{contract.name}: the table {contract.table} is not there.")
        odd = find_odd(conn, table)
        rows = read_odd(table, odd, restriction(table, question)) if odd else table
        return rows_breaking(
            conn, rows, question, years, rule_id=rule, limit=limit, touchpoints=touchpoints
        )


def _sentence(contract: Contract, found: int, limit: int) -> str:
    days = f"of the last {DAYS} days"
    if found == 0:
        return f"No row of {contract.name} {days} breaks this rule now."
    if found > limit:
        return f"{limit:,} rows of {contract.name} {days} that break it now; there are more."
    rows = "The only row" if found == 1 else f"All {found:,} rows"
    return f"{rows} of {contract.name} {days} that break it now."
