"""Which of a file's values will be listed without being compared, and why."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from callboard.figures import format_count
from callboard.services.comparing.comparability import is_ourselves, judge_benchmark, plain_name
from callboard.services.comparing.grading import bearing_of
from callboard.services.defining.definitions import Definitions
from callboard.services.publishing.columns import Codes, distinct, rows_at
from callboard.workspace import Workspace

_MOST_NAMED = 3
_NO_PEER = "not in our peer set"
# What a judgement rests on, beside who it is; rows alike in these are judged once.
_BEARING = "bearing"
_PASSPORT = (
    *("metric", "entity_type", "statistic", "unit", "per", _BEARING, "definition_version"),
    *("clock", "method", "segment", "region", "industry", "population", "touchpoint"),
    "sample_unit",
)
_PERIOD = ("metric", "period_start", "period_end")
Flags = NDArray[np.bool_]


def say_what_is_not_compared(
    rows: "pa.Table", definitions: Definitions, *, today: date
) -> tuple[str, ...]:
    """Say of competitors' values how many will be listed only, by the reason."""
    if not rows.num_rows:
        return ()
    whys = _Whys()
    reasons = _reasons_of_passports(rows, definitions, whys, today=today)
    entities = rows["entity"].combine_chunks().dictionary_encode()
    who, names = np.asarray(entities.indices), entities.dictionary.to_pylist()
    is_us, is_peer = _who_they_are(names, definitions.workspace)
    is_us, is_peer = is_us[who], is_peer[who]
    # What does not compare is told before who it is, and that before how old it is.
    reasons[~is_peer & (reasons >= 0) & ~whys.is_first(reasons)] = whys.number(_NO_PEER)
    reasons[is_us] = _NOBODY
    told = []
    for number, why in enumerate(whys.words):
        places = np.flatnonzero(reasons == number)
        if why and places.size:
            told.append((-places.size, int(places[0]), _sentence(why, who[places], names)))
    return tuple(sentence for _, _, sentence in sorted(told))


def _who_they_are(names: list[str], workspace: Workspace) -> tuple[Flags, Flags]:
    """Whether each name is ours, and whether it is a peer's; names that read alike are one."""
    us = workspace.ourselves
    ours = {plain_name(name) for name in (us.name, *us.aliases)}
    peers = {plain_name(name) for each in workspace.peer_sets for name in each.entities}
    plain = [plain_name(name) for name in names]
    return (
        np.array([each in ours for each in plain]),
        np.array([not peers or each in peers for each in plain]),
    )


_NOBODY, _FAIR = -1, 0


class _Whys:
    """The reasons by number: `_FAIR` is none, `_NOBODY` is no competitor at all."""

    def __init__(self) -> None:
        self.words = [""]
        self._ages: set[int] = set()

    def number(self, why: str, *, is_age: bool = False) -> int:
        if why not in self.words:
            self.words.append(why)
        number = self.words.index(why)
        self._ages |= {number} if is_age else set()
        return number

    def is_first(self, numbers: Codes) -> NDArray[np.bool_]:
        """Whether each is a reason that goes before any other."""
        return ~np.isin(numbers, [_FAIR, *self._ages])


def _reasons_of_passports(
    rows: "pa.Table", definitions: Definitions, whys: _Whys, *, today: date
) -> Codes:
    """The number of each row's reason as if a peer had published it."""
    bearings = _bearings(rows, definitions, today=today)
    codes, first = distinct(rows.append_column(_BEARING, pa.array(bearings)), _PASSPORT)
    names = [name for each in definitions.workspace.peer_sets for name in each.entities]
    peer = next((name for name in names if not is_ourselves(name, definitions.workspace)), "")
    chosen = rows.take(pa.array(first)).drop_columns("entity")
    chosen = chosen.append_column("entity", pa.array([peer] * len(first)))
    found = []
    for row in rows_at(chosen, list(range(len(first)))):
        judged = judge_benchmark(row, definitions, today=today)
        months = judged.metric.benchmark_max_age
        if not judged.is_competitor:
            found.append(_NOBODY)
        elif judged.note or judged.is_stale:
            why = judged.note or f"older than {months} months"
            found.append(whys.number(why, is_age=not judged.note))
        else:
            found.append(_FAIR)
    return np.array(found, dtype=np.int64)[codes]


def _bearings(rows: "pa.Table", definitions: Definitions, *, today: date) -> Codes:
    """A number for each row, shared by those of a metric whose periods are graded alike."""
    codes, first = distinct(rows, _PERIOD)
    numbers: dict[object, int] = {}
    found = []
    for each in rows.select(_PERIOD).take(pa.array(first)).to_pylist():
        metric, start, end = (each[name] for name in _PERIOD)
        bearing = bearing_of(definitions.metrics[metric], start, end, today=today)
        found.append(numbers.setdefault((metric, bearing), len(numbers)))
    return np.array(found, dtype=np.int64)[codes]


def _sentence(why: str, who: Codes, names: list[str]) -> str:
    count, distinct = len(who), pd.unique(who)
    more = len(distinct) - _MOST_NAMED
    told = ", ".join(names[each] for each in distinct[:_MOST_NAMED])
    whom = f"{told} and {format_count(more)} more" if more > 0 else told
    is_or_are = "is" if count == 1 else "are"
    return f"{format_count(count)} {is_or_are} listed but not compared: {why} ({whom})."
