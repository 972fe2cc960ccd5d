"""The table beside each chart: the same figures, readable and printable."""

from markupsafe import Markup

from callboard import views
from callboard.charts import league_names
from callboard.figures import NO_VALUE, format_count, format_number, format_span
from callboard.ui.glyphs import MEANING_CSS, arrow
from callboard.ui.links import outside
from callboard.ui.markup import tag
from callboard.ui.moments import full_day
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
_LEAGUE = (
    Column(title="Who"),
    Column(title="Rank", is_number=True),
    Column(title="Value", is_number=True),
    Column(title="95 % interval", is_number=True),
    Column(title="We, against them"),
    Column(title="n", is_number=True),
    Column(title="Period"),
    Column(title="Published"),
    Column(title="Source"),
    Column(title="Note"),
)
_GAPS = (
    Column(title="Held against"),
    Column(title="It is", is_number=True),
    Column(title="We are"),
    Column(title="Made of"),
)
_TREND = (
    Column(title="Who"),
    Column(title="Period"),
    Column(title="Value", is_number=True),
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
            ),
            look="" if point.value is not None else "pale",
        )
        for point in reversed(view.points)
    ]
    if view.total is not None:
        rows.insert(0, _total_row(view.total, view.grain.value, *([""] if view.breaks else [])))
    caption = f"{view.metric_name}, {view.touchpoint_name}, by {view.grain.value}"
    columns = (*_HISTORY, Column(title="Segment")) if view.breaks else _HISTORY
    return draw_table(columns, rows, caption=caption, is_tall=True)


def _said_of(point: views.Point) -> str:
    told = point.rule_text or _STATUS.get(point.status, "")
    aside = f"set aside: {point.aside}" if point.aside else ""
    return "; ".join(filter(None, (told, aside)))


def _segment(view: views.ControlChart, point: views.Point) -> list[str]:
    """The number of the point's segment, and the break that it begins with; no cell without any."""
    begins = {mark.start: f", from the break: {mark.reason}" for mark in view.breaks}
    return [f"{point.segment + 1}{begins.get(point.start, '')}"] if view.breaks else []


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
    "suppressed": "too few to show",
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


def rhythm_table(view: views.Rhythm) -> Markup:
    """Return the weekdays or months, and what their effects were made of."""
    rows = [
        Row(cells=(each.name, each.effect_text, each.usual_text, format_count(each.counted)))
        for each in view.places
    ]
    columns = (Column(title=view.noun.capitalize()), *_RHYTHM)
    return draw_table(columns, rows, caption=f"Effect of each {view.noun}, made of {view.span}")


def league_table(view: views.CompetitorsPage) -> Markup:
    """Return the league with the passport of each value."""
    named = zip(view.league, league_names(view.league), strict=True)
    rows = [_league_row(each, name, view.trend.decimals) for each, name in named]
    return draw_table(_LEAGUE, rows, caption=f"{view.metric_name}, {view.unit_text}")


def gap_table(view: views.CompetitorsPage) -> Markup:
    """Return our gaps to the benchmarks of the ranked peers, with what each is made of."""
    rows = [
        Row(
            cells=(
                each.name,
                each.value_text,
                tag("span", tag("em", each.text), css=MEANING_CSS[each.meaning]),
                each.made_of,
            )
        )
        for each in view.gaps
    ]
    return draw_table(_GAPS, rows, caption=f"{view.metric_name}, {view.period_label}")


def _number_or_words(value: float | None, text: str) -> Markup | str:
    return text if value is not None else tag("small", text, css="cb-words")


def _league_row(competitor: views.Competitor, name: str, decimals: int) -> Row:
    return Row(
        cells=(
            f"{name} (us)" if competitor.is_us else name,
            _rank(competitor),
            competitor.value_text,
            _interval(competitor, decimals),
            _gap(competitor),
            competitor.n_text,
            tag("span", competitor.period_label),
            tag("span", full_day(competitor.as_of)),
            outside(competitor.source, competitor.source_url),
            competitor.note,
        ),
        look="ours" if competitor.is_us else "" if competitor.comparable else "pale",
    )


def _rank(competitor: views.Competitor) -> str:
    """The rank, and how far sampling error alone could move it where that is known."""
    if competitor.rank is None:
        return NO_VALUE
    if competitor.rank_low is None or competitor.rank_low == competitor.rank_high:
        return str(competitor.rank)
    return f"{competitor.rank} ({competitor.rank_low} to {competitor.rank_high})"


def _interval(competitor: views.Competitor, decimals: int) -> str:
    if competitor.low is None or competitor.high is None:
        return NO_VALUE
    return (
        f"{format_number(competitor.low, decimals)} to {format_number(competitor.high, decimals)}"
    )


def _gap(competitor: views.Competitor) -> Markup:
    """The gap with its word: the sign is the direction of the number, the word the meaning."""
    word = _SIDE.get(competitor.gap_meaning, "")
    told = f"{competitor.gap_text}, {word}" if word else competitor.gap_text
    return tag("span", tag("em", told), css=MEANING_CSS[competitor.gap_meaning])


_SIDE = {views.Meaning.GOOD: "ahead", views.Meaning.BAD: "behind"}


def trend_table(view: views.CompetitorTrend) -> Markup:
    """Return our readings and everybody's published values, the newest period first."""
    told = [("Us", ours) for ours in view.ours if ours[2] is not None]
    told += [(entity, each) for entity, values in view.peers.items() for each in values]
    rows = [
        Row(
            cells=(
                entity,
                format_span(start, end),
                f"{format_number(value or 0.0, view.decimals)} {view.unit_text}".rstrip(),
            ),
            look="ours" if entity == "Us" else "",
        )
        for entity, (start, end, value) in sorted(told, key=lambda each: each[1][1], reverse=True)
    ]
    return draw_table(
        _TREND, rows, caption=f"{view.metric_name}, ours and published values", is_tall=True
    )


def _amount(value: float | None) -> str:
    if value is None:
        return "–"
    return format_number(value, 0 if value == round(value) else 2)
