"""Reconciliation: on which days a feed has other rows than its control table tells of."""

from collections.abc import Mapping
from datetime import date

from data_contracts.evidence import Gate, SliceEvidence
from data_contracts.gates.wording import on_days


def judge_totals(
    touchpoint: str, counts: Mapping[date, int], *, told: Mapping[date, int]
) -> SliceEvidence:
    """Judge the days that the control table tells of; one breaks unless as many rows arrived.

    Give what is told of the days that were read, and no other. Days that the table does not tell
    of, yet or any more, are not judged. Touchpoint "" is the whole feed.
    """
    broken = tuple(sorted(day for day, rows in told.items() if counts.get(day, 0) != rows))
    return SliceEvidence(
        gate=Gate.TOTALS,
        touchpoint=touchpoint,
        judged=len(told),
        broken=broken,
        message=on_days(broken, _said(counts, told, broken[-1]) if broken else ""),
        unjudged=tuple(sorted(day for day, rows in counts.items() if rows and day not in told)),
    )


def _said(counts: Mapping[date, int], told: Mapping[date, int], day: date) -> str:
    found = counts.get(day, 0)
    noun = "row" if found == 1 else "rows"
    return f"{found:,} {noun}, but the control table tells of {told[day]:,}"
