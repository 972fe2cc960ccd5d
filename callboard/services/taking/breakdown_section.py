"""A reading by segments as a section: each beside the others, and who moved the whole."""

from callboard.services.taking.columns import number, words
from callboard.views import (
    Breakdown,
    ControlChart,
    Meaning,
    ReportDot,
    ReportDots,
    ReportSection,
    ReportTable,
)
from callboard.views.report import Cell
from metrics.signals import Signal

_HIDDEN, _ALL = "Hidden ones together", "All together"
_SIGNAL = {Meaning.GOOD: Signal.IMPROVEMENT, Meaning.BAD: Signal.CONCERN}


def breakdown_section(view: Breakdown, chart: ControlChart) -> ReportSection:
    """Return a reading by the segments of one dimension; hidden segments stay hidden."""
    by = view.dimension.replace("_", " ")
    title = f"{chart.metric_name} by {by}, {view.period_label}"
    return ReportSection(
        title=title,
        verdict=view.sentence,
        metric=chart.metric_name,
        chart=_dots(view, chart, title),
        tables=(_segments(view, chart, title), *_parts(view, chart)),
        why=(view.unsplit,) if view.unsplit else (),
    )


def _segments(view: Breakdown, chart: ControlChart, title: str) -> ReportTable:
    unit, decimals = chart.unit_text, chart.decimals
    before = view.base_label[:1].upper() + view.base_label[1:] or "Before"
    columns = (
        *words(view.dimension.replace("_", " ").capitalize()),
        number("Now", unit=unit, decimals=decimals),
        number(before, unit=unit, decimals=decimals),
        number("Part of the change", unit=view.change_unit, decimals=view.change_decimals),
        number("n", decimals=0),
        number("Share of cases, %", decimals=1),
    )
    hidden = (_HIDDEN, None, None, view.hidden, None, None)
    rows: tuple[tuple[Cell, ...], ...] = (
        *(
            (each.name, each.value, each.before, each.contribution, each.n, 100 * each.share)
            for each in view.segments
        ),
        *((hidden,) if view.hidden is not None else ()),
        (_ALL, view.whole, view.whole_before, view.change, view.whole_n, None),
    )
    return ReportTable(title=title, columns=columns, rows=rows)


def _parts(view: Breakdown, chart: ControlChart) -> tuple[ReportTable, ...]:
    """Own change and weight of each segment, which add up to the change of the whole."""
    known = [each for each in view.segments if each.contribution is not None]
    if view.change is None or not known or not view.has_mix:
        return ()
    unit, decimals = view.change_unit, view.change_decimals
    columns = (
        *words(view.dimension.replace("_", " ").capitalize()),
        *(
            number(name, unit=unit, decimals=decimals)
            for name in ("Own change", "Weight", "Together")
        ),
    )
    hidden = (_HIDDEN, None, None, view.hidden)
    rows = (
        *((each.name, each.rate, each.mix, each.contribution) for each in known),
        *((hidden,) if view.hidden is not None else ()),
        (_ALL, None, None, view.change),
    )
    title = f"Who moved {chart.metric_name}, against {view.base_label}"
    return (ReportTable(title=title, columns=columns, rows=rows),)


def _dots(view: Breakdown, chart: ControlChart, title: str) -> ReportDots | None:
    dots = tuple(
        ReportDot(
            label=f"{each.name} (n {each.n:,})",
            value=each.value,
            value_text=each.value_text,
            signal=_SIGNAL.get(each.chip.meaning, Signal.NONE),
        )
        for each in view.segments
        if each.value is not None
    )
    if not dots:
        return None
    return ReportDots(
        title=title,
        unit_text=chart.unit_text,
        decimals=chart.decimals,
        dots=dots,
        alt=f"{title}. {view.sentence}",
    )
