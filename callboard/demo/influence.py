"""The events that are felt on one day, as changes to the generated world's own numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from callboard.demo.moments import Floats
from callboard.demo.story import Direction, Effect, Story

_LEAST, _MOST = 0.005, 0.995


@dataclass(frozen=True, slots=True)
class Influence:
    """The sized effects of a day, by touchpoint; those that merely follow are left out."""

    effects: tuple[tuple[str, Effect], ...]

    def share(self, touchpoints: Sequence[str], metric: str, ordinary: Floats) -> Floats:
        """Return each touchpoint's ordinary share (0-1) with the day's events in it."""
        points = [self._points(touchpoint, metric) for touchpoint in touchpoints]
        return np.clip(ordinary + np.array(points) / 100, _LEAST, _MOST)

    def times(self, touchpoints: Sequence[str], metric: str) -> Floats:
        """Return by what factor each touchpoint's number is changed."""
        return np.array([self._times(touchpoint, metric) for touchpoint in touchpoints])

    def of_carriers(self, metric: str) -> tuple[tuple[str, str, float], ...]:
        """Return touchpoint, carrier and points of the effects that one carrier alone feels."""
        return tuple(
            (touchpoint, effect.carrier, _signed(effect))
            for touchpoint, effect in self.effects
            if effect.metric == metric and effect.carrier
        )

    def _points(self, touchpoint: str, metric: str) -> float:
        return sum(
            _signed(effect)
            for place, effect in self.effects
            if place == touchpoint and effect.metric == metric and not effect.carrier
        )

    def _times(self, touchpoint: str, metric: str) -> float:
        factor = 1.0
        for place, effect in self.effects:
            if place == touchpoint and effect.metric == metric and effect.times:
                is_up = effect.direction is Direction.UP
                factor *= effect.times if is_up else 1 / effect.times
        return factor


def _signed(effect: Effect) -> float:
    return (effect.points or 0.0) * (1 if effect.direction is Direction.UP else -1)


def influence_on(story: Story, day: date, last_day: date) -> Influence:
    """Return what is felt on `day` in a story told up to `last_day`."""
    return Influence(
        tuple(
            (event.touchpoint, effect)
            for event in story.events
            if event.is_on(day, last_day)
            for effect in event.effects
            if not effect.follows
        )
    )
