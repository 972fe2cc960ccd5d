"""What moves before a front metric, backstage: sentences first, then one pair lag by lag."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.charts import lag_chart
from callboard.services.drilling.backstage import read_backstage
from callboard.services.export import backstage_csv
from callboard.ui import address, links
from callboard.ui.backstage_tables import lags_table, pairs_table
from callboard.ui.cache import draw, read
from callboard.ui.downloads import offer_csv
from callboard.ui.figures_drawn import show_figure
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.reading import read_history
from callboard.ui.reading_picture import picture_of_reading
from callboard.ui.touchpoint import TouchpointQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class _PairQuestion:
    """One pair among those behind a reading."""

    of: TouchpointQuestion
    pair: str


@tells_errors
def show_backstage(page: Page, question: TouchpointQuestion) -> None:
    """Tell what moves before the metric in the services behind the touchpoint, if there are any."""
    if not question.metric:
        return
    view = _read(page, question)
    if not view.services:
        return
    draw(page, _draw_found, question)
    if not view.judged:
        return
    usual = bool(view.found)
    if not address.flag("Show every pair and lag", "pairs", widget="cb-backstage-all", usual=usual):
        return
    options = {each.key: each.name for each in view.judged}
    asked = _PairQuestion(of=question, pair=address.choose("Pair", "behind", options, width=360))
    draw(page, _draw_pair, asked)
    stem = f"{question.metric}-{question.touchpoint}-backstage"
    offer_csv(page, "Download CSV", stem, partial(backstage_csv, view))


def _read(page: Page, question: TouchpointQuestion) -> views.Backstage:
    return read(
        page,
        read_backstage,
        metric=question.metric,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
    )


def _draw_found(page: Page, question: TouchpointQuestion) -> None:
    view = _read(page, question)
    found = joined(_told(each, question) for each in view.found)
    show(
        tag("div", tag("h2", "What moves before it, backstage"), css="cb-h2")
        + tag("p", view.sentence, css="cb-lead")
        + (tag("ul", found, css="cb-found") if found else Markup(""))
        + (tag("p", view.method, css="cb-small") if view.judged else Markup(""))
    )


def _told(pair: views.BackstagePair, question: TouchpointQuestion) -> Markup:
    query = {
        "touchpoint": pair.touchpoint,
        "metric": pair.metric,
        "grain": question.grain.value,
    }
    look = tag("a", f"Look into {pair.name}", href=links.address("touchpoint", query))
    return tag("li", Markup("{} {}").format(pair.sentence, look))


def _draw_pair(page: Page, question: _PairQuestion) -> None:
    view = _read(page, question.of)
    pair = next(each for each in view.judged if each.key == question.pair)
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        if not pair.holds:
            show(tag("p", pair.sentence, css="cb-small"))
        history = read_history(page, question.of)
        picture = picture_of_reading(page, history, f"behind it {pair.name}, by lag")
        show_figure(lag_chart(pair), alt=pair.alt, key="cb-lags", picture=picture)
    with right:
        show(lags_table(pair))
    show(pairs_table(view))
