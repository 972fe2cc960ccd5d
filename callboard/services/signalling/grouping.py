"""Signals put together by what may explain them, the newest first. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from callboard.services.signalling.causes import Cause
from callboard.views.signalling import CauseKind, SignalCard, SignalGroup
from metrics.signals import Signal


class Explained(NamedTuple):
    """A signal, the period in which it began, and what may explain it."""

    card: SignalCard
    at: int
    cause: Cause | None


class Words(NamedTuple):
    """What may explain a group, in a few words and in a sentence."""

    title: str
    reason: str


def group_cards(
    explained: Sequence[Explained], words: Mapping[Cause, Words]
) -> tuple[SignalGroup, ...]:
    """Return the signals in their groups, the newest first.

    Concerns of a service that a group stands on lead that group, and do not stand beside it. A
    signal that is left alone, where others that began with it are not shown, is explained by none.
    """
    held: dict[Cause, list[SignalCard]] = {}
    for each in explained:
        if each.cause is not None:
            held.setdefault(each.cause, []).append(each.card)
    leads = {cause: _leads(cause, explained) for cause in held}
    led = {card.id for each in leads.values() for card in each}
    groups = [_alone(each.card) for each in explained if not each.cause and each.card.id not in led]
    for cause, cards in held.items():
        mine = [card for card in cards if card.id not in led]
        if len(mine) == 1 and cause.kind is CauseKind.TOGETHER:
            groups.append(_alone(mine[0]))
        elif mine:
            groups.append(_group(cause, mine, leads[cause], words[cause]))
    return tuple(sorted(sorted(groups, key=_name), key=_newest, reverse=True))


def _leads(cause: Cause, explained: Sequence[Explained]) -> tuple[SignalCard, ...]:
    if cause.kind is not CauseKind.SERVICE:
        return ()
    return tuple(
        each.card
        for each in explained
        if (each.card.touchpoint, each.at) == (cause.touchpoint, cause.at)
        and each.card.signal is Signal.CONCERN
        and (each.cause is None or each.cause.kind is CauseKind.TOGETHER)
    )


def _alone(card: SignalCard) -> SignalGroup:
    return SignalGroup(kind=CauseKind.NONE, title="", reason="", leads=(), cards=(card,))


def _group(
    cause: Cause, cards: Sequence[SignalCard], leads: tuple[SignalCard, ...], words: Words
) -> SignalGroup:
    by_name = sorted(cards, key=lambda card: (card.touchpoint_name, card.metric_name))
    return SignalGroup(
        kind=cause.kind,
        title=words.title,
        reason=words.reason,
        leads=leads,
        cards=tuple(sorted(by_name, key=lambda card: card.since, reverse=True)),
    )


def _newest(group: SignalGroup) -> str:
    return max(card.since for card in group.every).isoformat()


def _name(group: SignalGroup) -> tuple[str, str, str]:
    first = group.every[0]
    return group.title, first.touchpoint_name, first.metric_name
