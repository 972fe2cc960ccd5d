"""Which benchmark rows count: of what was said under a key, or taken away, the latest published."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Select, Subquery, delete, literal, null, select, union
from sqlalchemy.dialects import postgresql, sqlite

from callboard.storage.benchmark_rows import SubmissionState
from callboard.storage.benchmark_tables import (
    benchmark,
    benchmark_current,
    benchmark_removal,
    submission,
)
from callboard.storage.filling import fill_table

_COUNTS = ("natural_key", "benchmark_id", "publication")
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def let_the_newest_speak(conn: Connection, submission_id: int, number: int) -> None:
    """What was never published before outweighs all there is: nothing needs to be compared."""
    gone = select(benchmark_removal.c.natural_key).where(
        benchmark_removal.c.submission_id == submission_id
    )
    conn.execute(delete(benchmark_current).where(benchmark_current.c.natural_key.in_(gone)))
    said = select(benchmark.c.natural_key, benchmark.c.id, literal(number)).where(
        benchmark.c.submission_id == submission_id
    )
    new: Any = _INSERT[conn.dialect.name](benchmark_current).from_select(
        _COUNTS, said.order_by(benchmark.c.natural_key)
    )
    changed = {name: new.excluded[name] for name in _COUNTS[1:]}
    conn.execute(new.on_conflict_do_update(index_elements=_COUNTS[:1], set_=changed))


def decide_again(conn: Connection, submission_id: int, number: int) -> None:
    """Let the latest published submission speak for every key that this one speaks of.

    Which submissions count is read once: their rows hold whole files, and are slow to pass by.
    """
    touched = select(keys_of(submission_id).c.natural_key)
    conn.execute(delete(benchmark_current).where(benchmark_current.c.natural_key.in_(touched)))
    counting = _publications(conn)
    latest: dict[str, tuple[int, int | None]] = {}
    for key, row, owner in _sayings(conn, touched):
        publication = counting.get(owner, 0)
        if publication > latest.get(key, (0, None))[0]:
            latest[key] = publication, row
    holds = sorted((key, row) for key, (_, row) in latest.items() if row is not None)
    keys, rows = zip(*holds, strict=True) if holds else ((), ())
    told = {"natural_key": pa.array(keys, type=pa.string()), "benchmark_id": list(rows)}
    fill_table(conn, benchmark_current, pa.table(told | {"publication": [number] * len(rows)}))


def _publications(conn: Connection) -> dict[int, int]:
    """The publication of each submission that counts."""
    counts = submission.c.state == SubmissionState.PUBLISHED.value
    chosen = select(submission.c.id, submission.c.publication).where(counts)
    return {row.id: row.publication for row in conn.execute(chosen)}


def _sayings(conn: Connection, keys: Select[tuple[str]]) -> Iterator[tuple[str, int | None, int]]:
    """Every row that was ever said of some keys, and None where one was taken away, by whom."""
    for table, row in ((benchmark, benchmark.c.id), (benchmark_removal, null())):
        chosen = select(table.c.natural_key, row, table.c.submission_id)
        cursor: Any = conn.execute(chosen.where(table.c.natural_key.in_(keys))).cursor
        yield from iter(cursor.fetchone, None)


def keys_of(submission_id: int) -> Subquery:
    """The keys that a submission speaks of, by what it says or by what it takes away."""
    tables = (benchmark, benchmark_removal)
    return union(
        *(
            select(each.c.natural_key).where(each.c.submission_id == submission_id)
            for each in tables
        )
    ).subquery("keys")
