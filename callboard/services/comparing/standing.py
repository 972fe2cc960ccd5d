"""How tiles stand among peers: comparable benchmarks of one period, and our own value in it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from callboard import figures
from callboard.access import Scope
from callboard.services.comparing.comparability import Published, judge_benchmark, peers_among
from callboard.services.comparing.own_values import OwnValue, Span, own_value, read_spans
from callboard.services.naming.holding import aliases_of, as_it_stands
from callboard.services.naming.renaming import as_named_now, with_heirs
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import ReadingTable
from callboard.services.runtime import Runtime
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import Connection
from metrics.model import Metric
from metrics.peer_gaps import Against, PeerGap, gaps_of
from metrics.peer_ranking import ruler_of
from metrics.peers import PeerValue, comparable_peers, standing_of
from metrics.standing import Standing

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A tile's standing, our value in it, and our gaps to the peers it was ranked among."""

    standing: Standing
    own: float
    gaps: Mapping[Against, PeerGap]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Peers:
    """The peers of a tile; `is_local`: their values are of that very touchpoint."""

    peers: tuple[PeerValue, ...]
    is_local: bool


def rank_tiles(
    runtime: Runtime,
    connection: Connection,
    pairs: Collection[Pair],
    *,
    coverages: Coverages,
    scope: Scope,
) -> dict[Pair, Ranked]:
    """Return the standing of each (touchpoint, metric) that has comparable peers.

    A benchmark that names a touchpoint is for its tile. One that names none speaks of a whole
    company, so all our touchpoints taken together are ranked beside it, and the standing says so;
    to who may read only some of them it is not told.
    """
    published = read_published(runtime, connection, metrics={metric for _, metric in pairs})
    found = _peers_of(runtime, pairs, published)
    is_whole = scope.touchpoints == frozenset(runtime.definitions.touchpoints)
    chosen = {
        pair: each for pair, each in found.items() if each.peers and (each.is_local or is_whole)
    }
    ranked: dict[Pair, Ranked] = {}
    for span, tiles in _by_span(chosen).items():
        table = read_spans(
            runtime,
            connection,
            [span],
            metrics={metric for _, metric in tiles},
            touchpoints=scope.touchpoints,
            coverages=coverages,
        )
        ranked |= _rank_span(runtime, table, span, tiles, coverages)
    return ranked


def read_published(
    runtime: Runtime, connection: Connection, *, metrics: Collection[str]
) -> dict[str, list[Published]]:
    """Return the benchmarks that count now, judged, by metric; only of metrics that are on.

    Each is of the entity that its name stands for on its period's last day.
    """
    definitions, steps = (
        as_it_stands(runtime, connection).definitions,
        aliases_of(runtime, connection),
    )
    definitions = replace(definitions, workspace=with_heirs(definitions.workspace, steps))
    known = [code for code in metrics if code in definitions.metrics]
    today = runtime.clock.today(runtime.workspace.time_zone)
    found: defaultdict[str, list[Published]] = defaultdict(list)
    rows = read_current(connection, metrics=known) if known else ()
    told = {row.id: row.entity for row in rows}
    for row in as_named_now(rows, steps):
        judged = judge_benchmark(row, definitions, today=today)
        found[row.metric].append(replace(judged, published_of=told[row.id]))
    return found


def for_touchpoint(published: Sequence[Published], touchpoint: str) -> list[Published]:
    """The benchmarks of a touchpoint: its own where there are any, else those that name none."""
    own = [each for each in published if each.row.touchpoint == touchpoint]
    return own or [each for each in published if not each.row.touchpoint]


def _peers_of(
    runtime: Runtime, pairs: Collection[Pair], published: Mapping[str, Sequence[Published]]
) -> dict[Pair, _Peers]:
    """The peers of each tile, found once for all touchpoints that no benchmark names."""
    named = {(each.row.touchpoint, code) for code, rows in published.items() for each in rows}
    asked = {pair: pair if pair in named else ("", pair[1]) for pair in pairs}
    found = {
        each: _peers(runtime, each, published.get(each[1], ())) for each in set(asked.values())
    }
    return {pair: found[each] for pair, each in asked.items()}


def _peers(runtime: Runtime, pair: Pair, published: Sequence[Published]) -> _Peers:
    metric = runtime.definitions.metrics[pair[1]]
    today = runtime.clock.today(runtime.workspace.time_zone)
    meant = for_touchpoint(published, pair[0])
    return _Peers(
        peers=comparable_peers(peers_among(meant), metric, on=today),
        is_local=any(each.row.touchpoint for each in meant),
    )


def _by_span(chosen: Mapping[Pair, _Peers]) -> dict[Span, dict[Pair, _Peers]]:
    spans: defaultdict[Span, dict[Pair, _Peers]] = defaultdict(dict)
    for pair, found in chosen.items():
        spans[found.peers[0].start, found.peers[0].end][pair] = found
    return spans


def _rank_span(
    runtime: Runtime,
    table: ReadingTable,
    span: Span,
    tiles: Mapping[Pair, _Peers],
    coverages: Coverages,
) -> dict[Pair, Ranked]:
    ranked: dict[Pair, Ranked] = {}
    measured = _measured(table)
    for (touchpoint, code), chosen in tiles.items():
        metric = runtime.definitions.metrics[code]
        places = {touchpoint} if chosen.is_local else measured[code]
        found = own_value(table, metric, span, touchpoints=places, coverages=coverages)
        whole = _ranked(metric, found, chosen.peers, label=figures.format_span(*span))
        if whole is not None:
            told = replace(whole.standing, is_company=len(places) > 1)
            ranked[touchpoint, code] = replace(whole, standing=told)
    return ranked


def _ranked(
    metric: Metric, own: OwnValue, peers: Sequence[PeerValue], *, label: str
) -> Ranked | None:
    ours, ruler = own.as_contender(), ruler_of(metric)
    standing = standing_of(ours, peers, metric, period_label=label)
    if standing is None or ours is None or ruler is None:
        return None
    gaps = gaps_of(ours, [each.as_contender() for each in peers], ruler)
    return Ranked(standing=standing, own=ours.value, gaps=gaps)


def _measured(table: ReadingTable) -> dict[str, set[str]]:
    """The touchpoints at which each metric has readings."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key in table.keys:
        found[key.metric].add(key.touchpoint)
    return found
