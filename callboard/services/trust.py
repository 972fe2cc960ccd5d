"""May I believe the numbers? Every feed's contract, last run and rules."""

from collections.abc import Iterable
from dataclasses import replace

from callboard.access import Action, Actor, require
from callboard.services.runtime import Runtime
from callboard.services.tiles.badges import BADGES
from callboard.services.tiles.seen import is_seen
from callboard.services.tiles.seen_feeds import judge_seen, seen_states
from callboard.services.trusting.history import rule_row
from callboard.services.trusting.rows import touchpoints_of
from callboard.storage.engine import Connection, snapshot
from callboard.storage.judged_runs import count_quarantine_by_touchpoint
from callboard.storage.rule_history import RuleName, began
from callboard.storage.runs import (
    FeedState,
    RunRow,
    RunVerdict,
    SliceState,
    newest_run,
    read_feed_states,
    read_rule_results,
    read_run,
    read_runs,
)
from callboard.views import FeedTrust, RuleRow, Trust
from callboard.views.trust import SliceRow
from data_contracts.evidence import RuleResult, State
from data_contracts.model import Contract, Severity


def latest_run(runtime: Runtime, actor: Actor) -> int:
    """Return the number of the newest run; one that changes no figure is told by nothing else."""
    require(actor, Action.READ_TRUST)
    with snapshot(runtime.store) as connection:
        return newest_run(connection)


def read_trust(runtime: Runtime, actor: Actor) -> tuple[FeedTrust, ...]:
    """Return every connected feed, the one that most needs a look first; failing rules first.

    Badges, sentences and rows in quarantine are of the touchpoints that the actor may see.
    """
    require(actor, Action.READ_TRUST)
    mine = touchpoints_of(runtime, actor)
    with snapshot(runtime.store) as connection:
        known, waiting = read_feed_states(connection), count_quarantine_by_touchpoint(connection)
        states = seen_states(runtime, known, touchpoints=mine, waiting=waiting)
        trusts = judge_seen(runtime, states, touchpoints=mine).by_feed
        found = [
            _feed(runtime, actor, connection, contract, trusts[feed], states.get(feed))
            for feed, contract in runtime.definitions.contracts.items()
        ]
    return tuple(sorted(found, key=_worst_first))


def _feed(
    runtime: Runtime,
    actor: Actor,
    connection: Connection,
    contract: Contract,
    trust: Trust,
    state: FeedState | None,
) -> FeedTrust:
    last = next(iter(read_runs(connection, feed=contract.feed, limit=1)), None)
    run = _judging_run(connection, last, state)
    results = read_rule_results(connection, run.id) if run else ()
    seen = [each for each in results if is_seen(runtime, actor, each.slice_key)]
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
        rules=_rules(runtime, connection, contract.feed, seen),
        run_id=run.id if run else None,
        slices=_slices(runtime, actor, state),
        columns=_columns(contract),
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


def _columns(contract: Contract) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (each.name, each.type.value, each.description, each.classification)
        for each in contract.columns
    )


def _rules(
    runtime: Runtime, connection: Connection, feed: str, results: Iterable[RuleResult]
) -> tuple[RuleRow, ...]:
    ordered = sorted(results, key=_failing_first)
    return tuple(_rule(runtime, connection, feed, each) for each in ordered)


def _rule(runtime: Runtime, connection: Connection, feed: str, result: RuleResult) -> RuleRow:
    """A result, with when it began where it is broken."""
    row = rule_row(runtime, result, feed=feed)
    if result.state not in (State.FAIL, State.ERROR):
        return row
    begin = began(
        connection, RuleName(feed=feed, rule_id=result.rule_id, slice_key=result.slice_key)
    )
    return replace(row, since=begin.at, since_run=begin.run_id) if begin else row


def _slices(runtime: Runtime, actor: Actor, state: FeedState | None) -> tuple[SliceRow, ...]:
    """What is held or missing, where the actor may see it."""
    return tuple(
        SliceRow(
            where=_where(runtime, each),
            held=each.held,
            missing=each.missing,
            said=(*each.reasons, *each.warnings),
            since=each.since,
            as_of=each.as_of,
            waived_until=each.waived_until,
        )
        for each in (state.slices if state else ())
        if is_seen(runtime, actor, each.touchpoint) and _says_more(each)
    )


def _says_more(part: SliceState) -> bool:
    """Whether there is more to tell of a slice than how far it has come."""
    told = (part.held, part.missing, part.reasons, part.warnings, part.waived_until)
    return any(told)


def _where(runtime: Runtime, part: SliceState) -> str:
    touchpoint = runtime.definitions.touchpoints.get(part.touchpoint)
    metric = runtime.definitions.metrics.get(part.metric)
    place = touchpoint.name if touchpoint else part.touchpoint or "All touchpoints"
    return f"{place}, {metric.name if metric else part.metric}" if part.metric else place
