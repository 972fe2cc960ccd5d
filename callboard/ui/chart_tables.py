"""The table beside each chart: the same figures, readable and printable."""

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count, format_number
from callboard.services.export import tell_marks
from callboard.ui.glyphs import MEANING_CSS, arrow
from callboard.ui.markup import tag
from callboard.ui.tables import Column, Row, draw_table

_HISTORY = (
    Column(title="Period"),
    Column(title="Value", is_number=True),
    Column(title="n", is_number=True),
    Column(title="Numerator", is_number=True),
    Column(title="Denominator", is_number=True),
    Column(title="What it says"),
)
_PART = Column(title="Part of the change", is_number=True)
_EFFECTS = (
    Column(title="Segment"),
    Column(title="Own change", is_number=True),
    Column(title="Weight", is_number=True),
    Column(title="Together", is_number=True),
)
_BREAKDOWN = (
    Column(title="Segment"),
    Column(title="Now", is_number=True),
    Column(title="Before", is_number=True),
    Column(title="Change"),
    _PART,
    Column(title="n", is_number=True),
    Column(title="Share", is_number=True),
)
_RHYTHM = (
    Column(title="From the level", is_number=True),
    Column(title="Usually", is_number=True),
    Column(title="Seen", is_number=True),
)


def history_table(view: views.ControlChart) -> Markup:
    """Return the points of a control chart, the newest first."""
    rows = [
        Row(
            cells=(
                point.label,
                point.value_text,
                format_count(point.n),
                _amount(point.numerator),
                _amount(point.denominator),
                _said_of(point),
                *_segment(view, point),
                *_annotated(view, point),
            ),
            look="" if point.value is not None else "pale",
        )
        for point in reversed(view.points)
    ]
    columns = (
        *_HISTORY,
        *([Column(title="Segment")] if view.breaks else []),
        *([Column(title="Annotations")] if view.annotations else []),
    )
    if view.total is not None:
        more = [""] * (len(columns) - len(_HISTORY))
        rows.insert(0, _total_row(view.total, view.grain.value, *more))
    caption = f"{view.metric_name}, {view.touchpoint_name}, by {view.grain.value}"
    return draw_table(columns, rows, caption=caption, is_tall=True)


def _said_of(point: views.Point) -> str:
    told = point.rule_text or _STATUS.get(point.status, "")
    aside = f"set aside: {point.aside}" if point.aside else ""
    return "; ".join(filter(None, (told, aside)))


def _segment(view: views.ControlChart, point: views.Point) -> list[str]:
    """The number of the point's segment, and the break that it begins with; no cell without any."""
    begins = {mark.start: f", from the break: {mark.reason}" for mark in view.breaks}
    return [f"{point.segment + 1}{begins.get(point.start, '')}"] if view.breaks else []


def _annotated(view: views.ControlChart, point: views.Point) -> list[str]:
    """What was written of the period's days; no cell on a chart without annotations."""
    return ["; ".join(tell_marks(view, point))] if view.annotations else []


def _total_row(total: views.Total, noun: str, *more: str) -> Row:
    return Row(
        cells=(
            f"These {total.periods} whole {noun}s together",
            total.value_text,
            format_count(total.n),
            _amount(total.numerator),
            _amount(total.denominator),
            "",
            *more,
        ),
        look="ours",
    )


_STATUS = {
    "ok": "as usual",
    "no_data": "no data",
    "partial": "still running",
    "suppressed": "too few cases to show",
    "collapsed": "not judged",
}


def breakdown_table(view: views.Breakdown) -> Markup:
    """Return the segments of a breakdown in its order; what none of them has gets no column."""
    adds_up = any(segment.contribution is not None for segment in view.segments)
    rows = [
        Row(
            cells=(
                segment.name,
                _number_or_words(segment.value, segment.value_text),
                _number_or_words(segment.before, segment.before_text),
                tag(
                    "span",
                    arrow(segment.chip.movement)
                    + f"{segment.chip.text} "
                    + tag("em", segment.chip.word),
                    css=MEANING_CSS[segment.chip.meaning],
                ),
                *([segment.contribution_text] if adds_up else []),
                format_count(segment.n),
                f"{format_number(100 * segment.share, 0)} %",
            )
        )
        for segment in view.segments
    ]
    columns = [each for each in _BREAKDOWN if adds_up or each is not _PART]
    return draw_table(columns, rows, caption=f"By {view.dimension}, {view.period_label}")


def effects_table(view: views.Breakdown) -> Markup:
    """Return what each segment did to the change, by itself and by weight, the biggest first."""
    known = [each for each in view.segments if each.contribution is not None]
    known.sort(key=lambda each: -abs(each.contribution or 0.0))
    rows = [
        Row(cells=(each.name, each.rate_text, each.mix_text, each.contribution_text))
        for each in known
    ]
    if view.hidden_text:
        rows.append(Row(cells=("Hidden ones together", "", "", view.hidden_text), look="pale"))
    rows.append(Row(cells=("All together", "", "", view.change_text), look="ours"))
    return draw_table(_EFFECTS, rows, caption=f"Parts of the change against {view.base_label}")


def rhythm_table(view: views.Rhythm) -> Markup:
    """Return the weekdays or months, and what their effects were made of."""
    rows = [
        Row(cells=(each.name, each.effect_text, each.usual_text, format_count(each.counted)))
        for each in view.places
    ]
    columns = (Column(title=view.noun.capitalize()), *_RHYTHM)
    return draw_table(columns, rows, caption=f"Effect of each {view.noun}, made of {view.span}")


def _number_or_words(value: float | None, text: str) -> Markup | str:
    return text if value is not None else tag("small", text, css="cb-words")


def _amount(value: float | None) -> str:
    if value is None:
        return "–"
    return format_number(value, 0 if value == round(value) else 2)
