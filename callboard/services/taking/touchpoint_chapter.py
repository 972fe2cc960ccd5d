"""A touchpoint as a chapter: one metric as its page tells it, its peers, then all its tiles."""

from callboard.access import Actor
from callboard.services.comparing.competitors import read_competitors
from callboard.services.drilling.breakdown import read_breakdown
from callboard.services.drilling.change_base import bases_of
from callboard.services.drilling.trend import read_control_chart
from callboard.services.readings.seasons import history_of
from callboard.services.readings.signal_words import chance_sentence
from callboard.services.runtime import Runtime
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.breakdown_section import breakdown_section
from callboard.services.taking.chart_sections import chart_section
from callboard.services.taking.deeper import sections_ahead, sections_behind
from callboard.services.taking.peer_sections import league_section, peer_sources
from callboard.services.taking.reading import reading_of
from callboard.services.taking.stamping import Ground, Told, stamp_view
from callboard.services.taking.tile_sections import summary_table, tile_table
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.views import (
    Chapter,
    ControlChart,
    ReportSection,
    ReportSource,
    TouchpointPage,
)


def touchpoint_chapter(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, ground: Ground
) -> Chapter:
    """Return a touchpoint: its tiles, then the metric that is looked into, with its peers."""
    grain, period = asked.grain(runtime), asked.period
    view = read_touchpoint(
        runtime, actor, touchpoint=asked.one("touchpoint"), grain=grain, period=period
    )
    tiles = [tile.metric for tile in view.tiles]
    metric = asked.one("metric") or next(iter(tiles), "")
    chart = _history(runtime, actor, asked, metric=metric) if metric else None
    parts, sources = _detail(runtime, actor, asked, view=view, chart=chart) if chart else ((), ())
    told = Told(
        period=_label_of(chart) if chart else "",
        publication=view.publication,
        metrics=tuple(dict.fromkeys((*tiles, *([metric] if metric else [])))),
        sources=sources,
    )
    return Chapter(
        title=f"Touchpoint: {view.name}",
        headline=view.headline,
        summary=summary_table(view.tiles),
        sections=(*parts, _strip(runtime, view)),
        stamp=stamp_view(runtime, ground, asked=asked, told=told),
    )


def _history(runtime: Runtime, actor: Actor, asked: ViewAsked, *, metric: str) -> ControlChart:
    return read_control_chart(
        runtime,
        actor,
        metric=metric,
        touchpoint=asked.one("touchpoint"),
        grain=asked.grain(runtime),
        period=asked.period,
        periods=asked.number("history", 0) or None,
        in_season=asked.one("season") != "plain",
    )


def _strip(runtime: Runtime, view: TouchpointPage) -> ReportSection:
    table = tile_table(view.name, view.tiles, metrics=runtime.definitions.metrics)
    chance = chance_sentence(len(view.tiles), view.expected_false_signals)
    why = (chance,) if len(view.tiles) > 1 else ()
    return ReportSection(title=f"All metrics of {view.name}", verdict="", tables=(table,), why=why)


def _detail(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, view: TouchpointPage, chart: ControlChart
) -> tuple[tuple[ReportSection, ...], tuple[ReportSource, ...]]:
    """The metric that is looked into, as its page does; its peers with their sources."""
    sections = [chart_section(chart), *sections_ahead(runtime, actor, asked, chart=chart)]
    there = view.dimensions.get(chart.metric, ())
    if there:
        by = asked.one("by") if asked.one("by") in there else there[0]
        parts = read_breakdown(
            runtime,
            actor,
            **reading_of(asked, chart),
            dimension=by,
            against=_base(runtime, actor, asked, chart=chart),
        )
        sections.append(breakdown_section(parts, chart))
    sections += sections_behind(runtime, actor, asked, chart=chart)
    if not chart.peer_band:
        return tuple(sections), ()
    metric = runtime.definitions.metrics[chart.metric]
    peers = read_competitors(runtime, actor, metric=chart.metric)
    return (*sections, league_section(peers, metric)), peer_sources(peers, metric)


def _base(runtime: Runtime, actor: Actor, asked: ViewAsked, *, chart: ControlChart) -> str:
    """What the change is counted from; the usual where what is said is not offered for it."""
    is_long = asked.number("history", 0) not in (0, history_of(chart.grain))
    is_usual = not is_long and asked.one("season") != "plain"
    usual = chart if is_usual else _judged(runtime, actor, asked, chart=chart)
    bases = bases_of(usual)
    said = asked.one("against")
    return said if said in bases else bases[0]


def _judged(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, chart: ControlChart
) -> ControlChart:
    """The chart as the tiles are judged, whatever the page draws."""
    return read_control_chart(runtime, actor, **reading_of(asked, chart))


def _label_of(chart: ControlChart) -> str:
    labels = {point.start.isoformat(): point.label for point in chart.points}
    return labels.get(chart.period, chart.period)
