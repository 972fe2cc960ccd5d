"""How the gap to a goal develops at the present pace, from any series of points of ours."""

from dataclasses import dataclass

from callboard.services.drilling.trajectory_words import Aimed, tell_trajectory
from callboard.services.readings.signal_words import natural_bounds
from callboard.views import OutlookItem
from metrics.limits import Floats
from metrics.model import Form, Metric
from metrics.trajectory import Goal, trajectory


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Our values of one segment, oldest first and NaN for none; `noun` is what a period is called.

    `trials` is what each stands on, and `base` what a period usually stands on.
    """

    values: Floats
    trials: Floats
    noun: str
    base: float


def tell_way_to(
    metric: Metric,
    points: Points,
    aimed: Aimed,
    *,
    past: tuple[tuple[float, float], ...] = (),
    is_steady: bool = False,
) -> OutlookItem | None:
    """Return how the gap to a goal develops; None where it is reached, or too little is known.

    `past` are the goal's own values, each at its place on the axis of the points.
    """
    is_share = metric.form is Form.RATIO and natural_bounds(metric) == (0.0, metric.scale)
    goal = Goal(
        value=aimed.value,
        better=metric.better,
        whole=metric.scale if is_share else None,
        past=past,
    )
    found = trajectory(points.values, points.trials, goal)
    if found is None:
        return None
    return tell_trajectory(
        metric, found, aimed, noun=points.noun, base=points.base, is_steady=is_steady
    )
