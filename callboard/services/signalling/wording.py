"""What the page of signals says in sentences: how many, since when, what chance would do. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from callboard.services.signalling.choices import Kind
from callboard.views.signalling import FollowUp, SignalCard
from metrics.model import Grain
from metrics.signals import Signal

NOTHING_YET = (
    "No readings yet. Connect a feed with `callboard connect`, then run `callboard refresh`."
)
_NOUNS = (
    ((Signal.CONCERN,), "concern", "concerns"),
    ((Signal.IMPROVEMENT,), "improvement", "improvements"),
    ((Signal.HIGH, Signal.LOW), "unusual figure", "unusual figures"),
)


class Counted(NamedTuple):
    """What is counted of a signal."""

    signal: Signal
    since: date
    follow: FollowUp


def count_signals(cards: Sequence[Counted | SignalCard]) -> str:
    """Return `3 concerns and 2 improvements`, good and bad alike."""
    return _count([card.signal for card in cards])


def _count(signals: Sequence[Signal]) -> str:
    told = [
        _counted(number, one, many)
        for kinds, one, many in _NOUNS
        if (number := sum(each in kinds for each in signals))
    ]
    return " and ".join((", ".join(told[:-1]), told[-1]) if len(told) > 1 else told)


def tell_signals(cards: Sequence[Counted], *, first_day: date, span: str) -> str:
    """Return the answer of the page where there are signals; `span` is `12 weeks`."""
    began = (
        "began" if all(card.since >= first_day for card in cards) else "began or were first seen"
    )
    waiting = sum(not card.follow.is_acknowledged for card in cards)
    rest = f"{waiting or 'none'} {'is' if waiting == 1 else 'are'} not acknowledged"
    if not waiting:
        rest = "all are acknowledged" if len(cards) > 1 else "it is acknowledged"
    return f"{count_signals(cards)} {began} in the last {span}; {rest}."


def tell_none(kind: Kind, others: Sequence[Signal], *, span: str, is_narrow: bool) -> str:
    """Return that nothing of a kind began; `others` are signals of another kind that did.

    `is_narrow`: only some touchpoints, or one pillar, were looked at.
    """
    if kind is Kind.BOTH:
        what = "Nothing of what is chosen" if is_narrow else "Nothing"
        return f"{what} changed in {span} that chance would not do."
    what = "improvement" if kind is Kind.GOOD else "concern"
    rest = f"; {_count(others)} did, or {'was' if len(others) == 1 else 'were'} first seen"
    return f"No {what} began in the last {span}{rest if others else ''}."


def tell_span(periods: int, grain: Grain) -> str:
    """Return `12 weeks`."""
    return _counted(periods, grain.value, f"{grain.value}s")


def tell_chance(series: int, expected: float, *, span: str) -> str:
    """Return how many signals chance alone would make come up."""
    counted = "1 metric" if series == 1 else f"{series} metrics at their touchpoints"
    how_many = f"about {expected:.0f} such signals" if expected >= 1.5 else "about 1 such signal"
    if expected < 0.5:
        how_many = "hardly any such signal"
    return f"Of {counted}, chance alone would bring {how_many} in {span}."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
