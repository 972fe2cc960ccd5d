"""Comparisons as chapters: our units beside each other, and us beside others."""

from callboard import figures
from callboard.access import Actor
from callboard.services.comparing.competitors import read_competitors
from callboard.services.comparing.touchpoints import read_comparison
from callboard.services.runtime import Runtime
from callboard.services.scopes import require_metric
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.peer_sections import (
    comparison_section,
    league_section,
    peer_sources,
    trend_section,
)
from callboard.services.taking.stamping import Ground, Told, stamp_view
from callboard.views import Chapter


def compare_chapter(runtime: Runtime, actor: Actor, asked: ViewAsked, *, ground: Ground) -> Chapter:
    """Return the units of a metric beside each other."""
    view = read_comparison(
        runtime,
        actor,
        metric=asked.one("metric"),
        grain=asked.grain(runtime),
        period=asked.period,
        periods=asked.number("span", 12),
        by="" if asked.one("by") == "touchpoint" else asked.one("by"),
        at=asked.one("at"),
    )
    told = Told(
        period=view.period_label, publication=view.publication, metrics=(asked.one("metric"),)
    )
    return Chapter(
        title=f"Compare: {view.metric_name}",
        headline=view.headline,
        summary=None,
        sections=(comparison_section(view),),
        stamp=stamp_view(runtime, ground, asked=asked, told=told),
    )


def competitors_chapter(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, ground: Ground
) -> Chapter:
    """Return how we stand on a metric, with every source."""
    metric = require_metric(runtime, asked.one("metric"))
    view = read_competitors(runtime, actor, metric=metric.code)
    trend = trend_section(view, metric)
    told = Told(
        period=view.period_label or figures.NO_VALUE,
        publication=view.publication,
        metrics=(metric.code,),
        sources=peer_sources(view, metric),
    )
    return Chapter(
        title=f"Competitors: {view.metric_name}",
        headline=view.headline,
        summary=None,
        sections=(league_section(view, metric), *([trend] if trend else [])),
        stamp=stamp_view(runtime, ground, asked=asked, told=told),
    )
