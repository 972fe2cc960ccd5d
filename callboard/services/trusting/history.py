"""What became of past runs: a strip of them, how a rule went over time, what one run found."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from callboard.access import Action, Actor, require
from callboard.errors import NotAllowed
from callboard.services.runtime import Runtime
from callboard.services.tiles.seen import is_seen, run_reasons, seen_results
from callboard.services.trusting.places import with_place
from callboard.services.trusting.rows import contract_of, touchpoints_of
from callboard.services.trusting.waiving import rules_to_waive
from callboard.storage.engine import Connection, snapshot
from callboard.storage.rule_history import (
    RuleName,
    began,
    broken_lately,
    count_broken,
    read_days,
)
from callboard.storage.runs import RunRow, RunVerdict, find_run, read_rule_results, read_runs
from callboard.views import EngineRow, FeedHistory, RuleRow, RuleTrend, RunMark
from callboard.views.trust import RunStory
from data_contracts.evidence import RuleResult, State
from data_contracts.rule_words import tolerance_in_words

STRIP = 60
_WORDS = {
    RunVerdict.PUBLISHED: "published",
    RunVerdict.UNCHANGED: "nothing changed",
    RunVerdict.WITHHELD: "withheld",
    RunVerdict.FAILED: "could not be read",
}


def read_history(
    runtime: Runtime,
    actor: Actor,
    *,
    feed: str,
    rule: str = "",
    slice_key: str = "",
    days: int = 90,
) -> FeedHistory:
    """Return the last runs of a feed, the rules broken in them, and how one of them went.

    Without a `rule`, that is the first of those broken; slices of touchpoints that somebody may not
    see are left out.
    """
    require(actor, Action.READ_TRUST)
    contract_of(runtime, feed)
    with snapshot(runtime.store) as conn:
        runs = read_runs(conn, feed=feed, limit=STRIP)
        counts = count_broken(
            conn, [each.id for each in runs], touchpoints=touchpoints_of(runtime, actor)
        )
        known = broken_lately(conn, feed=feed, runs=[each.id for each in runs])
        broken = [each for each in known if is_seen(runtime, actor, each.slice_key)]
        asked = RuleName(feed=feed, rule_id=rule, slice_key=slice_key)
        if not rule and broken:
            asked = broken[0]
        trend = None
        if asked.rule_id and is_seen(runtime, actor, asked.slice_key):
            trend = _trend(conn, runtime, asked, days)
    marks = [_mark(each, counts.get(each.id, 0)) for each in reversed(runs)]
    shown = [*broken, asked] if trend else broken
    told = {(each.rule_id, each.slice_key): _named(runtime, each) for each in shown}
    return FeedHistory(feed=feed, runs=tuple(marks), rules=told, trend=trend, days=days)


def read_run_story(runtime: Runtime, actor: Actor, *, feed: str, run: int) -> RunStory:
    """Return what one run of a feed found, and what the judging engine said of each number.

    NotAllowed, worded like a missing record, for a run that is not the feed's.
    """
    require(actor, Action.READ_TRUST)
    contract_of(runtime, feed)
    with snapshot(runtime.store) as conn:
        found = find_run(conn, run, feed=feed)
        if found is None:
            raise NotAllowed(f"There is no run {run} of {feed}.")
        results = read_rule_results(conn, run)
    seen = seen_results(runtime, actor, results)
    failing = [each for each in seen if each.state in (State.FAIL, State.ERROR)]
    return RunStory(
        mark=_mark(found, len({each.rule_id for each in failing})),
        rows_in=found.rows_in,
        rows_used=found.rows_used,
        rows_quarantined=found.rows_quarantined,
        rows_collapsed=found.rows_collapsed,
        reasons=run_reasons(runtime, actor, found, results),
        broken=tuple(rule_row(runtime, each, feed=feed) for each in failing),
        engine=found.engine,
        said=engine_rows(found.document, {_number_of(each) for each in seen}),
    )


def rule_row(runtime: Runtime, result: RuleResult, *, feed: str) -> RuleRow:
    """A result of a feed in plain words; of rows that break a rule which holds, why it does."""
    return RuleRow(
        rule_id=result.rule_id,
        description=with_place(runtime, result.description, result.slice_key),
        severity=result.severity.value,
        state=result.state.value,
        evaluated=result.evaluated,
        failed=result.failed,
        message=_tolerated(runtime, result, feed) or result.message,
        slice_key=result.slice_key,
        waived_until=result.waived_until,
    )


def _tolerated(runtime: Runtime, result: RuleResult, feed: str) -> str:
    if result.state is not State.PASS or not result.failed:
        return ""
    contract = runtime.definitions.contracts.get(feed)
    checks = {each.rule_id: each for each in contract.checks} if contract else {}
    tolerance = checks[result.rule_id].tolerance if result.rule_id in checks else None
    allowed = tolerance_in_words(tolerance) if tolerance else "so many"
    counted = f"{result.failed:,} of {result.evaluated:,} rows count against it"
    return f"Passes: {counted}; {allowed} may."


def engine_rows(document: str, rules: set[str]) -> tuple[EngineRow, ...]:
    """What Great Expectations said of each number, of those called so (`rules`).

    Numbers of slices that are alike were judged once: each of them is told.
    """
    if not document:
        return ()
    results = json.loads(document).get("results", [])
    told = (row for each in results for row in _engine_rows(each))
    return tuple(row for row in told if row.rule_id in rules)


def _number_of(result: RuleResult) -> str:
    """What the engine calls the number of a result."""
    return f"{result.rule_id} [{result.slice_key}]" if result.slice_key else result.rule_id


def _engine_rows(found: Mapping[str, Any]) -> Iterator[EngineRow]:
    asked = found["expectation_config"]
    meta, kwargs = asked.get("meta", {}), asked.get("kwargs", {})
    info = found.get("exception_info") or {}
    state = "held" if found.get("success") else "broken"
    observed = (found.get("result") or {}).get("observed_value")
    for name in (str(meta.get("rule", "")), *map(str, meta.get("same", ()))):
        yield EngineRow(
            rule_id=name,
            expectation=str(asked.get("type", "")),
            observed="" if observed is None else f"{float(observed):g}",
            bounds=_bounds(kwargs),
            state="error" if info.get("raised_exception") else state,
        )


def _bounds(kwargs: Mapping[str, Any]) -> str:
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if low is None:
        return "" if high is None else f"at most {float(high):g}"
    return f"at least {float(low):g}" if high is None else f"{float(low):g} to {float(high):g}"


def _trend(conn: Connection, runtime: Runtime, name: RuleName, days: int) -> RuleTrend:
    since = runtime.clock.now("UTC") - timedelta(days=days)
    begin = began(conn, name)
    return RuleTrend(
        rule_id=name.rule_id,
        description=_named(runtime, name),
        slice_key=name.slice_key,
        points=tuple((e.day, e.failed, e.evaluated) for e in read_days(conn, name, since=since)),
        since=begin.at if begin else None,
        since_run=begin.run_id if begin else None,
    )


def _named(runtime: Runtime, name: RuleName) -> str:
    contract = runtime.definitions.contracts[name.feed]
    words = {each.rule_id: each.description for each in contract.checks} | rules_to_waive(contract)
    told = words.get(name.rule_id, name.rule_id)
    return with_place(runtime, told, name.slice_key)


def _mark(row: RunRow, failing: int) -> RunMark:
    rules = "every rule holds" if not failing else f"{failing} rules broken"
    rules = "1 rule broken" if failing == 1 else rules
    is_judged = row.verdict is not RunVerdict.FAILED
    return RunMark(
        run_id=row.id,
        at=row.finished_at,
        verdict=row.verdict.value,
        failing=failing,
        sentence=f"{_WORDS[row.verdict]}{f', {rules}' if is_judged else ''}",
    )
