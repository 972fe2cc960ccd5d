"""How long until we are where our peers are: the gap to each benchmark at our present pace."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from callboard import figures
from callboard.access import Actor
from callboard.services.comparing.comparability import peers_among
from callboard.services.comparing.compared_metrics import Compared, compare_metrics
from callboard.services.comparing.league import ranked_touchpoint
from callboard.services.comparing.own_values import Span
from callboard.services.comparing.span_lengths import months_in, periods_apart
from callboard.services.drilling.trajectory_words import Aimed
from callboard.services.drilling.way_to import Points, tell_way_to
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.breaks import Breaks, read_holding
from callboard.storage.engine import snapshot
from callboard.views import OutlookItem, Ways
from metrics.changes import changes_of
from metrics.model import Better, Metric
from metrics.peer_gaps import Against, PeerGap
from metrics.peers import PeerBand, spreads
from metrics.trajectory import ENOUGH

_WHOSE = {
    Against.MEDIAN: ("Middle peer", "the middle peer"),
    Against.ACHIEVABLE: ("Achievable", "what the leading peers achieve"),
    Against.BEST: ("Best peer", "the best peer"),
}
_NOUNS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}


def read_ways(runtime: Runtime, actor: Actor, *, metric: str) -> Ways:
    """Return how long each gap of the league takes to close at the pace of our last periods.

    The periods are those that the peers publish; without what can be told, why.
    """
    scope = open_scope(runtime, actor)
    definition = require_metric(runtime, metric)
    with snapshot(runtime.store) as connection:
        found = compare_metrics(runtime, connection, [definition], scope)[0]
        breaks = read_holding(connection, scope=scope.touchpoints, metrics=[metric])
    return ways_of(found, breaks)


def ways_of(found: Compared, breaks: Breaks) -> Ways:
    """Return the ways of a metric that was compared; `breaks` are ours."""
    behind = [found.league.gaps[each] for each in _WHOSE if _is_behind(found, each)]
    if found.league.span is None or not found.league.gaps:
        return Ways(items=(), why="")
    if not behind:
        return Ways(items=(), why="Nothing to close: no peer's benchmark is clearly ahead of us.")
    noun = _NOUNS.get(months_in(found.league.span), "")
    place = ranked_touchpoint(found.published)
    spans = _spans(found, _since(found.metric, breaks, place))
    known = sum(found.own_of(span, place).value is not None for span in spans)
    if not noun or known < ENOUGH:
        return Ways(
            items=(),
            why=f"Too little to tell a pace: we have {known} of at least {ENOUGH} periods "
            "that peers published too and that no break of ours parts.",
        )
    told = [_told(found, each, spans, place=place, noun=noun) for each in behind]
    items = tuple(each for each in told if each is not None)
    why = "" if items else "The mean of our last 3 periods is level with every benchmark."
    return Ways(items=items, why=why)


def _is_behind(found: Compared, against: Against) -> bool:
    gap = found.league.gaps.get(against)
    return gap is not None and gap.gap < 0 and gap.is_clear is not False


def _told(
    found: Compared, gap: PeerGap, spans: Sequence[Span], *, place: str, noun: str
) -> OutlookItem | None:
    topic, whose = _WHOSE[gap.against]
    assert found.league.span is not None
    label = figures.format_span(*found.league.span)
    words = f"{whose} ({figures.format_value(found.metric, gap.value)}, {label})"
    points = _points(found, spans, place=place, noun=noun)
    aimed = Aimed(words=words, topic=topic, value=gap.value)
    past = _past(found, gap.against, spans, place=place)
    return tell_way_to(found.metric, points, aimed, past=past)


def _points(found: Compared, spans: Sequence[Span], *, place: str, noun: str) -> Points:
    places = [periods_apart(span, spans[0]) for span in spans]
    values = np.full(places[-1] + 1, np.nan)
    trials = values.copy()
    for at, span in zip(places, spans, strict=True):
        own = found.own_of(span, place)
        values[at] = np.nan if own.value is None else own.value
        trials[at] = np.nan if own.value is None else own.parts.denominator or own.parts.n
    known = trials[~np.isnan(trials)][-12:]
    return Points(values=values, trials=trials, noun=noun, base=float(known.mean()))


def _past(
    found: Compared, against: Against, spans: Sequence[Span], *, place: str
) -> tuple[tuple[float, float], ...]:
    """What the benchmark was before, on the axis of our points; the achievable has no past."""
    if against is Against.ACHIEVABLE:
        return ()
    meant = [each for each in found.published if each.row.touchpoint == place]
    bands = [each for each in spreads(peers_among(meant)) if (each.start, each.end) in spans]
    places = [float(periods_apart((each.start, each.end), spans[0])) for each in bands]
    return tuple(zip(places, (_level(found.metric, against, each) for each in bands), strict=True))


def _level(metric: Metric, against: Against, band: PeerBand) -> float:
    if against is Against.MEDIAN:
        return band.middle
    return band.high if metric.better is Better.HIGHER else band.low


def _spans(found: Compared, since: date) -> list[Span]:
    """The spans as long as the ranked one, and by its end, of the segment that we are in."""
    assert found.league.span is not None
    months = months_in(found.league.span)
    return [
        span
        for span in found.spans
        if months_in(span) == months and since <= span[0] and span[1] <= found.league.span[1]
    ]


def _since(metric: Metric, breaks: Breaks, place: str) -> date:
    """The day from which our values are of one segment: no break of ours, no other definition."""
    days = [
        each.day for (where, _), held in breaks.items() for each in held if place in ("", where)
    ]
    return max([*days, *(each.day for each in changes_of(metric))], default=date.min)
