"""Which acts belong to which signal: those kept under its first day, or near it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from callboard.services.signalling.lately import Beginning
from callboard.storage.signal_acts import SignalAct, SignalKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The acts on a signal, and the key that they are kept under."""

    key: SignalKey
    acts: tuple[SignalAct, ...] = ()


def keep_together(
    found: Sequence[Beginning],
    acts: Mapping[SignalKey, Sequence[SignalAct]],
    *,
    grain: str,
    earliest: Mapping[date, date],
) -> tuple[Kept, ...]:
    """Return the acts on each signal, those of its own first day or else the nearest that fit.

    Newer figures move limits, and with them the day on which a signal began. So acts of a day
    within the signal, or from its `earliest` day on, are its own unless another signal has that
    day. They stay under their key, so that one signal has all of its acts in one place.
    """
    own = [SignalKey(*each.key[:2], grain, each.since) for each in found]
    taken = set(own) & set(acts)
    kept = []
    for each, key in zip(found, own, strict=True):
        held = {key} if key in taken else {key, *_fitting(each, acts, key, earliest[each.since])}
        free = held - taken or {key}
        mine = min(free, key=lambda other: (other not in acts, abs(other.since - each.since)))
        taken.add(mine)
        kept.append(Kept(key=mine, acts=tuple(acts.get(mine, ()))))
    return tuple(kept)


def _fitting(
    found: Beginning,
    acts: Mapping[SignalKey, Sequence[SignalAct]],
    own: SignalKey,
    first: date,
) -> list[SignalKey]:
    """The keys of the same series whose day a signal has, or is near to."""
    return [
        key
        for key, mine in acts.items()
        if key[:3] == own[:3]
        and mine[-1].signal == found.signal.value
        and first <= key.since <= (found.until or date.max)
    ]
