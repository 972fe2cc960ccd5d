"""CSV of exactly what a page shows: full precision, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from callboard.views import (
    Backstage,
    Breakdown,
    ComparedUnit,
    Comparison,
    Composition,
    ControlChart,
    EventGaps,
    Point,
    Rhythm,
    Waiting,
)

Cell = str | float | int | bool | date | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: such a start gets a `'` before it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return UTF-8 CSV with CRLF; text is made safe, numbers stay numbers, None is empty."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([safe_text(name) for name in header])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8")


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return safe_text(cell)
        case datetime() | date():
            return cell.isoformat()
        case _:
            return repr(cell)


def chart_csv(view: ControlChart) -> bytes:
    """Return the points of a control chart with the limits they were judged by."""
    header = (
        *("metric", "touchpoint", "dimension", "segment", "period_start", "period_end"),
        *("value", "unit", "numerator", "denominator", "n", "complete", "status"),
        *("signal", "rule", "all_rules", "limits_segment", "set_aside"),
        *("centre", "lower_limit", "upper_limit", "near_lower", "near_upper", "target"),
        "annotations",
        "comments",
        *("as_of", "publication", "data_state"),
    )
    return write_csv(
        header,
        (
            (
                *(view.metric, view.touchpoint, view.dimension, view.segment),
                *(point.start, point.end, point.value, view.unit_text),
                *(point.numerator, point.denominator, point.n, point.is_complete, point.status),
                *(point.signal.value, point.rule.value),
                *(" ".join(rule.value for rule in point.hits), point.segment, point.aside),
                *(point.centre, point.lower, point.upper, point.near_lower, point.near_upper),
                *(_target(view, point.end), "; ".join(tell_marks(view, point))),
                tell_comments(view, point.start),
                *(view.trust.as_of, view.publication, view.trust.badge.value),
            )
            for point in view.points
        ),
    )


def _target(view: ControlChart, day: date) -> float | None:
    found = (value for start, end, value in view.targets if start <= day <= end)
    return next(found, None)


def tell_marks(view: ControlChart, point: Point) -> tuple[str, ...]:
    """Return the annotations of a period: `12 Sep 2026, change: New checklist`."""
    return tuple(
        f"{mark.days}, {mark.tag.value}: {mark.text}"
        for mark in view.annotations
        if mark.start <= point.start <= mark.end
    )


def tell_comments(view: ControlChart, start: date) -> str:
    """Return what people say of a period, the newest first."""
    found = (each for each in view.comments if each.start == start)
    return " | ".join(f"{each.actor}, {each.at.date()}: {each.text}" for each in found)


def between_csv(view: EventGaps) -> bytes:
    """Return what lies between rare events, with the limits it was judged by."""
    header = (
        *("event_before", "event", "running", f"{view.noun}_between", "signal", "rule"),
        *("centre", "lower_limit", "upper_limit", "near_lower", "near_upper"),
    )
    lines = view.limits
    return write_csv(
        header,
        (
            (
                *(gap.start, gap.end, gap.is_running, gap.length, gap.signal.value),
                *(gap.rule.value, lines.centre, lines.lower, lines.upper),
                *(lines.near_lower, lines.near_upper),
            )
            for gap in view.gaps
        ),
    )


def breakdown_csv(view: Breakdown) -> bytes:
    """Return the segments of a breakdown, what the hidden ones did together, and the whole.

    The contributions of the rows `segment` and `hidden together` add up to that of `whole`.
    """
    header = (
        *("metric", "touchpoint", "period", "dimension", "row", "segment", "value", "before"),
        *("unit", "per", "n", "share", "contribution", "rate_effect", "mix_effect"),
        *("change_unit", "compared_with", "change_of_whole"),
    )
    return write_csv(
        header,
        (
            (
                *(view.metric, view.touchpoint, view.period, view.dimension),
                *cells[:4],
                *(view.unit_text, view.per, *cells[4:]),
                *(view.change_unit, view.base_label, view.change),
            )
            for cells in _parts_of(view)
        ),
    )


def _parts_of(view: Breakdown) -> Iterator[tuple[Cell, ...]]:
    for each in view.segments:
        yield (
            *("segment", each.name, each.value, each.before, each.n, each.share),
            *(each.contribution, each.rate, each.mix),
        )
    if view.hidden is not None:
        yield "hidden together", None, None, None, None, None, view.hidden, None, None
    whole = (view.whole, view.whole_before, view.whole_n, None, view.change)
    yield ("whole", None, *whole, None, None)


def backstage_csv(view: Backstage) -> bytes:
    """Return every lag of every pair that was looked at."""
    header = (
        *("metric", "touchpoint", "behind_touchpoint", "behind_metric", "lag_weeks", "rho"),
        *("low", "high", "weeks", "holds"),
    )
    return write_csv(
        header,
        (
            (
                *(view.metric, view.touchpoint, pair.touchpoint, pair.metric, each.lag, each.rho),
                *(each.low, each.high, each.pairs, pair.holds and each == pair.best),
            )
            for pair in view.judged
            for each in pair.lags
        ),
    )


def waiting_csv(view: Waiting) -> bytes:
    """Return every step of the curve of what is still open."""
    header = (
        *("metric", "touchpoint", "age", "unit", "open_percent", "low_percent", "high_percent"),
        "followed",
    )
    return write_csv(
        header,
        (
            (
                *(view.metric, view.touchpoint, each.age, view.unit_text),
                *(each.share, each.low, each.high, each.at_risk),
            )
            for each in view.steps
        ),
    )


def composition_csv(view: Composition) -> bytes:
    """Return the components of a composite; what they add adds up to the score."""
    header = (
        *("metric", "period", "component", "value", "weight", "scaled", "contribution"),
        *("change", "score"),
    )
    return write_csv(
        header,
        (
            (
                *(view.metric, view.period, each.metric, each.value, each.weight, each.scaled),
                *(each.contribution, each.change, view.score),
            )
            for each in view.parts
        ),
    )


def rhythm_csv(view: Rhythm) -> bytes:
    """Return the effect of each weekday or month, and the days they were made of."""
    header = ("metric", "touchpoint", view.noun, "effect", "unit", "usual", "seen", "made_of")
    unit = "percent of the level" if view.is_relative else view.unit_text
    return write_csv(
        header,
        (
            (
                *(view.metric, view.touchpoint, each.name, each.effect, unit),
                *(each.usual, each.counted, view.span),
            )
            for each in view.places
        ),
    )


_COMPARISON = (
    *("metric", "by", "at", "period", "unit_code", "unit", "value", "value_unit", "low", "high"),
    *("numerator", "denominator", "n", "together", "lower_95", "upper_95", "lower_998"),
    *("upper_998", "phi", "tau2", "outside", "signal", "shrunken", "rank", "publication"),
)


def comparison_csv(view: Comparison) -> bytes:
    """Return the units of a comparison with the limits and the finding of each."""
    return write_csv(
        _COMPARISON,
        (
            (
                *(view.metric, view.by or "touchpoint", view.at, view.period_label),
                *(each.code, each.name, each.value, view.unit_text, each.low, each.high),
                *(each.numerator, each.denominator, each.n, view.centre),
                *_limits_of(each),
                *(view.phi, view.tau2, each.outside.value, each.signal.value),
                each.shrunken.value if each.shrunken else None,
                each.shrunken.rank_text if each.shrunken else None,
                view.publication,
            )
            for each in view.units
        ),
    )


def _limits_of(unit: ComparedUnit) -> tuple[float | None, ...]:
    limits = unit.limits
    if limits is None:
        return (None,) * 4
    return limits.lower_95, limits.upper_95, limits.lower_998, limits.upper_998
