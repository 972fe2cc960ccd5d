"""Flags of annotations on the two charts: where they stand, what they say, how they make room."""

from dataclasses import replace
from datetime import date, timedelta

from callboard.charts.between_chart import between_chart
from callboard.charts.control_chart import control_chart
from callboard.views import AnnotationMark, AnnotationTag
from tests import sample_parts, sample_views

CHART = sample_views.broken_chart()
STARTS = [point.start for point in CHART.points]


def mark(number: int, place: int, *, weeks: int = 0, text: str = "New checklist") -> AnnotationMark:
    start = STARTS[place]
    end = start + timedelta(weeks=weeks)
    return AnnotationMark(
        number=number,
        first=start + timedelta(days=2),
        last=end + timedelta(days=2),
        start=start,
        end=end,
        days="12 Sep",
        tag=AnnotationTag.CHANGE,
        text=text,
    )


def flags(*marks: AnnotationMark) -> list:
    figure = control_chart(replace(CHART, annotations=marks))
    return [each for each in figure.layout.annotations if each.name == "Annotation"]


def test_a_flag_stands_above_its_period_with_its_number_and_tells_on_hover() -> None:
    (flag,) = flags(mark(1, 3))
    assert (STARTS[3], "1", "paper", 1) == (flag.x, flag.text, flag.yref, flag.y)
    assert "1 · 12 Sep · change: New checklist" == flag.hovertext


def test_flags_that_would_hide_each_other_share_one() -> None:
    first, second = flags(mark(1, 3), mark(2, 4), mark(3, len(STARTS) - 2))
    assert ("1–2", "3") == (first.text, second.text)
    assert 2 == first.hovertext.count("New checklist")


def test_a_span_of_days_is_a_bar_over_its_periods() -> None:
    figure = control_chart(replace(CHART, annotations=(mark(1, 3, weeks=4),)))
    (bar,) = [each for each in figure.layout.shapes if each.name == "Annotated days"]
    assert (STARTS[3], STARTS[7]) == (bar.x0, bar.x1)


def test_the_flags_take_a_row_of_their_own_and_leave_the_unit_and_the_break_their_places() -> None:
    plain, flagged = (
        control_chart(replace(CHART, annotations=marks)) for marks in ((), (mark(1, 3),))
    )
    grown = flagged.layout.margin.t - plain.layout.margin.t
    assert grown > 0
    assert grown == flagged.layout.annotations[0].yshift - plain.layout.annotations[0].yshift
    heights = [
        next(each.yshift for each in figure.layout.annotations if CHART.breaks[0].text in each.text)
        for figure in (plain, flagged)
    ]
    assert grown == heights[1] - heights[0]


def test_long_words_are_broken_into_lines_and_stay_text() -> None:
    (flag,) = flags(mark(1, 3, text="a <b>bold</b> " + "word " * 40))
    assert "&lt;b&gt;bold&lt;/b&gt;" in flag.hovertext
    assert max(len(line) for line in flag.hovertext.split("<br>")) < 90


def test_the_chart_of_gaps_has_the_flags_of_its_own_days() -> None:
    gaps = sample_parts.event_gaps()
    day = gaps.gaps[2].end
    near = replace(mark(1, 3), first=day, last=day)
    far = replace(near, number=2, first=date(1999, 1, 1), last=date(1999, 1, 2))
    figure = between_chart(gaps, annotations=(near, far))
    (flag,) = [each for each in figure.layout.annotations if each.name == "Annotation"]
    assert (day, "1") == (flag.x, flag.text)
