"""The column of values -> plain numbers, what moves to the note, and the questions left open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from data_contracts.benchmarks.known import Known
from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import ColumnAnswer
from data_contracts.importing.coded import Coded, Mask, Sheet
from data_contracts.importing.decimals import Numbers, settle_decimals
from data_contracts.importing.questions import Asked, Question
from data_contracts.importing.shares import find_shares
from data_contracts.importing.units import units_of
from data_contracts.importing.value_words import (
    Around,
    Understood,
    bare_number,
    is_special,
    trailing_trouble,
    understand,
)
from data_contracts.parsing.cells import Issue, Trouble
from data_contracts.parsing.durations import OpenDuration, read_duration, write_duration
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import note
from data_contracts.parsing.trailing import joined_note

_PLAIN = r"^ *[+-]?(0?\.[0-9]+|[0-9]+(\.([0-9]{1,2}|[0-9]{4,}))?)? *$"
_UP_TO_ONE = r"^ *\+?(0?\.[0-9]+|0\.0*|1(\.0*)?) *$"
_SAMPLES = 3
_CLOCK_OPTIONS = (("mm:ss", "minutes and seconds"), ("hh:mm", "hours and minutes"))


@dataclass(slots=True)
class Found:
    """What was found in the values of a file."""

    asked: list[Asked] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    is_scale_said: bool = False


def read_values(sheet: Sheet, answer: ColumnAnswer | None, *, header: str, known: Known) -> Found:
    """Put plain numbers into the column of values, as far as they are clear or were answered."""
    found = Found()
    if _is_settled(sheet, answer):
        return found
    values = _Values(sheet, answer, header, known)
    values.part_trailing(found)
    values.read_specials(found)
    values.settle(found)
    return found


def _is_settled(sheet: Sheet, answer: ColumnAnswer | None) -> bool:
    """Whether every cell is a clear number, none of which might be a share."""
    if (answer and answer.scale) or sheet.is_changed("value"):
        return False
    cells = sheet.distinct("value")
    is_plain = pc.all(pc.match_substring_regex(cells, _PLAIN)).as_py()
    return bool(is_plain) and not pc.any(pc.match_substring_regex(cells, _UP_TO_ONE)).as_py()


class _Values:
    def __init__(
        self, sheet: Sheet, answer: ColumnAnswer | None, header: str, known: Known
    ) -> None:
        self._sheet = sheet
        self._answer = answer or ColumnAnswer(header=header, field="value")
        self._header = header
        self._known = known
        self._original = sheet.column("value")
        self._bare = self._original
        self._special: tuple[Coded, Mask] | None = None

    def part_trailing(self, found: Found) -> None:
        """Move what stands behind a number to the row's note."""
        parted = [bare_number(word) for word in self._original.words]
        if not any(rest for _, rest in parted):
            return
        self._bare = Coded(tuple(number for number, _ in parted), self._original.codes)
        rests = Coded(tuple(rest for _, rest in parted), self._original.codes)
        self._add_notes(rests)
        for at in np.flatnonzero(rests.where(bool)):
            code = self._original.codes[at]
            found.issues.append(
                self._issue(
                    int(at), self._original.words[code], trailing_trouble(rests.words[code])
                )
            )

    def read_specials(self, found: Found) -> None:
        """Read durations and pairs in the unit of their row."""
        among = self._bare.where(is_special)
        if not among.any():
            return
        keys, around = self._around()
        rows = np.flatnonzero(among)
        pairs, inverse = np.unique(
            self._bare.codes[rows] * len(around) + keys[rows], return_inverse=True
        )
        read = [
            understand(
                self._bare.words[pair // len(around)],
                around[pair % len(around)],
                self._answer.clock,
            )
            for pair in pairs.tolist()
        ]
        self._keep_specials(rows, inverse, read)
        self._tell(found, rows, inverse, read)

    def settle(self, found: Found) -> None:
        """Settle decimals and shares; where one cell is written anew, all are, as they read."""
        is_kept = ~self._special[1] if self._special else np.ones(self._sheet.rows, dtype=np.bool_)
        numbers = settle_decimals(
            self._bare,
            among=is_kept,
            delimiter=self._sheet.table.delimiter,
            decimal=self._answer.decimal,
        )
        found.asked += numbers.ask("value", self._header)
        shares = find_shares(self._sheet, numbers, is_kept, self._known)
        said = self._answer.scale
        found.is_scale_said = said is not None
        if shares.any() and said is None:
            found.asked.append(numbers.ask_share(self._header, shares))
        is_multiplied = said == "share" and bool(shares.any())
        if numbers.settled or self._special or is_multiplied:
            self._write_all(numbers, shares if is_multiplied else None)
            found.issues += numbers.issues("value", is_kept)
        elif self._bare is not self._original:
            self._sheet.put("value", self._bare)

    def _write_all(self, numbers: Numbers, shares: Mask | None) -> None:
        self._sheet.put("value", numbers.written())
        if shares is not None:
            self._sheet.put_cells("value", shares, numbers.times_hundred())
        if self._special:
            texts, mask = self._special
            self._sheet.put_cells("value", mask, texts)

    def _around(self) -> tuple[NDArray[np.intp], list[Around]]:
        """Which unit, metric and clock each row has, as places in a list of all that occur."""
        units, metrics = units_of(self._sheet), self._metric_units()
        clocks = self._sheet.column("clock").changed(plain)
        width, deep = len(metrics.words), len(clocks.words)
        keys = (units.codes * width + metrics.codes) * deep + clocks.codes
        found, inverse = np.unique(keys, return_inverse=True)
        around = [
            Around(
                unit=units.words[key // deep // width],
                metric_unit=metrics.words[key // deep % width],
                is_business=clocks.words[key % deep].startswith("business"),
            )
            for key in found.tolist()
        ]
        return inverse.astype(np.intp), around

    def _metric_units(self) -> Coded:
        codes = self._known.metric_codes()
        told = {each.code: each.unit for each in self._known.metrics}
        return self._sheet.column("metric").changed(
            lambda word: told.get(codes.get(plain(word), ""), "")
        )

    def _keep_specials(
        self, rows: NDArray[np.intp], inverse: NDArray[np.intp], read: list[Understood]
    ) -> None:
        has_number = np.array([bool(each.number) for each in read])[inverse]
        if not has_number.any():
            return
        mask = np.zeros(self._sheet.rows, dtype=np.bool_)
        mask[rows[has_number]] = True
        codes = np.zeros(self._sheet.rows, dtype=np.intp)
        codes[rows] = inverse
        self._special = (Coded(tuple(each.number for each in read), codes), mask)
        self._add_notes(Coded(tuple(each.note for each in read), codes), mask)

    def _tell(
        self,
        found: Found,
        rows: NDArray[np.intp],
        inverse: NDArray[np.intp],
        read: list[Understood],
    ) -> None:
        opened: dict[str, int] = {}
        durations: list[str] = []
        for row, place in zip(rows.tolist(), inverse.tolist(), strict=True):
            each, word = read[place], self._bare.words[self._bare.codes[row]]
            if each.trouble:
                found.issues.append(self._issue(row, word, each.trouble))
            elif each.note:
                found.issues.append(self._issue(row, word, trailing_trouble(each.note)))
            elif each.number:
                durations.append(word)
            elif each.is_open:
                opened[word] = opened.get(word, 0) + 1
        if opened:
            found.asked.append(_ask_clock(opened, self._header))
        if durations:
            found.notes.append(_durations_note(durations))

    def _add_notes(self, more: Coded, mask: Mask | None = None) -> None:
        """Add texts to the notes of their rows."""
        among = more.where(bool) if mask is None else more.where(bool) & mask
        if not among.any():
            return
        notes = self._sheet.column("note")
        pairs, codes = np.unique(notes.codes * len(more.words) + more.codes, return_inverse=True)
        words = tuple(
            joined_note(notes.words[pair // len(more.words)], more.words[pair % len(more.words)])
            for pair in pairs.tolist()
        )
        self._sheet.put_cells("note", among, Coded(words, codes.astype(np.intp)))

    def _issue(self, row: int, word: str, trouble: Trouble) -> Issue:
        return Issue(position=row, column="value", found=word, trouble=trouble)


def _ask_clock(opened: Mapping[str, int], header: str) -> Asked:
    samples = []
    for word in list(opened)[:_SAMPLES]:
        read = read_duration(word)
        if isinstance(read, OpenDuration):
            samples.append((word, write_duration(read.as_minutes), write_duration(read.as_hours)))
    return Asked(
        question=Question.CLOCK,
        field="value",
        header=header,
        options=_CLOCK_OPTIONS,
        samples=tuple(samples),
        rows=sum(opened.values()),
    )


def _durations_note(words: list[str]) -> Finding:
    what = "cell" if len(words) == 1 else "cells"
    return note(
        Reason.TIDIED,
        f"{len(words):,} {what} such as {words[0]!r}",
        "numbers in the unit of the row; durations were read in it",
        column="value",
    )
