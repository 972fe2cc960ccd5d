"""The findings of a file in the order of its lines; each is made when it is looked at."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import overload

import numpy as np
from numpy.typing import NDArray

from data_contracts.findings import Finding, Reason, RowVerdict
from data_contracts.parsing.cells import Entry, Issue, Positions
from data_contracts.parsing.table import shorten

_AT_FIRST, _AT_ONCE = 256, 4096  # often only the first are looked at
_NOWHERE: NDArray[np.int64] = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one reason in one column: how many, the first few lines, one of them.

    `place` is that of the first among all those about rows, `suggestions` are those of all, or two
    where they differ.
    """

    reason: Reason
    column: str
    verdict: RowVerdict
    count: int
    rows: tuple[int, ...]
    example: Finding
    place: int = 0
    suggestions: frozenset[str] = frozenset()


class Findings(Sequence[Finding]):
    """Those about the file first, then those about rows by line. Compares equal to a tuple.

    `origin` names, by position, the header of a wide file that a row came from; it is told with
    what was found.
    """

    def __init__(
        self,
        notes: Sequence[Finding] = (),
        entries: Sequence[Entry] = (),
        lines: NDArray[np.int64] = _NOWHERE,
        origin: Callable[[int], str] | None = None,
    ) -> None:
        self._notes = tuple(notes)
        self._entries = [each for each in entries if len(each.positions)]
        self._lines = lines
        self._origin = origin
        positions = [each.positions for each in self._entries] or [_NOWHERE]
        sizes = [len(each.positions) for each in self._entries]
        of_entry = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        together = np.concatenate(positions)
        order = np.argsort(together, kind="stable")
        self._positions, self._of_entry = together[order], of_entry[order]

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Those about the file."""
        return self._notes

    def __len__(self) -> int:
        return len(self._notes) + len(self._positions)

    def __iter__(self) -> Iterator[Finding]:
        yield from self._notes
        start, size = 0, _AT_FIRST
        while start < len(self._positions):
            yield from self._made(start, start + size)
            start, size = start + size, _AT_ONCE

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, at: int | slice) -> Finding | tuple[Finding, ...]:
        if isinstance(at, int):
            place = range(len(self))[at] - len(self._notes)
            return self._notes[place] if place < 0 else self._made(place, place + 1)[0]
        first, last, step = at.indices(len(self))
        if step != 1:
            return tuple(self[place] for place in range(first, last, step))
        skipped = len(self._notes)
        made = self._made(max(first - skipped, 0), max(last - skipped, 0))
        return (*self._notes[first:last], *made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Findings) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of any collection that is looked into late

    def counts(self) -> Counter[tuple[Reason, str]]:
        """How many there are by reason and column, those about the file included."""
        counted = Counter((each.reason, each.column) for each in self._notes)
        for entry in self._entries:
            counted[entry.reason, entry.column] += len(entry.positions)
        return counted

    def groups(self, most_rows: int = 5) -> tuple[Group, ...]:
        """Return those about rows by reason, column and verdict, the most frequent first."""
        same: dict[tuple[Reason, str, RowVerdict], list[int]] = {}
        for number, entry in enumerate(self._entries):
            same.setdefault((entry.reason, entry.column, entry.verdict), []).append(number)
        first = np.zeros(len(self._entries), dtype=np.intp)
        first[self._of_entry[::-1]] = np.arange(len(self._of_entry))[::-1]
        groups = (
            self._group(
                [self._entries[each] for each in numbers], most_rows, int(first[numbers].min())
            )
            for numbers in same.values()
        )
        return tuple(sorted(groups, key=lambda each: -each.count))

    def of_line(self, line: int) -> tuple[Finding, ...]:
        """Return those about one line of the file."""
        lines = self._lines[self._positions]
        return tuple(self._made_of(np.flatnonzero(lines == line)))

    def places(self, reason: str, column: str) -> tuple[tuple[int, str], ...]:
        """Return the line of each row kept out by one reason in one column, and its origin.

        The origin is empty where the file was not turned.
        """
        own = [
            each.positions
            for each in self._entries
            if (each.reason.value, each.column) == (reason, column)
            and each.verdict is RowVerdict.QUARANTINE
        ]
        positions = np.unique(np.concatenate(own or [_NOWHERE])).tolist()
        origin = self._origin or (lambda _: "")
        return tuple((int(self._lines[each]), origin(each)) for each in positions)

    def _group(self, entries: list[Entry], most_rows: int, place: int) -> Group:
        positions = np.sort(np.concatenate([each.positions for each in entries]))
        first = min(entries, key=lambda each: int(each.positions[0]))
        (example,) = _told(first, first.positions[:1])
        return Group(
            reason=first.reason,
            column=first.column,
            verdict=first.verdict,
            count=len(positions),
            rows=tuple(self._lines[positions[:most_rows]].tolist()),
            example=self._finding(example),
            place=place,
            suggestions=frozenset(chain.from_iterable(each.suggestions() for each in entries)),
        )

    def _made(self, first: int, last: int) -> list[Finding]:
        return self._made_of(np.arange(first, min(last, len(self._positions))))

    def _made_of(self, places: Positions) -> list[Finding]:
        """The findings at some places of the order, each entry asked once."""
        found: dict[int, Finding] = {}
        of_entry = self._of_entry[places]
        for number in np.unique(of_entry).tolist():
            own = places[of_entry == number]
            issues = _told(self._entries[number], self._positions[own])
            for place, issue in zip(own.tolist(), issues, strict=True):
                found[place] = self._finding(issue)
        return [found[place] for place in places.tolist()]

    def _finding(self, issue: Issue) -> Finding:
        made = issue.as_finding(int(self._lines[issue.position]))
        if self._origin is None:
            return made
        return replace(made, found=shorten(f"{self._origin(issue.position)}: {issue.found}"))


def _told(entry: Entry, positions: Positions) -> list[Issue]:
    return [
        Issue(position=position, column=entry.column, found=found, trouble=trouble)
        for position, (found, trouble) in zip(
            positions.tolist(), entry.tell(positions), strict=True
        )
    ]
