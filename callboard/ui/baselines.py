"""What the limits of the metric are made from: what is laid down, what is proposed, the acts."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from callboard import views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.breaking import baselines
from callboard.services.breaking.far_off import propose_aside
from callboard.ui.break_table import baselines_table, preview_table
from callboard.ui.cache import read
from callboard.ui.edits import offer_ways_back
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page
from callboard.ui.reading import read_history
from callboard.ui.touchpoint import TouchpointQuestion
from metrics.chosen import BaselineUse

_COUNT = "cb_baseline_count"
_LONG_AGO = timedelta(days=3650)
_LONGEST = 200
_USES = {
    BaselineUse.ASIDE: "Set these days aside",
    BaselineUse.ONLY: "Take limits from these days only",
}
_SPAN = 2


@tells_errors
def show_baselines(page: Page, question: TouchpointQuestion) -> None:
    """Tell which periods make the limits; who may can set some aside, or lay a baseline down."""
    if not question.metric:
        return
    proposed = proposed_aside(page, question)
    listed = read(
        page, baselines.list_baselines, touchpoint=question.touchpoint, metric=question.metric
    )
    may_act = is_allowed(page.actor, Action.APPROVE_BREAKS)
    may_lay = may_act and read_history(page, question).between is None  # rare events know none
    if not (proposed or listed or may_lay):
        return
    show(tag("div", tag("h2", "Baseline"), css="cb-h2", id="baseline"))
    with st.container():
        tell_outcome("baseline", seen="The chart above shows it.")
    show(tag("p", _headline(proposed, listed), css="cb-lead" if proposed else ""))
    if may_lay:
        _offer(page, question, proposed)
    if listed:
        show(baselines_table(listed, zone=page.zone))
    if may_act and listed:
        _offer_acts(page, question, listed)


def proposed_aside(page: Page, question: TouchpointQuestion) -> views.AsideProposal | None:
    """What lies far off in the last periods; a period of the past is told as it stood then."""
    if question.period:
        return None
    found = read(
        page,
        propose_aside,
        touchpoint=question.touchpoint,
        metric=question.metric,
        grain=question.grain,
    )
    return found[0] if found else None


def _headline(proposed: views.AsideProposal | None, listed: tuple[views.BaselineRow, ...]) -> str:
    if proposed is not None:
        return f"{proposed.sentence} If there was a cause and it is over, set these days aside."
    uses = {each.use for each in listed if each.holds}
    if BaselineUse.ONLY in uses:
        return "Centre and limits stand on the days laid down here; all periods are judged by them."
    if BaselineUse.ASIDE in uses:
        return "What is set aside makes no limits; it is judged by them all the same."
    return "Centre and limits come from all periods since the last break, the newest included."


def _offer(page: Page, question: TouchpointQuestion, proposed: views.AsideProposal | None) -> None:
    """The days, the use and the reason, and what would become of the limits."""
    key = f"{question.touchpoint}-{question.metric}-{st.session_state.get(_COUNT, 0)}"
    title = "Set these days aside" if proposed else "Set days aside, or choose the usual ones"
    with st.expander(title, expanded=proposed is not None, icon=":material/straighten:"):
        with st.container(key="cb-baseline", horizontal=True, vertical_alignment="bottom"):
            use, span = _ask_use(key), _ask_days(page, question, proposed, key)
            st.text_input(
                "Why these days",
                key=f"cb-baseline-reason-{key}",
                max_chars=_LONGEST,
                placeholder="Carrier's strike",
                width=320,
            )
            st.button(
                "Set aside" if use is BaselineUse.ASIDE else "Lay the baseline down",
                key=f"cb-baseline-lay-{key}",
                type="primary",
                disabled=span is None,
                on_click=partial(_lay, page, question, key),
            )
        if span is not None:
            _show_preview(page, question, span, use)


def _ask_use(key: str) -> BaselineUse:
    return st.selectbox(
        "What to do",
        list(_USES),
        format_func=lambda each: _USES[each],
        key=f"cb-baseline-use-{key}",
        width=280,
    )


def _ask_days(
    page: Page, question: TouchpointQuestion, proposed: views.AsideProposal | None, key: str
) -> tuple[date, date] | None:
    today = page.runtime.clock.today(page.runtime.definitions.zone(question.touchpoint))
    chosen = st.date_input(
        "First and last day",
        value=[proposed.first, proposed.last] if proposed else [],
        min_value=today - _LONG_AGO,
        max_value=today,
        format="YYYY-MM-DD",
        key=f"cb-baseline-days-{key}",
        width=240,
    )
    return _span(chosen)


def _span(days: object) -> tuple[date, date] | None:
    """Both days, once both are chosen."""
    if isinstance(days, tuple) and len(days) == _SPAN:
        return days[0], days[1]
    return None


def _show_preview(
    page: Page, question: TouchpointQuestion, span: tuple[date, date], use: BaselineUse
) -> None:
    preview = read(
        page,
        baselines.check_baseline,
        touchpoint=question.touchpoint,
        metric=question.metric,
        first=span[0].isoformat(),
        last=span[1].isoformat(),
        use=use,
        grain=question.grain,
    )
    if preview.refused:
        show(tag("p", preview.refused, css="cb-lead", role="status"))
        return
    show(tag("p", preview.sentence, role="status"))
    show(preview_table(preview, of="baseline"))
    told = "Nothing is deleted, everybody sees it at once, and it can be withdrawn."
    show(tag("p", told, css="cb-small"))


def _lay(page: Page, question: TouchpointQuestion, key: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    span = _span(st.session_state.get(f"cb-baseline-days-{key}"))
    first, last = span if span else (None, None)
    try:
        row, preview = baselines.lay_baseline(
            page.runtime,
            page.actor,
            touchpoint=question.touchpoint,
            metric=question.metric,
            first=first.isoformat() if first else "",
            last=last.isoformat() if last else "",
            use=BaselineUse(st.session_state[f"cb-baseline-use-{key}"]),
            reason=str(st.session_state.get(f"cb-baseline-reason-{key}", "")),
            grain=question.grain,
        )
    except CallboardError as error:
        keep_outcome("baseline", FAILED, str(error))
        return
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    title = "Set aside" if row.use is BaselineUse.ASIDE else "Baseline laid down"
    keep_outcome("baseline", title, f"{preview.sentence} Reason: {row.reason}.")


def _offer_acts(
    page: Page, question: TouchpointQuestion, listed: tuple[views.BaselineRow, ...]
) -> None:
    def withdraw(number: int, note: str) -> str:
        row = baselines.withdraw(page.runtime, page.actor, number=number, note=note)
        told = f"Limits are as if it had never been laid down: {row.reason}."
        return f"{told} It can be brought back."

    def restore(number: int) -> str:
        row = baselines.restore(page.runtime, page.actor, number=number, grain=question.grain)
        return f"Limits follow it again: {row.reason}."

    offer_ways_back(
        "baseline",
        "a baseline",
        listed,
        name=lambda row: f"{row.first.isoformat()} · {row.reason}",
        withdraw=withdraw,
        restore=restore,
    )
