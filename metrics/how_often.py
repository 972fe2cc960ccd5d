"""How often a target was met, as a word: one hit in five is told from nine in ten."""

from enum import StrEnum

from metrics.verdict import HALF, Assurance, Promise, share_met

_NEARLY = (0.1, 0.9)  # of the periods


class HowOften(StrEnum):
    """From always to never; empty where it cannot be told."""

    ALWAYS = "always"
    NEARLY_ALWAYS = "nearly always"
    MOSTLY = "mostly"
    HALF = "about half the time"
    SELDOM = "seldom"
    NEARLY_NEVER = "nearly never"
    NEVER = "never"
    NONE = ""


def how_often(assurance: Assurance) -> HowOften:
    """Return how often the periods since limits last began met the target of today.

    What the process keeps, or misses, by its limits is nearly always so whatever the count: the
    verdict says nothing else of it.
    """
    share, counted = share_met(assurance), bool(assurance.met and assurance.met[1])
    match assurance.promise:
        case Promise.NONE:
            return HowOften.NONE
        case Promise.ALWAYS:
            return HowOften.ALWAYS if counted and share == 1 else HowOften.NEARLY_ALWAYS
        case Promise.NEVER:
            return HowOften.NEVER if counted and share == 0 else HowOften.NEARLY_NEVER
        case Promise.SOMETIMES:
            return _by_share(share)


def _by_share(share: float) -> HowOften:
    if share >= _NEARLY[1]:
        return HowOften.NEARLY_ALWAYS if share < 1 else HowOften.ALWAYS
    if share <= _NEARLY[0]:
        return HowOften.NEARLY_NEVER if share > 0 else HowOften.NEVER
    if HALF[0] <= share <= HALF[1]:
        return HowOften.HALF
    return HowOften.MOSTLY if share > HALF[1] else HowOften.SELDOM
