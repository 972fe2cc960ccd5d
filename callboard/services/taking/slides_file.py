"""A report as slides: a title, what needs a look, then one native chart a slide.

Charts stay charts that can be edited. The verdict is the title, the reasons stand in the notes,
the stamp at the foot of every slide.
"""

import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide

from callboard.figures import format_day
from callboard.services.taking.slide_charts import MOST_DOTS, add_dots, add_line
from callboard.services.taking.slide_grid import add_grid
from callboard.services.taking.slide_parts import (
    SLIDE_HEIGHT,
    SLIDE_WIDTH,
    Box,
    add_table,
    add_words,
    cut,
    cut_at_sentence,
    keep_title,
    plain,
)
from callboard.services.taking.stamping import stamp_line, stamp_of
from callboard.views import (
    Chapter,
    Report,
    ReportDots,
    ReportSection,
    ReportSource,
    ReportTable,
    Stamp,
)
from callboard.views.report import ReportChart, ReportGrid
from metrics.signals import Signal

_TITLE_ONLY = 5
_BODY = Box(left=0.6, top=1.5, width=12.1, height=4.75)
_LINE = Box(left=0.6, top=1.2, width=12.1, height=0.4)
_FOOT = Box(left=0.6, top=6.85, width=12.1, height=0.45)
_CITED = Box(left=0.6, top=6.3, width=12.1, height=0.5)
_MOST_CITED, _MOST_LISTED = 4, 8
LONGEST_TITLE, _LONGEST_CITED = 160, 260


def write_slides(report: Report) -> bytes:
    """Return the presentation."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = SLIDE_WIDTH, SLIDE_HEIGHT
    _add_first(slides, report)
    for chapter in report.chapters:
        if chapter.summary is not None or not _says_it_all(chapter):
            _add_headline(slides, chapter)
        for section in chapter.sections:
            stamp = stamp_of(chapter.stamp, section)
            if section.chart is not None:
                _add_chart(slides, section, stamp)
            elif section.told:
                _add_sentences(slides, section, stamp)
            elif section.listed is not None:
                _add_listed(slides, section, section.listed, stamp)
    slides.core_properties.title = plain(report.title)
    slides.core_properties.author = "Callboard"
    target = io.BytesIO()
    slides.save(target)
    return target.getvalue()


def _says_it_all(chapter: Chapter) -> bool:
    """Whether the first chart's slide says what a slide with the headline would."""
    first = next((each for each in chapter.sections if each.chart is not None), None)
    return first is not None and first.verdict == chapter.headline


def _add_first(slides: Slides, report: Report) -> None:
    """What it is, of whom, how far the data reach, and what stands on the slides."""
    stamp, told = report.chapters[0].stamp, report.chapters[:_MOST_LISTED]
    is_one = len(told) == 1
    slide = _new(slides, report.title, stamp)
    facts = [
        stamp.workspace,
        stamp.notice,
        f"Complete to {stamp.complete_to}; publication {stamp.publication}, {stamp.published_at}",
        f"All data: {stamp.data_state}",
        *report.left_out,
        *(each.headline if is_one else f"{each.title}. {each.headline}" for each in told),
    ]
    add_words(slide, [each for each in facts if each], _BODY, size=16)


def _add_headline(slides: Slides, chapter: Chapter) -> None:
    slide = _new(slides, chapter.headline, chapter.stamp)
    add_words(slide, [chapter.title], _LINE, size=12)
    if chapter.summary is not None:
        add_table(slide, chapter.summary, _BODY)
    elif chapter.sections:
        add_words(slide, list(chapter.sections[0].why)[:6], _BODY, size=14)
    _keep_notes(
        slide, [f"{each.name}: {each.badge}. {each.sentence}" for each in chapter.stamp.feeds]
    )


def _add_chart(slides: Slides, section: ReportSection, stamp: Stamp) -> None:
    assert section.chart is not None
    slide = _new(slides, _titled(section), stamp)
    add_words(slide, [f"{section.title}{_marks(section.chart)}"], _LINE, size=12)
    if isinstance(section.chart, ReportGrid):
        add_grid(slide, section.chart, _BODY)
    elif isinstance(section.chart, ReportDots):
        add_dots(slide, section.chart, _BODY)
        cited = _cited(stamp.sources)
        if cited:
            add_words(slide, [cited], _CITED, size=9)
    else:
        add_line(slide, section.chart, _BODY)
    told = (section.verdict, section.chart.alt, *section.why, *map(_told, stamp.sources))
    _keep_notes(slide, list(dict.fromkeys(told)))


def _add_sentences(slides: Slides, section: ReportSection, stamp: Stamp) -> None:
    slide = _new(slides, _titled(section), stamp)
    add_words(slide, section.told, _BODY, size=18)
    _keep_notes(slide, [*section.why, *map(_told, stamp.sources)])


def _add_listed(slides: Slides, section: ReportSection, table: ReportTable, stamp: Stamp) -> None:
    slide = _new(slides, _titled(section), stamp)
    whole = max(len(each.rows) for each in section.tables)
    cut_off = f" (the first {len(table.rows)} of {whole})" if len(table.rows) < whole else ""
    add_words(slide, [f"{section.title}{cut_off}"], _LINE, size=12)
    add_table(slide, table, _BODY)
    _keep_notes(slide, [*section.why, *map(_told, stamp.sources)])


def _titled(section: ReportSection) -> str:
    """The verdict, with the name of its metric where it does not say that itself."""
    verdict = section.verdict or section.title
    is_said = section.metric.casefold() in verdict.casefold()
    if is_said:
        return verdict
    return f"{section.metric}{'.' if ': ' in verdict else ':'} {verdict}"


def _marks(chart: ReportChart) -> str:
    """Its unit, then what its shapes mean as far as there are any, or how many are drawn."""
    if isinstance(chart, ReportGrid):
        signs = {each.sign for row in chart.shades for each in row if each}
        return f" ({_DEEPER}{_HIGHER_LOWER if signs & {'▲', '▼'} else ''})"
    unit = f", {chart.unit_text}" if chart.unit_text else ""
    if isinstance(chart, ReportDots):
        is_cut = len(chart.dots) > MOST_DOTS
        return f"{unit} (the first {MOST_DOTS} of {len(chart.dots)})" if is_cut else unit
    there = chart.signals
    told = [words for signal, words in _SHAPES.items() if signal in there]
    return f"{unit} ({', '.join(told)})" if told else unit


_DEEPER = "deeper: farther from all hours together"
_HIGHER_LOWER = "; ▲ ▼: higher, lower by more than chance"


_SHAPES = {
    Signal.CONCERN: "squares: concern",
    Signal.IMPROVEMENT: "diamonds: improvement",
    Signal.HIGH: "triangles: unusually high",
    Signal.LOW: "triangles: unusually low",
}


def _new(slides: Slides, title: str, stamp: Stamp) -> Slide:
    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    keep_title(slide, cut_at_sentence(title, LONGEST_TITLE))
    add_words(slide, [stamp_line(stamp)], _FOOT, size=9)
    return slide


def _keep_notes(slide: Slide, lines: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = plain("\n".join(filter(None, lines)))


def _cited(sources: Sequence[ReportSource]) -> str:
    """Where the published values come from, each source once."""
    told = list(dict.fromkeys(_source(each) for each in sources))
    more = f"; {len(told) - _MOST_CITED} more in the notes" if len(told) > _MOST_CITED else ""
    return cut(f"Sources: {'; '.join(told[:_MOST_CITED])}{more}", _LONGEST_CITED) if told else ""


def _source(source: ReportSource) -> str:
    as_of = f", as of {format_day(source.as_of)}" if source.as_of else ""
    return f"{source.source}{as_of}"


def _told(source: ReportSource) -> str:
    grade = f"grade {source.grade.value}" if source.grade else ""
    parts = (source.value_text, grade, source.n_text, source.period, _source(source), source.url)
    return f"{source.entity}: {', '.join(filter(None, parts))}"
