"""A column of numbers as it was read, and what a stated decimal sign settles in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal as Exact

import numpy as np
from numpy.typing import NDArray

from data_contracts.findings import Reason
from data_contracts.importing.coded import Coded, Mask
from data_contracts.importing.questions import Asked, Decimal, Question, Scale
from data_contracts.parsing.cells import Issue, Trouble
from data_contracts.parsing.numbers import read_both_ways, read_each, write_number

_OPTIONS = (
    (Decimal.POINT.value, "the point parts the decimals"),
    (Decimal.COMMA.value, "the comma parts the decimals"),
)
_SHARE_OPTIONS = (
    (Scale.PERCENT.value, "they are percentages as they stand"),
    (Scale.SHARE.value, "they are shares: 0.82 stands for 82 %"),
)
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Numbers:
    """The words of a column as numbers or troubles; `settled` are places that an answer settled."""

    column: Coded
    readings: tuple[float | Trouble | None, ...]
    settled: frozenset[int]
    waiting: tuple[int, ...]
    rows: int

    def ask(self, field: str, header: str) -> Iterator[Asked]:
        """Yield the question which sign parts the decimals, where words wait for it."""
        if not self.waiting:
            return
        words = [self.column.words[at] for at in self.waiting[:_SAMPLES]]
        yield Asked(
            question=Question.DECIMAL,
            field=field,
            header=header,
            options=_OPTIONS,
            samples=tuple(map(_sample, words)),
            rows=self.rows,
        )

    def ask_share(self, header: str, shares: Mask) -> Asked:
        """Return the question whether some values are shares."""
        codes = dict.fromkeys(self.column.codes[shares].tolist())
        samples = []
        for code in list(codes)[:_SAMPLES]:
            value = self.readings[code]
            assert isinstance(value, float)
            samples.append(
                (self.column.words[code], f"{value:.10g} %", f"{_times_hundred(value):.10g} %")
            )
        return Asked(
            question=Question.SHARE,
            field="value",
            header=header,
            options=_SHARE_OPTIONS,
            samples=tuple(samples),
            rows=int(shares.sum()),
        )

    def written(self) -> Coded:
        """The column with every number written so that it can be read one way only."""
        words = tuple(
            write_number(value, read_both_ways(word)[2]) if isinstance(value, float) else word
            for word, value in zip(self.column.words, self.readings, strict=True)
        )
        return Coded(words, self.column.codes)

    def times_hundred(self) -> Coded:
        """The column with every number as a percentage of a share."""
        words = tuple(
            write_number(_times_hundred(value)) if isinstance(value, float) else word
            for word, value in zip(self.column.words, self.readings, strict=True)
        )
        return Coded(words, self.column.codes)

    def values(self) -> NDArray[np.float64]:
        """One number a row, NaN where there is none."""
        read = [value if isinstance(value, float) else np.nan for value in self.readings]
        return np.array(read, dtype=np.float64)[self.column.codes]

    def issues(self, field: str, among: Mask) -> Iterator[Issue]:
        """Yield what is wrong with the words, as it was before others were written anew."""
        troubled = [isinstance(each, Trouble) for each in self.readings]
        rows = np.array(troubled, dtype=np.bool_)[self.column.codes] & among
        for at in np.flatnonzero(rows):
            code = self.column.codes[at]
            trouble = self.readings[code]
            assert isinstance(trouble, Trouble)
            yield Issue(
                position=int(at), column=field, found=self.column.words[code], trouble=trouble
            )


def settle_decimals(
    column: Coded, *, among: Mask, delimiter: str, decimal: Decimal | None, is_whole: bool = False
) -> Numbers:
    """Read a column as it proves itself; what it leaves open is read as was answered.

    Only rows `among` count. A word that is readable without the answer stays as it was read.
    """
    places = [at for at in np.unique(column.codes[among]).tolist() if column.words[at]]
    words = [column.words[at] for at in places]
    readings: list[float | Trouble | None] = [None] * len(column.words)
    settled: set[int] = set()
    waiting: list[int] = []
    for at, reading in zip(
        places, read_each(words, delimiter=delimiter, is_whole=is_whole), strict=True
    ):
        readings[at] = reading
        if isinstance(reading, Trouble) and reading.reason in _SETTLED:
            answered = _answered(column.words[at], decimal)
            if answered is not None:
                readings[at] = answered
                settled.add(at)
            elif decimal is None and reading.reason is Reason.AMBIGUOUS_NUMBER:
                waiting.append(at)
    rows = int((np.isin(column.codes, waiting) & among).sum())
    return Numbers(column, tuple(readings), frozenset(settled), tuple(waiting), rows)


_SETTLED = (Reason.AMBIGUOUS_NUMBER, Reason.MIXED_STYLE)


def _answered(word: str, decimal: Decimal | None) -> float | None:
    point, comma, _ = read_both_ways(word)
    number = point if decimal is Decimal.POINT else comma if decimal is Decimal.COMMA else None
    return number if number is not None and np.isfinite(number) else None


def _times_hundred(share: float) -> float:
    return float(Exact(repr(share)) * 100)


def _sample(word: str) -> tuple[str, str, str]:
    point, comma, _ = read_both_ways(word)
    return word, _shown(point), _shown(comma)


def _shown(number: float | None) -> str:
    return "no number" if number is None else f"{number:,.10g}"
