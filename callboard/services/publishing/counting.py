"""What counts now, as files are judged and compared by: read once for each act of publishing.

A person looks at a file again and again before it is published, and what it is held against stays
the same meanwhile.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pyarrow as pa

from callboard.storage.benchmark_columns import read_current_columns, read_levels, read_spellings
from callboard.storage.benchmarks import latest_act
from callboard.storage.engine import Connection, Engine
from metrics.model import Unit

Answer = TypeVar("Answer")
_SPELLED = ("entity", "region", "industry", "segment", "source_name")
_MOST_KEPT = 8
_LONGEST = 250_000  # rows; more of them are read anew, for they would stand in memory for nobody


@dataclass(slots=True)
class _Kept:
    """What was read of a store after one act, the latest answer last."""

    act: int
    answers: dict[Hashable, Any] = field(default_factory=dict)


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_lock = Lock()


def spellings_now(connection: Connection) -> Mapping[str, Collection[str]]:
    """Return the words that count now, by column."""
    return _once(connection, "spellings", lambda: read_spellings(connection, _SPELLED))


def levels_now(connection: Connection) -> Mapping[str, float]:
    """Return the lowest percentage that counts now of each metric."""
    unit = Unit.PERCENT.value
    return _once(connection, "levels", lambda: read_levels(connection, unit=unit))


def columns_now(connection: Connection, *, metrics: Collection[str] | None = None) -> "pa.Table":
    """Return what counts now of some metrics, or of all, as columns."""
    question = ("columns", None if metrics is None else frozenset(metrics))
    return _once(connection, question, lambda: read_current_columns(connection, metrics=metrics))


def _once(connection: Connection, question: Hashable, read: Callable[[], Answer]) -> Answer:
    """What was read already after the act that this snapshot sees as the latest, else read now."""
    act, engine = latest_act(connection), connection.engine
    with _lock:
        kept = _kept.get(engine)
        if kept is not None and kept.act == act and question in kept.answers:
            kept.answers[question] = kept.answers.pop(question)
            return kept.answers[question]  # type: ignore[no-any-return]
    answer = read()
    if isinstance(answer, pa.Table) and answer.num_rows > _LONGEST:
        return answer
    with _lock:
        kept = _kept.get(engine)
        if kept is None or kept.act < act:
            kept = _kept[engine] = _Kept(act)
        if kept.act == act:
            kept.answers[question] = answer
            for oldest in list(kept.answers)[:-_MOST_KEPT]:
                del kept.answers[oldest]
    return answer
