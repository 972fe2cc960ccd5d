"""From an error to words for people: the log gets the particulars, the page a state and an id."""

from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import streamlit as st

from callboard.errors import (
    CallboardError,
    DefinitionError,
    FeedUnavailable,
    NotAllowed,
    StoreUnavailable,
)
from callboard.logs import log_error
from callboard.ui import states

P = ParamSpec("P")
R = TypeVar("R")

_MOST_PROBLEMS = 12


def tells_errors(draw: Callable[P, R]) -> Callable[P, R]:
    """Return `draw` with Callboard's own errors shown as states instead of raised."""

    @wraps(draw)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return draw(*args, **kwargs)
        except CallboardError as error:
            tell(error)

    return guarded


def tell(error: CallboardError) -> NoReturn:
    """Show the state that an error means, and end the run there."""
    if isinstance(error, StoreUnavailable):
        states.show_store_down(log_error(error, event="store unavailable"))
    elif isinstance(error, FeedUnavailable):
        log_error(error, event="feed unavailable")
        states.show_feed_down(str(error))
    elif isinstance(error, DefinitionError):
        shown = [str(problem) for problem in error.problems[:_MOST_PROBLEMS]]
        states.show_broken_definitions(shown)
    elif isinstance(error, NotAllowed):
        states.show_not_allowed(str(error))
    else:
        states.show_refusal(str(error))
    st.stop()


def tell_unexpected(error: Exception) -> bool:
    """Show a sentence and an error id for what nobody foresaw; True keeps Streamlit quiet."""
    states.show_broken(log_error(error))
    return True
