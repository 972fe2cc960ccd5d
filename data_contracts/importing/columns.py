"""Step two of an import: which column of the contract each column of a file is."""

from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.benchmarks.known import Known
from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import Answers, ColumnAnswer
from data_contracts.importing.evidence import PSEUDO, Fields, Support
from data_contracts.importing.groups import of_groups, stands_for_names
from data_contracts.importing.header_words import is_period
from data_contracts.importing.matches import ColumnMatch
from data_contracts.model import Contract
from data_contracts.parsing.headers import names_of, plain
from data_contracts.parsing.table import TextTable, refusal
from data_contracts.parsing.words import tidy_word
from definition_files import nearest

PROPOSED_FROM = 0.5
_WORTH_NAMING = 0.2
_ALTERNATIVES = 3
_LOOKED_AT = 1000
_A_FIELD = "a column of the contract, period, year, quarter or month"
_ONE_PERIOD = "one way to say the period: its two ends, a period, or a year with quarter or month"
_WORDS = 40
_PARTS = ("quarter", "month")
_MOST_PROPOSED = 60  # of a file with more columns that nobody named, the rest is listed only


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which field each column of the file is used as ("" for none), and what is shown of it."""

    fields: tuple[str, ...]
    matches: tuple[ColumnMatch, ...]
    refusals: tuple[Finding, ...] = ()
    answers: dict[str, ColumnAnswer]

    @property
    def is_period(self) -> bool:
        """Whether a period fills both its ends."""
        return "period" in self.fields or "year" in self.fields


def choose_columns(table: TextTable, contract: Contract, known: Known, answers: Answers) -> Chosen:
    """Take the columns that were answered and, of the others, those with an exact name.

    What the rest seems to be is shown, never used.
    """
    answered = {plain(each.header): each for each in answers.columns or ()}
    names = names_of(contract)
    if answers.columns is not None or answers.layout is not None:
        names |= {each: each for each in PSEUDO if each not in names}
    taken = {each.field for each in answered.values() if each.field}
    fields = []
    for at, header in enumerate(table.headers):
        answer = answered.get(plain(header))
        exact = names.get(plain(header), "")
        exact = "" if exact in _PARTS and not _holds_parts(table, at) else exact
        fields.append(answer.field if answer else "" if exact in taken else exact)
    groups = stands_for_names(table.headers, fields, answers)
    proposals = _Proposals(table, Fields(contract=contract, known=known), fields, groups)
    matches = tuple(
        proposals.match(at, answered.get(plain(header)))
        for at, header in enumerate(table.headers)
        if header.strip()
    )
    return Chosen(
        fields=tuple(fields),
        matches=matches,
        refusals=_refusals(table, contract, answers, fields),
        answers={
            field: answered[plain(header)]
            for field, header in zip(fields, table.headers, strict=True)
            if field and plain(header) in answered
        },
    )


class _Proposals:
    """What the columns that nobody has named seem to be; each field goes to one of them."""

    def __init__(
        self, table: TextTable, about: Fields, fields: list[str], groups: int = -1
    ) -> None:
        self._table = table
        self._names = names_of(about.contract)
        self._fields = fields
        self._support: dict[int, list[Support]] = {}
        for at, header in enumerate(table.headers):
            if header.strip() and not fields[at] and len(self._support) < _MOST_PROPOSED:
                self._support[at] = about.support(tidy_word(header), self._words(at))
        self._best = self._assigned({each for each in fields if each})
        if (found := of_groups(self._best, groups)) is not None:
            self._best[groups], fields[groups] = found, ""

    def match(self, at: int, answer: ColumnAnswer | None) -> ColumnMatch:
        """What is shown of one column."""
        header = self._table.headers[at].strip()
        found = [each for each in self._support.get(at, ()) if each.confidence >= _WORTH_NAMING]
        best = self._best.get(at)
        field, confidence, evidence = self._fields[at], 1.0, self._exact(at)
        if answer:
            evidence = "as you said"
        elif not field:
            field = best.field if best else ""
            confidence = best.confidence if best else 0.0
            evidence = best.evidence if best else "nothing speaks for a column of the contract"
        others = [(each.field, each.confidence) for each in found if each.field != field]
        return ColumnMatch(
            header=header,
            field=field,
            confidence=min(confidence, 0.99) if not self._fields[at] and not answer else 1.0,
            evidence=evidence,
            is_answered=answer is not None,
            alternatives=tuple(others[:_ALTERNATIVES]),
            example=next(iter(self._words(at)), ""),
        )

    def _exact(self, at: int) -> str:
        is_own = plain(self._table.headers[at]) == self._fields[at]
        return "the contract's own name" if is_own else "a name the contract knows"

    def _assigned(self, taken: set[str]) -> dict[int, Support]:
        """The likeliest pairs first; no field twice, and of a period no second way to say it."""
        pairs = [
            (each, at)
            for at, found in self._support.items()
            for each in found
            if each.confidence >= PROPOSED_FROM
        ]
        best: dict[int, Support] = {}
        for each, at in sorted(pairs, key=lambda pair: (-pair[0].confidence, pair[1])):
            if at not in best and each.field not in taken and not _clashes(each.field, taken):
                best[at] = each
                taken.add(each.field)
        return best

    def _words(self, at: int) -> list[str]:
        cells = self._table.cells[at].iloc[:_LOOKED_AT]
        words = dict.fromkeys(tidy_word(str(each)) for each in cells.unique()[:_WORDS])
        return [word for word in words if word]


def _holds_parts(table: TextTable, at: int) -> bool:
    """Whether a column called a quarter or a month holds these alone, not with their year."""
    cells = table.cells[at].iloc[:_LOOKED_AT]
    words = [word for each in cells.unique()[:_WORDS] if (word := tidy_word(str(each)))]
    alone = sum(not is_period(word) for word in words)
    return 2 * alone >= len(words)


def _clashes(field: str, taken: set[str]) -> bool:
    ends = {"period_start", "period_end"}
    if field in ends:
        return bool(taken & set(PSEUDO))
    if field == "period":
        return bool(taken & (ends | set(PSEUDO)))
    return field in PSEUDO and bool(taken & (ends | {"period"}))


def _refusals(
    table: TextTable, contract: Contract, answers: Answers, fields: Sequence[str]
) -> tuple[Finding, ...]:
    """What was answered and cannot be: headers that are not there, fields that do not exist."""
    known = [*(each.name for each in contract.columns), *PSEUDO]
    turns = answers.layout.unpivot if answers.layout else ()
    headers = [*table.headers, *(each for turn in turns for each in turn.columns)]
    plain_headers = {plain(each) for each in headers}
    found = []
    for answer in answers.columns or ():
        if answer.field and answer.field not in known:
            what, advice = f"the field {answer.field!r}", nearest(answer.field, known)
            found.append(_refused(table, answer.header, what, _A_FIELD, advice))
        elif answer.field and plain(answer.header) not in plain_headers:
            what, advice = f"no column {answer.header!r}", nearest(answer.header, headers)
            found.append(_refused(table, answer.header, what, "the columns that were said", advice))
    if _has_two_periods(fields):
        found.append(_refused(table, "", "several columns for the period", _ONE_PERIOD, ""))
    return tuple(found)


def _has_two_periods(fields: Sequence[str]) -> bool:
    has_ends = not {"period_start", "period_end"}.isdisjoint(fields)
    ways = (has_ends, "period" in fields, not {"year", "quarter", "month"}.isdisjoint(fields))
    return sum(ways) > 1 or {"month", "quarter"} <= set(fields)


def _refused(table: TextTable, header: str, found: str, expected: str, advice: str) -> Finding:
    return refusal(
        Reason.FILE_HEADER, found, expected, row=table.header_line, column=header, advice=advice
    )
