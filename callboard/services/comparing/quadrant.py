"""Our level among the peers and our move against them, one dot a metric."""

from collections.abc import Sequence
from datetime import date

from callboard import figures
from callboard.services.comparing.comparability import peers_among
from callboard.services.comparing.compared_metrics import Compared
from callboard.services.comparing.league import ranked_touchpoint
from callboard.services.comparing.own_values import Span
from callboard.services.comparing.span_lengths import months_in
from callboard.views import Quadrant, QuadrantDot
from metrics.peer_direction import ENOUGH, Duel, Moving, direction_of
from metrics.peer_ranking import places_of, ruler_of

_MOST_NAMED = 3
_YEAR = 365.25


def make_quadrant(compared: Sequence[Compared]) -> Quadrant:
    """Return a dot for each metric that is ranked among peers and has a direction."""
    dots, left_out = [], []
    for each in compared:
        dot = _dot(each)
        if isinstance(dot, str):
            left_out.append((each.metric.name, dot))
        else:
            dots.append(dot)
    dots.sort(key=lambda dot: (dot.place, dot.direction.slope.value))
    return Quadrant(
        dots=tuple(dots), left_out=tuple(left_out), sentence=_sentence(dots), alt=_alt(dots)
    )


def _dot(found: Compared) -> QuadrantDot | str:
    """The dot of a metric, or why it has none."""
    league, ruler = found.league, ruler_of(found.metric)
    if ruler is None:
        return "neither high nor low is good here"
    if not league.peers or league.span is None:
        return "no benchmark of a competitor compares"
    own = league.own.as_contender() if league.own else None
    if own is None:
        return league.own.note if league.own else "we have no value"
    direction = direction_of(_duels(found), ruler)
    if direction is None:
        return f"fewer than {ENOUGH} periods that we and two peers have"
    place = places_of([own, *(each.as_contender() for each in league.peers)], ruler)[0]
    return QuadrantDot(
        metric=found.metric.code,
        name=found.metric.name,
        place=place.percentile,
        rank_text=f"{place.rank} of {place.of}",
        period_label=figures.format_span(*league.span),
        direction=direction,
    )


def _duels(found: Compared) -> list[Duel]:
    """Us and the peers in every period as long as the ranked one, oldest first."""
    assert found.league.span is not None
    main, last = ranked_touchpoint(found.published), found.league.span
    by_span: dict[Span, list[float]] = {}
    for each in peers_among([each for each in found.published if each.row.touchpoint == main]):
        if _is_as_long((each.start, each.end), last):
            by_span.setdefault((each.start, each.end), []).append(each.value)
    owned = ((span, found.own_of(span, main).value, by_span[span]) for span in sorted(by_span))
    return [
        Duel(year=_year(span), own=own, peers=tuple(peers))
        for span, own, peers in owned
        if own is not None and span[1] <= last[1]
    ]


def _is_as_long(span: Span, other: Span) -> bool:
    if months_in(other):
        return months_in(span) == months_in(other)
    return span[1] - span[0] == other[1] - other[0]


def _year(span: Span) -> float:
    return (span[1] - date(2000, 1, 1)).days / _YEAR


def _sentence(dots: Sequence[QuadrantDot]) -> str:
    if not dots:
        return "No metric has peers and periods enough to say where we stand and where we move."
    ahead = [dot for dot in dots if dot.place > 50]
    losing = [dot.name for dot in dots if dot.direction.moving is Moving.LOSING]
    gaining = [dot.name for dot in dots if dot.direction.moving is Moving.GAINING]
    moves = [
        f"{_named(names)} {verb}{'s' if len(names) == 1 else ''} ground"
        for names, verb in ((losing, "lose"), (gaining, "gain"))
        if names
    ]
    of = f"{len(dots)} metric{'' if len(dots) == 1 else 's'}"
    told = " and ".join(moves) or "none moves beyond chance"
    return f"Ahead of the middle peer in {len(ahead)} of {of}; {told}."


def _alt(dots: Sequence[QuadrantDot]) -> str:
    told = "; ".join(f"{dot.name}, {dot.rank_text}, {dot.direction.moving}" for dot in dots)
    return f"Our place among the peers and our move against them: {told or 'nothing to draw'}."


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    told = ", ".join(names[:_MOST_NAMED])
    return f"{told} and {more} more" if more > 0 else told
