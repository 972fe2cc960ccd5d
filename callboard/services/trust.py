"""May I believe the numbers? Every feed's contract, last run, rules, and rows kept out."""

import json
from collections.abc import Mapping

from callboard.access import Action, Actor, Scope, require
from callboard.errors import NotAllowed
from callboard.services.masking import MASK, hidden_columns
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.tiles.badges import BADGES, judge_feeds
from callboard.storage.engine import Connection, snapshot
from callboard.storage.quarantine import StoredRow
from callboard.storage.quarantine import read_quarantine as read_rows_kept_out
from callboard.storage.runs import (
    FeedState,
    RunRow,
    RunVerdict,
    read_feed_states,
    read_rule_results,
    read_run,
    read_runs,
)
from callboard.views import FeedTrust, QuarantinedRow, RuleRow, Trust
from data_contracts.evidence import RuleResult, State
from data_contracts.model import Contract, Severity


def read_trust(runtime: Runtime, actor: Actor) -> tuple[FeedTrust, ...]:
    """Return every connected feed, the one that most needs a look first; failing rules first."""
    require(actor, Action.READ_TRUST)
    with snapshot(runtime.store) as connection:
        states = read_feed_states(connection)
        trusts = judge_feeds(runtime, states).by_feed
        found = [
            _feed(runtime, connection, contract, trusts[feed], states.get(feed))
            for feed, contract in runtime.definitions.contracts.items()
        ]
    return tuple(sorted(found, key=_worst_first))


def _feed(
    runtime: Runtime,
    connection: Connection,
    contract: Contract,
    trust: Trust,
    state: FeedState | None,
) -> FeedTrust:
    last = next(iter(read_runs(connection, feed=contract.feed, limit=1)), None)
    run = _judging_run(connection, last, state)
    results = read_rule_results(connection, run.id) if run else ()
    metrics = runtime.definitions.metrics.values()
    return FeedTrust(
        feed=contract.feed,
        name=contract.name,
        version=contract.version,
        purpose=contract.purpose,
        owner=contract.support.owner,
        channel=contract.support.channel,
        badge=trust.badge,
        sentence=trust.sentence,
        as_of=trust.as_of,
        due=trust.due,
        last_run=last.finished_at if last else None,
        last_good=state.last_good_at if state else None,
        judged_at=run.finished_at if run else None,
        rows_in=run.rows_in if run else 0,
        rows_used=run.rows_used if run else 0,
        rows_quarantined=run.rows_quarantined if run else 0,
        open_quarantine=state.rows_quarantined_open if state else 0,
        rules=tuple(_rule(each) for each in sorted(results, key=_failing_first)),
        columns=tuple(
            (each.name, each.type.value, each.description, each.classification)
            for each in contract.columns
        ),
        metrics=tuple(each.name for each in metrics if contract.feed in each.feeds),
    )


def _judging_run(
    connection: Connection, last: RunRow | None, state: FeedState | None
) -> RunRow | None:
    """The last run that could read the feed: one that failed has seen no row and asked no rule."""
    if last is None or last.verdict is not RunVerdict.FAILED:
        return last
    good = state.last_good_run_id if state else None
    return read_run(connection, good) if good is not None else None


def _worst_first(feed: FeedTrust) -> tuple[int, str]:
    return -BADGES.index(feed.badge), feed.name


_STATES = (State.ERROR, State.FAIL, State.NOT_EVALUATED, State.PASS)
_SEVERITIES = (Severity.CRITICAL, Severity.WARNING, Severity.INFO)


def _failing_first(result: RuleResult) -> tuple[int, int, str, str]:
    return (
        _STATES.index(result.state),
        _SEVERITIES.index(result.severity),
        result.rule_id,
        result.slice_key,
    )


def _rule(result: RuleResult) -> RuleRow:
    return RuleRow(
        rule_id=result.rule_id,
        description=result.description + (f" ({result.slice_key})" if result.slice_key else ""),
        severity=result.severity.value,
        state=result.state.value,
        evaluated=result.evaluated,
        failed=result.failed,
        message=result.message,
    )


def read_quarantine(
    runtime: Runtime, actor: Actor, *, feed: str, limit: int = 200
) -> tuple[QuarantinedRow, ...]:
    """Return open rows of a feed, the newest first; personal columns masked.

    An actor who may read some touchpoints only sees their rows. NotAllowed without the right to
    read rows, and for a feed there is not.
    """
    require(actor, Action.READ_ROWS)
    scope = open_scope(runtime, actor)
    contract = runtime.definitions.contracts.get(feed)
    if contract is None:
        raise NotAllowed(f"There is no feed {feed!r}.")
    with snapshot(runtime.store) as connection:
        rows = read_rows_kept_out(connection, feed=feed, limit=limit)
    names = None if actor.touchpoints is None else _names(runtime, scope)
    shown = (_quarantined(contract, row, names) for row in rows)
    return tuple(row for row in shown if row is not None)


def _names(runtime: Runtime, scope: Scope) -> frozenset[str]:
    """Every name by which a row may speak of a touchpoint in the scope."""
    touchpoints = runtime.definitions.touchpoints
    return frozenset(
        name for code in scope.touchpoints for name in (code, *touchpoints[code].aliases)
    )


def _quarantined(
    contract: Contract, row: StoredRow, names: frozenset[str] | None
) -> QuarantinedRow | None:
    raw = json.loads(row.raw)
    fields = raw if isinstance(raw, dict) else {}
    if names is not None and fields.get(contract.touchpoint) not in names:
        return None
    return QuarantinedRow(
        id=row.id,
        feed=row.feed,
        row_key=MASK if hidden_columns(contract) & set(contract.key) else row.row_key,
        reasons=row.messages,
        raw=json.dumps(_masked(contract, fields), ensure_ascii=False),
        first_seen=row.first_seen,
        status=row.status.value,
        day=row.day,
    )


def _masked(contract: Contract, fields: Mapping[str, object]) -> dict[str, object]:
    hidden = hidden_columns(contract)
    return {
        name: MASK if name in hidden and value is not None else value
        for name, value in fields.items()
    }
