"""One metric at one touchpoint, large: its history, why it signals, its parts, its rows."""

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.charts import breakdown_chart, control_chart, is_possible
from callboard.figures import format_span
from callboard.services.drilling.breakdown import read_breakdown
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import breakdown_csv, chart_csv
from callboard.services.readings.seasons import history_of
from callboard.ui import address, chart_tables, filters, links, states
from callboard.ui.annotation_table import flag_list
from callboard.ui.badge_card import draw_badge
from callboard.ui.cache import draw, read
from callboard.ui.comments import show_comments
from callboard.ui.downloads import offer_csv
from callboard.ui.effects import draw_effects, pick_base
from callboard.ui.figures_drawn import show_figure
from callboard.ui.following import explain, offer_following
from callboard.ui.layout import CHART, while_reading
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outlook import outlook_of
from callboard.ui.page import Page
from callboard.ui.reading_picture import picture_of_reading
from callboard.ui.signal_here import show_signal_here
from callboard.ui.touchpoint import TouchpointQuestion, read_of, show_neighbours
from metrics.calendar import calendar_for
from metrics.chosen import BaselineUse
from metrics.limits import Chart, Footing
from metrics.verdict import Promise

_FOOTING = {
    Footing.NONE: "Too few periods for limits: this is a plain run of values.",
    Footing.TRIAL: "On trial: they settle from 12 periods on.",
    Footing.FULL: "Full; firm from 20 periods on.",
    Footing.GAPS: "Too many periods are missing to conclude anything.",
}
_FIRM = 20
_OF_ONE_VALUE = "That is how sure this one value is (95 %); the limits tell the usual range."
_CHARTS = {
    Chart.XMR: "XmR: by how much one period differs from the next.",
    Chart.P_PRIME: "p′: wider where fewer cases were counted.",
    Chart.U_PRIME: "u′: wider where less was counted.",
    Chart.T: "Rare events: judged by the days between them, below.",
    Chart.G: "Rare events: judged by the cases between them, below.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownQuestion:
    """A reading, the dimension it is taken apart by, and what the change is counted from."""

    of: TouchpointQuestion
    dimension: str
    against: str


@tells_errors
def show_history(page: Page, question: TouchpointQuestion) -> None:
    """Draw the metric's control chart with why it signals, its table and its download."""
    if not question.metric:
        return
    view = read_history(page, question)
    with st.container(key="cb-title", horizontal=True, horizontal_alignment="distribute"):
        with st.container(width="content"):
            draw(page, _draw_title, question)
            show_signal_here(page, question)
        with st.container(horizontal=True, width="content", gap="small"):
            explain(page, question.metric)
            offer_following(page, touchpoint=question.touchpoint, metric=question.metric)
            show_neighbours(page, question)
    left, right = st.columns([2.6, 1], gap="large")
    with left, while_reading(CHART):
        draw(page, _draw_chart, question)
    with right:
        draw(page, _draw_why, question)
        show_comments(page, view)
    stem = f"{question.metric}-{question.touchpoint}-{question.grain.value}"
    with st.container(horizontal=True, vertical_alignment="center"):
        is_table = address.flag("Show as a table", "table", widget="cb-history-table")
        offer_csv(page, "Download CSV", stem, partial(chart_csv, view))
        filters.pick_season(view)
        if view.peer_band:
            _link_to_peers(view)
    if is_table:
        show(chart_tables.history_table(view))


@tells_errors
def show_breakdown(page: Page, question: TouchpointQuestion) -> None:
    """Draw the period's reading by a dimension that the reader picks."""
    if not question.metric:
        return
    dimensions = read_of(page, question).dimensions.get(question.metric, ())
    if not dimensions:
        return
    show(tag("div", tag("h2", "Where it comes from"), css="cb-h2"))
    options = {name: name.replace("_", " ").capitalize() for name in dimensions}
    with st.container(key="cb-by-choice", horizontal=True):
        dimension = address.choose_in_row("By", "by", options)
        usual = replace(question, periods=history_of(question.grain), is_plain=False)
        against = pick_base(read_history(page, usual))
    asked = BreakdownQuestion(of=question, dimension=dimension, against=against)
    draw(page, _draw_breakdown, asked)
    view = _breakdown(page, asked)
    stem = f"{question.metric}-{question.touchpoint}-by-{dimension}"
    offer_csv(page, "Download CSV", stem, partial(breakdown_csv, view))


def read_history(page: Page, question: TouchpointQuestion) -> views.ControlChart:
    """Return the control chart of the metric that is asked for."""
    return read(
        page,
        read_control_chart,
        metric=question.metric,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
        periods=question.periods,
        in_season=not question.is_plain,
    )


def _link_to_peers(view: views.ControlChart) -> None:
    """Lead to where every value of the peers has its source and its grade."""
    there = links.address("competitors", {"metric": view.metric})
    words = "Where the peers' values come from, and how far they compare"
    show(tag("p", tag("a", words, href=there), css="cb-small"))


def _breakdown(page: Page, question: BreakdownQuestion) -> views.Breakdown:
    return read(
        page,
        read_breakdown,
        metric=question.of.metric,
        touchpoint=question.of.touchpoint,
        grain=question.of.grain,
        period=question.of.period or None,
        dimension=question.dimension,
        against=question.against,
    )


def _draw_title(page: Page, question: TouchpointQuestion) -> None:
    view = read_history(page, question)
    title = f"{view.metric_name}, {view.touchpoint_name}"
    show(
        tag("div", tag("h2", title), css="cb-h2 cb-h2-large")
        + tag("p", view.verdict, css="cb-lead")
    )


def _draw_chart(page: Page, question: TouchpointQuestion) -> None:
    view = read_history(page, question)
    if not any(point.value is not None for point in view.points):
        states.show_nothing_here("No values to draw", why="No period here has enough data.")
        return
    picture = picture_of_reading(page, view)
    show_figure(control_chart(view), alt=view.alt, key="cb-history", picture=picture)
    show(flag_list(view.annotations))


def _draw_why(page: Page, question: TouchpointQuestion) -> None:
    view = read_history(page, question)
    facts = [(name, value) for name, value in _facts(view) if value]
    told = (view.why, view.began, outlook_of(page, question).excess)
    listed = joined(tag("dt", name) + tag("dd", value) for name, value in facts)
    show(
        tag(
            "aside",
            tag("h3", "Why this verdict")
            + tag(
                "p",
                " ".join(filter(None, told)),
            )
            + tag("dl", listed)
            + draw_badge(view.trust, zone=page.zone)
            + tag("p", view.trust.sentence, css="cb-small")
            + tag(
                "p",
                tag(
                    "a",
                    "What it means and how it is computed",
                    href=links.address("definitions", {"metric": view.metric}),
                ),
                css="cb-small",
            ),
            css="cb-why",
        )
    )


def _facts(view: views.ControlChart) -> list[tuple[str, Markup | str]]:
    told = next((point for point in view.points if point.start.isoformat() == view.period), None)
    is_judged = view.limits.centre is not None or view.between is not None
    return [
        ("Period", told.label if told else ""),
        ("Value", told.value_text if told else ""),
        ("Counted", told.n_text if told else ""),
        ("Sure to within", _sure(view)),
        ("Caught by", told.rule_text if told and told.hits else ""),
        ("Last signal", _last_signal(view)),
        ("Target met", _target_met(view)),
        ("Centre and limits from", _baseline(view)),
        ("Limits", "" if view.between else _limits(view)),
        ("Kind of chart", _CHARTS.get(view.limits.chart, "") if is_judged else ""),
    ]


def _sure(view: views.ControlChart) -> str:
    """The intervals of the value told, and what they do not measure."""
    if not view.doubts.sampling:
        return ""
    process = ""
    if view.doubts.process == view.doubts.sampling:
        process = "; from period to period this series varies no more than that allows"
    elif view.doubts.process:
        process = f"; widened by how much more this series varies: {view.doubts.process}"
    return f"Sampling alone: {view.doubts.sampling}{process}. {_OF_ONE_VALUE}"


def _target_met(view: views.ControlChart) -> str:
    """How often so far: the verdict's "most" is this, not the distance of the mean."""
    promise = view.assurance
    if promise is None or promise.promise is Promise.NONE or not promise.met:
        return ""
    return f"in {promise.met[0]} of {promise.met[1]} {view.grain.value}s"


def _last_signal(view: views.ControlChart) -> str:
    """A signal of a while ago is not lost when the newest period is back to normal."""
    since = view.variation.points_since if view.variation else None
    if not since:
        return ""
    noun = view.grain.value
    return f"{since} {noun}{'s' if since > 1 else ''} before"


def _limits(view: views.ControlChart) -> str:
    limits = view.limits
    is_firm = limits.footing is Footing.FULL and limits.points >= _FIRM
    firm = f"Firm: they stand on {limits.points} periods, and {_FIRM} are enough."
    footing = firm if is_firm else _FOOTING[limits.footing]
    sides = (("upper", limits.upper), ("lower", limits.lower))
    beyond = [
        f"The {side} one is beyond what is possible and not drawn."
        for side, limit in sides
        if limit is not None and not is_possible(view, limit)
    ]
    return " ".join((footing, *beyond))


def _baseline(view: views.ControlChart) -> str:
    limits = view.limits
    if limits.centre is None:
        return ""
    noun, laid = view.grain.value, [mark.use for mark in view.baselines]
    if BaselineUse.ONLY in laid and limits.baseline_start and limits.baseline_end:
        last = calendar_for(view.grain).period_of(limits.baseline_end).end
        span = format_span(limits.baseline_start, last)
        return f"the baseline laid down: {limits.points} {noun}s, {span}"
    usual = history_of(view.grain)
    beside = f"; the tiles use the last {usual}" if limits.points > usual else ""
    aside = "; some are set aside" if BaselineUse.ASIDE in laid else ""
    return f"{limits.points} periods{aside}{beside}"


def _draw_breakdown(page: Page, question: BreakdownQuestion) -> None:
    view = _breakdown(page, question)
    history = read_history(page, question.of)
    show(tag("p", view.sentence, css="cb-lead"))
    if all(each.value is None for each in view.segments):
        show(chart_tables.breakdown_table(view))
        return
    left, right = st.columns([1, 1.3], gap="large")
    with left:
        alt = f"{history.metric_name} by {view.dimension}, {view.period_label}. {view.sentence}"
        figure = breakdown_chart(view, unit=history.unit_text)
        picture = picture_of_reading(page, history, f"by {view.dimension.replace('_', ' ')}")
        show_figure(figure, alt=alt, key="cb-by", picture=picture)
    with right:
        show(chart_tables.breakdown_table(view))
    draw_effects(page, view, history)
