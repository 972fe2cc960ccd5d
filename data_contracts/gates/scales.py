"""Scale shift: on which days a metric is many times what it was, as of minutes for seconds."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from data_contracts.evidence import Gate, SliceEvidence
from data_contracts.gates.wording import on_days

_LEAST_N = 5
_LOOK_BACK, _AT_LEAST = 56, 14
Floats = NDArray[np.float64]


class DayValue(NamedTuple):
    """What a metric was on a day, of `n` rows."""

    day: date
    value: float
    n: int


def judge_scale(
    touchpoint: str,
    metric: str,
    *,
    found: Sequence[DayValue],
    history: Sequence[DayValue],
    factor: float,
    is_whole: bool,
) -> SliceEvidence:
    """Judge what was found on days by what was published of the days before each of them.

    A day breaks where its value is more than `factor` times as large or as small as the median of
    up to 56 published days before it. Where fewer than 14 were, of all that was found, if it
    `is_whole`: the whole of a feed. Of some days that are read once more it is not: what is wrong
    is among them, so the nearest published days on either side count. Both take 14 days. Days of
    fewer than 5 rows are left out; so is a value of zero or of the other sign, which tells nothing
    of its unit, and a past that is both above and below zero has no scale. A zero is no smaller in
    another unit, so of what is not judged it alone is not told as unjudged.
    """
    now, past = _counted(found), _counted(history)
    usual = _usual(now, past, is_whole=is_whole)
    with np.errstate(divide="ignore", invalid="ignore"):
        times = _values(now) / usual
        is_judged = np.isfinite(times) & (times > 0)
        is_broken = is_judged & ((times > factor) | (times < 1 / factor))
    broken = tuple(now[i].day for i in np.flatnonzero(is_broken))
    clear = {now[i].day for i in np.flatnonzero(is_judged | (_values(now) == 0))}
    last = int(np.flatnonzero(is_broken)[-1]) if broken else -1
    return SliceEvidence(
        gate=Gate.SCALE,
        touchpoint=touchpoint,
        metric=metric,
        judged=int(np.count_nonzero(is_judged)),
        broken=broken,
        message=on_days(broken, _told(now[last].value, float(usual[last])) if broken else ""),
        unjudged=tuple(sorted({each.day for each in found if each.n} - clear)),
    )


def _counted(days: Sequence[DayValue]) -> list[DayValue]:
    return sorted(each for each in days if each.n >= _LEAST_N and np.isfinite(each.value))


def _usual(now: Sequence[DayValue], past: Sequence[DayValue], *, is_whole: bool) -> Floats:
    """The median before each day, NaN where there is none or it has no scale."""
    before = np.searchsorted(_ordinals(past), _ordinals(now), side="left")
    padded = np.concatenate((np.full(_LOOK_BACK, np.nan), _values(past)))
    medians = _medians(sliding_window_view(padded, _LOOK_BACK)[before])
    few = before < _AT_LEAST
    if is_whole:
        return np.where(few, _medians(_values(now)[None, :]), medians)
    medians[few] = [_around(day, past) for day in _ordinals(now)[few]]
    return medians


def _around(day: int, past: Sequence[DayValue]) -> float:
    """The median of the published days nearest to a day, but for itself."""
    far = np.abs(_ordinals(past) - day)
    others = np.flatnonzero(far)
    nearest = others[np.argsort(far[others], kind="stable")][:_LOOK_BACK]
    return float(_medians(_values(past)[nearest][None, :])[0])


def _ordinals(days: Sequence[DayValue]) -> NDArray[np.int64]:
    return np.array([each.day.toordinal() for each in days], dtype=np.int64)


def _values(days: Sequence[DayValue]) -> Floats:
    return np.array([each.value for each in days], dtype=np.float64)


def _medians(windows: Floats) -> Floats:
    """The median of each row, NaN where fewer than 14 are known or some are of either sign."""
    known = np.count_nonzero(~np.isnan(windows), axis=1)
    usual = np.full(len(windows), np.nan)
    enough = known >= _AT_LEAST
    if not enough.any():
        return usual
    middle = np.nanmedian(windows[enough], axis=1)
    is_mixed = (np.nanmin(windows[enough], axis=1) < 0) & (np.nanmax(windows[enough], axis=1) > 0)
    usual[enough] = np.where(is_mixed, np.nan, middle)
    return usual


def _told(value: float, usual: float) -> str:
    return f"{value:,.4g} where {usual:,.4g} is usual"
