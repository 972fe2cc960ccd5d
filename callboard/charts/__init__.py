"""Views drawn as figures: pure functions, one template, every text of a user escaped."""

from callboard.charts.beside_chart import beside_chart
from callboard.charts.between_chart import between_chart
from callboard.charts.breakdown_chart import breakdown_chart
from callboard.charts.competitor_chart import league_chart, league_names
from callboard.charts.competitor_trend_chart import trend_chart
from callboard.charts.composition_chart import change_chart, score_chart
from callboard.charts.control_chart import control_chart
from callboard.charts.effects_chart import effects_chart
from callboard.charts.failures_chart import failures_chart
from callboard.charts.funnel_chart import funnel_chart
from callboard.charts.gap_chart import gap_chart
from callboard.charts.hour_chart import hour_chart
from callboard.charts.lag_chart import lag_chart
from callboard.charts.limit_lines import is_possible
from callboard.charts.picture_stamp import picture_config, stamp_picture
from callboard.charts.quadrant_chart import MOVING_WORD, quadrant_chart
from callboard.charts.rhythm_chart import rhythm_chart
from callboard.charts.theme import PLOT_CONFIG
from callboard.charts.unit_chart import unit_chart
from callboard.charts.waiting_chart import waiting_chart

__all__ = [
    "MOVING_WORD",
    "PLOT_CONFIG",
    "beside_chart",
    "between_chart",
    "breakdown_chart",
    "change_chart",
    "control_chart",
    "effects_chart",
    "failures_chart",
    "funnel_chart",
    "gap_chart",
    "hour_chart",
    "is_possible",
    "lag_chart",
    "league_chart",
    "league_names",
    "picture_config",
    "quadrant_chart",
    "rhythm_chart",
    "score_chart",
    "stamp_picture",
    "trend_chart",
    "unit_chart",
    "waiting_chart",
]
