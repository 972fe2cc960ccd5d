"""Our own value beside the peers' band, in every period that a peer published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from callboard import figures
from callboard.services.comparing.comparability import Published, peers_among
from callboard.services.comparing.league import ranked_touchpoint
from callboard.services.comparing.own_values import OwnOf, Span
from callboard.services.readings.breaks import tell_marks
from callboard.storage.breaks import Breaks
from callboard.views import BreakMark, CompetitorTrend
from metrics.grades import Aspect, Grade
from metrics.model import Metric
from metrics.peers import PeerBand, PeerValue, one_of_each, spreads

Numbers = dict[tuple[str, date, date], int]


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
        pale=_pale(meant, peers),
        passports=_numbers(meant, peers),
    )


def with_breaks(
    trend: CompetitorTrend, breaks: Breaks, *, touchpoint: str, names: Mapping[str, str]
) -> CompetitorTrend:
    """Return the trend with our breaks at a touchpoint, or with those of all, each named."""
    if not trend.ours:
        return trend
    first, last = trend.ours[0][0], trend.ours[-1][1]
    found = [
        each
        for (place, _), held in breaks.items()
        for each in held
        if touchpoint in ("", place) and first < each.day <= last
    ]
    marks = tuple(
        BreakMark(
            day=each.day,
            start=each.day,
            text=figures.format_day(each.day, near=last),
            reason=each.reason if touchpoint else f"{names[each.touchpoint]}, {each.reason}",
            is_provisional=False,
        )
        for each in sorted(found, key=lambda each: each.day)
    )
    return replace(trend, breaks=marks, alt=trend.alt + tell_marks(marks))


def _pale(
    published: Sequence[Published], peers: Sequence[PeerValue]
) -> dict[str, tuple[tuple[date, date, float], ...]]:
    """What is not in the band by name: what may not be compared, industries, regions, all."""
    ranked = {(each.entity, each.start, each.end) for each in peers}
    found: defaultdict[str, dict[Span, float]] = defaultdict(dict)
    for each in published:
        row, start = each.row, each.row.period_start
        if start is None or each.value is None or not _is_drawn(each):
            continue
        if (row.entity, start, row.period_end) not in ranked:
            found[_name(each)].setdefault((start, row.period_end), each.value)
    return {
        name: tuple((*span, value) for span, value in sorted(values.items()))
        for name, values in sorted(found.items())
    }


def _is_drawn(published: Published) -> bool:
    is_listed = published.graded.apart_from(Aspect.AGE) is Grade.D
    return not (published.is_us or published.row.segment or is_listed)


def _name(published: Published) -> str:
    row = published.row
    return row.entity if row.statistic == "value" else f"{row.entity}, {row.statistic}"


def _numbers(published: Sequence[Published], peers: Sequence[PeerValue]) -> Numbers:
    """The numbers of the passports of all values of the trend, by name and days."""
    ranked = {(each.entity, each.start, each.end): each.value for each in peers}
    found: Numbers = {}
    for each in published:
        row, start = each.row, each.row.period_start
        if start is None or each.value is None or each.is_us:
            continue
        key = (row.entity, start, row.period_end)
        if ranked.get(key) == each.value and each.as_peer() is not None:
            found[key] = row.id
        elif key not in ranked:
            found.setdefault((_name(each), start, row.period_end), row.id)
    return found


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
        f"{metric.name} over {len(bands)} published periods. In {figures.format_span(start, end)}, "
        f"{band.peers} peers lie from {span}; ours is {told}."
    )
