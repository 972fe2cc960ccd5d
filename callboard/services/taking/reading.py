"""The reading that a view looks into, as each part of its page is asked for it."""

from typing import TypedDict

from callboard.services.taking.asking import ViewAsked
from callboard.views import ControlChart
from metrics.model import Grain


class Reading(TypedDict):
    """Which metric, where, in periods of which length, and which of them: None for the latest."""

    metric: str
    touchpoint: str
    grain: Grain
    period: str | None


def reading_of(asked: ViewAsked, chart: ControlChart) -> Reading:
    """Return what is asked of the metric whose history `chart` is."""
    return {
        "metric": chart.metric,
        "touchpoint": chart.touchpoint,
        "grain": chart.grain,
        "period": asked.period,
    }
