"""Which declared peers were not ranked, and our rank among the peers of the period before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callboard.services.comparing.comparability import Published, plain_name
from callboard.services.comparing.own_values import OwnValue, Span
from metrics.model import Metric
from metrics.peer_ranking import Contender, places_of, ruler_of
from metrics.peer_sets import SetChange, change_between, peers_before
from metrics.peers import PeerValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Our rank in the period before the ranked one, and among the peers that both have.

    `of` counts us. The ranks among those that stayed are None where nobody came or went.
    """

    span: Span
    rank: int
    of: int
    change: SetChange
    rank_then_among_stayed: int | None
    rank_now_among_stayed: int | None


def earlier_rank(
    metric: Metric,
    own: OwnValue,
    peers: Sequence[PeerValue],
    values: Sequence[PeerValue],
    own_in: Callable[[Span], OwnValue],
) -> Earlier | None:
    """Our rank in the latest earlier period as long as that of `peers`, None where there is none.

    `values` are those of all periods; `own_in` gives our value over a span.
    """
    ours, before = own.as_contender(), peers_before(values, start=peers[0].start, end=peers[0].end)
    if ours is None or not before or ruler_of(metric) is None:
        return None
    span = (before[0].start, before[0].end)
    then = own_in(span).as_contender()
    if then is None:
        return None
    change = change_between(before, peers)
    has_changed = bool(change.came or change.went)
    stayed = set(change.stayed) if has_changed else set()
    return Earlier(
        span=span,
        rank=_rank(metric, then, before),
        of=len(before) + 1,
        change=change,
        rank_then_among_stayed=_rank_among(metric, then, before, stayed),
        rank_now_among_stayed=_rank_among(metric, ours, peers, stayed),
    )


def peers_without_rank(
    declared: Sequence[str], published: Sequence[Published], ranked: Sequence[PeerValue]
) -> tuple[str, ...]:
    """The declared peers who are not among the ranked; without a declared set all who published."""
    known = declared or [each.row.entity for each in published if each.is_competitor]
    found = {plain_name(each.entity) for each in ranked}
    by_name = {plain_name(name): name for name in known}
    return tuple(name for plain, name in by_name.items() if plain not in found)


def _rank_among(
    metric: Metric, own: Contender, peers: Sequence[PeerValue], names: set[str]
) -> int | None:
    among = [each for each in peers if each.entity in names]
    return _rank(metric, own, among) if among else None


def _rank(metric: Metric, own: Contender, peers: Sequence[PeerValue]) -> int:
    ruler = ruler_of(metric)
    assert ruler is not None
    return places_of([own, *(each.as_contender() for each in peers)], ruler)[0].rank
