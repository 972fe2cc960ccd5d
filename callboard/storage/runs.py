"""What each refresh of a feed found: runs, the result of every rule, and where each feed stands."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, select

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
    `rows_collapsed` are copies of rows that count once. `evidence` is what the run was judged by
    (JSON), to judge it again; "" where the feed could not be read.
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
    rows_collapsed: int = 0
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceState:
    """Where one slice of a feed stands: a touchpoint, or one of its metrics.

    `held` days are not published, for `reasons`; `missing` ones have no rows where there should be
    some. `since` is when that began. `as_of` is the newest moment of the slice, None where its rows
    come too seldom to be late. `waived_until` is the last day on which a broken rule holds nothing
    back, `waived` the days that are published for that alone. `rules` says which rule each held or
    waived day breaks.
    """

    touchpoint: str
    metric: str = ""
    as_of: datetime | None = None
    since: datetime | None = None
    held: tuple[date, ...] = ()
    missing: tuple[date, ...] = ()
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    waived_until: date | None = None
    waived: tuple[date, ...] = ()
    rules: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """Where a feed stands now: the only thing a badge reads.

    `watermark` is the feed's own text; the days are the first and last that carry readings;
    `as_of` is the newest moment in the feed; `definition_hash` says under which definitions the
    readings were made. `looked_at` is when the feed was last asked, `seen` a mark of what was
    found: where it is the same again, nothing has changed. `slices` are those of which there is
    more to say than of the whole feed.
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
    slices: tuple[SliceState, ...] = ()


def record_contract(
    conn: Connection, *, feed: str, version: str, sha256: str, document: str, at: datetime
) -> None:
    """Keep the text of a contract the first time there is one; a run names it by its hash."""
    row = {"feed": feed, "version": version, "sha256": sha256, "document": document, "seen_at": at}
    upsert(conn, contract, [row], keep=("version", "document", "seen_at"))
    if document:
        mine = (contract.c.feed == feed, contract.c.sha256 == sha256, contract.c.document == "")
        conn.execute(contract.update().where(*mine).values(document=document))


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


def newest_run(conn: Connection) -> int:
    """The number of the newest run of any feed, 0 before the first."""
    return int(conn.execute(select(func.coalesce(func.max(run.c.id), 0))).scalar_one())


def read_run(conn: Connection, run_id: int) -> RunRow:
    """One run; there must be one of that number."""
    return _run(conn.execute(select(run).where(run.c.id == run_id)).one())


def find_run(conn: Connection, run_id: int, *, feed: str) -> RunRow | None:
    """One run of a feed; None where it has none of that number."""
    chosen = select(run).where(run.c.id == run_id, run.c.feed == feed)
    row = conn.execute(chosen).one_or_none()
    return None if row is None else _run(row)


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
    told = {"reasons": list(state.reasons), "slices": [_plain(each) for each in state.slices]}
    upsert(conn, feed_state, [asdict(state) | told])


def _run(row: Row[tuple[object, ...]]) -> RunRow:
    values = dict(row._mapping)
    verdict, reasons = RunVerdict(values["verdict"]), tuple(values["reasons"])
    return RunRow(**values | {"verdict": verdict, "reasons": reasons})


def _feed_state(row: Row[tuple[object, ...]]) -> FeedState:
    values = dict(row._mapping)
    verdict, reasons = RunVerdict(values["verdict"]), tuple(values["reasons"])
    slices = tuple(_slice(each) for each in values["slices"])
    return FeedState(**values | {"verdict": verdict, "reasons": reasons, "slices": slices})


def _plain(state: SliceState) -> dict[str, Any]:
    """A slice as JSON can hold it."""
    values = asdict(state)
    for name in ("as_of", "since", "waived_until"):
        values[name] = values[name].isoformat() if values[name] else None
    for name in ("held", "missing", "waived"):
        values[name] = [day.isoformat() for day in values[name]]
    values["rules"] = [[rule, day.isoformat()] for rule, day in state.rules]
    return values


def _slice(told: Mapping[str, Any]) -> SliceState:
    until = told["waived_until"]
    return SliceState(
        touchpoint=told["touchpoint"],
        metric=told["metric"],
        as_of=_moment(told["as_of"]),
        since=_moment(told["since"]),
        held=tuple(date.fromisoformat(day) for day in told["held"]),
        missing=tuple(date.fromisoformat(day) for day in told["missing"]),
        reasons=tuple(told["reasons"]),
        warnings=tuple(told["warnings"]),
        waived_until=date.fromisoformat(until) if until else None,
        waived=tuple(date.fromisoformat(day) for day in told["waived"]),
        rules=tuple((rule, date.fromisoformat(day)) for rule, day in told.get("rules", ())),
    )


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _rule_result(row: Row[tuple[object, ...]]) -> RuleResult:
    values = {name: value for name, value in row._mapping.items() if name != "run_id"}
    values["severity"] = Severity(values["severity"])
    values["dimension"] = Dimension(values["dimension"])
    values["state"] = State(values["state"])
    return RuleResult(**values)
