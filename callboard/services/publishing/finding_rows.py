"""The findings of a judged file as a page and a command line print them, made as they are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import overload

from callboard.services.publishing.finding_words import advice_on, finding_row
from callboard.views import FindingGroup, FindingRow
from data_contracts.benchmarks.findings import Findings, Group
from data_contracts.findings import RowVerdict

_FEW = 500  # so many are made at once, and the file is not kept for them
_ROWS = 5
_DIFFERENT = "Follow the suggestion in each row."
Kind = tuple[str, str, str]


def rows_of(
    first: Iterable[FindingRow], findings: Findings, last: Iterable[FindingRow] = ()
) -> Sequence[FindingRow]:
    """Return what is told first, then the findings about rows, then what is told last."""
    rows = FindingRows(tuple(first), findings, tuple(last))
    return tuple(rows) if len(rows) <= _FEW else rows


class FindingRows(Sequence[FindingRow]):
    """Findings in words; of a file with trouble in every row nobody reads more than the first.

    Compares equal to a tuple.
    """

    def __init__(
        self, first: tuple[FindingRow, ...], findings: Findings, last: tuple[FindingRow, ...]
    ) -> None:
        self._first = first
        self._findings = findings
        self._last = last
        self._skipped = len(findings.notes)

    def __len__(self) -> int:
        return self._end + len(self._last)

    @property
    def _end(self) -> int:
        """The place after the findings about rows."""
        return len(self._first) + len(self._findings) - self._skipped

    def __iter__(self) -> Iterator[FindingRow]:
        yield from self._first
        yield from map(finding_row, islice(self._findings, self._skipped, None))
        yield from self._last

    @overload
    def __getitem__(self, at: int) -> FindingRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[FindingRow, ...]: ...
    def __getitem__(self, at: int | slice) -> FindingRow | tuple[FindingRow, ...]:
        if isinstance(at, int):
            return self[slice(place := range(len(self))[at], place + 1)][0]
        first, last, step = at.indices(len(self))
        if step < 0:
            return tuple(self)[at]
        begin, end = (max(each - len(self._first), 0) + self._skipped for each in (first, last))
        made = map(finding_row, self._findings[begin:end])
        after = slice(*(max(each - self._end, 0) for each in (first, last)))
        return (*self._first[first:last], *made, *self._last[after])[::step]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | FindingRows) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of any collection that is looked into late


def group_findings(first: Iterable[FindingRow], findings: Findings) -> tuple[FindingGroup, ...]:
    """Return what is wrong by what mends it, the most frequent first; notes come last.

    `first` are those that are told before the findings about rows.
    """
    found: dict[Kind, FindingGroup] = {}
    for row in first:
        _join(found, (row.verdict_code, row.reason_code, row.column), _group_of(row))
    for each in sorted(findings.groups(), key=lambda group: group.place):
        _join(found, (each.verdict.value, each.reason.value, each.column), _group(each))
    return tuple(sorted(found.values(), key=lambda group: (group.is_note, -group.count)))


def _join(found: dict[Kind, FindingGroup], kind: Kind, group: FindingGroup) -> None:
    """Add more of a kind; what comes first is its example."""
    before = found.get(kind)
    if before is None:
        found[kind] = group
        return
    is_shared = before.suggestion == group.suggestion
    found[kind] = replace(
        before,
        count=before.count + group.count,
        rows=(*before.rows, *group.rows)[:_ROWS],
        suggestion=before.suggestion if is_shared else _DIFFERENT,
    )


def _group_of(row: FindingRow) -> FindingGroup:
    return FindingGroup(
        reason=row.reason,
        column=row.column,
        count=1,
        rows=(row.row,),
        example=row.found,
        expected=row.expected,
        suggestion=row.suggestion,
        verdict=row.verdict,
        is_note=row.verdict_code == RowVerdict.PUBLISH,
    )


def _group(group: Group) -> FindingGroup:
    """Where the suggestions differ each stands with its row."""
    told = {each or advice_on(group.example) for each in group.suggestions}
    return replace(
        _group_of(finding_row(group.example)),
        count=group.count,
        rows=group.rows,
        suggestion=told.pop() if len(told) == 1 else _DIFFERENT,
    )
