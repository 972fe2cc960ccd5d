"""Every cache of the product. Keys are the page's stamp and plain filters, never a frame (F2).

A reading is kept as it is, for views are frozen; a drawing is kept as the messages it made, and
replayed to every session (streamlit.md 3.3). What is cached is called by keyword: the name of a
positional argument is looked up anew at every call.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import streamlit as st

from callboard.access import Actor
from callboard.services.publishing.asking import Ask, Mode
from callboard.services.publishing.drafts import size_of_draft
from callboard.services.publishing.lab import look_at
from callboard.services.publishing.large_files import LARGE, Tell
from callboard.services.runtime import Runtime, open_runtime
from callboard.serving.streamlit_log import redact_streamlit
from callboard.settings import load_settings
from callboard.ui.page import Page
from callboard.ui.session import scheme
from callboard.views import LabView
from data_contracts.importing.answers import Answers

View = TypeVar("View")
Question = TypeVar("Question")
Filter = str | float | tuple[str, ...] | None


@st.cache_resource(show_spinner=False, max_entries=1)
def the_runtime() -> Runtime:
    """Return the process's one workspace and store. An error is not kept: the next run tries."""
    redact_streamlit()
    return open_runtime(load_settings())


def read(page: Page, service: Callable[..., View], **filters: Filter) -> View:
    """Return what `service(runtime, actor, **filters)` returns, once for a stamp and filters."""
    key = _key(page, service, sorted(filters.items()))
    found = _read(
        _service=service, _runtime=page.runtime, _actor=page.actor, _filters=filters, key=key
    )
    return cast("View", found)


def draw(page: Page, drawing: Callable[[Page, Question], None], question: Question) -> None:
    """Put what `drawing(page, question)` draws on the page; widgets may not be among it.

    The question is a dataclass of plain fields, or None. Once for each scheme: a chart's name says
    in which it is drawn.
    """
    key = f"{_key(page, drawing, question)} {scheme()}"
    _draw(_drawing=drawing, _page=page, _question=question, key=key)


def read_lab(
    page: Page, *, token: str, answers: Answers, mode: Mode, tell: Tell | None = None
) -> LabView:
    """Return what the steps of an import show; the same draft answered alike is read once.

    Of a large one no spinner is drawn; `tell` hears how far it is.
    """
    said = Ask(name="", content=b"", answers=answers).answers_json
    key = _key(
        page, look_at, (token, hashlib.sha256(said.encode()).hexdigest(), mode.value, page.actor.id)
    )
    if size_of_draft(page.runtime, page.actor, token) < LARGE:
        return _read_lab(page, token, answers, mode, key=key)
    return _read_large(page, token, answers, mode, tell, key=key)


def _key(page: Page, function: Callable[..., object], question: object) -> str:
    """One text, because every part of a key costs a walk through it at each lookup."""
    return f"{function.__module__}.{function.__qualname__} {page.stamp} {question!r}"


@st.cache_resource(show_spinner=False, max_entries=512)
def _read(
    _service: Callable[..., object],
    _runtime: Runtime,
    _actor: Actor,
    _filters: Mapping[str, Filter],
    *,
    key: str,  # noqa: ARG001 - what is looked up
) -> object:
    return _service(_runtime, _actor, **_filters)


@st.cache_resource(show_spinner=False, max_entries=256)
def _draw(
    _drawing: Callable[..., None],
    _page: Page,
    _question: object,
    *,
    key: str,  # noqa: ARG001 - what is looked up
) -> None:
    _drawing(_page, _question)


@st.cache_resource(show_spinner="Reading the file …", max_entries=8)
def _read_lab(
    _page: Page,
    _token: str,
    _answers: Answers,
    _mode: Mode,
    *,
    key: str,  # noqa: ARG001 - what is looked up
) -> LabView:
    return look_at(_page.runtime, _page.actor, token=_token, answers=_answers, mode=_mode)


@st.cache_resource(show_spinner=False, max_entries=8)
def _read_large(
    _page: Page,
    _token: str,
    _answers: Answers,
    _mode: Mode,
    _tell: Tell | None,
    *,
    key: str,  # noqa: ARG001 - what is looked up
) -> LabView:
    """Draws nothing, so that it may run in a thread beside the page's own."""
    return look_at(
        _page.runtime, _page.actor, token=_token, answers=_answers, mode=_mode, tell=_tell
    )
