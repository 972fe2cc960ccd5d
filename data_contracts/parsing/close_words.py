"""Words that are close to another: those that difflib finds, without comparing it with each.

Two words can be no more alike than their letters are, whatever the order these stand in; most are
out by that, and all at once.
"""

from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

_KINDS = 61  # letters of one remainder count as one kind: that never makes words less alike
_FEW = 50


class CloseWords:
    """Some words, none of them twice, among which close ones are looked for."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int64)
        self._counts: NDArray[np.uint16] | None = None

    def close_to(self, word: str, *, most: int, cutoff: float) -> list[str]:
        """Return what `get_close_matches` does: the closest first."""
        among = self._words
        if word and len(among) > _FEW:
            among = [among[at] for at in self._maybe_close(word, cutoff)]
        return get_close_matches(word, among, n=most, cutoff=cutoff)

    def _maybe_close(self, word: str, cutoff: float) -> list[int]:
        if self._counts is None:
            self._counts = _counts_of(self._words)
        own = _counts_of([word])
        shared = np.minimum(self._counts, own).sum(axis=1, dtype=np.int64)
        needed = cutoff * (self._lengths + len(word)) / 2 - 1e-6
        return np.flatnonzero(shared >= needed).tolist()


def _counts_of(words: Sequence[str]) -> NDArray[np.uint16]:
    """How many letters of each kind each word has."""
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owners = np.repeat(np.arange(len(words)), [len(word) for word in words])
    places = owners * _KINDS + letters % _KINDS
    counts = np.bincount(places, minlength=len(words) * _KINDS)
    return counts.reshape(len(words), _KINDS).astype(np.uint16)
