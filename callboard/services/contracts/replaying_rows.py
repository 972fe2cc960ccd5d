"""What the rows a feed has today would be judged as, by the contract then and another one.

The rows are read, from the days that the last runs may have read; nothing is stored. The gates of
single days and touchpoints compare with what was published, and are not asked.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from callboard.access import Actor
from callboard.services.contracts.choosing import chosen_contracts, contract_of, kept_contracts
from callboard.services.refreshing.asking import FeedReader
from callboard.services.refreshing.findings import Findings, Wanted
from callboard.services.refreshing.question import definition_mark
from callboard.services.runtime import Runtime
from callboard.services.scopes import require_all_rows
from callboard.storage.engine import snapshot
from callboard.storage.runs import FeedState, RunRow, RunVerdict, read_feed_states, read_runs
from data_contracts.business_time import counted_age
from data_contracts.evidence import DatasetEvidence, GateVerdict, RuleResult, State
from data_contracts.evidence_text import read_evidence
from data_contracts.gate import judge_run
from data_contracts.model import Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOnRows:
    """What a rule says of the rows by each contract; None where a contract does not have it."""

    rule_id: str
    before: RuleResult | None
    after: RuleResult | None

    @property
    def is_different(self) -> bool:
        """Whether it ends otherwise, or other rows break it, or it was or is no rule."""
        one, other = (_said(each) for each in (self.before, self.after))
        return one != other


def _said(result: RuleResult | None) -> tuple[State, int, str] | None:
    return None if result is None else (result.state, result.failed, result.severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsReplay:
    """Today's rows of a feed by two contracts; `since` None is all of them."""

    feed: str
    old_version: str
    new_version: str
    since: date | None
    rows_in: int
    kept_out_before: int
    kept_out_after: int
    was_publishable: bool
    is_publishable: bool
    rules: tuple[RuleOnRows, ...]
    reasons: tuple[str, ...]

    @property
    def different(self) -> tuple[RuleOnRows, ...]:
        """The rules that say something else."""
        return tuple(each for each in self.rules if each.is_different)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    dataset: DatasetEvidence
    verdict: GateVerdict


def replay_rows(
    runtime: Runtime, actor: Actor, *, feed: str = "", contract: Path | None = None, runs: int = 20
) -> tuple[RowsReplay, ...]:
    """Judge today's rows of the days of the last runs by the last run's contract and the new one.

    Where that cannot be read any more, or there was no run, it is the one in force. FeedUnavailable
    where a database does not answer; NotAllowed for one who may not read all rows of a feed.
    """
    require_all_rows(actor)
    chosen = chosen_contracts(runtime.definitions.contracts, feed, path=contract)
    return tuple(_replay(runtime, each, limit=runs) for each in chosen)


def _replay(runtime: Runtime, new: Contract, *, limit: int) -> RowsReplay:
    old = contract_of(runtime.definitions.contracts, new.feed)
    with snapshot(runtime.store) as conn:
        rows = [row for row in read_runs(conn, feed=new.feed, limit=limit) if _has_read(row)]
        state = read_feed_states(conn).get(new.feed)
        if rows and rows[0].contract_sha256 != old.sha256:
            old = kept_contracts(conn, rows[:1])[rows[0].contract_sha256] or old
    state = state or FeedState(feed=new.feed, verdict=RunVerdict.FAILED)
    since = _since(rows, new)
    after = _judge(runtime, state, new, since=since)
    before = after if old.sha256 == new.sha256 else _judge(runtime, state, old, since=since)
    return RowsReplay(
        feed=new.feed,
        old_version=old.version,
        new_version=new.version,
        since=since if after.dataset.is_incremental else None,
        rows_in=after.dataset.rows_in,
        kept_out_before=before.dataset.rows_quarantined,
        kept_out_after=after.dataset.rows_quarantined,
        was_publishable=before.verdict.may_publish,
        is_publishable=after.verdict.may_publish,
        rules=tuple(_rules(before.verdict, after.verdict)),
        reasons=after.verdict.reasons,
    )


def _has_read(row: RunRow) -> bool:
    return bool(row.evidence) and row.verdict is not RunVerdict.FAILED


def _since(rows: list[RunRow], contract: Contract) -> date | None:
    """The first day that any of the runs may have read; None for all days."""
    if not rows or not all(read_evidence(row.evidence).is_incremental for row in rows):
        return None
    return (min(row.started_at for row in rows) - contract.late).date()


def _judge(
    runtime: Runtime, state: FeedState, contract: Contract, *, since: date | None
) -> _Judged:
    """Read the feed as a refresh would, for the sake of the rules alone."""
    feed = contract.feed
    asked = replace(contract, server=runtime.definitions.contracts[feed].server)
    definitions = replace(runtime.definitions, contracts={feed: asked}, metrics={})
    # as if the last refresh had been by this contract: else all days would have to be read
    state = replace(state, definition_hash=definition_mark(definitions, feed))
    with ExitStack() as stack:
        wanted = Wanted(is_full=since is None, since=since)
        reader = FeedReader(
            replace(runtime, definitions=definitions), state, wanted, stack, lambda _: None
        )
        found = reader.read()
        dataset = _dataset(runtime, found)
        evidence = found.reading.answer.evidence if found.reading else ()
        return _Judged(dataset=dataset, verdict=judge_run(asked, evidence, dataset))


def _dataset(runtime: Runtime, found: Findings) -> DatasetEvidence:
    """What is known of the rows as a whole; of slices, and of runs before, nothing."""
    contract, reading = found.question.contract, found.reading
    dataset = DatasetEvidence(
        rows_in=0,
        has_table=found.has_table,
        missing_columns=found.missing,
        errors=found.errors or {},
        extra_columns=found.table.extra if found.table else (),
        is_draft=contract.status == "draft",
    )
    if reading is None:
        return dataset
    return replace(
        dataset,
        rows_in=reading.rows_in,
        rows_quarantined=reading.rows_in - reading.rows_used - reading.rows_collapsed,
        rows_collapsed=reading.rows_collapsed,
        age=_age(runtime, contract, reading.answer.newest),
        is_incremental=found.question.days is not None,
    )


def _age(runtime: Runtime, contract: Contract, newest: datetime | None) -> timedelta | None:
    if newest is None:
        return None
    workspace = runtime.workspace
    now = runtime.clock.now(workspace.time_zone).astimezone(UTC)
    zone, days = workspace.time_zone, contract.freshness_days
    return counted_age(newest, now, zone=zone, days=days, holidays=workspace.holidays)


def _rules(before: GateVerdict, after: GateVerdict) -> Iterator[RuleOnRows]:
    old, new = _by_rule(before), _by_rule(after)
    for rule in sorted(old | new):
        yield RuleOnRows(rule_id=rule, before=old.get(rule), after=new.get(rule))


def _by_rule(verdict: GateVerdict) -> dict[str, RuleResult]:
    return {each.rule_id: each for each in verdict.results if not each.slice_key}
