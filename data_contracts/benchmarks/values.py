"""Whether a published number can be what its row says: base, unit, sign, bounds."""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.benchmarks.known import Known
from data_contracts.benchmarks.units import UNITS, bounds_of, is_convertible
from data_contracts.model import Reason
from data_contracts.parsing.cells import Issue, Trouble

Mask = NDArray[np.bool_]


def merge_bases(frame: pd.DataFrame, bases: NDArray[np.float64]) -> list[Issue]:
    """Take the base out of "per 1,000 orders" where `per` is empty; in place.

    A base in both that differs, and a rate without any, are issues.
    """
    if "per" not in frame.columns:
        frame["per"] = np.nan
    given = frame["per"].to_numpy(dtype=np.float64)
    frame["per"] = np.where(np.isnan(given), bases, given)
    differs = ~np.isnan(given) & ~np.isnan(bases) & (given != bases)
    lacks = np.asarray(frame["unit"] == "per", dtype=np.bool_) & np.isnan(frame["per"].to_numpy())
    conflict = Trouble(reason=Reason.UNIT_CONFLICT, expected="the same base in unit and per")
    missing = Trouble(reason=Reason.MISSING, expected="the base of the rate, such as 1000")
    return [
        *issues_at(frame, differs, "per", conflict),
        *issues_at(frame, lacks & ~differs, "per", missing),
    ]


def unit_issues(frame: pd.DataFrame, signs: NDArray[np.str_], known: Known) -> Iterator[Issue]:
    """Yield the rows whose unit is not the metric's kind, or whose sign is not the unit's."""
    into = {each.code: each.unit for each in known.metrics}
    for metric, own in groups(frame, "metric", into):
        for unit in frame["unit"][own].dropna().unique():
            if unit in UNITS and not is_convertible(unit, into[metric]):
                expected = f"{into[metric]}, in which {metric} is told"
                trouble = Trouble(reason=Reason.UNIT_CONFLICT, expected=expected)
                wrong = own & np.asarray(frame["unit"] == unit, dtype=np.bool_)
                yield from issues_at(frame, wrong, "unit", trouble)
    units = frame["unit"].to_numpy(dtype=object)
    is_percent = (signs == "%") & (units != "percent")
    yield from issues_at(
        frame,
        is_percent,
        "value",
        Trouble(reason=Reason.UNIT_CONFLICT, expected="the unit percent for a number with %"),
    )
    yield from issues_at(
        frame,
        (signs != "") & (signs != "%"),
        "value",
        Trouble(reason=Reason.UNIT_CONFLICT, expected="a number without currency"),
    )


def bound_issues(frame: pd.DataFrame) -> Iterator[Issue]:
    """Yield the rows whose value lies outside what their unit can be."""
    values = frame["value"].to_numpy(dtype=np.float64)
    for unit, own in groups(frame, "unit", UNITS):
        low, high = bounds_of(unit)
        outside = own & ((values < low) | (values > high))
        words = f"between {low:g} and {high:g}" if np.isfinite(high) else f"at least {low:g}"
        trouble = Trouble(reason=Reason.OUT_OF_RANGE, expected=f"{words} for {unit}")
        yield from issues_at(frame, outside, "value", trouble)


def groups(frame: pd.DataFrame, column: str, among: Collection[str]) -> Iterator[tuple[str, Mask]]:
    """Each of the words that stands in a column, with its rows."""
    codes, words = pd.factorize(frame[column])
    for place, word in enumerate(words):
        if word in among:
            yield str(word), codes == place


def issues_at(frame: pd.DataFrame, mask: Mask, column: str, trouble: Trouble) -> Iterator[Issue]:
    """Yield the trouble at every row of the mask, with what stands there."""
    positions = np.flatnonzero(mask)
    found = frame[column].iloc[positions].tolist()
    for position, value in zip(positions, found, strict=True):
        yield Issue(position=int(position), column=column, found=_shown(value), trouble=trouble)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return "nothing" if np.isnan(value) else f"{value:.10g}"
    return "nothing" if value is None else str(value)
