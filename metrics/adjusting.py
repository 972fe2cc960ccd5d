"""Series judged without their season: adjusted values, and limits that carry the season again."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from metrics.chosen import Chosen
from metrics.judgement import Judgements, judge_many
from metrics.laney import Fractions
from metrics.limits import Floats, Ints, LimitArrays
from metrics.model import Better
from metrics.season import Seasons


def judge_in_season(  # noqa: PLR0913 - each given by its name
    values: Floats,
    seasons: Seasons,
    places: Ints,
    *,
    better: Sequence[Better],
    fractions: Fractions,
    segments: Ints | None = None,
    chosen: Chosen | None = None,
) -> Judgements:
    """Judge series x points; those with a strong season on their adjusted values.

    Rules and signals are those of the adjusted values; values and limits are told on the scale
    they came on, so that the limits of such a series go up and down with the season.
    """
    found = judge_many(
        seasons.adjusted(values, places),
        better=better,
        segments=segments,
        chosen=chosen,
        fractions=_adjusted(fractions, seasons, places),
        widening=seasons.widening,
    )
    return replace(found, values=values, limits=_restored(found.limits, seasons, places))


def _adjusted(fractions: Fractions, seasons: Seasons, places: Ints) -> Fractions:
    """The same denominators, with the numerators that the adjusted values have."""
    base = fractions.denominator / fractions.scale[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(base > 0, fractions.numerator / base, np.nan)
    numerator = np.where(
        seasons.is_strong[:, None], seasons.adjusted(values, places) * base, fractions.numerator
    )
    return replace(fractions, numerator=numerator)


def _restored(limits: LimitArrays, seasons: Seasons, places: Ints) -> LimitArrays:
    stretch = seasons.restored(np.ones_like(limits.sigma), places)
    relative = (seasons.is_strong & seasons.is_relative)[:, None]
    return replace(
        limits,
        centre=seasons.restored(limits.centre, places),
        lower=seasons.restored(limits.lower, places),
        upper=seasons.restored(limits.upper, places),
        near_lower=seasons.restored(limits.near_lower, places),
        near_upper=seasons.restored(limits.near_upper, places),
        sigma=np.where(relative, limits.sigma * stretch, limits.sigma),
    )


def over_the_cycle(limits: LimitArrays, seasons: Seasons, places: Ints) -> LimitArrays:
    """The limits of a whole week or year: the lowest and the highest of any of its places.

    A promise that is kept on weekdays and missed on every Sunday is kept sometimes. The centre is
    the level without the season.
    """
    effects = np.where(seasons.is_strong[:, None], seasons.effects, 0.0)
    lowest, highest = effects.min(axis=1, keepdims=True), effects.max(axis=1, keepdims=True)
    lower, upper = (seasons.adjusted(each, places) for each in (limits.lower, limits.upper))
    relative = seasons.is_relative[:, None]
    return replace(
        limits,
        centre=seasons.adjusted(limits.centre, places),
        lower=np.where(relative, lower * (1 + lowest), lower + lowest),
        upper=np.where(relative, upper * (1 + highest), upper + highest),
    )
