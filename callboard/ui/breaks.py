"""Breaks of the metric that is looked at: what is proposed, what was approved, and the acts."""

from datetime import timedelta
from functools import partial

import streamlit as st

from callboard import views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.figures import format_day
from callboard.services.breaking import breaks as breaking
from callboard.services.breaking.proposing import propose_breaks
from callboard.ui.break_table import breaks_table, preview_table
from callboard.ui.cache import read
from callboard.ui.edits import offer_ways_back
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page
from callboard.ui.touchpoint import TouchpointQuestion
from metrics.changes import changes_of

_COUNT = "cb_break_count"
_LONG_AGO = timedelta(days=3650)
_LONGEST = 200


@tells_errors
def show_breaks(page: Page, question: TouchpointQuestion) -> None:
    """Tell the step that is proposed and the breaks there are; who may can approve and withdraw."""
    if not question.metric:
        return
    proposed = proposed_break(page, question)
    listed = read(
        page, breaking.list_breaks, touchpoint=question.touchpoint, metric=question.metric
    )
    may_act = is_allowed(page.actor, Action.APPROVE_BREAKS)
    if not (proposed or listed or may_act):
        return
    show(tag("div", tag("h2", "Breaks"), css="cb-h2", id="breaks"))
    with st.container():
        tell_outcome("break", seen="The chart above shows it.")
    told = _headline(proposed, listed) or _unbroken(page, question)
    show(tag("p", told, css="cb-lead" if proposed else ""))
    if may_act:
        _offer_approval(page, question, proposed)
    if listed:
        show(breaks_table(listed, zone=page.zone))
    if may_act and listed:
        _offer_acts(page, question, listed)


def proposed_break(page: Page, question: TouchpointQuestion) -> views.BreakProposal | None:
    """The step in the last periods; a period of the past is told as it stood, without advice."""
    if question.period:
        return None
    found = read(
        page,
        propose_breaks,
        touchpoint=question.touchpoint,
        metric=question.metric,
        grain=question.grain,
    )
    return found[0] if found else None


def _headline(proposed: views.BreakProposal | None, listed: tuple[views.BreakRow, ...]) -> str:
    if proposed is not None:
        return (
            f"{proposed.sentence} If something changed for good, approve a break: limits start "
            "anew from there."
        )
    if any(each.holds for each in listed):
        return "Limits start anew at every break that holds."
    return ""


def _unbroken(page: Page, question: TouchpointQuestion) -> str:
    """What is taken for one process where no break holds or is proposed."""
    changes = changes_of(page.runtime.definitions.metrics[question.metric])
    if not changes:
        return (
            "The process is taken for one and the same throughout: no break holds or is proposed."
        )
    day = format_day(changes[-1].day)
    return (
        f"No break holds or is proposed. Limits start anew where the definition changed, on {day}."
    )


def _offer_approval(
    page: Page, question: TouchpointQuestion, proposed: views.BreakProposal | None
) -> None:
    """The day and the reason, and what would become of the limits, before anything is done."""
    key = f"{question.touchpoint}-{question.metric}-{st.session_state.get(_COUNT, 0)}"
    today = page.runtime.clock.today(page.runtime.definitions.zone(question.touchpoint))
    title = "Approve a break" if proposed else "Something changed for good? Approve a break"
    with st.expander(title, expanded=proposed is not None, icon=":material/call_split:"):
        with st.container(key="cb-break", horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                "It changed on",
                value=proposed.day if proposed else None,
                min_value=today - _LONG_AGO,  # the clock may stand in the past
                max_value=today,
                format="YYYY-MM-DD",
                key=f"cb-break-day-{key}",
                width=160,
            )
            st.text_input(
                "What changed",
                key=f"cb-break-reason-{key}",
                max_chars=_LONGEST,
                placeholder="New checklist for the first call",
                width=420,
            )
            st.button(
                "Approve the break",
                key=f"cb-break-approve-{key}",
                type="primary",
                disabled=day is None,
                on_click=partial(_approve, page, question, key),
            )
        if day is not None:
            _show_preview(page, question, day.isoformat())


def _show_preview(page: Page, question: TouchpointQuestion, day: str) -> None:
    preview = read(
        page,
        breaking.check,
        touchpoint=question.touchpoint,
        metric=question.metric,
        day=day,
        grain=question.grain,
    )
    if preview.refused:
        show(tag("p", preview.refused, css="cb-lead", role="status"))
        return
    show(tag("p", preview.sentence, role="status"))
    show(preview_table(preview, of="break"))
    show(
        tag(
            "p",
            "Nothing is deleted, everybody sees it at once, and it can be withdrawn.",
            css="cb-small",
        )
    )


def _approve(page: Page, question: TouchpointQuestion, key: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    day = st.session_state.get(f"cb-break-day-{key}")
    try:
        row, preview = breaking.approve(
            page.runtime,
            page.actor,
            touchpoint=question.touchpoint,
            metric=question.metric,
            day=day.isoformat() if day else "",
            reason=str(st.session_state.get(f"cb-break-reason-{key}", "")),
            grain=question.grain,
        )
    except CallboardError as error:
        keep_outcome("break", FAILED, str(error))
        return
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    keep_outcome("break", "Break approved", f"{preview.sentence} Reason: {row.reason}.")


def _offer_acts(
    page: Page, question: TouchpointQuestion, listed: tuple[views.BreakRow, ...]
) -> None:
    def withdraw(number: int, note: str) -> str:
        row = breaking.withdraw(page.runtime, page.actor, number=number, note=note)
        return f"Limits are as if there had been no break: {row.reason}. It can be brought back."

    def restore(number: int) -> str:
        row = breaking.restore(page.runtime, page.actor, number=number, grain=question.grain)
        return f"Limits start anew from it again: {row.reason}."

    offer_ways_back(
        "break",
        "a break",
        listed,
        name=lambda row: f"{row.day.isoformat()} · {row.reason}",
        withdraw=withdraw,
        restore=restore,
    )
