"""What competitors publish: submissions, their rows, and the acts that make rows count or not.

Nothing is ever changed or thrown away: a later submission outweighs an earlier one, a withdrawn
one weighs nothing, and `benchmark_current` is what follows from that.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Connection, Row, Select, delete, func, insert, literal, select

from callboard.errors import CallboardError
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
    submission,
    submission_finding,
)
from callboard.storage.publications import PublicationKind, add_publication
from data_contracts.model import Finding, Reason, RowVerdict

__all__ = [
    "NATURAL_KEY",
    "BenchmarkRow",
    "KeptFinding",
    "Submission",
    "SubmissionState",
    "add_submission",
    "find_by_sha",
    "publish_submission",
    "read_content",
    "read_current",
    "read_findings",
    "read_staged",
    "read_submissions",
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
        told = [asdict(each.finding) | {"raw": each.raw} for each in findings]
        conn.execute(
            submission_finding.insert(), [{**each, "submission_id": number} for each in told]
        )
    return number


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
        if other.state is SubmissionState.PUBLISHED:
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


def find_by_sha(conn: Connection, sha256: str) -> tuple[Submission, ...]:
    """Every submission of the same content, oldest first."""
    chosen = _submissions().where(submission.c.sha256 == sha256).order_by(submission.c.id)
    return tuple(_submission(row) for row in conn.execute(chosen))


def read_submissions(conn: Connection, *, limit: int = 200) -> tuple[Submission, ...]:
    """The submissions, newest first."""
    chosen = _submissions().order_by(submission.c.id.desc()).limit(limit)
    return tuple(_submission(row) for row in conn.execute(chosen))


def read_withdrawals(conn: Connection) -> dict[int, tuple[str, str]]:
    """Who last withdrew a submission, and the note left with that, by submission."""
    act = benchmark_act.c
    chosen = select(act.submission_id, act.actor, act.note)
    withdrawn = chosen.where(act.act == PublicationKind.WITHDRAW.value).order_by(act.publication)
    return {number: (actor, note) for number, actor, note in conn.execute(withdrawn)}


def read_submission(conn: Connection, submission_id: int) -> Submission:
    """One submission as it stands now. CallboardError for one that is not there."""
    row = conn.execute(_submissions().where(submission.c.id == submission_id)).one_or_none()
    if row is None:
        raise CallboardError(f"There is no submission {submission_id}.")
    return _submission(row)


def read_content(conn: Connection, submission_id: int) -> bytes:
    """The file exactly as it was handed in. CallboardError for a submission that is not there."""
    read_submission(conn, submission_id)
    chosen = select(submission.c.content).where(submission.c.id == submission_id)
    return bytes(conn.execute(chosen).scalar_one())


def read_findings(conn: Connection, submission_id: int) -> tuple[KeptFinding, ...]:
    """What was wrong with a submission's rows, in the order it was found."""
    table = submission_finding
    chosen = select(table).where(table.c.submission_id == submission_id).order_by(table.c.id)
    return tuple(_finding(row) for row in conn.execute(chosen))


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
    _decide_again(conn, of.id, number)
    return number


def _decide_again(conn: Connection, submission_id: int, number: int) -> None:
    """Let the latest published submission speak for every key that this one speaks of."""
    keys = select(benchmark.c.natural_key).where(benchmark.c.submission_id == submission_id)
    conn.execute(delete(benchmark_current).where(benchmark_current.c.natural_key.in_(keys)))
    rank = func.row_number().over(
        partition_by=benchmark.c.natural_key, order_by=submission.c.publication.desc()
    )
    ranked = (
        select(benchmark.c.natural_key, benchmark.c.id, rank.label("rank"))
        .join(submission, submission.c.id == benchmark.c.submission_id)
        .where(submission.c.state == SubmissionState.PUBLISHED, benchmark.c.natural_key.in_(keys))
        .subquery()
    )
    latest = select(ranked.c.natural_key, ranked.c.id, literal(number)).where(ranked.c.rank == 1)
    conn.execute(
        insert(benchmark_current).from_select(
            ["natural_key", "benchmark_id", "publication"], latest
        )
    )


def _submissions() -> Select[tuple[object, ...]]:
    return select(*(submission.c[each.name] for each in fields(Submission)))


def _submission(row: Row[tuple[object, ...]]) -> Submission:
    values = dict(row._mapping)
    return Submission(**values | {"state": SubmissionState(values["state"])})


def _benchmark(row: Row[tuple[object, ...]]) -> BenchmarkRow:
    values = {name: value for name, value in row._mapping.items() if name != "natural_key"}
    return BenchmarkRow(**values | {"base": values["base"] or ""})


def _values(row: BenchmarkRow, submission_id: int) -> dict[str, object]:
    values = {each.name: getattr(row, each.name) for each in fields(row) if each.name != "id"}
    return values | {"submission_id": submission_id, "natural_key": row.natural_key}


def _finding(row: Row[tuple[object, ...]]) -> KeptFinding:
    values = {each.name: row._mapping[each.name] for each in fields(Finding)}
    values["reason"], values["verdict"] = Reason(values["reason"]), RowVerdict(values["verdict"])
    return KeptFinding(finding=Finding(**values), raw=row._mapping["raw"])
