"""Quarantine share: on which days more of a touchpoint's rows are kept out than may be."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from scipy.special import bdtrc  # not scipy.stats: it takes a second to load

from data_contracts.evidence import Gate, SliceEvidence
from data_contracts.gates.wording import on_days

_CHANCE = 0.00135  # how rarely chance alone goes beyond three standard deviations on one side


class DayRows(NamedTuple):
    """How many rows a day has, and how many of them are used."""

    rows_in: int
    rows_used: int


def judge_shares(touchpoint: str, counts: Mapping[date, DayRows], *, limit: float) -> SliceEvidence:
    """Judge the days with rows; one breaks where clearly more than `limit` (0-1) are kept out.

    Clearly: so many would come by chance in fewer than 1 of 740 such days, were `limit` the true
    share (exact binomial tail), so that two bad rows of a quiet Sunday's ten hold nothing back.
    """
    judged = {day: found for day, found in counts.items() if found.rows_in > 0}
    broken = tuple(sorted(day for day, found in judged.items() if _breaks(found, limit)))
    return SliceEvidence(
        gate=Gate.SHARE,
        touchpoint=touchpoint,
        judged=len(judged),
        broken=broken,
        message=on_days(broken, _told(judged[broken[-1]], limit) if broken else ""),
    )


def _breaks(found: DayRows, limit: float) -> bool:
    bad = found.rows_in - found.rows_used
    is_over = bad > limit * found.rows_in
    return is_over and bool(bdtrc(bad - 1, found.rows_in, limit) < _CHANCE)


def _told(found: DayRows, limit: float) -> str:
    bad = found.rows_in - found.rows_used
    return f"{bad:,} of {found.rows_in:,} rows break the contract; at most {100 * limit:g} % may"
