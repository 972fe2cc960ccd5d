"""The league of one metric: each published value beside ours, ranked where it may be."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from callboard import figures
from callboard.services.comparing.comparability import (
    Published,
    peers_among,
    without_left_behind,
)
from callboard.services.comparing.envelopes import envelope_around, tell_envelope
from callboard.services.comparing.gaps import NO_GAP, Gap, gap_to
from callboard.services.comparing.grading import without_own_days
from callboard.services.comparing.own_values import OURS, OwnOf, OwnValue, Span
from callboard.services.comparing.passports import n_of, n_text, period_text, value_text
from callboard.services.comparing.peer_sets import Earlier, earlier_rank
from callboard.services.runtime import Runtime
from callboard.views import Competitor, Meaning
from metrics.model import Metric
from metrics.peer_gaps import Against, PeerGap, gaps_of
from metrics.peer_ranking import places_of, ruler_of
from metrics.peers import PeerValue, comparable_peers, standing_of
from metrics.rank_intervals import rank_intervals
from metrics.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class League:
    """The rows, best first, what may not be compared last; and what the ranks are of.

    `peers` are the values ranked beside ours, all of `span`; `own` is our value over it. `earlier`
    is our rank in the period before, where peers published one. `shown` are the published values
    of the rows, each graded against the figure we have of its days.
    """

    rows: tuple[Competitor, ...]
    peers: tuple[PeerValue, ...] = ()
    span: Span | None = None
    own: OwnValue | None = None
    standing: Standing | None = None
    gaps: Mapping[Against, PeerGap] = field(default_factory=dict)
    earlier: Earlier | None = None
    shown: tuple[Published, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """The ranks of one period at one touchpoint ("" for all): by entity, ours under `OURS`.

    `intervals` are those of the ranks, of the entities whose n is known.
    """

    touchpoint: str
    span: Span
    peers: tuple[PeerValue, ...]
    by_entity: Mapping[str, int]
    intervals: Mapping[str, tuple[int, int]]

    def rank(self, row: Competitor, entity: str) -> Competitor:
        """The row with its rank and how far sampling error alone could move it."""
        low, high = self.intervals.get(entity, (None, None))
        return replace(row, rank=self.by_entity.get(entity), rank_low=low, rank_high=high)


def make_league(
    runtime: Runtime,
    metric: Metric,
    published: Sequence[Published],
    own_of: OwnOf,
    *,
    note_on_us: str = "",
) -> League:
    """Return one value of every entity beside ours, ranked in the period that most of them share.

    `own_of` gives our value over a span at a touchpoint ("" for all of them together).
    """
    today = runtime.clock.today(runtime.workspace.time_zone)
    main = ranked_touchpoint(published)
    same = peers_among([each for each in published if each.row.touchpoint == main])
    peers = comparable_peers(same, metric, on=today)
    if not peers:
        shown = [_beside_ours(each, own_of) for each in _one_of_each(published, None)]
        rows = _rows(metric, shown, own_of)
        return League(rows=_in_order(rows), shown=tuple(shown))
    span = (peers[0].start, peers[0].end)
    own = own_of(span, main)
    chosen = [without_left_behind(each, by=span[1]) for each in _one_of_each(published, span)]
    shown = [_beside_ours(each, own_of) for each in chosen]
    ranking = _rank(metric, own, peers, touchpoint=main)
    rows = _rows(metric, shown, own_of, ranking)
    if own.value is not None:
        ours = _ours(runtime, metric, own, span=span)
        rows.append(replace(ranking.rank(ours, OURS), note=note_on_us))
    label = figures.format_span(*span)
    return League(
        rows=_in_order(rows),
        peers=peers,
        span=span,
        own=own,
        standing=standing_of(own.as_contender(), peers, metric, period_label=label),
        gaps=_gaps(metric, own, peers),
        earlier=earlier_rank(metric, own, peers, same, lambda before: own_of(before, main)),
        shown=tuple(shown),
    )


def _beside_ours(published: Published, own_of: OwnOf) -> Published:
    """The value with the grade it has where we have no figure of exactly its days."""
    start = published.row.period_start
    if start is None or published.is_us:
        return published
    own = own_of((start, published.row.period_end), published.row.touchpoint)
    if own.value is not None:
        return published
    return replace(published, graded=without_own_days(published.graded, own.note))


def ranked_touchpoint(published: Sequence[Published]) -> str:
    """Whose benchmarks are ranked: those of us as a whole, else of the touchpoint with the most."""
    found = Counter(each.row.touchpoint for each in published if each.as_peer() is not None)
    return "" if "" in found or not found else found.most_common(1)[0][0]


def _one_of_each(published: Sequence[Published], span: Span | None) -> list[Published]:
    """The value of each entity in the ranked span, else its newest."""
    chosen: dict[tuple[str, ...], Published] = {}
    for each in sorted(published, key=lambda one: (_is_of(one, span), one.row.period_end)):
        row = each.row
        kind = (row.entity_type, row.statistic, row.region, row.industry, row.segment)
        chosen[row.entity.casefold(), row.touchpoint, row.source_name, *kind] = each
    return list(chosen.values())


def _is_of(published: Published, span: Span | None) -> bool:
    return (published.row.period_start, published.row.period_end) == span


def _rank(
    metric: Metric, own: OwnValue, peers: Sequence[PeerValue], *, touchpoint: str
) -> _Ranking:
    ruler, ours = ruler_of(metric), own.as_contender()
    contenders = [each.as_contender() for each in peers] + ([ours] if ours else [])
    places = places_of(contenders, ruler) if ruler else ()
    return _Ranking(
        touchpoint=touchpoint,
        span=(peers[0].start, peers[0].end),
        peers=tuple(peers),
        by_entity={contenders[at].entity: place.rank for at, place in enumerate(places)},
        intervals=(rank_intervals(contenders, ruler) if ruler else None) or {},
    )


def _gaps(metric: Metric, own: OwnValue, peers: Sequence[PeerValue]) -> Mapping[Against, PeerGap]:
    ruler, ours = ruler_of(metric), own.as_contender()
    if ruler is None or ours is None:
        return {}
    return gaps_of(ours, [each.as_contender() for each in peers], ruler)


def _rows(
    metric: Metric, shown: Sequence[Published], own_of: OwnOf, ranking: _Ranking | None = None
) -> list[Competitor]:
    rows = [_row(metric, each, own_of) for each in shown]
    if ranking is not None:
        rows = [_with_rank(*pair, ranking) for pair in zip(rows, shown, strict=True)]
    return [_with_sources(*pair, shown) for pair in zip(rows, shown, strict=True)]


def _row(metric: Metric, published: Published, own_of: OwnOf) -> Competitor:
    row, gap = published.row, _gap(metric, published, own_of)
    interval = published.interval or (None, None)
    return Competitor(
        entity=f"{row.entity}, as published" if published.is_us else row.entity,
        entity_type=row.entity_type,
        is_us=published.is_us,
        value=published.value,
        value_text=value_text(published),
        low=interval[0],
        high=interval[1],
        n=n_of(row),
        n_text=n_text(row),
        statistic=row.statistic,
        period_label=period_text(row),
        as_of=row.as_of or row.published_on or row.retrieved_on,
        source=row.source_name,
        source_url=row.source_url,
        method=row.method,
        comparable=published.is_fair,
        note=_note(published),
        gap_text=gap.text,
        gap_meaning=Meaning.NEUTRAL if published.is_us else gap.meaning,
        gap=gap.value,
        is_stale=published.is_stale,
        period_start=row.period_start,
        period_end=row.period_end,
        grade=published.graded.grade,
        passport=row.id,
    )


def _with_sources(row: Competitor, published: Published, shown: Sequence[Published]) -> Competitor:
    """The row of the preferred of several sources with the range of all of them."""
    around = envelope_around(published, shown)
    if around is None:
        return row
    told = tell_envelope(published.metric, around)
    note = "; ".join(filter(None, (row.note, told)))
    return replace(row, note=note, envelope=(around.low, around.high))


def _gap(metric: Metric, published: Published, own_of: OwnOf) -> Gap:
    row, start = published.row, published.row.period_start
    if start is None:
        return NO_GAP
    return gap_to(metric, own_of((start, row.period_end), row.touchpoint), published)


def _with_rank(row: Competitor, published: Published, ranking: _Ranking) -> Competitor:
    """The row with its rank, or with the reason why a value that compares has none."""
    peer = published.as_peer()
    if peer is None or not published.is_fair or not ranking.by_entity:
        return row
    is_local = published.row.touchpoint == ranking.touchpoint
    if is_local and peer in ranking.peers:
        return ranking.rank(row, peer.entity)
    if (peer.start, peer.end) != ranking.span:
        why = f"not ranked: the ranks are of {figures.format_span(*ranking.span)}"
    elif is_local:
        why = "not ranked: another value of this period is"
    else:
        why = "not ranked: it is of one touchpoint"
    return replace(row, note=f"{why}; {row.note}" if row.note else why)


def _ours(runtime: Runtime, metric: Metric, own: OwnValue, *, span: Span) -> Competitor:
    low, high = own.interval or (None, None)
    return Competitor(
        entity=runtime.workspace.ourselves.name,
        entity_type="competitor",
        is_us=True,
        value=own.value or 0.0,
        value_text=figures.format_value(metric, own.value),
        low=low,
        high=high,
        n=int(own.parts.n),
        n_text=_own_n_text(metric, own),
        statistic="value",
        period_label=figures.format_span(*span),
        as_of=span[1],
        source="our own readings",
        source_url="",
        method=metric.method,
        comparable=True,
        note="",
        gap_text="",
        gap_meaning=Meaning.NONE,
        period_start=span[0],
        period_end=span[1],
    )


def _own_n_text(metric: Metric, own: OwnValue) -> str:
    """How many cases, named where they are what the value is divided by."""
    adds_amounts = metric.denominator is not None and metric.denominator.sum is not None
    base = "" if adds_amounts else metric.base
    return f"{figures.format_count(own.parts.n)} {base}".rstrip()


def _in_order(rows: Sequence[Competitor]) -> tuple[Competitor, ...]:
    """By rank, then what compares but was not ranked, then what does not compare."""
    return tuple(
        sorted(rows, key=lambda row: (row.rank or 10**6, not row.comparable, row.entity.casefold()))
    )


def _note(published: Published) -> str:
    """Why it is not compared; else what to know all the same."""
    return published.too_old or published.note or published.caution
