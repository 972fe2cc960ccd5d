"""Notices that a badge is another than people know of: once for each change, not for each run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from callboard import figures
from callboard.access import Action, Actor, require
from callboard.logs import log_event
from callboard.services.notifying.channels import channels_of
from callboard.services.notifying.quiet_hours import is_quiet
from callboard.services.runtime import Runtime
from callboard.services.tiles.badges import FeedTrusts, is_worse, judge_feeds
from callboard.services.tiles.slice_badges import name_slice
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.notices import (
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    ToldBadge,
    add_notice,
    read_told_badges,
    write_delivery,
    write_told_badges,
)
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.runs import read_feed_states
from callboard.views import Badge
from callboard.workspace import Notifications, Telling

_KINDS = {
    Badge.WARNINGS: NoticeKind.WARNING,
    Badge.STALE: NoticeKind.STOPPED,
    Badge.PARTIAL: NoticeKind.BREACH,
    Badge.WITHHELD: NoticeKind.BREACH,
}
_WAS = {
    Badge.WARNINGS: "not quite in order",
    Badge.STALE: "late",
    Badge.PARTIAL: "incomplete",
    Badge.WITHHELD: "held back",
}
_GOOD = frozenset({Badge.VERIFIED, Badge.WARNINGS})
_GRAVE = frozenset({NoticeKind.BREACH, NoticeKind.STOPPED})


def note_changes(runtime: Runtime, actor: Actor) -> tuple[Notice, ...]:
    """Keep a notice of each badge that has changed, with its deliveries still to be made.

    A feed that is seen for the first time is noticed where it is not well, and told of together
    with the others. An idle round writes nothing.
    """
    require(actor, Action.REFRESH)
    now = runtime.clock.now()
    with snapshot(runtime.store) as conn:
        if not _changes(runtime, conn, now):
            return ()
    with write(runtime.store) as conn:
        changes = _changes(runtime, conn, now)
        write_told_badges(conn, [each.told for each in changes])
        kept = tuple(_keep(runtime, conn, each) for each in changes if each.notice is not None)
        if kept:
            add_publication(
                conn, kind=PublicationKind.STATE, actor_id=actor.id, note=_note(kept), at=now
            )
    for notice in kept:
        log_event("badge changed", feed=notice.feed, slice=notice.slice_key, badge=notice.badge)
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A badge that people do not know of yet; without a notice it is nothing to tell."""

    told: ToldBadge
    notice: Notice | None
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Now:
    """The badge of a slice as it is now, and why."""

    name: str
    badge: Badge
    sentence: str


def _changes(runtime: Runtime, conn: Connection, now: datetime) -> list[_Change]:
    told = read_told_badges(conn)
    trusts = judge_feeds(runtime, read_feed_states(conn))
    zone = runtime.workspace.time_zone
    return [
        _change(key, here, told, at=now, zone=zone)
        for key, here in _badges(trusts, told)
        if key not in told or told[key].badge != here.badge
    ]


def _badges(
    trusts: FeedTrusts, told: Mapping[tuple[str, str], ToldBadge]
) -> Iterator[tuple[tuple[str, str], _Now]]:
    """Every badge to compare. One of a slice that its feed's own badge covers is not told twice."""
    for feed, contract in trusts.definitions.contracts.items():
        own = trusts.own[feed]
        if own.badge is Badge.UNCHECKED:
            continue
        yield (feed, ""), _Now(name=contract.name, badge=own.badge, sentence=own.sentence)
        here = {each.key: each for each in trusts.slices[feed] if each.is_its_own}
        before = (key for known, key in told if known == feed and key)
        for key in sorted({*here, *before} - {""}):
            badge = here[key].badge if key in here else Badge.VERIFIED
            if own.badge in _GOOD or is_worse(badge, own.badge):
                name = name_slice(contract, *key.partition("/")[::2], trusts.definitions)
                sentence = here[key].sentence if key in here else ""
                yield (feed, key), _Now(name=name, badge=badge, sentence=sentence)


def _change(
    key: tuple[str, str],
    here: _Now,
    told: Mapping[tuple[str, str], ToldBadge],
    *,
    at: datetime,
    zone: str,
) -> _Change:
    feed, part = key
    is_first = (feed, "") not in told
    old = told.get(key)
    before = Badge(old.badge) if old else Badge.UNCHECKED if is_first else Badge.VERIFIED
    notice = Notice(
        at=at,
        kind=_kind(here.badge, before),
        feed=feed,
        slice_key=part,
        badge=here.badge,
        before=before,
        sentence=_sentence(here, before, old, zone),
    )
    is_news = here.badge is not before and not (is_first and here.badge is Badge.VERIFIED)
    return _Change(
        told=ToldBadge(feed=feed, slice_key=part, badge=here.badge, since=at),
        notice=notice if is_news else None,
        is_first=is_first,
    )


def _kind(badge: Badge, before: Badge) -> NoticeKind:
    """A step to what is good again is a recovery, even if there is something to look at yet."""
    is_better = before is not Badge.UNCHECKED and is_worse(before, badge)
    is_well = badge is Badge.VERIFIED or (is_better and badge in _GOOD)
    return NoticeKind.RECOVERY if is_well else _KINDS[badge]


def _sentence(here: _Now, before: Badge, old: ToldBadge | None, zone: str) -> str:
    if old is None or _kind(here.badge, before) is not NoticeKind.RECOVERY:
        return here.sentence
    since = figures.format_moment(old.since, zone)
    was = f"{here.name} is well again after its data were {_WAS[before]} since {since}."
    return f"{was} {here.sentence}" if here.badge is not Badge.VERIFIED else was


def _keep(runtime: Runtime, conn: Connection, change: _Change) -> Notice:
    assert change.notice is not None
    told, notice = runtime.definitions.notifications, change.notice
    notice_id = add_notice(conn, notice)
    if told is not None and _is_told(told, notice):
        zone = runtime.workspace.time_zone
        waits = change.is_first or is_quiet(told.quiet_hours, notice.at, zone)
        state = DeliveryState.HELD if waits else DeliveryState.DUE
        for name in channels_of(told):
            write_delivery(
                conn, Delivery(notice_id=notice_id, channel=name, state=state, at=notice.at)
            )
    return notice


def _is_told(told: Notifications, notice: Notice) -> bool:
    """Whether it is grave enough to be told outside: a recovery is as grave as what is over."""
    if told.tell is Telling.WARNING or notice.kind in _GRAVE:
        return True
    return notice.kind is NoticeKind.RECOVERY and Badge(notice.before) not in _GOOD


def _note(kept: tuple[Notice, ...]) -> str:
    return kept[0].sentence if len(kept) == 1 else f"{len(kept)} changes of data"
