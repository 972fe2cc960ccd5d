"""Who was ranked in a period and in the one before it: ranks change also when peers do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.peers import PeerValue, is_peer, one_of_each

_MONTH = 30.44


@dataclass(frozen=True, slots=True, kw_only=True)
class SetChange:
    """Which peers came, went and stayed between two periods, each in alphabetical order."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    stayed: tuple[str, ...]


def change_between(before: Sequence[PeerValue], now: Sequence[PeerValue]) -> SetChange:
    """Compare the peers of two periods by name."""
    then, today = {each.entity for each in before}, {each.entity for each in now}
    return SetChange(
        came=_sorted(today - then), went=_sorted(then - today), stayed=_sorted(then & today)
    )


def peers_before(values: Sequence[PeerValue], *, start: date, end: date) -> tuple[PeerValue, ...]:
    """The peers' values of the latest earlier period that is as long; empty where there is none.

    Months, quarters and years count as equally long though their days differ.
    """
    length = _months(start, end)
    earlier = [
        each
        for each in one_of_each(values)
        if is_peer(each) and each.end < start and _months(each.start, each.end) == length
    ]
    if not earlier:
        return ()
    period = max((each.end, each.start) for each in earlier)
    return tuple(each for each in earlier if (each.end, each.start) == period)


def _months(start: date, end: date) -> float:
    """Whole months of a long period, days (as a negative) of a short one."""
    days = (end - start).days + 1
    return round(days / _MONTH) if days >= 28 else -days


def _sorted(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=str.casefold))
