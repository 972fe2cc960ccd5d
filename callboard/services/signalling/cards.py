"""Cards of signals: what each shows, put together from a board and from what people did."""

from collections.abc import Sequence
from datetime import date

from callboard import figures
from callboard.services.drilling.outlook import excess_of
from callboard.services.drilling.process_parts import ProcessParts
from callboard.services.signalling.amounts import amount_of, rules_of, when_of
from callboard.services.signalling.assigned import acts_by_key
from callboard.services.signalling.following import follow_up
from callboard.services.signalling.keeping import Kept, keep_together
from callboard.services.signalling.lately import Beginning
from callboard.services.tiles.board import Board
from callboard.storage.signal_acts import SignalAct
from callboard.views import Tile
from callboard.views.signalling import SignalCard
from metrics.calendar import calendar_for
from metrics.verdict import Variation

MOVED = 2  # periods by which newer figures may move a signal's beginning


def make_cards(
    board: Board, found: Sequence[Beginning], acts: Sequence[SignalAct], *, today: date
) -> tuple[SignalCard, ...]:
    """Return a card of each signal, in their order."""
    tiles = board.tiles(sorted({each.row for each in found}))
    kept = keep_together(
        found,
        acts_by_key(acts),
        grain=board.period.grain.value,
        earliest={each.since: _earliest(board, each.since) for each in found},
    )
    return tuple(
        _card(board, each, tiles[each.row], mine, today=today)
        for each, mine in zip(found, kept, strict=True)
    )


def _earliest(board: Board, since: date) -> date:
    calendar = calendar_for(board.period.grain)
    period = calendar.period_of(since)
    for _ in range(MOVED):
        period = calendar.previous(period)
    return period.start


def _card(board: Board, found: Beginning, tile: Tile, kept: Kept, *, today: date) -> SignalCard:
    definitions, judged = board.runtime.definitions, board.judged
    metric = definitions.metrics[found.key.metric]
    far = amount_of(metric, judged, found)
    is_on = found.until is None
    return SignalCard(
        touchpoint=found.key.touchpoint,
        touchpoint_name=tile.touchpoint_name,
        metric=metric.code,
        metric_name=metric.name,
        pillar=metric.pillar,
        owner=definitions.touchpoints[found.key.touchpoint].owner,
        grain=board.period.grain.value,
        since=found.since,
        kept_since=kept.key.since,
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
        follow=follow_up(kept.acts, today=today),
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
    told = excess_of(ProcessParts(metric=metric, judged=board.judged, row=found.row))
    return told.sentence if told else ""
