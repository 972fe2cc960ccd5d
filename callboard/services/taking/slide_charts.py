"""Native charts on slides: their figures are the view's, in a workbook that PowerPoint opens."""

from collections.abc import Sequence
from datetime import date

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import LineSeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Pt

from callboard.drawing import inks
from callboard.drawing.scales import scale_for, ticks
from callboard.services.export import safe_text
from callboard.services.taking.slide_parts import FONT, Box, colour, cut, describe, plain
from callboard.views import ReportDot, ReportDots, ReportLine, Role
from metrics.signals import Signal

MOST_DOTS, _MOST_DAYS, _LONGEST_LABEL = 24, 9, 48
_LINKS = ("http:", "https:", "ftp:", "ftps:", "mailto:", "internal:", "external:", "file:")
_LOOK = {
    Role.CENTRE: (inks.CENTRE, 1.25, MSO_LINE.SOLID),
    Role.LIMIT: (inks.LIMIT, 1.25, MSO_LINE.SOLID),
    Role.TARGET: (inks.TARGET, 1.5, MSO_LINE.DASH),
    Role.VALUES: (inks.COMMON, 1.5, MSO_LINE.SOLID),
    Role.RUNNING: (inks.COMMON, 1.0, MSO_LINE.ROUND_DOT),
}
_MARKS = {
    Signal.IMPROVEMENT: XL_MARKER_STYLE.DIAMOND,
    Signal.CONCERN: XL_MARKER_STYLE.SQUARE,
    Signal.HIGH: XL_MARKER_STYLE.TRIANGLE,
    Signal.LOW: XL_MARKER_STYLE.TRIANGLE,
}


def add_line(slide: Slide, view: ReportLine, box: Box) -> None:
    """Put a history on a slide: values, centre, limits and target are series of one chart."""
    data = CategoryChartData(number_format=_format(view.decimals))
    data.categories = list(view.days)
    for series in view.series:
        data.add_series(_as_text(series.name), series.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box.sides, data)
    describe(frame, view.alt)
    chart = frame.chart
    _lay_out(chart, has_legend=True)
    _label_days(chart, view.days)
    _fit(chart, view)
    chart.category_axis.tick_labels.number_format = "d mmm yy"
    chart.category_axis.tick_labels.number_format_is_linked = False
    for series, drawn in zip(view.series, chart.plots[0].series, strict=True):
        _draw(drawn, series.role)
        if series.role is Role.VALUES:
            _mark(drawn, view.signals)
    chart.value_axis.tick_labels.number_format = _format(view.decimals)
    chart.value_axis.tick_labels.number_format_is_linked = False


def _as_text(label: str) -> str:
    """Text that the workbook behind a chart neither computes nor makes a link of."""
    shown = plain(label)
    is_link = shown.lower().startswith(_LINKS)
    return f"'{shown}" if is_link else safe_text(shown)


def _label_days(chart: Chart, days: Sequence[date]) -> None:
    """Some days are named, not every one: a slide is no wider than a dozen of them."""
    apart = max(1, (days[-1] - days[0]).days // _MOST_DAYS)
    axis = chart.category_axis._element
    for name, value in (("majorUnit", str(apart)), ("majorTimeUnit", "days")):
        element = OxmlElement(f"c:{name}")
        element.set("val", value)
        axis.append(element)


def _fit(chart: Chart, view: ReportLine) -> None:
    """The axis holds what is drawn, as on the screen; it starts at nothing only if that is near."""
    known = [value for each in view.series for value in each.values if value is not None]
    scale = scale_for(known, start=0.0, end=1.0)
    steps = ticks(scale)
    step = steps[1] - steps[0] if len(steps) > 1 else scale.high - scale.low
    low = steps[0] - step if steps[0] > scale.low else steps[0]
    chart.value_axis.minimum_scale = max(low, 0.0) if min(known) >= 0 else low
    chart.value_axis.maximum_scale = steps[-1] + step
    chart.value_axis.major_unit = step


def _draw(series: LineSeries, role: Role) -> None:
    ink, width, dash = _LOOK[role]
    series.smooth = False
    series.format.line.color.rgb = colour(ink)
    series.format.line.width = Pt(width)
    series.format.line.dash_style = dash
    is_dotted = role in (Role.VALUES, Role.RUNNING)
    series.marker.style = XL_MARKER_STYLE.CIRCLE if is_dotted else XL_MARKER_STYLE.NONE
    if is_dotted:
        series.marker.size = 5
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(ink if role is Role.VALUES else "#ffffff")
        series.marker.format.line.color.rgb = colour(ink)


def _mark(series: LineSeries, signals: tuple[Signal, ...]) -> None:
    """A signal has a shape and a colour of its own."""
    for place, signal in enumerate(signals):
        if signal in _MARKS:
            marker = series.points[place].marker
            marker.style, marker.size = _MARKS[signal], 9
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = colour(inks.SIGNAL[signal])
            marker.format.line.color.rgb = colour(inks.SIGNAL[signal])


def add_dots(slide: Slide, view: ReportDots, box: Box) -> None:
    """Put values beside each other on a slide: bars from zero with their figures."""
    dots = view.dots[:MOST_DOTS]
    data = CategoryChartData(number_format=_format(view.decimals))
    data.categories = [_as_text(cut(each.label, _LONGEST_LABEL)) for each in dots]
    data.add_series(_as_text(view.unit_text) or "Value", [each.value for each in dots])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.sides, data)
    describe(frame, view.alt)
    chart = frame.chart
    _lay_out(chart, has_legend=False)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.visible = False
    plot = chart.plots[0]
    plot.gap_width = 60
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(view.decimals), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.name = Pt(11), FONT
    if all(each.value >= 0 for each in dots):
        chart.value_axis.minimum_scale = 0
    for place, dot in enumerate(dots):
        fill = plot.series[0].points[place].format.fill
        fill.solid()
        fill.fore_color.rgb = colour(_ink(dot))


def _ink(dot: ReportDot) -> str:
    if dot.is_ours:
        return inks.OURS
    return inks.FAINT if dot.is_pale else inks.SIGNAL[dot.signal]


def _lay_out(chart: Chart, *, has_legend: bool) -> None:
    chart.has_title = False
    chart.font.size, chart.font.name = Pt(11), FONT
    chart.has_legend = has_legend
    if has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.value_axis.major_gridlines.format.line.color.rgb = colour(inks.FAINT)
    chart.value_axis.has_major_gridlines = has_legend
    chart.value_axis.format.line.fill.background()
    chart.category_axis.format.line.color.rgb = colour(inks.LIMIT)


def _format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
