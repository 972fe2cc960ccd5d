"""How sure a chart's newest value and its signals are: sampling error, season, dependence."""

from dataclasses import replace

import numpy as np

from callboard import figures
from callboard.services.comparing.own_values import parts_at
from callboard.services.defining.definitions import Definitions
from callboard.services.readings.fractions import fractions_of
from callboard.services.readings.judging import Judged
from callboard.views import Doubts
from metrics.dependence import are_runs_unreliable
from metrics.intervals import interval_of, process_interval
from metrics.judgement import judge_many
from metrics.limits import CHARTS, Chart
from metrics.model import Form, Grain, Metric

_PRIME = {Form.RATIO: Chart.P_PRIME, Form.RATE: Chart.U_PRIME}
_COARSER = {Grain.DAY: "weeks", Grain.WEEK: "months", Grain.MONTH: "the same month a year before"}


def doubts_of(
    metric: Metric, judged: Judged, row: int, definitions: Definitions, *, in_season: bool
) -> Doubts:
    """Return what tempers the verdict on one series at its newest complete period."""
    column = int(judged.ends[row])
    value, parts = float(judged.values[row, -1]), parts_at(judged.table, row, column)
    interval = None if np.isnan(value) else interval_of(metric, parts)
    spread = _spread(metric, judged, row, definitions)
    process = process_interval(metric, value, interval, spread) if interval and spread else None
    is_strong = bool(judged.seasons.is_strong[row]) and row not in judged.rare
    return Doubts(
        sampling=figures.format_interval(metric, *interval) if interval else "",
        process=figures.format_interval(metric, *process) if process else "",
        adjusted_for=_place(judged.table.grain) if is_strong and in_season else "",
        could_adjust=is_strong,
        runs=_runs(judged, row),
    )


def _place(grain: Grain) -> str:
    return "month" if grain is Grain.MONTH else "weekday"


def _spread(metric: Metric, judged: Judged, row: int, definitions: Definitions) -> float | None:
    """How many times more than chance a share or rate varies, on whatever chart it is judged."""
    told = judged.found.limits.sigma_z[row, -1]
    if not np.isnan(told) or metric.form not in _PRIME:
        return None if np.isnan(told) else float(told)
    periods = judged.values.shape[1]
    fractions = fractions_of(judged.table, definitions, ends=judged.ends, periods=periods)
    alone = np.arange(len(judged.values)) == row
    charts = np.full(1, CHARTS.index(_PRIME[metric.form]))
    found = judge_many(
        judged.values[alone],
        better=metric.better,
        fractions=replace(fractions.of(alone), charts=charts),
    )
    spread = found.limits.sigma_z[0, -1]
    return None if np.isnan(spread) else float(spread)


def _runs(judged: Judged, row: int) -> str:
    correlation, grain = float(judged.correlations[row]), judged.table.grain
    if not are_runs_unreliable(correlation):
        return ""
    return (
        f"Neighbouring {grain.value}s resemble each other (lag-1 correlation {correlation:.2f}), "
        "so runs, trends and shifts come about by chance more often than the rules suppose. Trust "
        f"points outside the limits, and look at {_COARSER[grain]}."
    )
