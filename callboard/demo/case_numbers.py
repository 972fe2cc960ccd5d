"""The case that a contact belongs to: what ties it to those before and after it, elsewhere.

A case goes one of a few ways from touchpoint to touchpoint, and may leave out any of them. Nothing
is handed from day to day: a contact says how long ago its case was opened, and which it was.
"""

from datetime import timedelta

import numpy as np

from callboard.demo.dice import Dice, Numbers, Words
from callboard.demo.making import Making

_WAYS = (
    ("web_store", "call_centre", "field_delivery", "service_desk"),
    ("web_store", "call_centre", "service_desk"),
    ("web_store", "field_delivery", "community_forum"),
    ("store_counter", "call_centre", "field_delivery"),
    ("store_counter", "field_delivery", "service_desk"),
    ("social", "web_store", "service_desk"),
)
_SHARE = 0.5  # of the contacts at a touchpoint on these ways
_OPENED = 20  # cases a day on each way
_DAYS_BETWEEN, _DAYS_SPREAD = 2.0, 3.0


def draw_case_numbers(making: Making, touchpoints: list[str], owner: Numbers) -> Words:
    """Return each contact's case, "" where none was opened; `owner` indexes `touchpoints`.

    The draws are their own, so that no other figure of the day depends on them.
    """
    dice = making.dice.apart("cases")
    found = np.zeros(owner.size, dtype="U11")
    for number, touchpoint in enumerate(touchpoints):
        steps = [
            (way, at)
            for way, met in enumerate(_WAYS)
            for at, each in enumerate(met)
            if each == touchpoint
        ]
        mine = np.flatnonzero(owner == number)
        if steps:
            tied = mine[dice.happens(np.full(mine.size, _SHARE))]
            found[tied] = _numbers(making, dice, np.array(steps), tied.size)
    return found


def _numbers(making: Making, dice: Dice, steps: Numbers, size: int) -> list[str]:
    """Cases on ways that come here, opened as long ago as each way takes to come."""

    def below(most: float) -> Numbers:
        return dice.between(0, most, size).astype(np.int64)

    way, at = steps[below(len(steps))].T
    ago = (at * _DAYS_BETWEEN + dice.between(0, _DAYS_SPREAD, size)).astype(np.int64)
    case = below(max(1.0, _OPENED * making.scale))
    opened = [
        f"{making.day - timedelta(days=n):%y%m%d}" for n in range(int(ago.max(initial=0)) + 1)
    ]
    return [
        f"{opened[days_ago]}-{line}{number:03d}"
        for days_ago, line, number in zip(ago.tolist(), way.tolist(), case.tolist(), strict=True)
    ]
