"""The overview as a chapter: the page's tiles, and the histories of what is of concern."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict

from callboard.access import Actor
from callboard.services.comparing.competitors import read_competitors
from callboard.services.drilling.to_date import read_to_date
from callboard.services.drilling.trend import read_control_chart
from callboard.services.readings.signal_words import chance_sentence
from callboard.services.runtime import Runtime
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.chart_sections import chart_section
from callboard.services.taking.peer_sections import peer_sources
from callboard.services.taking.stamping import Ground, Told, stamp_view
from callboard.services.taking.tile_sections import summary_table, tile_table
from callboard.services.taking.year_section import year_sections
from callboard.services.tiles.headlines import LOST, is_of_concern
from callboard.services.tiles.overview import read_overview
from callboard.views import Chapter, Overview, ReportSection, ReportSource, Tile
from metrics.model import Grain

MOST_CHARTS = 6  # of the tiles of concern that an overview is told with
MOST_LOOKED_UP = 12  # metrics whose sources an overview cites


class _Chosen(TypedDict):
    grain: Grain
    period: str | None
    touchpoints: tuple[str, ...]
    pillar: str


def overview_chapter(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, ground: Ground, with_charts: bool
) -> Chapter:
    """Return the overview: what changed, lanes, the year's end, histories of what is of concern."""
    view = read_overview(
        runtime,
        actor,
        lanes=asked.one("lanes", "key"),
        sort=asked.one("sort", "concern"),
        **_chosen(runtime, asked),
    )
    tiles = [tile for lane in view.lanes for tile in lane.tiles]
    metrics = tuple(dict.fromkeys(tile.metric for tile in tiles))
    ranked = [code for code in metrics if any(t.standing for t in tiles if t.metric == code)]
    told = Told(
        period=dict(view.periods).get(view.period, view.period),
        publication=view.publication,
        metrics=metrics,
        sources=_cited(runtime, actor, ranked),
    )
    lanes = _lanes(runtime, view, uncited=len(ranked) - MOST_LOOKED_UP)
    year = read_to_date(runtime, actor, **_chosen(runtime, asked))
    charts = _concerns(runtime, actor, asked, tiles) if with_charts else ()
    return Chapter(
        title="Overview",
        headline=view.headline,
        summary=summary_table(tiles),
        sections=(*lanes, *year_sections(year), *charts),
        stamp=stamp_view(runtime, ground, asked=asked, told=told),
    )


def _chosen(runtime: Runtime, asked: ViewAsked) -> _Chosen:
    """What the reader chose to see, of the page's tiles and of its year alike."""
    return {
        "grain": asked.grain(runtime),
        "period": asked.period,
        "touchpoints": asked.several("touchpoints"),
        "pillar": asked.one("pillar"),
    }


def _lanes(runtime: Runtime, view: Overview, *, uncited: int) -> Iterable[ReportSection]:
    """What changed, then the lanes; how many chance alone would make signal is said once."""
    metrics = runtime.definitions.metrics
    chance = chance_sentence(view.tile_count, view.expected_false_signals)
    hidden = f"{view.hidden_count} more are not shown." if view.hidden_count else ""
    more = f"The sources of {uncited} more metrics are not cited." if uncited > 0 else ""
    if view.changed:
        table = tile_table("What changed", view.changed, metrics=metrics)
        yield ReportSection(title="What changed", verdict="The newest first.", tables=(table,))
    for place, lane in enumerate(view.lanes):
        why = tuple(filter(None, (chance, hidden, more))) if place + 1 == len(view.lanes) else ()
        table = tile_table(lane.title, lane.tiles, metrics=metrics)
        yield ReportSection(title=lane.title, verdict="", tables=(table,), why=why)


def _concerns(
    runtime: Runtime, actor: Actor, asked: ViewAsked, tiles: Iterable[Tile]
) -> Iterable[ReportSection]:
    """The histories of what is of concern, what most needs a look first."""
    worrying = sorted(filter(is_of_concern, tiles), key=lambda tile: -tile.concern)
    for tile in worrying[:MOST_CHARTS]:
        chart = read_control_chart(
            runtime,
            actor,
            metric=tile.metric,
            touchpoint=tile.touchpoint,
            grain=tile.grain,
            period=asked.period,
        )
        section = chart_section(chart)
        yield replace(section, verdict=f"{section.verdict}; {LOST}") if tile.is_lost else section


def _cited(runtime: Runtime, actor: Actor, metrics: Iterable[str]) -> tuple[ReportSource, ...]:
    """The published values behind the standings that tiles tell."""
    known = runtime.definitions.metrics
    return tuple(
        source
        for code in list(metrics)[:MOST_LOOKED_UP]
        for source in peer_sources(read_competitors(runtime, actor, metric=code), known[code])
    )
