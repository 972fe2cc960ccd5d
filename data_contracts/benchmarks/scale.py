"""Whether percentages are written between 0 and 1. Nothing is ever multiplied: a person says."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.benchmarks.values import groups, issues_at
from data_contracts.model import Finding, Reason
from data_contracts.parsing.cells import Issue, Trouble
from data_contracts.parsing.table import note

Mask = NDArray[np.bool_]
_GAP = 20.0  # another scale begins where a median moves by a factor of 20 (contract gate)
_ROUNDING = 0.01


def scale_issues(
    frame: pd.DataFrame, good: Mask, known: Collection[str], levels: Mapping[str, float]
) -> tuple[list[Issue], list[Finding]]:
    """Return the rows of a metric that look like 0-1 beside its percentages, and notes.

    A value that its own numerator and denominator confirm is never in doubt. Without them, values
    up to 1 are odd where a gap of a factor of 20 parts them from all others of their metric, in the
    file and among those published before (`levels`, the lowest of each metric).
    """
    values = frame["value"].to_numpy(dtype=np.float64)
    is_percent = good & np.asarray(frame["unit"] == "percent", dtype=np.bool_)
    is_confirmed, is_share = _by_its_parts(frame, values)
    issues: list[Issue] = []
    notes: list[Finding] = []
    for metric, rows in groups(frame, "metric", known):
        own = rows & is_percent
        small = own & ~is_confirmed & (values > 0) & (values <= 1)
        large = own & (values > 1)
        others = [*values[large], *([levels[metric]] if metric in levels else [])]
        is_apart = small.any() and bool(others) and min(others) >= _GAP * values[small].max()
        odd = small if is_apart else small & is_share
        issues += issues_at(frame, odd, "value", _trouble(metric))
        if odd.any() or (small.any() and not large.any()):
            notes.append(_looks_like_a_share(metric, int(small.sum())))
    return issues, notes


def _by_its_parts(frame: pd.DataFrame, values: NDArray[np.float64]) -> tuple[Mask, Mask]:
    """Whether numerator and denominator make the value a percentage, or a share of 1."""
    parts = (frame[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator"))
    numerator, denominator = parts
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
