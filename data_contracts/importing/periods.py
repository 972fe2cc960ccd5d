"""Period columns of a file -> the first and the last day, and what dates leave open."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np

from data_contracts.importing.answers import Answers, ColumnAnswer
from data_contracts.importing.coded import Coded, Sheet
from data_contracts.importing.date_order import DateOrder
from data_contracts.importing.matches import ValueMatch
from data_contracts.importing.questions import Asked, Question
from data_contracts.importing.words import left_out_issues
from data_contracts.parsing.cells import Issue
from data_contracts.parsing.dates import Edge, Order, is_order_open, read_date
from data_contracts.parsing.headers import plain
from data_contracts.parsing.missing_words import meaning_of
from data_contracts.parsing.periods import (
    Period,
    is_fiscal,
    read_fiscal,
    read_month,
    read_period,
    write_period,
)

_MONTHS = {
    1: "January", 4: "April", 7: "July", 10: "October", 2: "February", 3: "March",
    5: "May", 6: "June", 8: "August", 9: "September", 11: "November", 12: "December",
}  # fmt: skip
_SAMPLES = 3


class Periods:
    """The period columns of one file, step by step; `issues`, `asked`, `matches` as they come."""

    def __init__(self, sheet: Sheet, answers: Answers, by_field: dict[str, ColumnAnswer]) -> None:
        self._sheet = sheet
        self._by_field = by_field | ({"period": by_field["year"]} if "year" in by_field else {})
        self._said = {
            plain(each.word): each.means for each in answers.values if each.field == "period"
        }
        self.issues: list[Issue] = []
        self.asked: list[Asked] = []
        self.matches: list[ValueMatch] = []

    def read(self, headers: Mapping[str, str], date_fields: tuple[str, ...]) -> None:
        """Fill both ends of every period; `headers` names each field's column in the file."""
        if "year" in self._sheet:
            self._join_year()
            headers = {**headers, "period": headers.get("year", "year")}
        ends = [each for each in ("period", "period_start", "period_end") if each in self._sheet]
        for field in ends:
            self._put_words(field, headers.get(field, field))
        order = DateOrder(self._sheet, self._by_field)
        order.settle([*dict.fromkeys((*ends, *date_fields))], headers)
        self.asked += order.asked
        if "period" in self._sheet:
            self._part("period")

    def _join_year(self) -> None:
        """Make one period of year and quarter, or year and month, or of the year alone."""
        year = self._sheet.column("year")
        other = next((each for each in ("quarter", "month") if each in self._sheet), "")
        part = self._sheet.column(other) if other else Coded(("",), np.zeros_like(year.codes))
        pairs, codes = np.unique(year.codes * len(part.words) + part.codes, return_inverse=True)
        words = tuple(
            _joined(year.words[pair // len(part.words)], part.words[pair % len(part.words)], other)
            for pair in pairs.tolist()
        )
        for field in ("year", "quarter", "month"):
            self._sheet.drop(field)
        self._sheet.put("period", Coded(words, codes.astype(np.intp)))

    def _put_words(self, field: str, header: str) -> None:
        """Put two days, or one end, for words that were answered and for financial years."""
        words = self._sheet.words(field)
        if (
            not self._said
            and all(map(_is_readable, filter(None, words)))
            and not _fiscal_words(words)
        ):
            return
        column = self._sheet.column(field)
        out = column.where(lambda word: bool(word) and self._said.get(plain(word)) == "")
        self.issues += left_out_issues(column, out, field)
        fiscal = _fiscal_words(words)
        answer = self._by_field.get(field)
        first_month = answer.fiscal_from if answer else None
        changed = {word: self._meant(word, fiscal, first_month) for word in column.words}
        self.matches += self._say(column, fiscal)
        if fiscal and first_month is None:
            self.asked.append(_ask_fiscal(column, fiscal, field, header))
        if any(word != becomes for word, becomes in changed.items()):
            self._sheet.put(field, column.changed(_edge(field, changed)))

    def _meant(self, word: str, fiscal: frozenset[str], first_month: int | None) -> str:
        if means := self._said.get(plain(word)):
            return means
        if word not in fiscal:
            return word
        period = read_fiscal(word, first_month) if first_month else None
        # "FY" keeps 2011/12 from being read as December where its column has financial years
        return write_period(period) if period else word if "fy" in word.lower() else f"FY {word}"

    def _say(self, column: Coded, fiscal: frozenset[str]) -> Iterator[ValueMatch]:
        for word, rows in zip(column.words, column.counts().tolist(), strict=True):
            said = self._said.get(plain(word))
            if said is None and (not word or word in fiscal or _is_readable(word)):
                continue
            if any(each.word == word for each in self.matches):
                continue
            evidence = "not a period of the calendar"
            if said is not None:
                evidence = "as you said" if said else "left out, as you said"
            yield ValueMatch(
                field="period",
                word=word,
                means=said or "",
                rows=rows,
                confidence=0.0 if said is None else 1.0,
                evidence=evidence,
                is_answered=said is not None,
            )

    def _part(self, field: str) -> None:
        """Fill the two ends; a word that cannot be read stands in both, and keeps its row out."""
        column = self._sheet.column(field)
        periods = [read_period(word) for word in column.words]
        for end, day in (("period_start", Edge.FIRST), ("period_end", Edge.LAST)):
            words = tuple(
                _day(period, day) if period else word
                for period, word in zip(periods, column.words, strict=True)
            )
            self._sheet.put(end, Coded(words, column.codes))
        self._sheet.drop(field)


def _day(period: Period, edge: Edge) -> str:
    return (period.first if edge is Edge.FIRST else period.last).isoformat()


def _joined(year: str, part: str, kind: str) -> str:
    if not kind:
        return year
    if not (year and part):
        return ""
    if kind == "quarter":
        return f"{year}-Q{part.upper().removeprefix('Q').strip()}"
    month = read_month(part)
    return f"{year}-{month:02}" if month else f"{part} {year}"


def _fiscal_words(words: Iterable[str]) -> frozenset[str]:
    """The words that are financial years; 2011/12 is one where another word cannot be a month."""
    found = frozenset(word for word in words if is_fiscal(word))
    sure = frozenset(word for word in found if read_period(word) is None)
    return found if sure else frozenset()


def _edge(field: str, changed: Mapping[str, str]) -> Callable[[str], str]:
    """Of two days with a slash between, a column of one end takes its own."""
    if field == "period":
        return lambda word: changed[word]
    edge = Edge.FIRST if field == "period_start" else Edge.LAST

    def change(word: str) -> str:
        period = read_period(changed[word]) if changed[word] != word else None
        return _day(period, edge) if period else changed[word]

    return change


def _is_readable(word: str) -> bool:
    """Whether a word needs no meaning: a date or period, open or not, or a word for nothing."""
    reading = read_date(word, order=Order.DAY_FIRST, edge=Edge.FIRST)
    return reading.day is not None or is_order_open(word) or bool(meaning_of(word))


def _ask_fiscal(column: Coded, fiscal: frozenset[str], field: str, header: str) -> Asked:
    words = [word for word in column.words if word in fiscal][:_SAMPLES]
    return Asked(
        question=Question.FISCAL,
        field=field,
        header=header,
        options=tuple((str(number), f"begins in {name}") for number, name in _MONTHS.items()),
        samples=tuple((word, _shown(word, 1), _shown(word, 4)) for word in words),
        rows=int(column.where(lambda word: word in fiscal).sum()),
    )


def _shown(word: str, first_month: int) -> str:
    period = read_fiscal(word, first_month)
    return f"{period.first} to {period.last}" if period else "no year"
