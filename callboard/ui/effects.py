"""Who moved the number: each segment's part in the change, by itself and by its weight."""

import streamlit as st

from callboard import views
from callboard.charts import effects_chart
from callboard.services.drilling.change_base import bases_of
from callboard.ui import address
from callboard.ui.chart_tables import effects_table
from callboard.ui.figures_drawn import show_figure
from callboard.ui.markup import show, tag
from callboard.ui.page import Page
from callboard.ui.reading_picture import picture_of_reading

_LEGEND = (
    "Solid: the segment's own change. Hatched: its weight in the whole grew or shrank. All bars "
    "add up to the change."
)
_ALONE = "Each bar begins where the last one ended; all of them add up to the change."


def pick_base(history: views.ControlChart) -> str:
    """Let it be chosen what the change is counted from; the address says so.

    Of a signal it is what was before it, unless the reader picks another.
    """
    names = {
        views.ChangeBase.PREVIOUS: f"The {history.grain.value} before",
        views.ChangeBase.YEAR: "A year before",
        views.ChangeBase.BASELINE: "Before the signal",
    }
    bases = bases_of(history)
    options = {each.value: names[each] for each in bases}
    return address.choose_in_row("Against", "against", options, kind=bases[0].value)


def draw_effects(page: Page, view: views.Breakdown, history: views.ControlChart) -> None:
    """Draw the parts of the change, or say why there are none."""
    if view.unsplit:
        show(tag("p", view.unsplit, css="cb-small"))
        return
    known = [each for each in view.segments if each.contribution is not None]
    if view.change is None or not known:
        return
    title = f"Who moved it, against {view.base_label}"
    legend = _LEGEND if view.has_mix else _ALONE
    show(tag("div", tag("h3", title), css="cb-h3") + tag("p", legend, css="cb-small"))
    told = "; ".join(f"{each.name} {each.contribution_text}" for each in known)
    alt = f"{title}: {view.change_text} of {history.metric_name}, made of {told}."
    figure = effects_chart(view, unit=history.unit_text)
    by = f"{view.dimension.replace('_', ' ')}, against {view.base_label}"
    picture = picture_of_reading(page, history, f"who moved it by {by}")
    if not view.has_mix:
        show_figure(figure, alt=alt, key="cb-effects", picture=picture)
        return
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        show_figure(figure, alt=alt, key="cb-effects", picture=picture)
    with right:
        show(effects_table(view))
