"""Chance that is the same each time it is asked: one generator for each seed, feed and day."""

from collections.abc import Mapping, Sequence
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from callboard.demo.moments import Floats

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.str_]


class Dice:
    """Draws for one feed and day; two with the same seed, feed and day draw the same."""

    def __init__(self, seed: int, feed: str, day: date) -> None:
        self._seed, self._feed, self._day = seed, feed, day
        self._random = np.random.default_rng([seed, crc32(feed.encode()), day.toordinal()])

    def apart(self, what: str) -> "Dice":
        """Draws of their own for a part of the feed: those made here stay as they were."""
        return Dice(self._seed, f"{self._feed}.{what}", self._day)

    def counts(self, expected: Floats, *, spread: float = 0.05) -> Numbers:
        """Whole numbers around `expected`, a little wider than Poisson."""
        return self._random.poisson(expected * self.wobble(expected.size, spread))

    def wobble(self, size: int, spread: float) -> Floats:
        """Factors around 1 with the relative spread `spread`."""
        return np.exp(self._random.normal(0.0, spread, size))

    def shares(self, expected: Floats, *, spread: float = 0.10) -> Floats:
        """Shares around `expected`, moved on the log-odds scale: good days and bad days."""
        safe = np.clip(expected, 0.001, 0.999)
        odds = safe / (1 - safe) * self.wobble(safe.size, spread)
        return odds / (1 + odds)

    def happens(self, shares: Floats) -> Flags:
        """True with the probability that stands in each place of `shares`."""
        return self._random.random(shares.size) < shares

    def successes(self, trials: Numbers, shares: Floats) -> Numbers:
        """How many of each place's `trials` succeed, with the probability in `shares`."""
        return self._random.binomial(trials, shares)

    def lognormal(self, medians: Floats, spread: float) -> Floats:
        """Skewed positive numbers with the given medians."""
        return medians * np.exp(self._random.normal(0.0, spread, medians.size))

    def between(self, low: float, high: float, size: int) -> Floats:
        """Numbers spread evenly from `low` to `high`."""
        return self._random.uniform(low, high, size)

    def pick(self, weights: Mapping[str, float], size: int) -> Words:
        """Words, each as often as its weight says."""
        steps = np.cumsum(np.fromiter(weights.values(), dtype=np.float64))
        chosen = np.searchsorted(steps, self._random.random(size) * steps[-1], side="right")
        words: Words = np.array(list(weights))[chosen]
        return words

    def pick_each(self, choices: Sequence[Mapping[str, float]], owners: Numbers) -> Words:
        """Words, drawn for each row from the weights of its owner; `owners` index `choices`."""
        words = [self.pick(weights, int((owners == n).sum())) for n, weights in enumerate(choices)]
        result = np.zeros(owners.size, dtype="U40")
        for n, drawn in enumerate(words):
            result[owners == n] = drawn
        return result

    def hours(self, pattern: Sequence[float], size: int) -> Floats:
        """Seconds after midnight, by the weight that each of 24 hours has."""
        steps = np.cumsum(np.asarray(pattern, dtype=np.float64))
        hour = np.searchsorted(steps, self._random.random(size) * steps[-1], side="right")
        seconds: Floats = np.floor(hour * 3600 + self._random.random(size) * 3600)
        return seconds
