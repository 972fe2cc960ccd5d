"""Where a person is in an import: which file, which step, what was said; never the bytes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from typing import ParamSpec

import streamlit as st

from callboard import views
from callboard.errors import CallboardError
from callboard.services.publishing.asking import Mode
from callboard.services.publishing.drafts import size_of_draft
from callboard.services.publishing.large_files import LARGE, Tell
from callboard.ui.cache import read_lab
from callboard.ui.outcomes import FAILED, keep_outcome
from callboard.ui.page import Page
from data_contracts.importing.answers import NO_ANSWERS, Answers
from data_contracts.importing.questions import Question

P = ParamSpec("P")
OUTCOME = "publish"
_STATE = "cb_lab"
_OF_READING = (Question.ENCODING, Question.SHEET)


class Step(StrEnum):
    """The six steps of an import, in their order."""

    UPLOAD = "upload"
    COLUMNS = "columns"
    VALUES = "values"
    CHECK = "check"
    COMPARE = "compare"
    PUBLISH = "publish"

    @property
    def label(self) -> str:
        """Its name on the page."""
        return self.value.capitalize()

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return list(Step).index(self) + 1


class Move(StrEnum):
    """Where to go once the file is read as it was answered: nowhere, to what waits, or on."""

    STAY = "stay"
    FIRST = "first"
    ON = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken over from an earlier file, and which that was."""

    told: str
    adds: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class LabState:
    """A draft on its way, as this session has it.

    `remembers`: what was said is kept for the publisher's next file.
    """

    token: str
    step: Step = Step.UPLOAD
    answers: Answers = NO_ANSWERS
    mode: Mode = Mode.BY_KEY
    note: str = ""
    remembers: bool = True
    taken: Taken | None = None
    move: Move = Move.STAY

    def key(self, name: str) -> str:
        """The key of a widget about this draft only."""
        return f"cb-lab-{self.token[:8]}-{name}"


def current() -> LabState | None:
    """Return the draft this session works on, if it does."""
    state = st.session_state.get(_STATE)
    return state if isinstance(state, LabState) else None


def keep(state: LabState | None) -> None:
    """Go on with this draft; None forgets it."""
    st.session_state[_STATE] = state


def view_of(page: Page, state: LabState, *, tell: Tell | None = None) -> views.LabView:
    """Return what the steps show of a draft; `tell` hears how far a large one is."""
    return read_lab(page, token=state.token, answers=state.answers, mode=state.mode, tell=tell)


def is_large(page: Page, state: LabState) -> bool:
    """Whether a draft is so large that reading it takes a moment."""
    return size_of_draft(page.runtime, page.actor, state.token) >= LARGE


def change(answers: Answers, *, mode: Mode | None = None) -> None:
    """Have the draft answered so; the step stays."""
    state = current()
    if state is not None:
        keep(replace(state, answers=answers, mode=mode or state.mode))


def go(step: Step) -> None:
    """Open a step of the draft."""
    state = current()
    if state is not None:
        keep(replace(state, step=step))


def settle(state: LabState, view: views.LabView) -> LabState:
    """Go where the draft was to go to, now that it is read, and return it there."""
    if state.move is Move.STAY:
        return state
    step = state.step
    if state.move is Move.FIRST:
        step = first_step(view)
    elif not open_matters(view, step):
        step = next_step(view, step) or step
    state = replace(state, step=step, move=Move.STAY)
    keep(state)
    return state


def tells(act: Callable[P, None]) -> Callable[P, None]:
    """Return a callback that tells a refusal on the page after it, for it draws nothing itself."""

    @wraps(act)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            act(*args, **kwargs)
        except CallboardError as error:
            keep_outcome(OUTCOME, FAILED, str(error))

    return guarded


def open_matters(view: views.LabView, step: Step) -> int:
    """Return how many matters of a step wait for a person."""
    of_reading = sum(each.question in _OF_READING for each in view.asked)
    if step is Step.UPLOAD:
        return of_reading + (not view.is_read) + is_offered(view)
    if step is Step.COLUMNS:
        return len(view.asked) - of_reading + (view.is_read and not is_mapped(view))
    if step is Step.VALUES:
        return sum(not each.is_answered for each in view.mapping.values)
    if step is Step.CHECK:
        return view.preview.quarantined
    return sum(not each.is_confirmed for each in view.preview.jumps)


def is_offered(view: views.LabView) -> bool:
    """Whether the file may be read in another way that a person should look at."""
    return view.proposal is not None or view.layout is not None


def is_mapped(view: views.LabView) -> bool:
    """Whether every column that is needed is known, so that the rows could be judged."""
    return view.preview.rows_in > 0


def may_open(view: views.LabView, step: Step) -> bool:
    """Whether enough is answered to look at a step."""
    if step is Step.UPLOAD:
        return True
    if step is Step.COLUMNS:
        return view.is_read
    if step in (Step.VALUES, Step.CHECK):
        return is_mapped(view)
    is_stopped = step is Step.PUBLISH and open_matters(view, Step.COMPARE) > 0
    return not view.preview.refused and not is_stopped


def next_step(view: views.LabView, after: Step) -> Step | None:
    """Return where to go on: the next step that waits for somebody, else what it would do."""
    later = [each for each in Step if each.number > after.number and may_open(view, each)]
    waiting = [each for each in later if open_matters(view, each)]
    ends = [each for each in later if each in (Step.COMPARE, Step.PUBLISH)]
    return next(iter([*waiting[:1], *ends]), None)


def first_step(view: views.LabView) -> Step:
    """Return where a new file begins: at what waits, and at the end where nothing does."""
    waiting = [each for each in list(Step)[:-1] if open_matters(view, each)]
    return waiting[0] if waiting else Step.PUBLISH
