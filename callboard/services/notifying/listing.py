"""The notices there were, for a person: of the touchpoints that they may see."""

from collections.abc import Iterable, Sequence

from callboard.access import Action, Actor, Scope, require
from callboard.alert_rules import AlertOn
from callboard.services.notifying.messages import WORDS, alert_name
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.tiles.slice_badges import place_of
from callboard.storage.engine import snapshot
from callboard.storage.notices import (
    Delivery,
    DeliveryState,
    Notice,
    read_delivered,
    read_notices,
    read_told_badges,
)
from callboard.views import Badge, NoticeRow

_MOST = 1000
_HOW = {
    DeliveryState.DUE: "on its way to {}",
    DeliveryState.SENT: "sent to {}",
    DeliveryState.HELD: "waits to go to {}",
    DeliveryState.FAILED: "not sent to {} yet",
    DeliveryState.GIVEN_UP: "given up for {}",
}
NOWHERE = "in this list only"


def list_notices(
    runtime: Runtime, actor: Actor, *, feed: str = "", limit: int = 50
) -> tuple[NoticeRow, ...]:
    """Return the latest notices, of one feed or of all, newest first."""
    require(actor, Action.READ_TRUST)
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as conn:
        found = [each for each in read_notices(conn, limit=_MOST) if feed in ("", each.feed)]
        shown = [
            each
            for each in found
            if _is_seen(scope, each.slice_key)
            and (not each.alert or is_alert_readable(runtime, scope, each.alert))
        ][:limit]
        delivered = read_delivered(conn, [each.id for each in shown])
    return tuple(_row(runtime, each, delivered.get(each.id, ())) for each in shown)


def count_open(runtime: Runtime, actor: Actor) -> int:
    """Return of how many feeds and parts of them people were told that they are not well."""
    require(actor, Action.READ_TRUST)
    scope = open_scope(runtime, actor)
    known = runtime.definitions.contracts
    with snapshot(runtime.store) as conn:
        told = read_told_badges(conn)
    return sum(
        feed in known and each.badge != Badge.VERIFIED and _is_seen(scope, key)
        for (feed, key), each in told.items()
    )


def _is_seen(scope: Scope, slice_key: str) -> bool:
    """A notice of a touchpoint is for those who may read it; one of a whole feed is for all."""
    return not slice_key or slice_key.partition("/")[0] in scope.touchpoints


def is_alert_readable(runtime: Runtime, scope: Scope, alert: str) -> bool:
    """Whether what an alert said may be read: of peers it says how the whole company stands."""
    if scope.touchpoints >= frozenset(runtime.definitions.touchpoints):
        return True
    rules = runtime.workspace.alerts
    return any(each.alert == alert and each.when is not AlertOn.PEERS for each in rules)


def _row(runtime: Runtime, notice: Notice, deliveries: Sequence[Delivery]) -> NoticeRow:
    definitions = runtime.definitions
    touchpoint, _, metric = notice.slice_key.partition("/")
    return NoticeRow(
        id=notice.id,
        at=notice.at,
        kind=WORDS[notice.kind],
        feed_name=_about(runtime, notice),
        where=place_of(touchpoint, metric, definitions),
        badge=None if notice.alert else Badge(notice.badge),
        sentence=notice.sentence,
        delivered=_delivered(deliveries),
    )


def _about(runtime: Runtime, notice: Notice) -> str:
    """The feed, or the alert, that a notice is of."""
    if notice.alert:
        return alert_name(notice.alert, runtime.definitions)
    contract = runtime.definitions.contracts.get(notice.feed)
    return contract.name if contract else notice.feed


def _delivered(deliveries: Iterable[Delivery]) -> str:
    told = (
        _HOW[each.state].format(each.channel) + (f" ({each.error})" if each.error else "")
        for each in deliveries
    )
    return "; ".join(told) or NOWHERE
