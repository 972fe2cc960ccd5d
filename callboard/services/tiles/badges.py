"""The state of the data under a number: one badge, its data-as-of, and why, in one sentence."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from callboard.services.defining.definitions import Definitions
from callboard.services.runtime import Runtime
from callboard.services.tiles.badge_cards import Grounds, Spot, card_of
from callboard.services.tiles.feed_badges import day_first, judge_feed, unchecked
from callboard.services.tiles.slice_badges import (
    SliceTrust,
    count_whole,
    is_partial,
    judge_slices,
)
from callboard.storage.runs import FeedState
from callboard.views import Badge, Trust, TrustCard
from data_contracts.model import Contract

BADGES = tuple(Badge)
_WORDS = {
    Badge.VERIFIED: "verified",
    Badge.WARNINGS: "verified with warnings",
    Badge.STALE: "stale",
    Badge.PARTIAL: "partial",
    Badge.WITHHELD: "withheld",
    Badge.UNCHECKED: "unchecked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTrusts:
    """The badge of every connected feed, and of any set of feeds that a number stands on.

    `own` leaves out what is the matter at single touchpoints (`slices`); `with_waiting` is that
    with so many rows in quarantine, for others may be of another touchpoint.
    """

    by_feed: Mapping[str, Trust]
    own: Mapping[str, Trust]
    with_waiting: Callable[[str, int], Trust]
    slices: Mapping[str, tuple[SliceTrust, ...]]
    definitions: Definitions
    grounds: Grounds = field(default_factory=Grounds)

    def of(self, feeds: Collection[str], *, touchpoint: str = "", metric: str = "") -> Trust:
        """The worst badge among `feeds`, with the oldest data-as-of of all of them.

        With a touchpoint, of what they say there; with a metric, of what is read from that.
        """
        metrics = self._parts(metric)
        known = [self._at(feed, touchpoint, metrics) for feed in sorted(feeds)]
        worst = max((trust for trust, _ in known), key=lambda each: BADGES.index(each.badge))
        moments = [trust.as_of for trust, _ in known]
        dues = [trust.due for trust, _ in known if trust.due is not None]
        return Trust(
            badge=worst.badge,
            feeds=tuple(sorted(feeds)),
            as_of=min((each for each in moments if each), key=day_first, default=None),
            due=min(dues, default=None),
            sentence=worst.sentence,
            cards=tuple(card for _, card in known if card is not None),
        )

    def _parts(self, metric: str) -> frozenset[str]:
        """A metric, and those that it is made of."""
        known = self.definitions.metrics.get(metric)
        parts = known.component_metrics if known is not None else ()
        return frozenset({metric, *(each.code for each in parts)})

    def _at(
        self, feed: str, touchpoint: str, metrics: frozenset[str]
    ) -> tuple[Trust, TrustCard | None]:
        """What a feed is worth at a touchpoint, and what its badge opens to."""
        contract = self.definitions.contracts.get(feed)
        if contract is None or feed not in self.by_feed:
            return unchecked(feed), None
        if not touchpoint:
            here, trust = self.slices[feed], self.by_feed[feed]
        else:
            here = tuple(e for e in self.slices[feed] if e.is_about(touchpoint, metrics))
            trust = _with_worst(self._apart(feed, touchpoint), here)
        missing = {each.touchpoint: each.missing_days for each in here}
        spot = Spot(
            touchpoint=touchpoint,
            metrics=metrics,
            badge=trust.badge,
            sentence=trust.sentence,
            missing=missing,
        )
        return trust, card_of(contract, self.grounds, spot)

    def _apart(self, feed: str, touchpoint: str) -> Trust:
        """A feed's own badge, with the rows in quarantine that are, or could be, of here."""
        return self.with_waiting(feed, self.grounds.waiting(feed, touchpoint))

    @property
    def worst(self) -> Badge:
        """The worst badge of all feeds, unchecked where there is no feed."""
        badges = [BADGES.index(each.badge) for each in self.by_feed.values()]
        return BADGES[max(badges)] if badges else Badge.UNCHECKED

    def summary(self) -> str:
        """How many feeds are in which state: `11 feeds verified, 1 stale`."""
        if not self.by_feed:
            return "no feed is connected"
        counts = [
            (badge, sum(each.badge is badge for each in self.by_feed.values())) for badge in BADGES
        ]
        told = [(badge, count) for badge, count in counts if count]
        first, *rest = told
        noun = "feed" if first[1] == 1 else "feeds"
        return ", ".join(
            [f"{first[1]} {noun} {_WORDS[first[0]]}"]
            + [f"{count} {_WORDS[badge]}" for badge, count in rest]
        )


def doubted(trust: Trust, collapse: str) -> Trust:
    """The trust in one number whose volume collapsed (`31 orders, usually 800`): no longer plain.

    The feed may keep its contract and still have lost most of its rows on the way.
    """
    if not collapse:
        return trust
    badge = max(trust.badge, Badge.WARNINGS, key=BADGES.index)
    return replace(trust, badge=badge, sentence=f"Volume collapsed: {collapse}. {trust.sentence}")


def judge_feeds(
    runtime: Runtime, states: Mapping[str, FeedState], grounds: Grounds | None = None
) -> FeedTrusts:
    """Return the badge of every connected feed now, by the workspace's clock.

    With `grounds` a badge opens to the run that judged its feed.
    """
    definitions = runtime.definitions
    now = runtime.clock.now(runtime.workspace.time_zone)
    own = dict[str, Trust]()
    slices = dict[str, tuple[SliceTrust, ...]]()
    for feed, contract in definitions.contracts.items():
        state = states.get(feed)
        own[feed] = judge_feed(contract, state, definitions, now=now)
        slices[feed] = judge_slices(contract, state, definitions, now=now) if state else ()
    return FeedTrusts(
        by_feed={
            feed: _of_feed(contract, own[feed], slices[feed], definitions)
            for feed, contract in definitions.contracts.items()
        },
        own=own,
        with_waiting=_with_waiting(definitions, states, now),
        slices=slices,
        definitions=definitions,
        grounds=grounds or Grounds(),
    )


def _with_waiting(
    definitions: Definitions, states: Mapping[str, FeedState], now: datetime
) -> Callable[[str, int], Trust]:
    """What judges a feed with some number of rows in quarantine; each once for all its numbers."""

    @cache
    def judge(feed: str, waiting: int) -> Trust:
        state = states.get(feed)
        told = replace(state, rows_quarantined_open=waiting) if state else None
        return judge_feed(definitions.contracts[feed], told, definitions, now=now)

    return judge


def _with_worst(trust: Trust, slices: Collection[SliceTrust]) -> Trust:
    """The badge of a feed where some of its slices are worse."""
    worst = _worst(slices)
    if worst is None or not is_worse(worst.badge, trust.badge):
        return trust
    moments = [each for each in (trust.as_of, worst.as_of) if each is not None]
    return replace(
        trust,
        badge=worst.badge,
        as_of=min(moments, key=day_first, default=None),
        due=worst.due or trust.due,
        sentence=worst.sentence,
    )


def _of_feed(
    contract: Contract, own: Trust, slices: Collection[SliceTrust], definitions: Definitions
) -> Trust:
    """A feed is partial where some of its touchpoints lack figures: never more than that."""
    whole_feed = [each for each in slices if not each.touchpoint]
    trust = _with_worst(own, whole_feed)
    worst = _worst(slices)
    if worst is None or not is_worse(worst.badge, trust.badge):
        return trust
    if not is_partial(worst.badge):
        return replace(trust, badge=worst.badge, sentence=worst.sentence)
    whole, among = count_whole(contract, slices, definitions)
    told = f"{contract.name}: {whole} of {among} touchpoints have all of their data."
    late = f"{trust.sentence} " if trust.badge is Badge.STALE else ""
    return replace(trust, badge=Badge.PARTIAL, sentence=f"{late}{told} {worst.sentence}")


def _worst(slices: Collection[SliceTrust]) -> SliceTrust | None:
    return max(slices, key=lambda each: BADGES.index(each.badge), default=None)


def is_worse(badge: Badge, than: Badge) -> bool:
    """Whether a badge stands behind another."""
    return BADGES.index(badge) > BADGES.index(than)
