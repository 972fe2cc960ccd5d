"""A note for each row that changes a published number, on every way a file is looked at."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callboard.figures import format_count
from callboard.services.publishing.diffing import Diff, Positions
from data_contracts.findings import Finding, Reason, RowVerdict

MOST = 1_000
_SAYS = ("value", "unit", "per")


def list_revisions(diff: Diff) -> Iterator[Finding]:
    """Yield a note for each row that says another number than is published, the first `MOST`.

    The rest are counted in one note of the file.
    """
    revised = _revised(diff)
    first = revised[:MOST]
    new = diff.rows.select(("row", "value")).take(pa.array(first)).to_pylist()
    old = diff.current["value"].take(pa.array(diff.before[first])).to_pylist()
    for row, before in zip(new, old, strict=True):
        yield _note(
            row["row"],
            f"{row['value']:.10g}",
            f"{before:.10g}, as it is published now; the earlier value stays in the history",
        )
    if more := len(revised) - len(first):
        found = f"{format_count(more)} more values that are published with another number"
        yield _note(0, found, "a look at what changes; earlier values stay in the history")


def _revised(diff: Diff) -> Positions:
    """Which of the rows that change something change the number, its unit or its base."""
    changes = diff.changes
    if not changes.size:
        return changes
    new, old = diff.rows.take(changes), diff.current.take(diff.before[changes])
    differs = np.zeros(len(changes), dtype=np.bool_)
    for name in _SAYS:
        is_other = pc.not_equal(*(_filled(side[name]) for side in (new, old)))
        differs |= np.asarray(is_other.to_numpy(), dtype=np.bool_)
    return changes[differs]


def _filled(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    is_text = pa.types.is_string(column.type)
    return pc.fill_null(column if is_text else column.cast(pa.float64()), "" if is_text else -1.0)


def _note(row: int, found: str, expected: str) -> Finding:
    return Finding(
        reason=Reason.REVISION,
        row=row,
        column="value",
        found=found,
        expected=expected,
        verdict=RowVerdict.PUBLISH,
    )
