"""Which past runs another contract would have judged differently. Nothing is stored.

A run is judged again by what it counted then; a rule whose rows were not counted is not evaluated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from callboard.access import Action, Actor, require
from callboard.services.contracts.choosing import chosen_contracts, kept_contracts
from callboard.services.runtime import Runtime
from callboard.services.tiles.seen import reasons_without, seen_results
from callboard.storage.engine import Connection, snapshot
from callboard.storage.runs import RunRow, RunVerdict, read_rule_results, read_runs
from data_contracts.evidence import GateVerdict, RuleResult, State, WaivedRule
from data_contracts.evidence_text import read_evidence
from data_contracts.gate import judge_run
from data_contracts.model import Contract
from data_contracts.rebuilding import Rebuilt, rebuild

_BAD = (State.FAIL, State.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTurn:
    """A rule that says something else of a run; None where a contract does not have it."""

    rule_id: str
    slice_key: str
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedRun:
    """A run as it was judged, and as it would have been.

    `is_published` None: that depends on how many rows break two rules at once, which is not known;
    between `fewest_kept_out` and `most_kept_out` rows would have been. `unjudged` are rules whose
    rows were not counted then. `reasons` would have held it back.
    """

    run_id: int
    at: datetime
    was_published: bool
    is_published: bool | None
    kept_out: int
    fewest_kept_out: int
    most_kept_out: int
    turns: tuple[RuleTurn, ...]
    unjudged: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def is_different(self) -> bool:
        """Whether anything at all would have been judged otherwise."""
        same_rows = self.kept_out == self.fewest_kept_out == self.most_kept_out
        return bool(self.turns) or self.is_published is not self.was_published or not same_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The past runs of a feed under a contract, newest first; some kept nothing to judge."""

    feed: str
    version: str
    runs: tuple[ReplayedRun, ...]
    without_evidence: int

    @property
    def different(self) -> tuple[ReplayedRun, ...]:
        """The runs that would have been judged otherwise."""
        return tuple(run for run in self.runs if run.is_different)


def replay_runs(
    runtime: Runtime, actor: Actor, *, feed: str = "", contract: Path | None = None, runs: int = 20
) -> tuple[Replay, ...]:
    """Judge the last runs of a feed, or of all, again: by its contract now, or that of a file.

    Of slices that turn, those of touchpoints that somebody may not see are left out.
    """
    require(actor, Action.READ_TRUST)
    chosen = chosen_contracts(runtime.definitions.contracts, feed, path=contract)
    with snapshot(runtime.store) as conn:
        known = {each.sha256: each for each in (*runtime.definitions.contracts.values(), *chosen)}
        look = _Look(runtime=runtime, actor=actor, conn=conn)
        return tuple(_replay(look, each, known, limit=runs) for each in chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """Who looks, and at what."""

    runtime: Runtime
    actor: Actor
    conn: Connection

    def seen(self, verdict: GateVerdict) -> GateVerdict:
        """A verdict without the slices that the actor may not see."""
        results = seen_results(self.runtime, self.actor, verdict.results)
        reasons = reasons_without(self.runtime, self.actor, verdict.reasons, verdict.results)
        return replace(verdict, results=results, reasons=reasons)


def _replay(
    look: _Look, contract: Contract, known: Mapping[str, Contract], *, limit: int
) -> Replay:
    rows = read_runs(look.conn, feed=contract.feed, limit=limit)
    kept = [row for row in rows if row.evidence and row.verdict is not RunVerdict.FAILED]
    past = {**kept_contracts(look.conn, kept), **known}
    return Replay(
        feed=contract.feed,
        version=contract.version,
        runs=tuple(_replayed(look, row, past[row.contract_sha256], contract) for row in kept),
        without_evidence=len(rows) - len(kept),
    )


def _replayed(look: _Look, row: RunRow, old: Contract | None, new: Contract) -> ReplayedRun:
    results = read_rule_results(look.conn, row.id)
    before = seen_results(look.runtime, look.actor, results)
    rebuilt = rebuild(old, new, results=results, dataset=read_evidence(row.evidence))
    few, most = (look.seen(each) for each in _judge(new, rebuilt, results))
    return ReplayedRun(
        run_id=row.id,
        at=row.finished_at,
        was_published=row.verdict is not RunVerdict.WITHHELD,
        is_published=few.may_publish if few.may_publish is most.may_publish else None,
        kept_out=read_evidence(row.evidence).rows_quarantined,
        fewest_kept_out=rebuilt.fewest.rows_quarantined,
        most_kept_out=rebuilt.most.rows_quarantined,
        turns=tuple(_turns(before, few.results, most.results, unjudged=rebuilt.unjudged)),
        unjudged=rebuilt.unjudged,
        reasons=most.reasons,
    )


def _judge(
    contract: Contract, rebuilt: Rebuilt, results: Sequence[RuleResult]
) -> tuple[GateVerdict, GateVerdict]:
    """The verdict on as few rows kept out as there can be, and on as many."""
    waivers = tuple(
        WaivedRule(rule_id=each.rule_id, slice_key=each.slice_key, until=each.waived_until)
        for each in results
        if each.waived_until is not None
    )
    few = judge_run(contract, rebuilt.evidence, rebuilt.fewest, waivers=waivers)
    if rebuilt.is_sure:
        return few, few
    return few, judge_run(contract, rebuilt.evidence, rebuilt.most, waivers=waivers)


def _turns(
    before: Sequence[RuleResult],
    few: Sequence[RuleResult],
    most: Sequence[RuleResult],
    *,
    unjudged: Sequence[str],
) -> Iterator[RuleTurn]:
    """Rules that turn to or from a state that is bad; not those that depend on unknown rows."""
    old, one, other = (
        {(each.rule_id, each.slice_key): each.state for each in part}
        for part in (before, few, most)
    )
    for key in sorted(old | one):
        was, now = old.get(key), one.get(key)
        is_known = key[0] not in unjudged and now is other.get(key)
        if is_known and was is not now and (was in _BAD or now in _BAD):
            yield RuleTurn(rule_id=key[0], slice_key=key[1], before=was, after=now)
