"""What do we promise, from when: the targets there are, their history, and the acts upon them."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from callboard import views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.promising import targets as promising
from callboard.services.promising.promises import read_promises
from callboard.services.promising.target_files import targets_csv
from callboard.ui import filters, states
from callboard.ui.cache import read
from callboard.ui.downloads import offer_csv
from callboard.ui.folds import folded
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page
from callboard.ui.promise_tables import history_table, promises_table
from metrics.model import Grain

TARGET = "target"
_HISTORY = "target-history"
_LONGEST, _WIDE = 200, 520


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesQuestion:
    """Of which touchpoints (none: all), and how long the periods are that met it or not."""

    touchpoints: tuple[str, ...]
    grain: Grain


@tells_errors
def pick_promises(page: Page) -> PromisesQuestion:
    """Let touchpoints and the length of the periods be chosen; both live in the address."""
    if not page.publication:
        states.show_empty(len(page.runtime.definitions.contracts))
        st.stop()
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        touchpoints = filters.pick_touchpoints(page)
        grain = filters.pick_grain(page)
    return PromisesQuestion(touchpoints=touchpoints, grain=grain)


@tells_errors
def show_promises(page: Page, question: PromisesQuestion, place: DeltaGenerator) -> None:
    """Write what is promised today into `place` as a sentence, then a table, also as a file."""
    view = _read(page, question)
    with place:
        show(tag("div", tag("h1", view.headline), css="cb-headline"))
    if not view.rows:
        states.show_nothing_here(
            "No target here", why="No file and nobody has promised anything of this choice."
        )
        return
    show(promises_table(view))
    offer_csv(
        page,
        "Download the targets as CSV",
        "targets",
        partial(targets_csv, page.runtime, page.actor, grain=question.grain),
    )


@tells_errors
def show_target_history(page: Page, question: PromisesQuestion) -> None:
    """List every target that was set here; who may can withdraw one and bring it back."""
    history = _read(page, question).history
    if not history:
        return
    show(tag("div", tag("h2", "Set here"), css="cb-h2"))
    show(
        tag(
            "p",
            "On a day the newest target that holds and covers it counts, before what the files "
            "say. Nothing is thrown away.",
            css="cb-lead",
        )
    )
    with st.container():
        tell_outcome(_HISTORY, seen="The table above tells what holds now; the list keeps it.")
    show(history_table(history, zone=page.zone))
    if is_allowed(page.actor, Action.SET_TARGETS):
        _offer_acts(page, question, history)


def _read(page: Page, question: PromisesQuestion) -> views.Promises:
    return read(page, read_promises, grain=question.grain, touchpoints=question.touchpoints)


def _offer_acts(
    page: Page, question: PromisesQuestion, history: tuple[views.TargetRow, ...]
) -> None:
    holding = {each.id: each for each in reversed(history) if each.holds}
    withdrawn = {each.id: each for each in reversed(history) if not each.holds}
    with st.container(horizontal=True):
        if holding:
            with folded(_HISTORY, "Withdraw a target", icon="undo", width=_WIDE):
                chosen = _pick("Target", holding, "cb-target-withdraw")
                _say_again(page, question, chosen)
                st.text_input("Why", key="cb-target-why", max_chars=_LONGEST)
                st.button(
                    "Withdraw", key="cb-target-withdraw-now", on_click=partial(_withdraw, page)
                )
        if withdrawn:
            with folded(_HISTORY, "Bring a target back", icon="redo", width=_WIDE):
                back = _pick("Withdrawn target", withdrawn, "cb-target-restore")
                _say_again(page, question, back)
                st.button(
                    "Bring back", key="cb-target-restore-now", on_click=partial(_restore, page)
                )


def _pick(label: str, rows: dict[int, views.TargetRow], key: str) -> int:
    return int(
        st.selectbox(
            label,
            list(rows),
            format_func=lambda number: (
                f"{rows[number].metric_name}, {rows[number].touchpoint_name}: "
                f"{rows[number].value_text} from {rows[number].day.isoformat()}"
            ),
            key=key,
        )
    )


def _say_again(page: Page, question: PromisesQuestion, number: int) -> None:
    """Warn of the periods that are over and would be judged anew."""
    again = read(page, promising.check_act, number=number, grain=question.grain)
    if again:
        show(tag("p", again, css="cb-small", role="status"))


def _withdraw(page: Page) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    number = int(st.session_state["cb-target-withdraw"])
    note = str(st.session_state.get("cb-target-why", ""))
    try:
        row = promising.withdraw(page.runtime, page.actor, number=number, note=note)
    except CallboardError as error:
        keep_outcome(_HISTORY, FAILED, str(error))
        return
    st.session_state["cb-target-why"] = ""
    keep_outcome(
        _HISTORY,
        "Target withdrawn",
        f"All is judged as if it had never been: {row.value_text} for {row.metric_name} at "
        f"{row.touchpoint_name}. It can be brought back.",
    )


def _restore(page: Page) -> None:
    """Runs before the page, like `_withdraw`."""
    number = int(st.session_state["cb-target-restore"])
    try:
        row = promising.restore(page.runtime, page.actor, number=number)
    except CallboardError as error:
        keep_outcome(_HISTORY, FAILED, str(error))
        return
    keep_outcome(
        _HISTORY,
        "Target brought back",
        f"It holds again: {row.value_text} for {row.metric_name} at {row.touchpoint_name}.",
    )
