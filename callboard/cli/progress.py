"""Shows how far something long is, on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from callboard.cli.printing import say

Tell = Callable[[str], None]


@contextmanager
def showing(what: str) -> Iterator[Tell]:
    """Say what begins, how far it is where somebody watches, and how long it took."""
    began = time.monotonic()
    watched = sys.stderr.isatty()
    if not watched:
        say(f"{what} …")

    def tell(how_far: str) -> None:
        if watched:
            sys.stderr.write(f"\r\x1b[K{what}: {how_far}")
            sys.stderr.flush()

    tell("…")
    end = "\n" if watched else ""  # after an error what is told next begins a line of its own
    try:
        yield tell
        start = "\r\x1b[K" if watched else ""
        end = f"{start}{what}: done in {time.monotonic() - began:.1f} s\n"
    finally:
        sys.stderr.write(end)
