"""The state of the data under a number: one badge, its data-as-of, and why, in one sentence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from callboard import figures
from callboard.services.runtime import Runtime
from callboard.storage.runs import FeedState, RunVerdict
from callboard.views import Badge, Trust
from data_contracts.model import ColumnType, Contract
from metrics.model import Grain

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
    """The badge of every connected feed, and of any set of feeds that a number stands on."""

    by_feed: Mapping[str, Trust]

    def of(
        self,
        feeds: Collection[str],
        *,
        touchpoint: str = "",  # noqa: ARG002 - whose rows the number stands on
        metric: str = "",  # noqa: ARG002 - what is read from them
    ) -> Trust:
        """The worst badge among `feeds`, with the oldest data-as-of of all of them."""
        known = [self.by_feed.get(feed) or _unchecked(feed) for feed in sorted(feeds)]
        worst = max(known, key=lambda each: BADGES.index(each.badge))
        moments = [each.as_of for each in known]
        dues = [each.due for each in known if each.due is not None]
        return Trust(
            badge=worst.badge,
            feeds=tuple(sorted(feeds)),
            as_of=min((each for each in moments if each), key=_day_first, default=None),
            due=min(dues, default=None),
            sentence=worst.sentence,
        )

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


def judge_feeds(runtime: Runtime, states: Mapping[str, FeedState]) -> FeedTrusts:
    """Return the badge of every connected feed now, by the workspace's clock."""
    now = runtime.clock.now(runtime.workspace.time_zone)
    return FeedTrusts(
        by_feed={
            feed: _judge(contract, states.get(feed), now=now, zone=runtime.workspace.time_zone)
            for feed, contract in runtime.definitions.contracts.items()
        }
    )


def _judge(contract: Contract, state: FeedState | None, *, now: datetime, zone: str) -> Trust:
    if state is None or state.run_id is None:
        return _unchecked(contract.name)
    due = state.as_of + contract.freshness if state.as_of and contract.freshness else None
    badge = _badge(state, is_late=due is not None and now > due)
    return Trust(
        badge=badge,
        feeds=(contract.feed,),
        as_of=_reached(contract, state),
        due=due,
        sentence=_sentence(badge, contract, state, due=due, zone=zone),
    )


def _reached(contract: Contract, state: FeedState) -> date | None:
    """How far the feed has come: a moment, or a day where its watermark is a column of days."""
    if state.as_of is None or not contract.watermark:
        return state.as_of
    is_by_day = contract.column(contract.watermark).type is ColumnType.DATE
    return state.as_of.astimezone(UTC).date() if is_by_day else state.as_of


def _as_of(reached: date | None, zone: str) -> str:
    if reached is None:
        return "no data yet"
    if isinstance(reached, datetime):
        return f"data as of {figures.format_moment(reached, zone)}"
    return f"data as of {figures.period_label(Grain.DAY, reached)}"


def _day_first(reached: date) -> datetime:
    """Moments and days in one order; a day counts from its midnight, as its watermark does."""
    if isinstance(reached, datetime):
        return reached
    return datetime.combine(reached, time(), UTC)


def _badge(state: FeedState, *, is_late: bool) -> Badge:
    if state.verdict is RunVerdict.WITHHELD:
        return Badge.WITHHELD
    if state.verdict is RunVerdict.FAILED or is_late:
        return Badge.STALE
    if state.rows_quarantined_open or state.reasons:
        return Badge.WARNINGS
    return Badge.VERIFIED


def _sentence(
    badge: Badge, contract: Contract, state: FeedState, *, due: datetime | None, zone: str
) -> str:
    as_of = _as_of(_reached(contract, state), zone)
    good = (
        f"the last good figures, of {figures.format_moment(state.last_good_at, zone)}, are shown"
        if state.last_good_at
        else "there are no good figures yet"
    )
    reason = state.reasons[0].removeprefix(f"{contract.name}: ") if state.reasons else ""
    why = f" ({reason.rstrip('.')})" if reason else ""
    if badge is Badge.WITHHELD:
        return f"{contract.name}: the newest data broke its contract{why}; {good}."
    if state.verdict is RunVerdict.FAILED:
        return f"{contract.name} could not be read{why}; {good}."
    if badge is Badge.STALE and due is not None:
        return f"{contract.name} is late: {as_of}, due {figures.format_moment(due, zone)}."
    if badge is Badge.WARNINGS:
        return f"{contract.name}: {_warning(state)}; {as_of}."
    return f"{contract.name} keeps its contract; {as_of}."


def _warning(state: FeedState) -> str:
    rows = state.rows_quarantined_open
    if rows:
        noun = "row is" if rows == 1 else "rows are"
        return f"{figures.format_count(rows)} {noun} in quarantine and not counted"
    return state.reasons[0].rstrip(".")


def _unchecked(name: str) -> Trust:
    return Trust(
        badge=Badge.UNCHECKED,
        feeds=(name,),
        as_of=None,
        due=None,
        sentence=f"{name} has not been read yet.",
    )
