"""Whether a published number can be what its row says: base, unit, sign, bounds."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from data_contracts.benchmarks.known import Known
from data_contracts.benchmarks.sheet import Sheet
from data_contracts.benchmarks.units import UNITS, bounds_of, is_convertible
from data_contracts.findings import Reason
from data_contracts.parsing.cells import Entry, Mask, Positions, Trouble, entry_of


def merge_bases(sheet: Sheet, bases: NDArray[np.float64] | None) -> Iterator[Entry]:
    """Take the base out of "per 1,000 orders" where `per` is empty.

    A base in both that differs, and a rate without any, are troubles.
    """
    if bases is not None:
        given = sheet.numbers("per")
        differs = ~np.isnan(given) & ~np.isnan(bases) & (given != bases)
        sheet.put_numbers("per", np.where(np.isnan(given), bases, given))
        conflict = Trouble(reason=Reason.UNIT_CONFLICT, expected="the same base in unit and per")
        yield entry_at(sheet, differs, "per", conflict)
    is_rate = sheet.says("unit", "per")
    if is_rate.any():
        lacks = is_rate & np.isnan(sheet.numbers("per"))
        missing = Trouble(reason=Reason.MISSING, expected="the base of the rate, such as 1000")
        yield entry_at(sheet, lacks, "per", missing)


def unit_entries(sheet: Sheet, signs: NDArray[np.str_] | None, known: Known) -> Iterator[Entry]:
    """Yield the rows whose unit is not the metric's kind, or whose sign is not the unit's."""
    yield from _conflicts(sheet, known)
    if signs is None:
        return
    is_percent = (signs == "%") & ~sheet.says("unit", "percent")
    expected = "the unit percent for a number with %"
    yield entry_at(
        sheet, is_percent, "value", Trouble(reason=Reason.UNIT_CONFLICT, expected=expected)
    )
    is_money = (signs != "") & (signs != "%")
    expected = "a number without currency"
    yield entry_at(
        sheet, is_money, "value", Trouble(reason=Reason.UNIT_CONFLICT, expected=expected)
    )


def _conflicts(sheet: Sheet, known: Known) -> Iterator[Entry]:
    into = {each.code: each.unit for each in known.metrics}
    metrics, units = sheet.words("metric"), sheet.words("unit")
    wrong = np.zeros((len(metrics) + 1, len(units) + 1), dtype=np.bool_)  # the last: empty
    for row, metric in enumerate(metrics):
        for place, unit in enumerate(units):
            is_known = metric in into and unit in UNITS
            wrong[row, place] = is_known and not is_convertible(unit, into[metric])
    if not wrong.any():
        return
    rows = wrong[sheet.column("metric").codes, sheet.column("unit").codes]
    for row in np.flatnonzero(wrong.any(axis=1)).tolist():
        expected = f"{into[metrics[row]]}, in which {metrics[row]} is told"
        trouble = Trouble(reason=Reason.UNIT_CONFLICT, expected=expected)
        yield entry_at(sheet, rows & (sheet.column("metric").codes == row), "unit", trouble)


def bound_entries(sheet: Sheet) -> Iterator[Entry]:
    """Yield the rows whose value lies outside what their unit can be."""
    values = sheet.numbers("value")
    codes = sheet.column("unit").codes
    for place, unit in enumerate(sheet.words("unit")):
        low, high = bounds_of(unit)
        if unit not in UNITS or not (np.isfinite(low) or np.isfinite(high)):
            continue
        outside = ((values < low) | (values > high)) & (codes == place)
        words = f"between {low:g} and {high:g}" if np.isfinite(high) else f"at least {low:g}"
        trouble = Trouble(reason=Reason.OUT_OF_RANGE, expected=f"{words} for {unit}")
        yield entry_at(sheet, outside, "value", trouble)


def entry_at(sheet: Sheet, rows: Mask, column: str, trouble: Trouble) -> Entry:
    """Return the trouble at every row of the mask, with what stands there."""
    return entry_of(trouble, column, np.flatnonzero(rows), shown(sheet, column))


def shown(sheet: Sheet, column: str) -> Callable[[Positions], list[str]]:
    """Return what tells the values of some rows of a column."""
    typed = sheet.column(column)

    def tell(positions: Positions) -> list[str]:
        values = typed.values.array.take(typed.codes[positions], allow_fill=True)
        return [_shown(value) for value in values]

    return tell


def _shown(value: object) -> str:
    if isinstance(value, float):
        return "nothing" if np.isnan(value) else f"{value:.10g}"
    return "nothing" if value is None else str(value)
