"""Who may upload: only sessions to which the publish page has shown its upload field (F3).

Streamlit itself takes a file from anybody who can open a socket, before any page has run.
"""

import threading
import time
from collections import OrderedDict

from streamlit.runtime.scriptrunner import get_script_run_ctx

_SECONDS = 4 * 3600.0
_MOST_SESSIONS = 1_000
_MOST_FILES = 20

_lock = threading.Lock()
_open: OrderedDict[str, tuple[float, int]] = OrderedDict()


def open_gate() -> None:
    """Let the session of this run upload, for some hours and some files."""
    context = get_script_run_ctx()
    if context is not None:
        admit(context.session_id)


def admit(session: str) -> None:
    """Let a session upload; files it has uploaded stay counted."""
    with _lock:
        _, files = _open.pop(session, (0.0, 0))
        _open[session] = (time.monotonic() + _SECONDS, files)
        while len(_open) > _MOST_SESSIONS:
            _open.popitem(last=False)


def takes_file(session: str) -> bool:
    """Whether a session may upload one more file; asking counts it."""
    with _lock:
        until, files = _open.get(session, (0.0, 0))
        if until < time.monotonic() or files >= _MOST_FILES:
            return False
        _open[session] = (until, files + 1)
        return True
