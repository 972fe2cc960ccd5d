"""From an error to words for people: the log gets the particulars, the page a state and an id."""

from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from callboard.clock import Clock
from callboard.errors import (
    CallboardError,
    DefinitionError,
    FeedUnavailable,
    NotAllowed,
    StoreUnavailable,
)
from callboard.logs import log_error
from callboard.services.runtime import Runtime
from callboard.ui import states
from callboard.ui.moments import day_and_time, time_of_day

P = ParamSpec("P")
R = TypeVar("R")

_MOST_PROBLEMS = 12
_AWAY = "cb_away"


def tells_errors(draw: Callable[P, R]) -> Callable[P, R]:
    """Return `draw` with Callboard's own errors shown as states instead of raised."""

    @wraps(draw)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return draw(*args, **kwargs)
        except CallboardError as error:
            tell(error)

    return guarded


def tell(error: CallboardError, *, is_page: bool = False, last: str = "") -> NoReturn:
    """Show the state that an error means, and end the run there.

    `is_page`: nothing else is drawn. `last`: when a store that is away last answered.
    """
    if isinstance(error, StoreUnavailable):
        states.show_store_down(str(error), _error_id(error), last=last, is_page=is_page)
    elif isinstance(error, FeedUnavailable):
        log_error(error, event="feed unavailable")
        states.show_feed_down(str(error))
    elif isinstance(error, DefinitionError):
        shown = [str(problem) for problem in error.problems[:_MOST_PROBLEMS]]
        states.show_broken_definitions(shown, is_page=is_page)
    elif isinstance(error, NotAllowed):
        states.show_not_allowed(str(error), is_page=is_page)
    else:
        states.show_refusal(str(error))
    st.stop()


def is_away() -> bool:
    """Whether something on this session's page found the store away."""
    return _AWAY in st.session_state


def note_answer() -> None:
    """Forget that the store was away: it has answered."""
    st.session_state.pop(_AWAY, None)


def last_answer(runtime: Runtime) -> str:
    """When the store last answered, such as `23:40` of today or `Sat 21 Nov 2026, 23:40`."""
    last, zone = runtime.pulse.last, runtime.workspace.time_zone
    if last is None:
        return ""
    is_today = Clock().today(zone) == last.astimezone(ZoneInfo(zone)).date()
    return (time_of_day if is_today else day_and_time)(last, zone)


def _error_id(error: StoreUnavailable) -> str:
    """One trouble keeps its error id while a page tries again and again."""
    known: dict[str, str] = st.session_state.get(_AWAY, {})
    if str(error) not in known:
        known = {str(error): log_error(error, event="store unavailable")}
    st.session_state[_AWAY] = known
    return known[str(error)]


def tell_unexpected(error: Exception) -> bool:
    """Show a sentence and an error id for what nobody foresaw; True keeps Streamlit quiet."""
    states.show_broken(log_error(error))
    return True
