"""Where benchmarks came from: the submission of each, and what it said before it was restated."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from callboard.storage.benchmark_rows import SubmissionState
from callboard.storage.benchmark_tables import benchmark, benchmark_current, submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The submission a benchmark came with: who handed it in, when, as which file."""

    actor: str
    at: datetime
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a benchmark that counts now was before, in the unit it came in then."""

    value: float
    unit: str
    per: float | None


def read_origins(conn: Connection, submissions: Collection[int]) -> dict[int, Origin]:
    """Return where benchmarks came from, by the number of their submission."""
    columns = (submission.c.actor, submission.c.at, submission.c.file_name, submission.c.sha256)
    chosen = select(submission.c.id, *columns).where(submission.c.id.in_(sorted(submissions)))
    return {
        number: Origin(actor=actor, at=at, file_name=name, sha256=sha256)
        for number, actor, at, name, sha256 in conn.execute(chosen)
    }


def read_restated(conn: Connection, *, metrics: Collection[str]) -> dict[int, Before]:
    """Return what benchmarks that count now were before, by their id; only what was another value.

    What was withdrawn was never restated.
    """
    now, old = benchmark.alias("now"), benchmark.alias("old")
    chosen = (
        select(now.c.id, now.c.value, now.c.unit, now.c.per, old.c.value, old.c.unit, old.c.per)
        .join(benchmark_current, benchmark_current.c.benchmark_id == now.c.id)
        .join(old, old.c.natural_key == now.c.natural_key)
        .join(submission, submission.c.id == old.c.submission_id)
        .where(
            now.c.metric.in_(sorted(metrics)),
            old.c.id != now.c.id,
            submission.c.state == SubmissionState.PUBLISHED,
        )
        .order_by(submission.c.publication)
    )
    found: dict[int, Before] = {}
    for number, value, unit, per, *before in conn.execute(chosen):
        found.pop(number, None)
        if [value, unit, per] != before:
            found[number] = Before(value=before[0], unit=before[1], per=before[2])
    return found
