"""How our touchpoints compare: a funnel, or dots, of the units of one metric, and their runs."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from callboard import views
from callboard.charts import funnel_chart, unit_chart
from callboard.errors import NotAllowed
from callboard.figures import format_number
from callboard.services.comparing.compare_ways import list_comparable, list_ways
from callboard.services.comparing.touchpoints import read_comparison
from callboard.services.export import comparison_csv
from callboard.ui import address, compare_tables, filters, states
from callboard.ui.cache import draw, read
from callboard.ui.downloads import offer_csv
from callboard.ui.figures_drawn import show_figure
from callboard.ui.following import explain
from callboard.ui.layout import CHART, while_reading
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.multiples import draw_multiples, shared_bounds
from callboard.ui.page import Page
from callboard.ui.pictures import picture_of
from callboard.views import Picture
from metrics.model import Grain

_TOUCHPOINTS = "touchpoint"
_SCALES = {"one": "Same scale", "own": "Each its own"}
_DRAWN = frozenset({Picture.FUNNEL, Picture.SYSTEMATIC, Picture.DOTS})
_TITLE = {
    Picture.FUNNEL: ("By size and value", "Beyond the 99.8 % limit: marked and named."),
    Picture.SYSTEMATIC: (
        "Values with chance's part taken out",
        "Dot and line: the value drawn towards the whole, with its 95 % interval. "
        "Hollow: as counted.",
    ),
    Picture.DOTS: ("Beside each other", "The dotted line: all of them together."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareQuestion:
    """What is compared: a metric's touchpoints, or `by` a dimension its segments, and over what."""

    metric: str
    grain: Grain
    period: str
    periods: int
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiplesQuestion:
    """The comparison whose runs are drawn, and whether on one scale."""

    of: CompareQuestion
    is_one_scale: bool


@tells_errors
def pick_compared(page: Page) -> CompareQuestion:
    """Let the reader choose metric, periods and what is compared; it lives in the address."""
    metrics = dict(read(page, list_comparable))
    if not metrics:
        states.show_empty(len(page.runtime.definitions.contracts))
        st.stop()
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        metric = address.choose("Metric", "metric", metrics, width=280)
        ways = read(page, list_ways, metric=metric)
        by = _pick_way(ways)
        at = _pick_place(ways) if by else ""
        grain = filters.pick_grain(page)
        period = filters.pick_period(page, grain)
        periods = filters.pick_span()
        explain(page, metric)
    filters.tell_missing("metric", "metric", metrics, shown=metric)
    return CompareQuestion(metric=metric, grain=grain, period=period, periods=periods, by=by, at=at)


def _pick_way(ways: views.CompareWays) -> str:
    options = {key or _TOUCHPOINTS: words for key, words in ways.ways}
    usual = ways.usual or _TOUCHPOINTS
    picked = address.choose_in_row("Compare by", "by", options, default=usual)
    return "" if picked == _TOUCHPOINTS else picked


def _pick_place(ways: views.CompareWays) -> str:
    known = dict(ways.touchpoints)
    wanted = address.given("at")
    if wanted and wanted not in known:
        raise NotAllowed(f"There is no touchpoint “{wanted}” for this metric.")
    return address.choose("At", "at", {"": "All touchpoints together"} | known, width=220)


@tells_errors
def show_compared(page: Page, question: CompareQuestion, place: DeltaGenerator) -> None:
    """Write the sentence into `place`, then the picture, its table and its download."""
    with place:
        draw(page, _draw_headline, question)
    view = _read(page, question)
    with while_reading(CHART):
        draw(page, _draw_picture, question)
    if view.units:
        stem = f"{question.metric}-by-{question.by or _TOUCHPOINTS}"
        with st.container(horizontal=True, vertical_alignment="center"):
            is_table = address.flag("Show as a table", "table", widget="cb-compare-table")
            offer_csv(page, "Download CSV", stem, partial(comparison_csv, view))
        if is_table:
            draw(page, _draw_table, question)
    draw(page, _draw_left_out, question)


@tells_errors
def show_multiples(page: Page, question: CompareQuestion) -> None:
    """Draw the run of each unit, on one scale unless the reader wants each on its own."""
    view = _read(page, question)
    if not view.units:
        return
    title = tag("h2", "Each over time") + tag("span", f"The last {view.run_label}.")
    show(tag("div", title, css="cb-h2"))
    scale = address.choose_in_row("Scale", "scale", _SCALES)
    asked = MultiplesQuestion(of=question, is_one_scale=scale == "one")
    draw(page, _draw_multiples, asked)


def _read(page: Page, question: CompareQuestion) -> views.Comparison:
    return read(
        page,
        read_comparison,
        metric=question.metric,
        grain=question.grain,
        period=question.period or None,
        periods=question.periods,
        by=question.by,
        at=question.at,
    )


def _draw_headline(page: Page, question: CompareQuestion) -> None:
    view = _read(page, question)
    told = tag("h1", view.headline) + tag("p", view.lead)
    show(tag("div", told, css="cb-headline"))


def _draw_picture(page: Page, question: CompareQuestion) -> None:
    view = _read(page, question)
    if view.picture is Picture.NONE:
        states.show_nothing_here("Nothing to compare", why="It takes two of them with a value.")
    if view.picture not in _DRAWN:
        return
    title, aside = _TITLE[view.picture]
    show(tag("div", tag("h2", title) + tag("span", aside), css="cb-h2"))
    figure = funnel_chart(view) if view.picture is Picture.FUNNEL else unit_chart(view)
    picture = picture_of(
        page,
        title=f"{view.metric_name}, {view.noun}",
        period=view.period_label,
        stem=f"{view.metric}-by-{view.by or _TOUCHPOINTS}-{view.period}",
    )
    show_figure(figure, alt=view.alt, key="cb-compare", picture=picture)
    if view.chance:
        show(tag("p", view.chance, css="cb-note"))


def _draw_table(page: Page, question: CompareQuestion) -> None:
    show(compare_tables.comparison_table(_read(page, question)))


def _draw_left_out(page: Page, question: CompareQuestion) -> None:
    view = _read(page, question)
    if not view.left_out:
        return
    listed = joined(
        tag("li", Markup("<b>{}</b>: {}").format(name, reason)) for name, reason in view.left_out
    )
    show(tag("div", tag("h3", "Not compared") + tag("ul", listed), css="cb-left-out"))


def _draw_multiples(page: Page, question: MultiplesQuestion) -> None:
    view = _read(page, question.of)
    drawn = draw_multiples(view, is_one_scale=question.is_one_scale)
    show(tag("p", _how_to_read(view, question), css="cb-note cb-note-above") + drawn)


def _how_to_read(view: views.Comparison, question: MultiplesQuestion) -> str:
    line = f"The number beside a name is of {view.period_label}. "
    line += "" if view.centre is None else f"The line is at {view.centre_text}, all together. "
    if not question.is_one_scale:
        return f"{line}Each picture has a scale of its own, so their heights do not compare."
    low, high = (format_number(edge, view.decimals) for edge in shared_bounds(view))
    return f"{line}Every picture reaches from {low} to {high} {view.unit_text}.".replace(" .", ".")
