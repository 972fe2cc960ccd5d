"""What publishing a file would do to what counts now: adds, changes, leaves, removes, restates."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from callboard.services.naming.renaming import NAMED
from callboard.services.publishing.asking import Mode
from callboard.services.publishing.jumps import Jump, find_jumps
from callboard.storage.benchmark_columns import NUMBERS, digest_of, join_columns, with_sayings
from metrics.model import Metric

Positions = NDArray[np.int64]
_EDITION = "source_name"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Diff:
    """A file against publication `base`. `rows` are the file's, `current` what counts now.

    `adds`, `changes` and `leaves` are positions in `rows`, `removes` in `current`; `before` says
    for each row where in `current` its key stands, -1 for nowhere. `restated` pairs a row with the
    row of `current` that says otherwise in the publisher's earlier edition, or under the same key;
    both versions are kept.
    """

    rows: "pa.Table"
    current: "pa.Table"
    adds: Positions
    changes: Positions
    leaves: Positions
    removes: Positions
    before: Positions
    restated: tuple[tuple[int, int], ...]
    jumps: tuple[Jump, ...]
    base: int

    @property
    def digest(self) -> str:
        """A hash of what the rows say, whatever their order."""
        return digest_of(with_sayings(self.rows))

    @property
    def changes_nothing(self) -> bool:
        """Whether what counts now says all this already, and nothing goes."""
        return not (self.adds.size or self.changes.size or self.removes.size)

    @property
    def counts(self) -> dict[str, int]:
        """How many values it adds, changes, leaves and removes."""
        return {
            "add": int(self.adds.size),
            "change": int(self.changes.size),
            "leave": int(self.leaves.size),
            "remove": int(self.removes.size),
        }


def compare(
    rows: "pa.Table",
    current: "pa.Table",
    *,
    mode: Mode,
    metrics: dict[str, Metric],
    touchpoints: Collection[str],
    base: int,
) -> Diff:
    """Hold a file's rows against what counts now, by the names that count now (`with_names`).

    Values of other touchpoints than those given, and of metrics that are not on, are not removed.
    """
    before = np.full(rows.num_rows, -1, dtype=np.int64)
    alike = np.zeros(rows.num_rows, dtype=np.bool_)
    if current.num_rows and rows.num_rows:
        rows = with_sayings(rows)
        before = _find(rows["key"], current[NAMED])
        known = np.flatnonzero(before >= 0)
        alike[known] = _say_the_same(rows.take(known), current.take(before[known]))
    changes = np.flatnonzero((before >= 0) & ~alike)
    adds = np.flatnonzero(before < 0)
    removes = np.zeros(0, dtype=np.int64)
    if mode is Mode.PUBLISHER:
        removes = _gone(rows, current, before, metrics=metrics, touchpoints=touchpoints)
    return Diff(
        rows=rows,
        current=current,
        adds=adds,
        changes=changes,
        leaves=np.flatnonzero(alike),
        removes=removes,
        before=before,
        restated=(*_editions(rows, current, adds), *_restated(rows, current, before, changes)),
        jumps=find_jumps(rows, current, metrics),
        base=base,
    )


def are_published(rows: "pa.Table", current: "pa.Table") -> NDArray[np.bool_]:
    """Whether each row's number counts now just so, by the names that count now."""
    rows = with_sayings(rows)
    before = _find(rows["key"], current[NAMED])
    found = before >= 0
    known = np.flatnonzero(found)
    new, old = rows.take(known), current.take(before[known])
    same = np.asarray(pc.equal(new["unit"], old["unit"]).to_numpy(), dtype=np.bool_)
    for name in ("value", "per"):
        one, other = _floats(new[name]), _floats(old[name])
        same &= (one == other) | (np.isnan(one) & np.isnan(other))
    found[known] = same
    return np.asarray(found, dtype=np.bool_)


def _find(keys: "pa.ChunkedArray", among: "pa.ChunkedArray") -> Positions:
    """Where each key stands among others, -1 for nowhere."""
    found = pc.fill_null(pc.index_in(keys, value_set=among.combine_chunks()), -1)
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _say_the_same(new: "pa.Table", old: "pa.Table") -> NDArray[np.bool_]:
    same = np.asarray(pc.equal(new["rest"], old["rest"]).to_numpy(), dtype=np.bool_)
    for name in NUMBERS:
        one, other = (_floats(side[name]) for side in (new, old))
        same &= (one == other) | (np.isnan(one) & np.isnan(other))
    return same


def _floats(column: "pa.ChunkedArray") -> NDArray[np.float64]:
    filled = pc.fill_null(column.cast(pa.float64()), float("nan"))
    return np.asarray(filled.to_numpy(), dtype=np.float64)


def publishers_of(rows: "pa.Table") -> "pa.ChunkedArray":
    """Who published each row: the publisher it names, else its source."""
    is_named = pc.not_equal(rows["publisher"], "")
    return pc.if_else(is_named, rows["publisher"], rows["source_name"])


def _gone(
    rows: "pa.Table",
    current: "pa.Table",
    before: Positions,
    *,
    metrics: Collection[str],
    touchpoints: Collection[str],
) -> Positions:
    """What the publishers of the file said before and the file does not."""
    by_plain = pc.utf8_lower(pc.utf8_trim_whitespace(publishers_of(rows)))
    theirs = pc.utf8_lower(pc.utf8_trim_whitespace(publishers_of(current)))
    is_theirs = _is_in(theirs, pc.unique(by_plain).to_pylist())
    is_theirs &= _is_in(current["metric"], metrics) & _is_in(
        current["touchpoint"], ("", *touchpoints)
    )
    is_theirs[before[before >= 0]] = False
    return np.flatnonzero(is_theirs)


def _is_in(column: "pa.ChunkedArray", words: Collection[str]) -> NDArray[np.bool_]:
    found = pc.is_in(column, value_set=pa.array(list(words), type=pa.string()))
    return np.array(found.to_numpy(), dtype=np.bool_)


_SUBJECT = (
    *("metric", "entity", "statistic", "period_start", "period_end"),
    *("region", "industry", "segment", "touchpoint", "publisher"),
)


def _editions(
    rows: "pa.Table", current: "pa.Table", adds: Positions
) -> tuple[tuple[int, int], ...]:
    """Rows whose publisher said another value of the same thing in another edition."""
    named = adds[np.asarray(pc.not_equal(rows["publisher"].take(adds), "").to_numpy(), dtype=bool)]
    kept = np.flatnonzero(np.asarray(pc.not_equal(current["publisher"], "").to_numpy(), dtype=bool))
    if not named.size or not kept.size:
        return ()
    new = join_columns(rows.take(named), _SUBJECT)
    found = _find(new, _without_edition(current.take(kept)))
    pairs = zip(named[found >= 0].tolist(), kept[found[found >= 0]].tolist(), strict=True)
    values, before = rows["value"], current["value"]
    return tuple((at, then) for at, then in pairs if values[at].as_py() != before[then].as_py())


def _without_edition(current: "pa.Table") -> "pa.ChunkedArray":
    """What makes `_SUBJECT` of the texts of keys, whose last part is the source."""
    subject = pc.replace_substring_regex(current[NAMED], pattern="[^\x1f]*$", replacement="")
    return pc.binary_join_element_wise(subject, current["publisher"], "")


def _restated(
    rows: "pa.Table", current: "pa.Table", before: Positions, changes: Positions
) -> tuple[tuple[int, int], ...]:
    """Rows with another value than their key has now."""
    new = _floats(rows["value"].take(changes))
    old = _floats(current["value"].take(before[changes]))
    moved = changes[new != old]
    return tuple(zip(moved.tolist(), before[moved].tolist(), strict=True))
