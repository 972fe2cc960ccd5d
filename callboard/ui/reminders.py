"""When each publisher's next edition is expected, and the way back of what was said of it."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.services.publishing.renewing import list_due, settle_due
from callboard.storage.renewals import RenewalChoice
from callboard.ui.cache import read
from callboard.ui.edits import do
from callboard.ui.folds import folded
from callboard.ui.markup import show, tag
from callboard.ui.moments import full_day
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.views.upkeep import Due

REMINDERS = "reminders"
_SILENT = ("snoozed", "stopped")
_STATES = {"due": "due", "waiting": "in time", "snoozed": "expected later", "stopped": "no more"}
_COLUMNS = (
    Column(title="Publisher"),
    Column(title="Metrics"),
    Column(title="How often"),
    Column(title="Last period ended"),
    Column(title="Next expected"),
    Column(title="State"),
)


def show_reminders(page: Page) -> None:
    """List every publisher with when a newer edition is expected; silent ones can speak again."""
    dues = read(page, list_due, is_whole=1)
    if not dues:
        show(tag("p", "Nobody has published anything here yet.", css="cb-lead"))
        return
    show(_table(dues))
    silent = {each.brief: each for each in dues if each.state in _SILENT}
    if silent and is_allowed(page.actor, Action.PUBLISH):
        with folded(REMINDERS, "Remind again", icon="redo"):
            which = st.selectbox("Which", list(silent), key="cb-reminders-which")
            args = (page, silent[which])
            st.button("Remind again", key="cb-reminders-now", on_click=_resume, args=args)


def _table(dues: Sequence[Due]) -> Markup:
    rows = [
        Row(
            cells=(
                each.publisher,
                ", ".join(each.names),
                each.rhythm,
                full_day(each.last_end),
                full_day(each.due_on),
                _STATES[each.state],
            ),
            look="pale" if each.state in _SILENT else "",
        )
        for each in dues
    ]
    return draw_table(_COLUMNS, rows, caption="When newer editions are expected", is_stacked=True)


def _resume(page: Page, due: Due) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""

    def act() -> str:
        settle_due(
            page.runtime,
            page.actor,
            publisher=due.publisher,
            metrics=due.metrics,
            choice=RenewalChoice.RESUMED,
        )
        return f"{due.publisher} is reminded of as before."

    do(REMINDERS, "Reminded again", act)
