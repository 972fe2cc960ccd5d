"""Slides read back: charts that PowerPoint can edit hold the very values of the view."""

import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation as Slides

from callboard.drawing import inks
from callboard.services.taking.slide_charts import add_dots
from callboard.services.taking.slide_parts import Box
from callboard.services.taking.slides_file import LONGEST_TITLE, write_slides
from callboard.views import ReportDot, ReportDots, ReportSection
from callboard.views.report import ReportGrid, ReportShade
from tests.sample_reports import DAYS, VALUES, report


@pytest.fixture(scope="module")
def slides() -> Slides:
    return Presentation(io.BytesIO(write_slides(report())))


def charts(slides: Slides) -> list:
    return [shape.chart for slide in slides.slides for shape in slide.shapes if shape.has_chart]


def words(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_title_the_headline_then_a_slide_a_chart(slides: Slides) -> None:
    assert [
        "Board & <co>",
        "1 promise at risk.",
        "On-time delivery: Far below usual",
        "On-time delivery: 2nd of 2",
        "<i>Nothing</i>",
    ] == [slide.shapes.title.text_frame.text for slide in slides.slides]


def test_a_history_holds_values_centre_and_target_as_series(slides: Slides) -> None:
    history = charts(slides)[0]
    found = {series.name: tuple(series.values) for series in history.plots[0].series}
    assert history.chart_type in (XL_CHART_TYPE.LINE, XL_CHART_TYPE.LINE_MARKERS)
    assert VALUES == found["Values"]
    assert ((91.0,) * 6, (95.0,) * 6) == (found["Centre"], found["Target"])
    serials = [(day - date(1899, 12, 30)).days for day in DAYS]
    assert serials == [int(float(str(each.label))) for each in history.plots[0].categories]


def test_each_chart_and_table_has_an_alternative_text(slides: Slides) -> None:
    frames = [s for slide in slides.slides for s in slide.shapes if s.has_chart or s.has_table]
    told = [each._element.nvGraphicFramePr.cNvPr.get("descr") for each in frames]
    assert told == [frame.name for frame in frames]
    assert all(told)


def test_an_axis_holds_everything_that_is_drawn(slides: Slides) -> None:
    axis = charts(slides)[0].value_axis
    assert 70 <= axis.minimum_scale <= 80.125
    assert 95 <= axis.maximum_scale <= 105


def test_a_chart_brings_the_workbook_that_it_is_edited_in(slides: Slides) -> None:
    assert all(each.part.chart_workbook.xlsx_part is not None for each in charts(slides))


def test_a_league_has_grade_and_count_in_its_labels(slides: Slides) -> None:
    league = charts(slides)[1]
    assert XL_CHART_TYPE.BAR_CLUSTERED == league.chart_type
    assert ["Alder (grade B, 1,200 orders)", "Us"] == [str(e) for e in league.plots[0].categories]
    assert (94.0, 80.125) == tuple(league.plots[0].series[0].values)
    assert "Delivery Watch, as of 5 Nov 2026" in words(slides.slides[3])


def test_every_slide_is_stamped(slides: Slides) -> None:
    assert all("publication 12" in words(each) for each in slides.slides)
    assert all("2 published values of grade A, B" in words(slides.slides[at]) for at in (0, 1, 4))


def test_a_slide_of_one_metric_tells_its_sources_and_feeds_alone(slides: Slides) -> None:
    for at in (2, 3):
        told = words(slides.slides[at])
        assert "data behind it: 1 stale · 1 published value of grade B" in told
        notes = slides.slides[at].notes_slide.notes_text_frame
        assert notes is not None
        assert "Birch" not in told + notes.text


def test_the_reasons_stand_in_the_notes(slides: Slides) -> None:
    notes = slides.slides[2].notes_slide.notes_text_frame
    assert notes is not None
    assert "80.1 % is below the lower limit." in notes.text
    assert "Alder: 94.0 %, grade B, 1,200 orders, Oct 2026" in notes.text


def test_nothing_is_longer_than_its_place(slides: Slides) -> None:
    for slide in slides.slides:
        assert len(slide.shapes.title.text_frame.text) <= LONGEST_TITLE
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= slides.slide_width
            assert shape.top + shape.height <= slides.slide_height
    table = next(s.table for s in slides.slides[1].shapes if s.has_table)
    assert max(len(cell.text_frame.text) for cell in table.iter_cells()) <= 120


def test_sentences_and_a_grid_have_slides_of_their_own() -> None:
    sentences = ReportSection(title="Outlook", verdict="", told=("It will end at 92 %.",))
    shades = ((ReportShade(depth=1.0, sign="▼"), None),)
    grid = ReportGrid(title="Hours", rows=("Mon",), columns=("09", "10"), shades=shades, alt="Mon.")
    worst = "Worst: Monday 10:00 to 11:00, 75 of 100, no clear difference."
    hours = ReportSection(
        title="Hours", verdict=f"{worst} {'x' * 160}", chart=grid, metric="Answered"
    )
    chapter = replace(report().chapters[0], sections=(sentences, hours))
    made = write_slides(replace(report(), chapters=(chapter,)))
    told, drawn = list(Presentation(io.BytesIO(made)).slides)[-2:]
    assert "It will end at 92 %." in words(told)
    assert "higher, lower by more than chance" in words(drawn)
    assert f"Answered. {worst}" == drawn.shapes.title.text_frame.text
    (table,) = (shape.table for shape in drawn.shapes if shape.has_table)
    fills = [str(table.cell(1, at).fill.fore_color.rgb) for at in (1, 2)]
    assert [inks.DEEP[1:].upper(), "FFFFFF"] == fills
    assert ["▼", ""] == [table.cell(1, at).text_frame.text for at in (1, 2)]


@pytest.mark.parametrize("label", ['=HYPERLINK("//e.co/"&B3,"Acme")', "http://e.co/?a", "@SUM(1)"])
def test_the_workbook_behind_a_chart_computes_nothing_and_links_nowhere(label: str) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    dots = tuple(ReportDot(label=each, value=1.0, value_text="1") for each in (label, "We"))
    view = ReportDots(title="x", dots=dots, unit_text=label, decimals=1, alt="x")
    add_dots(slide, view, Box(left=1, top=1, width=5, height=3))
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert f"'{label}" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
