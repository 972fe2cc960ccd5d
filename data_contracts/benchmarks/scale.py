"""Whether percentages are written between 0 and 1. Nothing is ever multiplied: a person says."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from data_contracts.benchmarks.sheet import Sheet
from data_contracts.benchmarks.values import entry_at
from data_contracts.findings import Finding, Reason
from data_contracts.parsing.cells import Entry, Mask, Trouble
from data_contracts.parsing.table import note

_GAP = 20.0  # another scale begins where a median moves by a factor of 20 (contract gate)
_ROUNDING = 0.01


def scale_entries(
    sheet: Sheet, good: Mask, known: Collection[str], levels: Mapping[str, float]
) -> tuple[list[Entry], list[Finding]]:
    """Return the rows of a metric that look like 0-1 beside its percentages, and notes.

    A value that its own numerator and denominator confirm is never in doubt. Without them, values
    up to 1 are odd where a gap of a factor of 20 parts them from all others of their metric, in the
    file and among those published before (`levels`, the lowest of each metric).
    """
    values = sheet.numbers("value")
    is_percent = good & sheet.says("unit", "percent")
    is_confirmed, is_share = _by_its_parts(sheet, values)
    small = is_percent & ~is_confirmed & (values > 0) & (values <= 1)
    entries: list[Entry] = []
    notes: list[Finding] = []
    if not (small.any() or is_share.any()):
        return entries, notes
    codes = sheet.column("metric").codes
    metrics = sheet.words("metric")
    for code in np.unique(codes[small | is_share]).tolist():
        metric = metrics[code] if code >= 0 else ""
        if metric not in known:
            continue
        own = small & (codes == code)
        above = values[is_percent & (codes == code) & (values > 1)]
        others = [*([above.min()] if above.size else []), *_level(levels, metric)]
        is_apart = own.any() and bool(others) and min(others) >= _GAP * values[own].max()
        odd = own if is_apart else own & is_share
        entries.append(entry_at(sheet, odd, "value", _trouble(metric)))
        if odd.any() or (own.any() and not above.size):
            notes.append(_looks_like_a_share(metric, int(own.sum())))
    return entries, notes


def _level(levels: Mapping[str, float], metric: str) -> list[float]:
    return [levels[metric]] if metric in levels else []


def _by_its_parts(sheet: Sheet, values: NDArray[np.float64]) -> tuple[Mask, Mask]:
    """Whether numerator and denominator make the value a percentage, or a share of 1."""
    nowhere = np.zeros(sheet.rows, dtype=np.bool_)
    if not (sheet.has("numerator") and sheet.has("denominator")):
        return nowhere, nowhere
    numerator, denominator = sheet.numbers("numerator"), sheet.numbers("denominator")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = numerator / denominator
        as_percent = np.abs(values - 100 * share) <= _ROUNDING * 100 * share + 0.005
        as_share = np.abs(values - share) <= _ROUNDING * share + 0.005
    return as_percent, as_share & ~as_percent


def _trouble(metric: str) -> Trouble:
    return Trouble(
        reason=Reason.SCALE,
        expected=f"a percentage between 0 and 100, like the others of {metric}",
        suggestion="Is it a share between 0 and 1?",
    )


def _looks_like_a_share(metric: str, count: int) -> Finding:
    return note(
        Reason.RATIO_LOOKING,
        f"{count:,} {'value' if count == 1 else 'values'} of {metric} between 0 and 1",
        "percentages between 0 and 100; nothing was multiplied",
        column="value",
    )
