"""How long cases stay open as a section, those still open counted."""

from callboard.figures import format_number
from callboard.services.taking.columns import number, words
from callboard.views import (
    ControlChart,
    OpenShare,
    ReportDot,
    ReportDots,
    ReportSection,
    ReportTable,
    Waiting,
)

_COLUMNS = (
    *words("After"),
    number("Still open, %", decimals=1),
    number("Low, 95 %", decimals=1),
    number("High, 95 %", decimals=1),
    number("Followed so far", decimals=0),
)


def waiting_section(view: Waiting | None, chart: ControlChart) -> ReportSection | None:
    """Return what is still open by age; None for a metric that does not say what is open."""
    if view is None:
        return None
    title = f"Still open by age, {view.metric_name}, {view.touchpoint_name}"
    rows = tuple(
        (each.age_text, each.share, *(_interval(each) or (None, None)), each.at_risk)
        for each in view.ages
    )
    return ReportSection(
        title=title,
        verdict=view.sentence,
        metric=chart.metric_name,
        chart=_dots(view, title) if view.ages else None,
        tables=(ReportTable(title=title, columns=_COLUMNS, rows=rows),) if rows else (),
        why=tuple(filter(None, (view.note,))),
    )


def _interval(age: OpenShare) -> tuple[float, float] | None:
    """Before any case is closed there is no variance, and so no interval."""
    return None if age.low == age.high else (age.low, age.high)


def _dots(view: Waiting, title: str) -> ReportDots:
    return ReportDots(
        title=title,
        unit_text="% still open",
        decimals=1,
        dots=tuple(
            ReportDot(
                label=f"after {each.age_text} ({each.at_risk:,} followed)",
                value=each.share,
                value_text=f"{format_number(each.share, 1)} %",
                low=(_interval(each) or (None, None))[0],
                high=(_interval(each) or (None, None))[1],
            )
            for each in view.ages
        ),
        alt=view.alt,
    )
