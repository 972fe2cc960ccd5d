"""Our own value beside the peers' band, in every period that a peer published."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from callboard import figures
from callboard.services.comparing.comparability import Published, peers_among
from callboard.services.comparing.league import OwnOf, ranked_touchpoint
from callboard.services.comparing.own_values import Span
from callboard.views import CompetitorTrend
from metrics.model import Metric
from metrics.peers import PeerBand, PeerValue, one_of_each, spreads


def spans_of(published: Sequence[Published]) -> list[Span]:
    """The spans of days that published values cover, oldest first; without a beginning, none."""
    spans = {
        (each.row.period_start, each.row.period_end)
        for each in published
        if each.row.period_start is not None
    }
    return sorted(spans)


def make_trend(
    metric: Metric, published: Sequence[Published], own_of: OwnOf, *, spans: Sequence[Span]
) -> CompetitorTrend:
    """Return what peers published, of any age, and our value in the same periods.

    Where no peer published what compares, our value over `spans`.
    """
    touchpoint = ranked_touchpoint(published)
    meant = [each for each in published if each.row.touchpoint == touchpoint]
    peers = one_of_each(peers_among(meant))
    bands = spreads(peers)
    shown = [(band.start, band.end) for band in bands] or spans
    ours = tuple((*span, own_of(span, touchpoint).value) for span in shown)
    return CompetitorTrend(
        metric_name=metric.name,
        unit_text=figures.unit_text(metric),
        decimals=metric.decimals,
        ours=ours,
        peers=_by_entity(peers),
        band=bands,
        alt=_alt(metric, bands, ours),
    )


def _by_entity(peers: Sequence[PeerValue]) -> dict[str, tuple[tuple[date, date, float], ...]]:
    found: defaultdict[str, list[tuple[date, date, float]]] = defaultdict(list)
    for peer in sorted(peers, key=lambda each: (each.entity.casefold(), each.start, each.end)):
        found[peer.entity].append((peer.start, peer.end, peer.value))
    return {entity: tuple(values) for entity, values in found.items()}


def _alt(
    metric: Metric,
    bands: Sequence[PeerBand],
    ours: Sequence[tuple[date, date, float | None]],
) -> str:
    if not bands:
        return f"{metric.name}: no published values to compare with."
    band, (start, end, own) = bands[-1], ours[-1]
    span = figures.format_interval(metric, band.low, band.high)
    told = figures.format_value(metric, own) if own is not None else "no value"
    return (
        f"{metric.name} over {len(bands)} published periods. In {figures.format_span(start, end)} "
        f"{band.peers} peers lie from {span}; ours is {told}."
    )
