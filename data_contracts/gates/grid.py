"""Completeness and volume: on which days rows are missing, and on which they are far too few."""

from collections.abc import Collection, Mapping
from datetime import date

from data_contracts.evidence import Gate, SliceEvidence
from data_contracts.gates.wording import on_days

_LEAST_USUAL = 10.0  # of fewer rows a day, none at all is no surprise


def judge_grid(
    touchpoint: str,
    rows: Mapping[date, int],
    *,
    usual: Mapping[date, float],
    until: date | None,
    known: Collection[date] = (),
) -> SliceEvidence:
    """Judge the days with a `usual` number of rows of at least ten; one without any row breaks.

    `until` is the last day that the feed tells the whole of anywhere: what is not there after it is
    late, not missing. None is a feed without such a day. `known` are days that were missing before,
    and are for as long as they have no row.
    """
    expected = {day for day in _known(usual, until) if usual[day] >= _LEAST_USUAL}
    judged = sorted(expected.union(known))
    broken = tuple(day for day in judged if not rows.get(day, 0))
    last = _lacking(usual.get(broken[-1], 0.0)) if broken else ""
    return SliceEvidence(
        gate=Gate.COMPLETENESS,
        touchpoint=touchpoint,
        judged=len(judged),
        broken=broken,
        message=on_days(broken, last),
    )


def judge_volume(
    touchpoint: str,
    rows: Mapping[date, int],
    *,
    usual: Mapping[date, float],
    collapsed: Collection[date],
    until: date | None,
) -> SliceEvidence:
    """Judge the days with rows and a `usual` number of them; those that `collapsed` break.

    Which have, the statistics of volumes say. A day without any row is not judged here: it is
    missing.
    """
    judged = [day for day in _known(usual, until) if rows.get(day, 0)]
    broken = tuple(day for day in judged if day in collapsed)
    return SliceEvidence(
        gate=Gate.VOLUME,
        touchpoint=touchpoint,
        judged=len(judged),
        broken=broken,
        message=on_days(broken, _told(rows, usual, broken[-1]) if broken else ""),
    )


def _lacking(usual: float) -> str:
    many = f"{usual:,.0f}" if usual >= _LEAST_USUAL else "some"
    return f"no row where {many} are usual"


def _known(usual: Mapping[date, float], until: date | None) -> list[date]:
    """The days up to `until` whose usual number is known, which NaN is not."""
    if until is None:
        return []
    return sorted(day for day, number in usual.items() if day <= until and number >= 0)


def _told(rows: Mapping[date, int], usual: Mapping[date, float], day: date) -> str:
    noun = "row" if rows[day] == 1 else "rows"
    return f"{rows[day]:,} {noun} where {usual[day]:,.0f} are usual"
