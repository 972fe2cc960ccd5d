"""How far the judging of a file is, for whoever waits for it."""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What is being done, in this order."""

    READ = "read"
    MAP = "map"
    CELLS = "cells"
    NAMES = "names"
    RULES = "rules"
    REPEATS = "repeats"
    REPORT = "report"


Progress = Callable[[Step, float], None]
_SHARES = {
    Step.READ: 0.0,
    Step.MAP: 0.3,
    Step.CELLS: 0.35,
    Step.NAMES: 0.6,
    Step.RULES: 0.65,
    Step.REPEATS: 0.75,
    Step.REPORT: 0.9,
}


def tell(progress: Progress | None, step: Step) -> None:
    """Say that a step begins, and how much of the whole (0 to 1) is behind it."""
    if progress is not None:
        progress(step, _SHARES[step])


def tell_the_end(progress: Progress | None) -> None:
    """Say that nothing is left to do."""
    if progress is not None:
        progress(Step.REPORT, 1.0)
