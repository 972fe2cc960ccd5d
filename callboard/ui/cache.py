"""Every cache of the product. Keys are the page's stamp and plain filters, never a frame (F2).

A reading is kept as it is, for views are frozen; a drawing is kept as the messages it made, and
replayed to every session (streamlit.md 3.3).
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import streamlit as st

from callboard.access import Actor
from callboard.services.publishing.benchmarks import check_file
from callboard.services.runtime import Runtime, open_runtime
from callboard.serving.streamlit_log import redact_streamlit
from callboard.settings import load_settings
from callboard.ui.page import Page
from callboard.views import Preview

View = TypeVar("View")
Question = TypeVar("Question")
Filter = str | int | tuple[str, ...] | None


@st.cache_resource(show_spinner=False, max_entries=1)
def the_runtime() -> Runtime:
    """Return the process's one workspace and store. An error is not kept: the next run tries."""
    redact_streamlit()
    return open_runtime(load_settings())


def read(page: Page, service: Callable[..., View], **filters: Filter) -> View:
    """Return what `service(runtime, actor, **filters)` returns, once for a stamp and filters."""
    key = _key(page, service, sorted(filters.items()))
    return cast("View", _read(service, page.runtime, page.actor, filters, key=key))


def draw(page: Page, drawing: Callable[[Page, Question], None], question: Question) -> None:
    """Put what `drawing(page, question)` draws on the page; widgets may not be among it.

    The question is a dataclass of plain fields, or None.
    """
    _draw(drawing, page, question, key=_key(page, drawing, question))


def read_preview(page: Page, name: str, content: bytes) -> Preview:
    """Return what publishing a file would do; the same bytes are read once for a stamp."""
    key = _key(page, check_file, (name, hashlib.sha256(content).hexdigest()))
    return _read_preview(page, name, content, key=key)


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
def _read_preview(
    _page: Page,
    _name: str,
    _content: bytes,
    *,
    key: str,  # noqa: ARG001 - what is looked up
) -> Preview:
    return check_file(_page.runtime, _page.actor, name=_name, content=_content)
