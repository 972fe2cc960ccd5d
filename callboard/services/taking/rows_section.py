"""The rows behind a reading as a section: asked of the feed for whoever may read them."""

from callboard.access import Action, Actor, is_allowed
from callboard.errors import FeedUnavailable
from callboard.services.drilling.rows import read_rows
from callboard.services.drilling.trend import read_control_chart
from callboard.services.row_export import plain_values
from callboard.services.runtime import Runtime
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.columns import words
from callboard.views import Point, ReportSection, ReportTable, RowsBehind


def rows_section(runtime: Runtime, actor: Actor, asked: ViewAsked) -> ReportSection | None:
    """Return the rows of the period that is told; None without the right, or of another page.

    A feed that does not answer is said, and the rest of the file is made all the same.
    """
    metric = runtime.definitions.metrics.get(asked.one("metric"))
    if (
        asked.page != "touchpoint"
        or metric is None
        or metric.is_composite
        or not is_allowed(actor, Action.READ_ROWS)
    ):
        return None
    point = _told(runtime, actor, asked)
    if point is None:
        return None
    title = f"Rows of {point.label}, {metric.name}"
    try:
        found = read_rows(
            runtime,
            actor,
            metric=metric.code,
            touchpoint=asked.one("touchpoint"),
            start=point.start,
            end=point.end,
        )
    except FeedUnavailable as error:
        return ReportSection(title=title, verdict=str(error), metric=metric.name)
    tables = (_table(found, title),) if found.rows else ()
    return ReportSection(title=title, verdict=found.sentence, metric=metric.name, tables=tables)


def _told(runtime: Runtime, actor: Actor, asked: ViewAsked) -> Point | None:
    chart = read_control_chart(
        runtime,
        actor,
        metric=asked.one("metric"),
        touchpoint=asked.one("touchpoint"),
        grain=asked.grain(runtime),
        period=asked.period,
    )
    return next((each for each in chart.points if each.start.isoformat() == chart.period), None)


def _table(found: RowsBehind, title: str) -> ReportTable:
    return ReportTable(title=title, columns=words(*found.columns), rows=plain_values(found))
