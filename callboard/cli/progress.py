"""Shows how far something long is, on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from callboard.cli.printing import say

OnProgress = Callable[[int, int], None]


@contextmanager
def showing(what: str) -> Iterator[OnProgress]:
    """Say what begins, how far it is where somebody watches, and how long it took."""
    began = time.monotonic()
    watched = sys.stderr.isatty()
    if not watched:
        say(f"{what} …")

    def on_progress(done: int, total: int) -> None:
        if watched and total:
            sys.stderr.write(f"\r\x1b[K{what}: {100 * done // total} %")
            sys.stderr.flush()

    on_progress(0, 1)
    yield on_progress
    seconds = time.monotonic() - began
    start = "\r\x1b[K" if watched else ""
    sys.stderr.write(f"{start}{what}: done in {seconds:.1f} s\n")
