"""Keys in their order: which good news stands below a concern of a higher key. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.signals import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one metric signals at a touchpoint; `rank` 0 is the highest key."""

    touchpoint: str
    rank: int
    signal: Signal


def muted_by(marks: Sequence[Mark]) -> dict[int, int]:
    """For each improvement that a concern mutes: the place of that concern among `marks`.

    A concern of a higher key at the same touchpoint mutes; keys are never weighed against each
    other. Of several it is that of the highest key, and of one key the first of `marks`.
    """
    worst: dict[str, int] = {}
    for at, mark in enumerate(marks):
        if mark.signal is Signal.CONCERN:
            known = worst.setdefault(mark.touchpoint, at)
            if mark.rank < marks[known].rank:
                worst[mark.touchpoint] = at
    return {
        at: worst[mark.touchpoint]
        for at, mark in enumerate(marks)
        if mark.signal is Signal.IMPROVEMENT
        and mark.touchpoint in worst
        and marks[worst[mark.touchpoint]].rank < mark.rank
    }
