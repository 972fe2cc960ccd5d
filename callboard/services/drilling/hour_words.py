"""The hours of a week in words: each cell, the worst and the best, and how they were judged."""

from collections.abc import Sequence
from dataclasses import replace

from callboard import figures
from callboard.views import CellState, HourCell
from metrics.model import Better, Form, Metric
from metrics.value import Parts, is_shown, value_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLEAR = 0.05


def make_cell(
    metric: Metric, at: int, parts: Parts, whole: Parts, *, state: CellState, p: float | None
) -> HourCell:
    """Return the cell at a place (weekday x 24 + hour), with nothing of it told where hidden."""
    weekday, hour = divmod(at, 24)
    value, overall = _value(metric, parts), _value(metric, whole)
    cell = HourCell(
        weekday=weekday,
        hour=hour,
        name=f"{WEEKDAYS[weekday]} {hour:02d}:00 to {(hour + 1) % 24:02d}:00",
        state=CellState.HIDDEN,
        value=None,
        value_text=f"too few cases to show: at least {metric.min_n} are needed",
        n=int(parts.n),
        days=parts.days,
    )
    if state is CellState.HIDDEN or value is None or overall is None:
        return cell
    return replace(
        cell,
        state=state,
        value=value,
        value_text=figures.format_value(metric, value),
        numerator=parts.numerator,
        denominator=parts.denominator,
        difference=value - overall,
        difference_text=figures.format_gap(metric, value - overall),
        is_clear=p is not None and p < _CLEAR,
        p=p,
    )


def name_overall(metric: Metric, whole: Parts) -> str:
    """Return the value of all hours together, where they hold enough cases."""
    if not is_shown(metric, whole.n):
        return "too few cases to show"
    return figures.format_value(metric, _value(metric, whole))


def unit_of_hours(metric: Metric) -> str:
    """Return the unit of a cell; a sum is that of one such hour on average."""
    unit = figures.unit_text(metric)
    return f"{unit} an hour".lstrip() if metric.form is Form.COUNT else unit


def tell_hours(metric: Metric, cells: Sequence[HourCell]) -> str:
    """Return the worst and the best hour (or the highest and lowest) with their n.

    Of one hour alone, and of hours that are all alike, none is the best.
    """
    known = [each for each in cells if each.value is not None]
    if not known:
        return f"No hour has the {metric.min_n} cases that are needed to show it."
    low, high = min(known, key=_height), max(known, key=_height)
    if len(known) == 1:
        return f"Only {_extreme(low, known)} is shown: no other hour to hold it against."
    if low.value_text == high.value_text:
        return f"All {len(known)} hours that are shown have {low.value_text}."
    names = ("Highest", "Lowest")
    first, second = high, low
    if metric.better is Better.HIGHER:
        names, first, second = ("Worst", "Best"), low, high
    elif metric.better is Better.LOWER:
        names = ("Worst", "Best")
    worst, best = _extreme(first, known), _extreme(second, known)
    return f"{names[0]}: {worst}. {names[1]}: {best}. {_count(known)}".rstrip()


def tell_signs(metric: Metric, cells: Sequence[HourCell]) -> str:
    """Return what shade and signs mean: of the signs those that are there."""
    signs = "; ▲ higher and ▼ lower by more than chance" * any(each.is_clear for each in cells)
    is_cut = any(each.state is CellState.HIDDEN for each in cells)
    dot = " A dot is an hour with too few cases." * is_cut
    none = "has no data" if metric.form is Form.COUNT else "had no case"
    return (
        f"The stronger the colour, the farther from all hours together{signs}.{dot} "
        f"A blank hour {none}, which is not zero."
    )


def tell_how(metric: Metric, cells: Sequence[HourCell], phi: float) -> str:
    """Return how many hours were judged and how; that none were, where that is so."""
    tested = sum(each.p is not None for each in cells)
    if not tested:
        return _untested(metric)
    wider = ""
    if (times := figures.format_number(phi**0.5, 1)) != "1.0" and phi > 1:
        wider = (
            f" The same hour varies from week to week {times} times as widely as sampling error "
            "alone; that is allowed for."
        )
    return (
        f"Each hour is held against all others. Of {tested} looked at, a difference would be found "
        f"by chance alone in one of twenty such maps (Holm's method).{wider}"
    )


def _untested(metric: Metric) -> str:
    if metric.form is Form.PERCENTILE:
        return "Hours of a percentile are not tested against chance."
    why = "too little is known of them"
    if metric.numerator is not None and metric.numerator.sum is not None:
        why = "amounts are added up, not cases"
    return f"Hours of this metric are not tested against chance: {why}."


def _value(metric: Metric, parts: Parts) -> float | None:
    """Of a count, that of one such hour on average: its `days` are all of them, also the empty."""
    if metric.form is Form.COUNT:
        return None if parts.numerator is None else parts.numerator / parts.days
    return value_of(metric, parts)


def _height(cell: HourCell) -> float:
    return cell.value or 0.0


def _extreme(cell: HourCell, known: Sequence[HourCell]) -> str:
    """An hour with its value and n, or with how many more have the same value."""
    alike = [each for each in known if each.value_text == cell.value_text]
    doubt = _doubt(alike)
    if others := len(alike) - 1:
        return (
            f"{cell.name} and {others} other{'s' if others > 1 else ''}, {cell.value_text}{doubt}"
        )
    return f"{cell.name}, {cell.value_text} (n {figures.format_count(cell.n)}){doubt}"


def _doubt(alike: Sequence[HourCell]) -> str:
    """Whether chance may be behind it; nothing without a test, and where it is so of some only."""
    if any(each.p is None for each in alike):
        return ""
    found = {each.is_clear for each in alike}
    if len(found) > 1:
        return ""
    return ", clearly so" if found.pop() else ", no clear difference"


def _count(known: Sequence[HourCell]) -> str:
    tested = [each for each in known if each.p is not None]
    clear = sum(each.is_clear for each in tested)
    if not tested:
        return ""
    if not clear:
        return f"None of {len(tested)} hours differs from the others by more than chance."
    verb = "differs" if clear == 1 else "differ"
    return f"{clear} of {len(tested)} hours {verb} from the others by more than chance."
