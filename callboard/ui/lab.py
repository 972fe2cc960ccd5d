"""From a file to published benchmarks in six steps, each of which can be walked back to."""

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.errors import CallboardError
from callboard.services.publishing.drafts import drop_draft
from callboard.ui import lab_drafts, lab_state, links, states
from callboard.ui.lab_check import show_check
from callboard.ui.lab_columns import show_columns
from callboard.ui.lab_compare import show_compare
from callboard.ui.lab_memory import show_last_time
from callboard.ui.lab_progress import view_with_progress
from callboard.ui.lab_publish import forget_done, show_done, show_publish
from callboard.ui.lab_state import LabState, Step
from callboard.ui.lab_upload import show_upload
from callboard.ui.lab_values import show_values
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import tell_outcome
from callboard.ui.page import Page
from callboard.ui.typed import show_gaps, show_ways_in

_STEPS = {
    Step.UPLOAD: show_upload,
    Step.COLUMNS: show_columns,
    Step.VALUES: show_values,
    Step.CHECK: show_check,
    Step.COMPARE: show_compare,
    Step.PUBLISH: show_publish,
}
_QUESTIONS = {
    Step.UPLOAD: "Is the file read right?",
    Step.COLUMNS: "What is each column?",
    Step.VALUES: "What do the words mean?",
    Step.CHECK: "What is wrong?",
    Step.COMPARE: "What would change?",
    Step.PUBLISH: "What it would do",
}


@tells_errors
def show_lab(page: Page) -> None:
    """Take a file and lead it through the steps until it is published."""
    _show_headline()
    with st.container():
        seen = Markup('See the <a href="{}">competitors</a>.')
        tell_outcome(lab_state.OUTCOME, seen=seen.format(links.address("competitors", {})))
        if lab_state.current() is None:
            show_done(page)
        lab_drafts.find(page)
    state = lab_state.current()
    lab_drafts.address_of(state)
    view = _view(page, state) if state is not None else None
    if state is None or view is None:
        lab_drafts.address_of(None)
        show_ways_in(page)
        lab_drafts.show_drafts(page)
        return
    state = lab_state.settle(state, view)
    lab_drafts.keep_answers(page, state)
    forget_done()
    step = state.step if lab_state.may_open(view, state.step) else _last_open(view, state.step)
    _show_stepper(state, view, step)
    show_gaps(state)
    with st.container(key="cb-lab-step"):
        show_last_time(page, state, view, step)
        _STEPS[step](page, state, view)
    _show_ways(page, state, view, step)


def _show_headline() -> None:
    title = tag("h1", "Publish competitors' figures")
    text = "Nothing is visible to others before you publish, and all can be withdrawn."
    show(tag("div", title + tag("p", text), css="cb-headline"))


def _view(page: Page, state: LabState) -> views.LabView | None:
    """What the steps show; a draft that is gone is said, and another file asked for."""
    try:
        return view_with_progress(page, state)
    except CallboardError as error:
        lab_state.keep(None)
        states.show_refusal(str(error))
        return None


def _last_open(view: views.LabView, step: Step) -> Step:
    """The nearest step before one that cannot be looked at any more."""
    earlier = [each for each in Step if each.number < step.number]
    return next(each for each in reversed(earlier) if lab_state.may_open(view, each))


def _show_stepper(state: LabState, view: views.LabView, here: Step) -> None:
    with st.container(key="cb-steps", horizontal=True, gap="small"):
        for step in Step:
            is_fine = lab_state.may_open(view, step) and not lab_state.open_matters(view, step)
            is_done = is_fine and step is not Step.PUBLISH and step is not here
            st.button(
                f"{step.number} {step.label}",
                key=state.key(f"step-{step}"),
                type="secondary" if step is here else "tertiary",
                icon=":material/check:" if is_done else None,
                disabled=not lab_state.may_open(view, step),
                on_click=lab_state.go,
                args=(step,),
            )
    where = tag("span", f"Step {here.number} of {len(Step)} · {view.file_name}")
    at = f"{view.file_name}, {here}"
    heading = tag("h2", _QUESTIONS[here]) + where
    show(tag("div", heading, css="cb-h2 cb-arrive", tabindex="-1", data_cb_at=at))


def _show_ways(page: Page, state: LabState, view: views.LabView, here: Step) -> None:
    following = lab_state.next_step(view, here)
    with st.container(key="cb-ways", horizontal=True):
        if following is not None:
            is_clear = not lab_state.open_matters(view, here)
            st.button(
                f"Next: {following}",
                key=state.key(f"{here}-next"),
                type="primary" if is_clear else "secondary",
                on_click=lab_state.go,
                args=(following,),
            )
        st.button(
            "Set it aside",
            key=state.key("aside"),
            type="tertiary",
            on_click=lab_state.keep,
            args=(None,),
            help="It stays among the files that you have not published yet, for a day.",
        )
        st.button(
            "Give this file up",
            key=state.key("drop"),
            type="tertiary",
            on_click=_drop,
            args=(page, state),
        )


@lab_state.tells
def _drop(page: Page, state: LabState) -> None:
    drop_draft(page.runtime, page.actor, state.token)
    lab_state.keep(None)
