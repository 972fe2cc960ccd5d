"""Which contracts there are, and what past runs made of one: of all its rules, or of a single one.

Runs are told by the contract they were judged by then; nothing is judged again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.contracts.choosing import contract_of
from callboard.services.runtime import Runtime
from callboard.services.tiles.seen import is_seen, run_reasons, seen_results
from callboard.storage.contract_texts import read_contract_versions
from callboard.storage.engine import Connection, snapshot
from callboard.storage.runs import RunRow, RunVerdict, read_rule_results, read_runs
from data_contracts.evidence import RuleResult, State
from data_contracts.model import Contract
from definition_files import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """A contract and how its feed's last run ended; without a `verdict` there was none yet."""

    feed: str
    name: str
    version: str
    status: str
    owner: str
    database: str
    table: str
    columns: int
    rules: int
    last_run: datetime | None = None
    verdict: RunVerdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A run, and how many rules (of the whole and of slices) ended how; `broken` names those.

    `version` is of the contract that it was judged by.
    """

    run_id: int
    at: datetime
    version: str
    verdict: RunVerdict
    rows_in: int
    rows_used: int
    kept_out: int
    kept: int
    failed: int
    not_evaluated: int
    errors: int
    broken: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """What a rule said of a run, or of one of its slices."""

    run_id: int
    at: datetime
    slice_key: str
    state: State
    evaluated: int
    failed: int
    observed: float | None
    threshold: float
    waived_until: date | None


def list_contracts(runtime: Runtime, actor: Actor) -> tuple[ContractLine, ...]:
    """Return the contract of every connected feed, by feed."""
    require(actor, Action.READ_TRUST)
    with snapshot(runtime.store) as conn:
        return tuple(_line(conn, each) for each in runtime.definitions.contracts.values())


def read_history(
    runtime: Runtime, actor: Actor, *, feed: str, runs: int = 20
) -> tuple[RunLine, ...]:
    """Return the last runs of a feed, the newest first. CallboardError for a feed there is not.

    Slices of touchpoints that somebody may not see are not counted.
    """
    require(actor, Action.READ_TRUST)
    contract_of(runtime.definitions.contracts, feed)
    with snapshot(runtime.store) as conn:
        versions = read_contract_versions(conn, feed=feed)
        return tuple(
            _run(
                runtime, actor, row, results=results, version=versions.get(row.contract_sha256, "")
            )
            for row in read_runs(conn, feed=feed, limit=runs)
            for results in [read_rule_results(conn, row.id)]
        )


def read_rule_history(
    runtime: Runtime, actor: Actor, *, feed: str, rule: str, runs: int = 20
) -> tuple[RuleLine, ...]:
    """Return what one rule said of the last runs, the newest first.

    Also of a rule that the contract does not have any more; slices of touchpoints that somebody may
    not see are left out. CallboardError where there is nothing so called.
    """
    require(actor, Action.READ_TRUST)
    contract = contract_of(runtime.definitions.contracts, feed)
    with snapshot(runtime.store) as conn:
        found = [
            (row, result)
            for row in read_runs(conn, feed=feed, limit=runs)
            for result in read_rule_results(conn, row.id)
            if is_seen(runtime, actor, result.slice_key)
        ]
    known = {each.rule_id for each in contract.checks}
    known |= {each.rule_id for each in contract.row_counts} | {each.rule_id for _, each in found}
    if rule not in known:
        raise CallboardError(f"{feed} has no rule {rule!r}. {nearest(rule, known)}".rstrip())
    return tuple(_rule(row, result) for row, result in found if result.rule_id == rule)


def _line(conn: Connection, contract: Contract) -> ContractLine:
    last = next(iter(read_runs(conn, feed=contract.feed, limit=1)), None)
    return ContractLine(
        feed=contract.feed,
        name=contract.name,
        version=contract.version,
        status=contract.status,
        owner=contract.support.owner,
        database=contract.server,
        table=contract.table,
        columns=len(contract.columns),
        rules=len(contract.checks) + len(contract.row_counts),
        last_run=last.finished_at if last else None,
        verdict=last.verdict if last else None,
    )


def _run(
    runtime: Runtime, actor: Actor, row: RunRow, *, results: Sequence[RuleResult], version: str
) -> RunLine:
    seen = seen_results(runtime, actor, results)
    states = [each.state for each in seen]
    broken = {each.rule_id for each in seen if each.state in (State.FAIL, State.ERROR)}
    return RunLine(
        run_id=row.id,
        at=row.finished_at,
        version=version,
        verdict=row.verdict,
        rows_in=row.rows_in,
        rows_used=row.rows_used,
        kept_out=row.rows_quarantined,
        kept=states.count(State.PASS),
        failed=states.count(State.FAIL),
        not_evaluated=states.count(State.NOT_EVALUATED),
        errors=states.count(State.ERROR),
        broken=tuple(sorted(broken)),
        reasons=run_reasons(runtime, actor, row, results),
    )


def _rule(row: RunRow, result: RuleResult) -> RuleLine:
    return RuleLine(
        run_id=row.id,
        at=row.finished_at,
        slice_key=result.slice_key,
        state=result.state,
        evaluated=result.evaluated,
        failed=result.failed,
        observed=result.observed,
        threshold=result.threshold,
        waived_until=result.waived_until,
    )
