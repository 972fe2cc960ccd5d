"""Step six of an import: the passport, a note, one sentence, and the act."""

from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.access import Action, is_allowed
from callboard.figures import format_count
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.drafts import drop_draft
from callboard.services.publishing.lab import ask_of
from callboard.ui import lab_state, links, states
from callboard.ui.lab_grades import show_grades
from callboard.ui.lab_memory import offer_remembering
from callboard.ui.lab_state import OUTCOME, LabState
from callboard.ui.lab_widgets import held, part, pick, said, write
from callboard.ui.markup import joined, show, tag
from callboard.ui.outcomes import keep_outcome
from callboard.ui.page import Page
from callboard.ui.publish_tables import changes_table
from data_contracts.importing.answering import with_constant
from data_contracts.importing.answers import Answers

_DONE = "cb_published"
_ACROSS = 3
_SHOWN_CHANGES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was published last in this session."""

    submission: int
    title: str
    text: str
    may_withdraw: bool


def show_publish(page: Page, state: LabState, view: views.LabView) -> None:
    """Ask for what the passport lacks, say what publishing does, and do it when asked to."""
    preview = view.preview
    if preview.same_as:
        states.show_state(
            "This is published already", preview.same_as, next_step="Choose another file."
        )
        return
    removed = preview.change_counts.get("remove", 0)
    gone = "; what it removes comes back with that" if removed else ""
    sentence = preview.sentence.removesuffix(".")
    show(tag("p", f"{sentence}; visible to everyone; can be withdrawn{gone}.", css="cb-lead"))
    if preview.notes:
        show(tag("ul", joined(tag("li", note) for note in preview.notes), css="cb-notes"))
    if is_allowed(page.actor, Action.PUBLISH):
        publishing.get_ready()
        _ask_passport(state, view)
        show_grades(view.preview)
        _offer_publishing(page, state, view)
    if preview.changes:
        count = sum(preview.change_counts.values())
        show(changes_table(preview.changes[:_SHOWN_CHANGES], of=count))


def show_done(page: Page) -> None:
    """Say what was published last and where it shows; one click takes it back."""
    done = st.session_state.get(_DONE)
    if not isinstance(done, Done):
        return
    see = Markup('It is in the <a href="{}">league, gaps and trends of the competitors</a>.')
    states.show_state(done.title, done.text, next_step=see.format(links.address("competitors", {})))
    if done.may_withdraw:
        st.button(
            "Withdraw it again",
            key="cb-undo",
            icon=":material/undo:",
            on_click=_undo,
            args=(page, done.submission),
        )


def is_done() -> bool:
    """Whether the last act of this session was to publish."""
    return isinstance(st.session_state.get(_DONE), Done)


def forget_done() -> None:
    """Tell it no more."""
    st.session_state.pop(_DONE, None)


def _ask_passport(state: LabState, view: views.LabView) -> None:
    if not view.passport:
        return
    show(part("Passport", "for all rows that do not say it; each part makes it compare better"))
    for first in range(0, len(view.passport), _ACROSS):
        places = st.columns(_ACROSS, gap="small")
        for place, gap in zip(places, view.passport[first : first + _ACROSS], strict=False):
            with place:
                _ask_gap(state, gap)


def _ask_gap(state: LabState, gap: views.PassportGap) -> None:
    key = _key(state, gap)
    if gap.choices:
        choices = (("", "not said"), *gap.choices)
        pick(gap.label, choices, key=key, chosen=gap.text, on_change=_say, args=(gap.field,))
    else:
        write(gap.label, key=key, text=gap.text, on_change=_say, args=(gap.field,), hint=gap.hint)


def _offer_publishing(page: Page, state: LabState, view: views.LabView) -> None:
    offer_remembering(state)
    with st.container(key="cb-act", horizontal=True, vertical_alignment="bottom"):
        st.text_input("Note for the history", key="cb-note", max_chars=200, width=420)
        st.button("Publish", key="cb-publish", type="primary", on_click=_publish, args=(page, view))


def _key(state: LabState, gap: views.PassportGap) -> str:
    return state.key(f"passport-{gap.field}")


def _say(key: str, field: str) -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.change(with_constant(state.answers, field, said(key)))


@lab_state.tells
def _publish(page: Page, view: views.LabView) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5).

    What was typed last may come with the click itself; where it changes what would be done, that
    is shown first.
    """
    state = lab_state.current()
    if state is None:
        return
    state = replace(state, answers=_typed(state, view))
    lab_state.keep(state)
    now = lab_state.view_of(page, state)
    if _does(now) != _does(view):
        text = "What you typed changes what it would do: look at it again, then publish."
        keep_outcome(OUTCOME, "Not published yet", text)
        return
    ask = ask_of(
        page.runtime, page.actor, token=state.token, answers=state.answers, mode=state.mode
    )
    ask = replace(ask, note=said("cb-note"), base=view.preview.base, remembers=state.remembers)
    row = publishing.publish(page.runtime, page.actor, ask=ask)
    drop_draft(page.runtime, page.actor, state.token)
    lab_state.keep(None)
    st.session_state["cb-note"] = ""
    st.session_state[_DONE] = _done(row)


def _typed(state: LabState, view: views.LabView) -> Answers:
    answers = state.answers
    for gap in view.passport:
        typed = held(_key(state, gap))
        if typed is not None:
            answers = with_constant(answers, gap.field, typed)
    return answers


def _does(view: views.LabView) -> tuple[object, ...]:
    preview = view.preview
    return preview.sentence, preview.refused, preview.same_as, preview.jumps


def _done(row: views.SubmissionRow) -> Done:
    told = "1 value" if row.published == 1 else f"{format_count(row.published)} values"
    verb = "is" if row.published == 1 else "are"
    text = (
        f"{told} from {row.file_name} {verb} on every open page within seconds."
        if not row.is_repeat
        else f"The same content was published before, as submission {row.id}: nothing changed."
    )
    return Done(submission=row.id, title="Published", text=text, may_withdraw=not row.is_repeat)


@lab_state.tells
def _undo(page: Page, submission: int) -> None:
    """Runs before the page, like `_publish`."""
    publishing.withdraw(page.runtime, page.actor, submission=submission)
    forget_done()
    text = f"The values of submission {submission} are gone; what they replaced is back."
    keep_outcome(OUTCOME, "Withdrawn", text)
