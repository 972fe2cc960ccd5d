"""Dots of a quadrant, to draw from without a store."""

from callboard.views import Quadrant, QuadrantDot
from metrics.peer_direction import Direction
from metrics.slope import Slope


def dot(name: str, place: float, low: float, high: float) -> QuadrantDot:
    slope = Slope(value=(low + high) / 2, low=low, high=high)
    return QuadrantDot(
        metric=name,
        name=name,
        place=place,
        rank_text="2 of 5",
        period_label="Oct 2026",
        direction=Direction(slope=slope, periods=12),
    )


def quadrant(*dots: QuadrantDot) -> Quadrant:
    return Quadrant(dots=dots, left_out=(), sentence="So.", alt="So.")
