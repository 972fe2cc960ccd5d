"""Each unit judged: how it may be compared at all, and whether it stands apart from the rest."""

from collections.abc import Sequence

import numpy as np

from callboard import figures
from callboard.services.comparing.compared_units import Unit
from callboard.services.comparing.comparison_words import finding
from callboard.services.comparing.unit_shrinking import shrink_units
from callboard.views import ComparedUnit, Curves, Picture, Shrunken, UnitLimits
from metrics.funnel import INNER, LEAST_UNITS, OUTER, Funnel, Outside, signal_of
from metrics.funnel_exact import Kind
from metrics.intervals import interval_of
from metrics.model import Form, Metric
from metrics.signals import Signal

_STEPS = 160


def kind_of(metric: Metric, units: Sequence[Unit]) -> Kind | None:
    """What the units count, None where it is neither cases of cases nor events in an exposure."""
    parts = [counts_of(metric, unit) for unit in units]
    counted = [(x, n) for x, n in parts if x is not None and n is not None and x >= 0 and n > 0]
    if len(counted) < len(parts):
        return None
    if metric.form is Form.RATIO and all(x <= n for x, n in counted):
        return Kind.PROPORTION
    return Kind.RATE if metric.form is Form.RATE else None


def counts_of(metric: Metric, unit: Unit) -> tuple[float | None, float | None]:
    """What a unit's value was counted from; of a stock, in the mean of its daily snapshots.

    They show largely the same cases: added up, a backlog would pass for as many times as large.
    """
    numerator, denominator = unit.parts.numerator, unit.parts.denominator
    if metric.stock is None or numerator is None or denominator is None:
        return numerator, denominator
    return numerator / unit.parts.days, denominator / unit.parts.days


def choose_picture(metric: Metric, units: Sequence[Unit], funnel: Funnel | None) -> Picture:
    """How the units are compared: what they count and how many they are decides."""
    if len(units) < 2:
        return Picture.NONE
    if metric.form is Form.COUNT:
        return Picture.RUNS
    if funnel is None or len(units) < LEAST_UNITS:
        return Picture.DOTS
    return Picture.SYSTEMATIC if funnel.is_uninformative else Picture.FUNNEL


def judge_units(
    metric: Metric, units: Sequence[Unit], funnel: Funnel | None, picture: Picture
) -> tuple[ComparedUnit, ...]:
    """The units as they are shown, in their order; only a funnel finds any of them apart."""
    outside: Sequence[Outside] = [Outside.NONE] * len(units)
    limits: Sequence[UnitLimits | None] = [None] * len(units)
    shrunken: Sequence[Shrunken | None] = [None] * len(units)
    if funnel is not None and picture is Picture.FUNNEL:
        outside, limits = funnel.outside(), _limits(metric, funnel)
    if funnel is not None and picture is Picture.SYSTEMATIC:
        shrunken = shrink_units(metric, units, funnel)
    has_limits = picture is Picture.FUNNEL
    return tuple(
        _unit(metric, unit, where, within, less, has_limits=has_limits)
        for unit, where, within, less in zip(units, outside, limits, shrunken, strict=True)
    )


def _unit(
    metric: Metric,
    unit: Unit,
    outside: Outside,
    limits: UnitLimits | None,
    shrunken: Shrunken | None,
    *,
    has_limits: bool,
) -> ComparedUnit:
    interval = interval_of(metric, unit.parts)
    numerator, denominator = counts_of(metric, unit)
    signal = signal_of(outside, metric.better) if has_limits else Signal.NONE
    return ComparedUnit(
        code=unit.code,
        name=unit.name,
        touchpoint=unit.touchpoint,
        value=unit.value,
        value_text=figures.format_value(metric, unit.value),
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        interval_text=figures.format_interval(metric, *interval) if interval else figures.NO_VALUE,
        numerator=numerator,
        denominator=denominator,
        n=int(unit.parts.n),
        n_text=_counted(metric, unit),
        run=unit.run,
        outside=outside,
        signal=signal,
        finding=finding(outside, signal) if has_limits else "",
        limits=limits,
        shrunken=shrunken,
    )


def _counted(metric: Metric, unit: Unit) -> str:
    numerator, denominator = counts_of(metric, unit)
    if metric.form not in (Form.RATIO, Form.RATE) or numerator is None or denominator is None:
        return f"n = {figures.format_count(unit.parts.n)}"
    joint = "of" if metric.form is Form.RATIO else "in"
    told = f"{figures.format_count(numerator)} {joint} {figures.format_count(denominator)}"
    daily = " a day" if metric.stock is not None else ""
    return f"{told} {metric.base}".rstrip() + daily


def _limits(metric: Metric, funnel: Funnel) -> list[UnitLimits]:
    lowest, highest = funnel.limits(OUTER)
    low, high = funnel.limits(INNER)
    edges = metric.scale * np.column_stack([lowest, low, high, highest])
    return [
        UnitLimits(lower_998=a, lower_95=b, upper_95=c, upper_998=d)
        for a, b, c, d in edges.tolist()
    ]


def curves_of(metric: Metric, funnel: Funnel) -> Curves:
    """The limits from a little below the smallest unit to a little above the largest one."""
    sizes = np.geomspace(0.8 * funnel.denominator.min(), 1.1 * funnel.denominator.max(), _STEPS)
    if np.all(funnel.denominator == np.round(funnel.denominator)):
        sizes = np.unique(np.maximum(np.round(sizes), 1.0))
    outer, inner = funnel.limits(OUTER, sizes), funnel.limits(INNER, sizes)
    lowest, low, high, highest = (
        tuple((metric.scale * edge).tolist()) for edge in (outer[0], *inner, outer[1])
    )
    return Curves(
        sizes=tuple(sizes.tolist()),
        lower_998=lowest,
        lower_95=low,
        upper_95=high,
        upper_998=highest,
    )
