"""Finds what was planted by what the touchpoint page shows; it never reads a story's file."""

from datetime import date

from callboard.access import LOCAL_USER
from callboard.demo.planted import Planted
from callboard.demo.story import Direction
from callboard.services.drilling.trend import read_control_chart
from callboard.services.runtime import Runtime
from metrics.model import Grain
from metrics.signals import Rule

LAST_DAY = date(2026, 11, 21)


def rules_of(runtime: Runtime, metric: str, touchpoint: str) -> dict[date, Rule]:
    """The rule of each complete week of the touchpoint page's chart."""
    chart = read_control_chart(
        runtime, LOCAL_USER, metric=metric, touchpoint=touchpoint, grain=Grain.WEEK
    )
    return {point.start: point.rule for point in chart.points if point.is_complete}


def is_found(planted: Planted, rules: dict[date, Rule]) -> bool:
    """Whether any of the event's own weeks is a signal in the event's direction."""
    endings = ("_above", "_up") if planted.direction is Direction.UP else ("_below", "_down")
    return any(rules.get(week, Rule.NONE).value.endswith(endings) for week in planted.weeks)


def quiet_series(runtime: Runtime, planted: tuple[Planted, ...]) -> list[tuple[str, str]]:
    """Touchpoint and metric of what no event can have moved: all where nothing was planted."""
    moved = {each.touchpoint for each in planted}
    return [
        (code, metric)
        for code, touchpoint in runtime.definitions.touchpoints.items()
        for metric in touchpoint.metrics or ()
        if code not in moved
    ]
