"""What competitors publish: submissions, their rows, and the acts that make rows count or not.

Nothing is ever changed or thrown away: a later submission outweighs an earlier one, a withdrawn
one weighs nothing, and `benchmark_current` is what follows from that. A submission may also take
away what its publisher said before.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    Connection,
    Row,
    func,
    select,
)

from callboard.errors import CallboardError
from callboard.storage.benchmark_columns import SAYS, hash_keys
from callboard.storage.benchmark_rows import (
    NATURAL_KEY,
    BenchmarkRow,
    KeptFinding,
    Submission,
    SubmissionState,
)
from callboard.storage.benchmark_tables import (
    benchmark,
    benchmark_act,
    benchmark_current,
    benchmark_removal,
    submission,
    submission_finding,
)
from callboard.storage.deciding import decide_again, keys_of, let_the_newest_speak
from callboard.storage.filling import fill_table
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.submissions import (
    find_by_sha,
    read_content,
    read_findings,
    read_submission,
    read_submissions,
    read_withdrawals,
)

__all__ = [
    "NATURAL_KEY",
    "BenchmarkRow",
    "KeptFinding",
    "Submission",
    "SubmissionState",
    "add_removals",
    "add_rows",
    "add_submission",
    "find_by_sha",
    "latest_act",
    "publish_submission",
    "read_content",
    "read_current",
    "read_findings",
    "read_published_metrics",
    "read_rows",
    "read_staged",
    "read_submission",
    "read_submissions",
    "read_touched",
    "read_withdrawals",
    "withdraw_submission",
]


def add_submission(
    conn: Connection,
    new: Submission,
    *,
    content: bytes,
    rows: Sequence[BenchmarkRow] = (),
    findings: Sequence[KeptFinding] = (),
) -> int:
    """Keep a file, its accepted rows and its findings; none count yet. Returns its id."""
    values = asdict(new) | {"content": content}
    del values["id"]
    added = submission.insert().values(**values).returning(submission.c.id)
    number = int(conn.execute(added).scalar_one())
    if rows:
        conn.execute(benchmark.insert(), [_values(row, number) for row in rows])
    if findings:
        fill_table(conn, submission_finding, _findings(findings, number))
    return number


def _findings(findings: Sequence[KeptFinding], submission_id: int) -> "pa.Table":
    names = tuple(asdict(findings[0].finding))
    told = {name: [getattr(each.finding, name) for each in findings] for name in names}
    told |= {name: [getattr(each, name) for each in findings] for name in ("raw", "raw_hash")}
    return pa.table({**told, "submission_id": [submission_id] * len(findings)})


def add_rows(conn: Connection, submission_id: int, rows: "pa.Table") -> None:
    """Keep the accepted rows of a file, as `with_keys` makes them."""
    owner = pa.array([submission_id], type=pa.int64()).take(pa.array([0] * rows.num_rows))
    ours = rows.select((*SAYS, "row", "natural_key")).append_column("submission_id", owner)
    fill_table(conn, benchmark, ours)


def add_removals(conn: Connection, submission_id: int, gone: "pa.Table") -> None:
    """Keep which rows that count now a submission takes away: their `id` and the text `key`."""
    keys = pa.array(hash_keys(gone["key"]), type=pa.string())
    owner = pa.array([submission_id] * gone.num_rows, type=pa.int64())
    rows = {"submission_id": owner, "natural_key": keys, "benchmark_id": gone["id"]}
    fill_table(conn, benchmark_removal, pa.table(rows))


def publish_submission(
    conn: Connection, submission_id: int, *, actor_id: str, at: datetime, note: str = ""
) -> int:
    """Make a staged submission count, or a withdrawn one again; return the publication number.

    CallboardError where the same content counts already, or the file was refused.
    """
    found = read_submission(conn, submission_id)
    if found.state is SubmissionState.REFUSED:
        raise CallboardError(
            f"Submission {submission_id} was refused; there is nothing to publish."
        )
    for other in find_by_sha(conn, found.sha256):
        is_alike = other.answers_sha == found.answers_sha
        if is_alike and other.state is SubmissionState.PUBLISHED:
            raise CallboardError(
                f"The same content is published already, as submission {other.id} "
                f"on {other.at:%d %B %Y}. Nothing was changed."
            )
    is_back = found.state is SubmissionState.WITHDRAWN
    kind = PublicationKind.RESTORE if is_back else PublicationKind.BENCHMARK
    return _act(conn, found, kind, actor_id=actor_id, at=at, note=note)


def withdraw_submission(
    conn: Connection, submission_id: int, *, actor_id: str, at: datetime, note: str = ""
) -> int:
    """Make a published submission count no more, so that earlier ones say again what they said.

    Returns the publication number. CallboardError for one that is not published.
    """
    found = read_submission(conn, submission_id)
    if found.state is not SubmissionState.PUBLISHED:
        raise CallboardError(
            f"Submission {submission_id} is {found.state.value}; only a published one is withdrawn."
        )
    return _act(conn, found, PublicationKind.WITHDRAW, actor_id=actor_id, at=at, note=note)


def read_staged(conn: Connection, submission_id: int) -> tuple[BenchmarkRow, ...]:
    """The accepted rows of one submission, in the order of the file, whether they count or not."""
    chosen = select(benchmark).where(benchmark.c.submission_id == submission_id)
    return tuple(_benchmark(row) for row in conn.execute(chosen.order_by(benchmark.c.row)))


def read_current(
    conn: Connection, *, metrics: Collection[str] | None = None
) -> tuple[BenchmarkRow, ...]:
    """The rows that count now, of some metrics or of all, by metric, entity and end of period."""
    counting = select(benchmark).join(
        benchmark_current, benchmark_current.c.benchmark_id == benchmark.c.id
    )
    if metrics is not None:
        counting = counting.where(benchmark.c.metric.in_(list(metrics)))
    order = (benchmark.c.metric, benchmark.c.entity, benchmark.c.period_end, benchmark.c.id)
    return tuple(_benchmark(row) for row in conn.execute(counting.order_by(*order)))


def read_published_metrics(conn: Connection) -> set[str]:
    """The codes of the metrics of which a value counts now."""
    counting = benchmark.join(benchmark_current, benchmark_current.c.benchmark_id == benchmark.c.id)
    return set(conn.scalars(select(benchmark.c.metric).distinct().select_from(counting)))


def read_published_entities(conn: Connection) -> tuple[tuple[str, str, str, date], ...]:
    """Each entity, its type and touchpoint of which a value counts now, with its latest day."""
    told = (benchmark.c.entity, benchmark.c.entity_type, benchmark.c.touchpoint)
    counting = benchmark.join(benchmark_current, benchmark_current.c.benchmark_id == benchmark.c.id)
    chosen = select(*told, func.max(benchmark.c.period_end)).select_from(counting).group_by(*told)
    return tuple((row[0], row[1], row[2], row[3]) for row in conn.execute(chosen))


def read_rows(conn: Connection, ids: Collection[int]) -> dict[int, BenchmarkRow]:
    """Some rows by their ids, whether they count or not."""
    chosen = select(benchmark).where(benchmark.c.id.in_(sorted(ids)))
    return {row.id: _benchmark(row) for row in conn.execute(chosen)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What acts did since a publication: the natural keys they speak of, and who acted."""

    keys: frozenset[str]
    actors: tuple[str, ...]


def latest_act(conn: Connection) -> int:
    """The publication that last changed which rows count, 0 where none did."""
    newest = select(func.coalesce(func.max(benchmark_act.c.publication), 0))
    return int(conn.execute(newest).scalar_one())


def read_touched(conn: Connection, *, since: int) -> Touched:
    """What was published, withdrawn or brought back after publication `since`."""
    acts = select(benchmark_act.c.submission_id, benchmark_act.c.actor).where(
        benchmark_act.c.publication > since
    )
    found = conn.execute(acts.order_by(benchmark_act.c.publication)).all()
    keys: set[str] = set()
    for number in {row.submission_id for row in found}:
        keys.update(conn.scalars(select(keys_of(number).c.natural_key)))
    return Touched(
        keys=frozenset(keys), actors=tuple(dict.fromkeys(str(row.actor) for row in found))
    )


_STATE_AFTER = {
    PublicationKind.BENCHMARK: SubmissionState.PUBLISHED,
    PublicationKind.RESTORE: SubmissionState.PUBLISHED,
    PublicationKind.WITHDRAW: SubmissionState.WITHDRAWN,
}


def _act(
    conn: Connection,
    of: Submission,
    kind: PublicationKind,
    *,
    actor_id: str,
    at: datetime,
    note: str,
) -> int:
    said = note or f"{kind.value} {of.file_name}"
    number = add_publication(conn, kind=kind, actor_id=actor_id, note=said, at=at)
    act = {"submission_id": of.id, "actor": actor_id, "at": at, "note": note}
    conn.execute(benchmark_act.insert().values(publication=number, act=kind.value, **act))
    state = {"state": _STATE_AFTER[kind].value, "publication": of.publication or number}
    conn.execute(submission.update().where(submission.c.id == of.id).values(**state))
    if kind is PublicationKind.BENCHMARK:
        let_the_newest_speak(conn, of.id, number)
    else:
        decide_again(conn, of.id, number)
    return number


_NAMES = tuple(column.name for column in benchmark.c)


def _benchmark(row: Row[tuple[object, ...]]) -> BenchmarkRow:
    """A whole row of the table."""
    values: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
    del values["natural_key"]
    values["base"] = values["base"] or ""
    return BenchmarkRow(**values)


def _values(row: BenchmarkRow, submission_id: int) -> dict[str, object]:
    values = {each.name: getattr(row, each.name) for each in fields(row) if each.name != "id"}
    return values | {"submission_id": submission_id, "natural_key": row.natural_key}
