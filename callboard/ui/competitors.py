"""How we stand: the league with its intervals and sources, and the trend against the peers."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from callboard import views
from callboard.charts import gap_chart, league_chart, trend_chart
from callboard.services.comparing.competitors import list_compared, read_competitors
from callboard.services.competitor_export import gaps_csv, league_csv, trend_csv
from callboard.services.drilling.closing import read_ways
from callboard.ui import address, competitor_tables, filters, links, states
from callboard.ui.cache import draw, read
from callboard.ui.competitors_over_all import show_unknowns
from callboard.ui.downloads import offer_csv
from callboard.ui.figures_drawn import show_figure
from callboard.ui.following import explain
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outlook import draw_items
from callboard.ui.page import Page
from callboard.ui.pictures import picture_of

_HOW_TO_READ = (
    "A line is the 95 % interval: how far sampling error alone could carry the value. "
    "A hollow one may not be compared, one crossed out is too old, a dotted one is of an industry, "
    "a region or all. Grade A compares, B with a note, C is shown without a gap, D is only listed. "
    "Press a value to see where it comes from."
)
_HOW_TO_HOLD = (
    "The best who hold a tenth of all cases together show what is achievable: one peer's best "
    "value may be luck. An interval that crosses the line is no clear difference."
)
_HOW_TO_CLOSE = (
    "From the mean of our last three published periods, which one of them does not decide, at the "
    "pace of the last twelve."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitorQuestion:
    """On which metric we are compared."""

    metric: str


@tells_errors
def pick_comparison(page: Page) -> CompetitorQuestion:
    """Let a metric be chosen that there are published values for; it lives in the address.

    Where there is none, the page says so, lists what is not known, and ends.
    """
    compared = dict(read(page, list_compared))
    if not compared:
        states.show_state(
            "Nobody to compare with yet",
            "No competitor's values have been published for a metric that is measured here.",
            next_step=Markup('<a href="{}">Publish a benchmark file</a>.').format(
                links.address("publish", {})
            ),
            is_page=True,
        )
        show_unknowns(page)
        st.stop()
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        metric = address.choose("Metric", "metric", compared, width=320)
        explain(page, metric)
    filters.tell_missing("metric", "metric", compared, shown=metric)
    return CompetitorQuestion(metric=metric)


@tells_errors
def show_standing(page: Page, question: CompetitorQuestion, place: DeltaGenerator) -> None:
    """Write the sentence into `place`, then our gaps and the league, as dots and as tables."""
    with place:
        draw(page, _draw_headline, question)
    view = _read(page, question)
    if view.gaps:
        draw(page, _draw_gaps, question)
        offer_csv(page, "Download CSV", f"{question.metric}-gaps", partial(gaps_csv, view))
        draw(page, _draw_ways, question)
    draw(page, _draw_league, question)
    offer_csv(page, "Download CSV", f"{question.metric}-league", partial(league_csv, view))


@tells_errors
def show_peer_trend(page: Page, question: CompetitorQuestion) -> None:
    """Draw us against the band of the peers over the periods, with its table and download."""
    view = _read(page, question)
    if not view.trend.peers:
        return
    draw(page, _draw_trend, question)
    with st.container(horizontal=True, vertical_alignment="center"):
        is_table = address.flag("Show as a table", "table", widget="cb-trend-table")
        offer_csv(page, "Download CSV", f"{question.metric}-peers", partial(trend_csv, view))
    if is_table:
        show(competitor_tables.trend_table(view, zone=page.zone))


def _read(page: Page, question: CompetitorQuestion) -> views.CompetitorsPage:
    return read(page, read_competitors, metric=question.metric)


def _draw_headline(page: Page, question: CompetitorQuestion) -> None:
    view = _read(page, question)
    standing = tag("p", view.standing) if view.standing else Markup("")
    show(tag("div", tag("h1", view.headline) + standing, css="cb-headline"))
    places = " ".join(view.places)
    told = " ".join(filter(None, (view.changes, view.coverage, view.not_comparable, places)))
    if told:
        show(tag("p", told, css="cb-lead"))


def _draw_gaps(page: Page, question: CompetitorQuestion) -> None:
    view = _read(page, question)
    title = tag("h2", f"What we are held against, {view.period_label}") + tag("span", _HOW_TO_HOLD)
    show(tag("div", title, css="cb-h2"))
    told = "; ".join(f"{each.name}, {each.value_text}: {each.text}" for each in view.gaps)
    figure = gap_chart(view.gaps, unit=view.gap_unit)
    picture = picture_of(
        page,
        title=f"Our gaps in {view.metric_name}{_sources(view)}",
        period=view.period_label,
        stem=f"{view.metric}-gaps",
    )
    alt = f"Our gaps in {view.metric_name}. {told}."
    show_figure(figure, alt=alt, key="cb-gaps", picture=picture)
    show(competitor_tables.gap_table(view, zone=page.zone))


def _draw_ways(page: Page, question: CompetitorQuestion) -> None:
    ways = read(page, read_ways, metric=question.metric)
    if not ways.items and not ways.why:
        return
    how = tag("span", _HOW_TO_CLOSE) if ways.items else Markup("")
    show(tag("div", tag("h2", "Time to close the gap") + how, css="cb-h2"))
    if ways.items:
        show(draw_items(ways.items))
    else:
        show(tag("p", ways.why, css="cb-lead"))


def _draw_league(page: Page, question: CompetitorQuestion) -> None:
    view = _read(page, question)
    if not view.league:
        states.show_nothing_here("No league", why="No value of a competitor is published here.")
        return
    title = tag("div", tag("h2", "Published values beside ours"), css="cb-h2")
    show(title + tag("p", _HOW_TO_READ, css="cb-small"))
    figure = league_chart(view.league, unit=view.unit_text)
    picture = picture_of(
        page,
        title=f"{view.metric_name}{_sources(view)}",
        period=view.period_label,
        stem=f"{view.metric}-league",
    )
    show_figure(figure, alt=f"{view.headline} {view.standing}", key="cb-league", picture=picture)
    show(competitor_tables.league_table(view, zone=page.zone))


def _draw_trend(page: Page, question: CompetitorQuestion) -> None:
    view = _read(page, question).trend
    show(tag("div", tag("h2", "Against the peers over time"), css="cb-h2"))
    stem = f"{question.metric}-peers"
    picture = picture_of(page, title=f"{view.metric_name} against the peers", period="", stem=stem)
    show_figure(trend_chart(view), alt=view.alt, key="cb-trend", picture=picture)


def _sources(view: views.CompetitorsPage) -> str:
    """Whose values these are, for a picture that leaves the page; the grades stand beside them."""
    told = dict.fromkeys(each.source for each in view.league if each.is_drawn and not each.is_us)
    grades = sorted({each.grade for each in view.league if each.is_drawn and each.grade})
    if not told:
        return ""
    named = next(iter(told)) if len(told) == 1 else f"{len(told)} sources"
    return f"; {named}, grade {', '.join(grades)}"
