"""A metric's history as a section: its lines, its points as a table, and why the verdict."""

from datetime import date

from callboard.figures import format_day
from callboard.services.export import tell_comments, tell_marks
from callboard.services.taking.words import SIGNAL, quoted
from callboard.views import (
    ControlChart,
    EventGaps,
    Point,
    ReportColumn,
    ReportLine,
    ReportSection,
    ReportSeries,
    ReportTable,
    Role,
)
from callboard.views.report import Cell

_GAPS = (
    ReportColumn(title="Event before"),
    ReportColumn(title="Event"),
    ReportColumn(title="Between them", is_number=True),
    ReportColumn(title="What it says"),
)


def chart_section(view: ControlChart) -> ReportSection:
    """Return a metric's history at a touchpoint with its verdict."""
    title = f"{view.metric_name}, {view.touchpoint_name}"
    is_drawn = any(point.value is not None for point in view.points)
    return ReportSection(
        title=title,
        verdict=view.verdict,
        metric=view.metric_name,
        is_cited=True,
        chart=_line(view, title) if is_drawn else None,
        tables=(_points(view, title), *([_gaps(view.between, title)] if view.between else [])),
        why=tuple(
            filter(
                None,
                (view.why, *_comments(view), _sampling(view), view.trust.sentence, *_breaks(view)),
            )
        ),
    )


def _comments(view: ControlChart) -> list[str]:
    """What people say of the period that is told, the newest first."""
    return [
        quoted(each.text, f"{each.actor}, of {each.period_label}")
        for each in view.comments
        if each.start.isoformat() == view.period
    ]


def _sampling(view: ControlChart) -> str:
    sure = view.doubts.sampling
    return f"Sampling alone: {sure} (95 %)." if sure else ""


def _breaks(view: ControlChart) -> list[str]:
    return [f"Limits begin anew on {format_day(mark.start)}: {mark.reason}" for mark in view.breaks]


def _line(view: ControlChart, title: str) -> ReportLine:
    points = view.points
    series = (
        _series("Values", Role.VALUES, [_whole(point) for point in points]),
        _series("Still running", Role.RUNNING, [_running(point) for point in points]),
        _series("Upper limit", Role.LIMIT, [_possible(view, point.upper) for point in points]),
        _series("Centre", Role.CENTRE, [_possible(view, point.centre) for point in points]),
        _series("Lower limit", Role.LIMIT, [_possible(view, point.lower) for point in points]),
        _series("Target", Role.TARGET, [target_on(view, point.end) for point in points]),
    )
    return ReportLine(
        title=title,
        unit_text=view.unit_text,
        decimals=view.decimals,
        days=tuple(point.start for point in points),
        labels=tuple(point.label for point in points),
        series=tuple(each for each in series if any(v is not None for v in each.values)),
        signals=tuple(point.signal for point in points),
        alt=view.alt,
        starts=tuple(
            place
            for place, point in enumerate(points)
            if place and point.segment != points[place - 1].segment
        ),
    )


def _series(name: str, role: Role, values: list[float | None]) -> ReportSeries:
    return ReportSeries(name=name, role=role, values=tuple(values))


def _whole(point: Point) -> float | None:
    return None if point.status == "partial" else point.value


def _running(point: Point) -> float | None:
    return point.value if point.status == "partial" else None


def _possible(view: ControlChart, level: float | None) -> float | None:
    """A limit beyond what is possible is not drawn; the table keeps it."""
    low, high = view.natural_low, view.natural_high
    if level is None or (low is not None and level < low) or (high is not None and level > high):
        return None
    return level


def target_on(view: ControlChart, day: date) -> float | None:
    """Return the target in force on a day."""
    return next((value for start, end, value in view.targets if start <= day <= end), None)


def _points(view: ControlChart, title: str) -> ReportTable:
    unit = f", {view.unit_text}" if view.unit_text else ""

    def number(name: str) -> ReportColumn:
        return ReportColumn(title=f"{name}{unit}", is_number=True, decimals=view.decimals)

    columns = (
        *(ReportColumn(title="Period"), ReportColumn(title="First day", is_for_machines=True)),
        *(ReportColumn(title="Last day", is_for_machines=True), number("Value")),
        ReportColumn(title="Counted", is_number=True, decimals=0),
        ReportColumn(title="Numerator", is_number=True),
        ReportColumn(title="Denominator", is_number=True),
        *map(number, ("Centre", "Lower limit", "Upper limit", "Target")),
        ReportColumn(title="What it says"),
        *((ReportColumn(title="Annotations"),) if view.annotations else ()),
        *((ReportColumn(title="Comments"),) if view.comments else ()),
    )
    rows = tuple((*_point(view, point), *_written(view, point)) for point in reversed(view.points))
    return ReportTable(title=title, columns=columns, rows=rows)


def _point(view: ControlChart, point: Point) -> tuple[Cell, ...]:
    return (
        *(point.label, point.start, point.end, point.value, point.n),
        *(point.numerator, point.denominator),
        *(point.centre, point.lower, point.upper, target_on(view, point.end)),
        _said(point),
    )


def _written(view: ControlChart, point: Point) -> tuple[Cell, ...]:
    """What people wrote beside a period and about it, where anybody did."""
    comments = tell_comments(view, point.start)
    return (
        *(("; ".join(tell_marks(view, point)),) if view.annotations else ()),
        *((comments,) if view.comments else ()),
    )


def _said(point: Point) -> str:
    """What a point's shape and colour say, why it is set aside among it."""
    word = "" if point.signal.value in ("none", "no_data") else SIGNAL[point.signal]
    aside = f"set aside: {point.aside}" if point.aside else ""
    status = "" if point.status == "ok" else point.status.replace("_", " ")
    return "; ".join(filter(None, (word, point.rule_text, status, aside))) or "as usual"


def _gaps(view: EventGaps, title: str) -> ReportTable:
    rows = tuple(
        (gap.start, gap.end, gap.length, "still running" if gap.is_running else SIGNAL[gap.signal])
        for gap in view.gaps
    )
    return ReportTable(title=f"{title}: {view.noun} between events", columns=_GAPS, rows=rows)
