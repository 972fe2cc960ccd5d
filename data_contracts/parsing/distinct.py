"""The distinct words of a column, kept outside Python until somebody reads them one by one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.int32]


class Distinct(Sequence[str]):
    """Words, each once; `arrow` is the same as an Arrow array."""

    __slots__ = ("_words", "arrow")

    def __init__(self, arrow: pa.Array) -> None:
        self.arrow = arrow
        self._words: tuple[str, ...] | None = None

    @classmethod
    def of(cls, words: Iterable[str]) -> "Distinct":
        """Return words that are in Python already."""
        told = tuple(words)
        made = cls(pa.array(told, type=pa.large_string()))
        made._words = told
        return made

    @property
    def words(self) -> tuple[str, ...]:
        """The words as a tuple; made when it is asked for first."""
        if self._words is None:
            self._words = tuple(self.arrow.to_pylist())
        return self._words

    def __len__(self) -> int:
        return len(self.arrow)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return self.words[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Distinct) and self.words == tuple(other)

    def __hash__(self) -> int:
        return hash(self.words)

    def __repr__(self) -> str:
        return repr(self.words)

    def matching(self, pattern: str) -> NDArray[np.intp]:
        """Return the places of the words in which a pattern (of RE2) is found."""
        return np.flatnonzero(pc.match_substring_regex(self.arrow, pattern))

    def are_all(self, pattern: str) -> bool:
        """Whether a pattern (of RE2) is found in every word."""
        return bool(pc.all(pc.match_substring_regex(self.arrow, pattern), min_count=0).as_py())

    def among(self, words: Iterable[str]) -> NDArray[np.intp]:
        """Return the places of the words that are among these."""
        known = pa.array(list(words), type=self.arrow.type)
        return np.flatnonzero(pc.is_in(self.arrow, value_set=known))

    def place(self, word: str) -> int:
        """Return the place of a word, -1 where it is not among them."""
        return int(pc.index(self.arrow, pa.scalar(word, type=self.arrow.type)).as_py())

    def without(self, place: int) -> "Distinct":
        """Return the words but one."""
        parts = (self.arrow.slice(0, place), self.arrow.slice(place + 1))
        return Distinct(pa.concat_arrays(parts))

    def longest(self) -> int:
        """How many characters the longest word has."""
        return pc.max(pc.utf8_length(self.arrow)).as_py() or 0


def encode(cells: "pd.Series[Any]") -> tuple[Distinct, Codes]:
    """Return the distinct cells in the order they come in, and for every row which it holds.

    A categorical column gives its categories.
    """
    coded = _categories(cells) if isinstance(cells.dtype, pd.CategoricalDtype) else _coded(cells)
    return Distinct(coded[0]), coded[1]


def _categories(cells: "pd.Series[Any]") -> tuple[pa.Array, Codes]:
    words = _joined(pa.array(cells.cat.categories.astype("str")))
    return words, cells.cat.codes.to_numpy().astype(np.int32)


def _coded(cells: "pd.Series[Any]") -> tuple[pa.Array, Codes]:
    coded = _joined(_joined(pa.array(cells)).dictionary_encode())
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return coded.dictionary, codes.astype(np.int32, copy=False)


def _joined(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array of the chunks; of text in the type that holds any amount of it."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks)
    if pa.types.is_null(array.type):
        return array.cast(pa.large_string())
    return array
