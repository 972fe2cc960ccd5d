"""What was handed in, and what became of it: submissions, their findings, files and details."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, fields

from sqlalchemy import Column, Connection, Row, Select, func, select

from callboard.errors import CallboardError
from callboard.storage.benchmark_rows import (
    KeptFinding,
    Submission,
    SubmissionDetail,
    SubmissionState,
)
from callboard.storage.benchmark_tables import (
    benchmark_act,
    benchmark_removal,
    returned_row,
    submission,
    submission_detail,
    submission_finding,
)
from callboard.storage.publications import PublicationKind
from data_contracts.findings import Finding, Reason, RowVerdict

_COUNTED = frozenset({"removed", "returned", "came_back"})


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


def add_detail(conn: Connection, submission_id: int, detail: SubmissionDetail) -> None:
    """Keep how a submission was published; once for each."""
    told = {name: value for name, value in asdict(detail).items() if name not in _COUNTED}
    told["publishers"] = json.dumps(detail.publishers, ensure_ascii=False)
    conn.execute(submission_detail.insert().values(submission_id=submission_id, **told))


def read_details(conn: Connection, numbers: Collection[int]) -> dict[int, SubmissionDetail]:
    """How submissions were published, by number; older ones were before it was kept."""
    table = submission_detail
    chosen = select(table).where(table.c.submission_id.in_(sorted(numbers)))
    removed = _count(conn, benchmark_removal.c.submission_id, numbers)
    returned = _count(conn, returned_row.c.submission_id, numbers)
    came_back = _count(conn, returned_row.c.finding_submission_id, numbers)
    found = {}
    for row in conn.execute(chosen):
        told = dict(row._mapping)
        number = told.pop("submission_id")
        found[number] = SubmissionDetail(
            **told | {"publishers": tuple(json.loads(told["publishers"]))},
            removed=removed.get(number, 0),
            returned=returned.get(number, 0),
            came_back=came_back.get(number, 0),
        )
    return found


def _count(conn: Connection, owner: Column[int], numbers: Collection[int]) -> dict[int, int]:
    counted = select(owner, func.count()).where(owner.in_(sorted(numbers))).group_by(owner)
    return {row[0]: row[1] for row in conn.execute(counted)}


def find_rejected(conn: Connection, hashes: Collection[str]) -> dict[str, int]:
    """The newest submission in which each row was rejected, by the hash of the row."""
    finding = submission_finding.c
    wanted, found = sorted(hashes), dict[str, int]()
    for start in range(0, len(wanted), _MOST_AT_ONCE):
        some = wanted[start : start + _MOST_AT_ONCE]
        chosen = (
            select(finding.raw_hash, func.max(finding.submission_id))
            .where(finding.raw_hash.in_(some))
            .group_by(finding.raw_hash)
        )
        found |= {row[0]: row[1] for row in conn.execute(chosen)}
    return found


def add_returned(conn: Connection, submission_id: int, returned: Mapping[str, int]) -> None:
    """Keep that rejected rows of earlier submissions came back in this one."""
    rows = [
        {"submission_id": submission_id, "finding_submission_id": number, "raw_hash": raw}
        for raw, number in returned.items()
    ]
    if rows:
        conn.execute(returned_row.insert(), rows)


_MOST_AT_ONCE = 500


def _submissions() -> Select[tuple[object, ...]]:
    return select(*(submission.c[each.name] for each in fields(Submission)))


def _submission(row: Row[tuple[object, ...]]) -> Submission:
    values = dict(row._mapping)
    return Submission(**values | {"state": SubmissionState(values["state"])})


def _finding(row: Row[tuple[object, ...]]) -> KeptFinding:
    values = {each.name: row._mapping[each.name] for each in fields(Finding)}
    values["reason"], values["verdict"] = Reason(values["reason"]), RowVerdict(values["verdict"])
    return KeptFinding(finding=Finding(**values), raw=row._mapping["raw"])
