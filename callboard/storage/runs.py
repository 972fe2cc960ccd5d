"""What each refresh of a feed found: runs, the result of every rule, and where each feed stands."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, select

from callboard.storage.tables import contract, feed_state, rule_result, run
from callboard.storage.upsert import upsert
from data_contracts.evidence import RuleResult, State
from data_contracts.model import Dimension, Severity


class RunVerdict(StrEnum):
    """What became of a run. Withheld and failed ones leave the last good figures on screen."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WITHHELD = "withheld"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run of one feed. `engine` and `document` are the judging engine's own evidence (JSON).

    `id` is 0 until the run is recorded; `publication` is None where nothing was published.
    """

    feed: str
    contract_sha256: str
    started_at: datetime
    finished_at: datetime
    duration_ms: int
    triggered_by: str
    rows_in: int
    rows_used: int
    rows_quarantined: int
    verdict: RunVerdict
    reasons: tuple[str, ...] = ()
    as_of: datetime | None = None
    publication: int | None = None
    engine: str = ""
    document: str = ""
    error_id: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """Where a feed stands now: the only thing a badge reads.

    `watermark` is the feed's own text; the days are the first and last that carry readings;
    `as_of` is the newest moment in the feed; `definition_hash` says under which definitions the
    readings were made. `looked_at` is when the feed was last asked, `seen` a mark of what was
    found: where it is the same again, nothing has changed.
    """

    feed: str
    verdict: RunVerdict
    run_id: int | None = None
    last_good_run_id: int | None = None
    last_good_at: datetime | None = None
    watermark: str = ""
    first_day: date | None = None
    last_day: date | None = None
    as_of: datetime | None = None
    definition_hash: str = ""
    reasons: tuple[str, ...] = ()
    rows_quarantined_open: int = 0
    looked_at: datetime | None = None
    seen: str = ""


def record_contract(
    conn: Connection, *, feed: str, version: str, sha256: str, document: str, at: datetime
) -> None:
    """Keep the text of a contract the first time it is used; a run names it by its hash."""
    row = {"feed": feed, "version": version, "sha256": sha256, "document": document, "seen_at": at}
    upsert(conn, contract, [row], keep=("version", "document", "seen_at"))


def record_run(conn: Connection, row: RunRow, results: Sequence[RuleResult] = ()) -> int:
    """Keep a run with the result of every rule, passes included, and return its id."""
    values = asdict(row) | {"reasons": list(row.reasons)}
    del values["id"]
    run_id = int(conn.execute(run.insert().values(**values).returning(run.c.id)).scalar_one())
    if results:
        conn.execute(rule_result.insert(), [{**asdict(each), "run_id": run_id} for each in results])
    return run_id


def number_run(conn: Connection, run_id: int, publication: int) -> None:
    """Say which publication a run has led to."""
    conn.execute(run.update().where(run.c.id == run_id).values(publication=publication))


def read_runs(conn: Connection, *, feed: str, limit: int = 50) -> tuple[RunRow, ...]:
    """The runs of a feed, newest first."""
    chosen = select(run).where(run.c.feed == feed).order_by(run.c.id.desc()).limit(limit)
    return tuple(_run(row) for row in conn.execute(chosen))


def read_run(conn: Connection, run_id: int) -> RunRow:
    """One run; there must be one of that number."""
    return _run(conn.execute(select(run).where(run.c.id == run_id)).one())


def read_rule_results(conn: Connection, run_id: int) -> tuple[RuleResult, ...]:
    """The result of every rule in a run, in the order of rule and slice."""
    chosen = select(rule_result).where(rule_result.c.run_id == run_id)
    ordered = chosen.order_by(rule_result.c.rule_id, rule_result.c.slice_key)
    return tuple(_rule_result(row) for row in conn.execute(ordered))


def read_feed_states(conn: Connection) -> dict[str, FeedState]:
    """Where every feed stands that was ever refreshed, by feed."""
    return {row.feed: _feed_state(row) for row in conn.execute(select(feed_state))}


def write_feed_state(conn: Connection, state: FeedState) -> None:
    """Put `state` in the place of what was said of the feed before."""
    upsert(conn, feed_state, [asdict(state) | {"reasons": list(state.reasons)}])


def _run(row: Row[tuple[object, ...]]) -> RunRow:
    values = dict(row._mapping)
    verdict, reasons = RunVerdict(values["verdict"]), tuple(values["reasons"])
    return RunRow(**values | {"verdict": verdict, "reasons": reasons})


def _feed_state(row: Row[tuple[object, ...]]) -> FeedState:
    values = dict(row._mapping)
    verdict, reasons = RunVerdict(values["verdict"]), tuple(values["reasons"])
    return FeedState(**values | {"verdict": verdict, "reasons": reasons})


def _rule_result(row: Row[tuple[object, ...]]) -> RuleResult:
    values = {name: value for name, value in row._mapping.items() if name != "run_id"}
    values["severity"] = Severity(values["severity"])
    values["dimension"] = Dimension(values["dimension"])
    values["state"] = State(values["state"])
    return RuleResult(**values)
