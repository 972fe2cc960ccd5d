"""What a composite is made of: bars that add up to its score, and what hangs on its weights."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.charts import change_chart, score_chart
from callboard.services.drilling.composition import read_composition
from callboard.services.export import composition_csv
from callboard.ui import links
from callboard.ui.cache import draw, read
from callboard.ui.downloads import offer_csv
from callboard.ui.figures_drawn import show_figure
from callboard.ui.glyphs import MEANING_CSS
from callboard.ui.markup import NOTHING, joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.reading import read_history
from callboard.ui.reading_picture import picture_of_reading
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.touchpoint import TouchpointQuestion

_COLUMNS = (
    Column(title="Component"),
    Column(title="Value", is_number=True),
    Column(title="Scale"),
    Column(title="On the scale", is_number=True),
    Column(title="Weight", is_number=True),
    Column(title="Adds to the score", is_number=True),
    Column(title="Adds to the change", is_number=True),
    Column(title="Score without it", is_number=True),
)


@tells_errors
def show_composition(page: Page, question: TouchpointQuestion) -> None:
    """Take the score of a composite apart; draw nothing for other metrics."""
    metric = page.runtime.definitions.metrics.get(question.metric)
    if metric is None or not metric.is_composite:
        return
    show(tag("div", tag("h2", "What the score is made of"), css="cb-h2"))
    draw(page, _draw, question)
    stem = f"{question.metric}-{question.touchpoint}-components"
    offer_csv(page, "Download CSV", stem, partial(composition_csv, composition_of(page, question)))


def composition_of(page: Page, question: TouchpointQuestion) -> views.Composition:
    """Return the composition of the metric that is asked for."""
    return read(
        page,
        read_composition,
        metric=question.metric,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
        periods=question.periods,
    )


def _draw(page: Page, question: TouchpointQuestion) -> None:
    view = composition_of(page, question)
    show(tag("p", view.sentence, css="cb-lead"))
    if view.score is not None:
        _draw_charts(page, view, read_history(page, question))
    show(_table(view, question) + _notes(view))


def _draw_charts(page: Page, view: views.Composition, history: views.ControlChart) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        show(tag("p", f"Adds to the score, {view.period_label}", css="cb-small"))
        picture = picture_of_reading(page, history, "adds to the score")
        show_figure(score_chart(view), alt=_alt(view), key="cb-score", picture=picture)
    with right:
        title = f"Adds to the change since {view.label_before}"
        show(tag("p", title, css="cb-small"))
        if view.change is None:
            show(tag("p", "The two periods do not compare: see the table.", css="cb-small"))
        else:
            figure, alt = change_chart(view), _alt_of_change(view)
            picture = picture_of_reading(page, history, title.lower())
            show_figure(figure, alt=alt, key="cb-score-change", picture=picture)


def _alt(view: views.Composition) -> str:
    told = ", ".join(f"{part.name} {part.contribution_text}" for part in view.parts)
    return f"{view.metric_name}, {view.period_label}, {view.score_text}, is made of: {told}."


def _alt_of_change(view: views.Composition) -> str:
    told = ", ".join(f"{part.name} {part.change_text} {part.word}" for part in view.parts)
    return f"{view.metric_name} changed by {view.change_text} since {view.label_before}: {told}."


def _table(view: views.Composition, question: TouchpointQuestion) -> Markup:
    rows = [
        Row(
            cells=(
                tag("a", part.name, href=_address(question, part.metric)),
                part.value_text,
                part.scale_text,
                part.scaled_text,
                part.weight_text,
                part.contribution_text,
                tag("span", f"{part.change_text} ", css=MEANING_CSS[part.meaning])
                + tag("em", part.word),
                part.without_text,
            ),
            look="" if part.value is not None else "pale",
        )
        for part in view.parts
    ]
    total = ("Score", "", "", "", "100 %", view.score_text, view.change_text, "")
    caption = f"{view.metric_name}, {view.touchpoint_name}, {view.period_label}"
    return draw_table(_COLUMNS, [*rows, Row(cells=total, look="ours")], caption=caption)


def _address(question: TouchpointQuestion, metric: str) -> str:
    asked = {
        "touchpoint": question.touchpoint,
        "metric": metric,
        "grain": question.grain.value,
        "period": question.period,
    }
    return links.address("touchpoint", asked)


def _notes(view: views.Composition) -> Markup:
    listed = joined(tag("li", note) for note in view.notes)
    told = tag("ul", listed, css="cb-found") if view.notes else NOTHING
    why = tag("p", f"Why these weights: {view.rationale}", css="cb-small")
    return told + why
