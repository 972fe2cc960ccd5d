"""Rows whose value is published already with another number: each is noted, none kept out."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.benchmarks.keys import KEY
from data_contracts.benchmarks.sheet import Sheet
from data_contracts.benchmarks.values import shown
from data_contracts.model import Reason, RowVerdict
from data_contracts.parsing.cells import Entry, Mask, Positions, Told, Trouble

_TEXT = [name for name in KEY if not name.startswith("period_")]
_SAYS = ("value", "unit", "per")


def revision_entries(sheet: Sheet, good: Mask, published: pd.DataFrame | None) -> Iterator[Entry]:
    """Yield the good rows that change a published value.

    `published` has the columns of KEY and `value`, `unit` and `per`; None where that is not known.
    """
    if published is None or published.empty or not good.any():
        return
    rows = np.flatnonzero(good)
    before = _before(sheet, rows, _plain(published))
    is_other = before["value"].notna().to_numpy() & _differs(sheet, rows, before)
    if is_other.any():
        positions = rows[is_other]
        told = before["value"].to_numpy(dtype=np.float64)[is_other]
        yield _entry(sheet, positions, told)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns in one form: text without nulls, days as they are compared."""
    columns: dict[str, pd.Series[Any]] = {}
    for name in (*KEY, *_SAYS):
        column = frame[name]
        if name in _TEXT or name == "unit":
            columns[name] = column.astype("str").fillna("")
        elif name in KEY:
            columns[name] = pd.to_datetime(column).astype("datetime64[us]")
        else:
            columns[name] = column.astype("float64")
    return pd.DataFrame(columns)


def _before(sheet: Sheet, rows: NDArray[np.intp], published: pd.DataFrame) -> pd.DataFrame:
    """What is published of each of the rows, missing where nothing is."""
    known = published[published["metric"].isin(sheet.words("metric"))]
    known = known.drop_duplicates(list(KEY), keep="last")
    asked = np.zeros(sheet.rows, dtype=np.bool_)
    asked[rows] = True
    own = _plain(sheet.frame((*KEY, *_SAYS), asked))[list(KEY)]
    return own.merge(known, on=list(KEY), how="left", sort=False)


def _differs(sheet: Sheet, rows: NDArray[np.intp], before: pd.DataFrame) -> Mask:
    unit = sheet.column("unit")
    units = pd.Series(unit.values.array.take(unit.codes[rows], allow_fill=True)).fillna("")
    is_value = before["value"].to_numpy() != sheet.numbers("value")[rows]
    is_unit = np.asarray(before["unit"].to_numpy() != units.to_numpy(), dtype=np.bool_)
    per, was = sheet.numbers("per")[rows], before["per"].to_numpy(dtype=np.float64)
    is_per = (per != was) & ~(np.isnan(per) & np.isnan(was))
    return np.asarray(is_value | is_unit | is_per)


def _entry(sheet: Sheet, positions: Positions, before: NDArray[np.float64]) -> Entry:
    found = shown(sheet, "value")

    def tell(asked: Positions) -> list[Told]:
        was = before[np.searchsorted(positions, asked)].tolist()
        return [(value, _trouble(old)) for value, old in zip(found(asked), was, strict=True)]

    return Entry(
        column="value",
        reason=Reason.REVISION,
        verdict=RowVerdict.PUBLISH,
        positions=positions,
        tell=tell,
    )


def _trouble(before: float) -> Trouble:
    return Trouble(
        reason=Reason.REVISION,
        expected=f"{before:.10g}, as it is published now; the earlier value stays in the history",
        verdict=RowVerdict.PUBLISH,
    )
