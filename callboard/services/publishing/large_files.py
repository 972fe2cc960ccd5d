"""Large files, judged one at a time in a process, so that they never take all of its memory."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from data_contracts.benchmarks.progress import Progress, Step

LARGE = 5 * 1024 * 1024
WAITING = "Waiting for another large file"
_WORDS = {
    Step.READ: "Reading the rows",
    Step.MAP: "Finding what each column is",
    Step.CELLS: "Reading the cells",
    Step.NAMES: "Finding who and what is named",
    Step.RULES: "Checking the rules",
    Step.REPEATS: "Looking for repeats",
    Step.REPORT: "Writing down what was found",
}
Tell = Callable[[str, float], None]
_turn = threading.Semaphore(1)


@contextmanager
def one_at_a_time(size: int, tell: Tell | None = None) -> Iterator[Progress | None]:
    """Let a file of `size` bytes be judged, a large one only when no other is.

    `tell` hears in words what is being done, and how much of it (0 to 1) is behind; what judges
    the file is given how to say so.
    """
    progress = _said_by(tell) if tell else None
    if size < LARGE:
        yield progress
        return
    if not _turn.acquire(blocking=False):
        if tell:
            tell(WAITING, 0.0)
        _turn.acquire()
    try:
        yield progress
    finally:
        _turn.release()


def _said_by(tell: Tell) -> Progress:
    def say(step: Step, share: float) -> None:
        tell(_WORDS[step], share)

    return say
