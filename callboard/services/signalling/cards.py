"""Cards of signals: what each shows, put together from a board and from what people did."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from callboard import figures
from callboard.services.drilling.excess import read_excess
from callboard.services.readings.process_parts import ProcessParts
from callboard.services.signalling.amounts import amount_of, rules_of, when_of
from callboard.services.signalling.assigned import acts_by_key
from callboard.services.signalling.following import follow_up
from callboard.services.signalling.keeping import keep_together
from callboard.services.signalling.lately import Beginning
from callboard.services.tiles.board import Board
from callboard.storage.signal_acts import SignalAct
from callboard.views import Tile
from callboard.views.signalling import FollowUp, SignalCard
from metrics.calendar import calendar_for
from metrics.verdict import Variation

MOVED = 2  # periods by which newer figures may move a signal's beginning


class Followed(NamedTuple):
    """A signal, its place among all there are, the day its acts are kept under, and they."""

    place: int
    found: Beginning
    kept_since: date
    follow: FollowUp

    @property
    def id(self) -> str:
        """The signal in an address."""
        key = self.found.key
        return f"{key.touchpoint}.{key.metric}.{self.kept_since.isoformat()}"


def follow_all(
    board: Board, found: Mapping[int, Beginning], acts: Sequence[SignalAct]
) -> tuple[Followed, ...]:
    """Return what people did about each signal; `found` are by their places."""
    runtime, signals = board.runtime, list(found.values())
    today = runtime.clock.today(runtime.workspace.time_zone)
    kept = keep_together(
        signals,
        acts_by_key(acts),
        grain=board.period.grain.value,
        earliest={each.since: _earliest(board, each.since) for each in signals},
    )
    return tuple(
        Followed(place, each, mine.key.since, follow_up(mine.acts, today=today))
        for (place, each), mine in zip(found.items(), kept, strict=True)
    )


def make_cards(board: Board, followed: Sequence[Followed]) -> tuple[SignalCard, ...]:
    """Return a card of each signal, in their order."""
    tiles = board.tiles(sorted({each.found.row for each in followed}))
    return tuple(_card(board, each, tiles[each.found.row]) for each in followed)


def _earliest(board: Board, since: date) -> date:
    calendar = calendar_for(board.period.grain)
    period = calendar.period_of(since)
    for _ in range(MOVED):
        period = calendar.previous(period)
    return period.start


def _card(board: Board, followed: Followed, tile: Tile) -> SignalCard:
    found, judged, is_on = followed.found, board.judged, followed.found.until is None
    definitions = board.runtime.definitions
    metric = definitions.metrics[found.key.metric]
    far = amount_of(metric, judged, found)
    return SignalCard(
        touchpoint=found.key.touchpoint,
        touchpoint_name=tile.touchpoint_name,
        metric=metric.code,
        metric_name=metric.name,
        pillar=metric.pillar,
        owner=definitions.touchpoints[found.key.touchpoint].owner,
        grain=board.period.grain.value,
        since=found.since,
        kept_since=followed.kept_since,
        ended=found.until,
        signal=found.signal,
        variation=tile.variation if is_on else _over(board, found),
        when=when_of(found, judged, near=board.period.end),
        amount=far.text,
        level=far.level,
        usual=far.usual,
        gap=far.gap,
        unit=figures.unit_text(metric),
        rule=rules_of(found),
        verdict=tile.verdict if is_on else "",
        excess=_excess(board, found) if is_on else "",
        sparkline=tile.sparkline,
        trust=tile.trust,
        follow=followed.follow,
    )


def _over(board: Board, found: Beginning) -> Variation:
    """A signal that is over, as it stood on its last day."""
    now = board.judged.variation(found.row)
    return Variation(
        signal=found.signal,
        rule=found.rules[0],
        since=found.since,
        footing=now.footing,
        points_since=None,
        as_of=found.until,
    )


def _excess(board: Board, found: Beginning) -> str:
    if found.first is None:
        return ""
    metric = board.runtime.definitions.metrics[found.key.metric]
    told = read_excess(ProcessParts(metric=metric, judged=board.judged, row=found.row))
    return told.sentence if told else ""
