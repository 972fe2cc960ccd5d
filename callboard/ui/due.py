"""Published values whose next edition is due: told quietly, and settled where they are told."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.publishing.renewing import list_due, settle_due
from callboard.storage.renewals import RenewalChoice
from callboard.ui import links
from callboard.ui.cache import read
from callboard.ui.competitors import CompetitorQuestion
from callboard.ui.folds import folded
from callboard.ui.lab_widgets import said
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page
from callboard.views.upkeep import Due

_OF = "due"
_COUNT = "cb_due_count"
_MOST = 3
_CHOICES = {
    RenewalChoice.DONE: "I looked: nothing newer yet. Remind at the next edition",
    RenewalChoice.SNOOZED: "It is expected on a day. Remind then",
    RenewalChoice.STOPPED: "There will be none",
}


@tells_errors
def show_due(page: Page) -> None:
    """Say whose next edition is due, and let it be settled; nothing where none is."""
    with st.container():
        tell_outcome(_OF, seen="The history of it is kept.")
    dues = read(page, list_due)
    if not dues:
        return
    with st.container(key="cb-due"):
        show(tag("p", _line(dues), css="cb-small"))
        if is_allowed(page.actor, Action.PUBLISH):
            with folded(_OF, "Settle", icon="event_available", width=460):
                _ask(page, {each.brief: each for each in dues})


@tells_errors
def show_due_of_metric(page: Page, question: CompetitorQuestion) -> None:
    """Say whose next edition of the metric is due; nothing where none is."""
    dues = [each for each in read(page, list_due) if question.metric in each.metrics]
    if not dues:
        return
    may_publish = is_allowed(page.actor, Action.CHECK_FILE)
    way = Markup(' <a href="{}">Publish it</a>.').format(links.address("publish", {}))
    show(tag("p", Markup("{}").format(_line(dues)) + (way if may_publish else ""), css="cb-small"))


def _line(dues: Sequence[Due]) -> str:
    head = "1 benchmark is due" if len(dues) == 1 else f"{len(dues)} benchmarks are due"
    told = "; ".join(each.brief for each in dues[:_MOST])
    more = f"; and {len(dues) - _MOST} more" if len(dues) > _MOST else ""
    return f"{head}: {told}{more}."


def _ask(page: Page, dues: dict[str, Due]) -> None:
    """Which one, and what about it; `dues` are by what they are called."""
    count = st.session_state.get(_COUNT, 0)
    which = st.selectbox("Which", list(dues), key=f"cb-due-which-{count}")
    show(tag("p", dues[which].sentence, css="cb-small"))
    choice = st.radio(
        "What about it",
        list(_CHOICES),
        format_func=lambda each: _CHOICES[each],
        key=f"cb-due-choice-{count}",
    )
    if choice is RenewalChoice.SNOOZED:
        st.date_input(
            "Expected on",
            value=None,
            min_value=page.runtime.clock.today(page.zone),
            format="YYYY-MM-DD",
            key=_day_key(count),
        )
    is_reason = choice is RenewalChoice.STOPPED
    st.text_input("Why" if is_reason else "Note", key=_note_key(count), max_chars=200)
    st.button(
        "Keep",
        key="cb-due-keep",
        type="primary",
        on_click=_settle,
        args=(page, dues[which], choice),
    )


def _day_key(count: int) -> str:
    return f"cb-due-day-{count}"


def _note_key(count: int) -> str:
    return f"cb-due-note-{count}"


def _settle(page: Page, due: Due, choice: RenewalChoice) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    count = st.session_state.get(_COUNT, 0)
    day = st.session_state.get(_day_key(count))
    try:
        settle_due(
            page.runtime,
            page.actor,
            publisher=due.publisher,
            metrics=due.metrics,
            choice=choice,
            until=day if isinstance(day, date) else None,
            note=said(_note_key(count)),
        )
    except CallboardError as error:
        keep_outcome(_OF, FAILED, str(error))
        return
    st.session_state[_COUNT] = count + 1
    keep_outcome(_OF, "Settled", f"{due.publisher}: {_told(choice, day)}.")


def _told(choice: RenewalChoice, day: object) -> str:
    if choice is RenewalChoice.SNOOZED and isinstance(day, date):
        return f"expected on {day:%Y-%m-%d}; you are reminded then"
    if choice is RenewalChoice.STOPPED:
        return "no newer edition is awaited"
    return "you are reminded when the next edition should be out"
