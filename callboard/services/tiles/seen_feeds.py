"""The feeds as somebody limited to touchpoints may know them: nothing in them tells of another."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from callboard.services.runtime import Runtime
from callboard.services.tiles.badge_cards import Grounds
from callboard.services.tiles.badges import FeedTrusts, judge_feeds
from callboard.services.tiles.slice_badges import reasons_among
from callboard.storage.judged_runs import Counts
from callboard.storage.runs import FeedState


def seen_states(
    runtime: Runtime,
    states: Mapping[str, FeedState],
    *,
    touchpoints: Collection[str] | None,
    waiting: Counts,
) -> dict[str, FeedState]:
    """The states of feeds, of the slices at `touchpoints` and of the whole; None for all.

    Of the rows in quarantine (`waiting`) those count that are of the touchpoints, or could be.
    """
    if touchpoints is None:
        return dict(states)
    return {
        feed: _state(runtime, each, touchpoints, waiting.get(feed, {}))
        for feed, each in states.items()
    }


def judge_seen(
    runtime: Runtime,
    states: Mapping[str, FeedState],
    *,
    touchpoints: Collection[str] | None,
    grounds: Grounds | None = None,
) -> FeedTrusts:
    """The badges of feeds from states already narrowed; other touchpoints are not counted."""
    if touchpoints is None:
        return judge_feeds(runtime, states, grounds)
    known = runtime.definitions.touchpoints
    mine = {code: each for code, each in known.items() if code in touchpoints}
    narrow = replace(runtime, definitions=replace(runtime.definitions, touchpoints=mine))
    return judge_feeds(narrow, states, grounds)


def _state(
    runtime: Runtime, state: FeedState, touchpoints: Collection[str], waiting: Mapping[str, int]
) -> FeedState:
    seen = tuple(e for e in state.slices if not e.touchpoint or e.touchpoint in touchpoints)
    unseen = tuple(each for each in state.slices if each not in seen)
    told_elsewhere = reasons_among(state, unseen, runtime.definitions)
    return replace(
        state,
        slices=seen,
        reasons=tuple(each for each in state.reasons if each not in told_elsewhere),
        rows_quarantined_open=sum(waiting.get(each, 0) for each in {"", *touchpoints}),
    )
