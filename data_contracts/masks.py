"""Checks -> vector masks: for every row, which of the contract's checks it breaks.

One pass over a frame whose columns have the contract's logical names, typed or text. A missing
value (NULL, NaN, NaT, None) passes every check but `required`; a value of the wrong type breaks
`type` and is not evaluated by the checks that need the type. Dates are compared with the latest
local day on earth, moments with now in UTC. `unique` and `overlap` compare the rows of `where` with
each other alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.checks import latest_day
from data_contracts.columns import Typed, read_column
from data_contracts.evidence import Evidence
from data_contracts.model import Check, ColumnType, Kind, Severity
from data_contracts.overlapping import find_overlaps

Mask = NDArray[np.bool_]
_NUMBERS = (ColumnType.NUMBER, ColumnType.INTEGER)
_TIMES = (ColumnType.DATE, ColumnType.TIMESTAMP)
NEARLY = 1e-9  # how far from a whole number of times a multiple may be: 0.3 / 0.1 is no 3
WHOLE_FROM = 2.0**53  # from here on every number is a whole one


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the checks say of a frame. Masks are by rule_id, one flag a row, True = breaks it.

    `quarantined` rows break a check that keeps them out, `flagged` ones only a warning. Rows that
    break a check with a tolerance are counted, and are neither for that.
    """

    checks: tuple[Check, ...]
    failed: Mapping[str, Mask]
    evidence: tuple[Evidence, ...]
    quarantined: Mask
    flagged: Mask

    def broken_by(self, position: int) -> tuple[Check, ...]:
        """Return the checks that the row at `position` breaks, in the contract's order."""
        return tuple(each for each in self.checks if self.failed[each.rule_id][position])


def judge_rows(
    frame: pd.DataFrame,
    checks: Sequence[Check],
    *,
    known: Mapping[str, Collection[str]],
    now: datetime,
) -> Judgement:
    """Judge every row of `frame` by `checks`.

    `known` holds the allowed words of each reference; `now` is an aware moment. A check of a column
    that the frame lacks is evaluated on no row; a reference that `known` lacks raises KeyError.
    """
    failed: dict[str, Mask] = {}
    evidence: list[Evidence] = []
    quarantined, flagged = np.zeros((2, len(frame)), dtype=np.bool_)
    for check, broken, evaluated in run_checks(frame, checks, known=known, now=now):
        failed[check.rule_id] = broken
        if check.keeps_out:
            quarantined |= broken
        elif check.severity is Severity.WARNING and check.tolerance is None:
            flagged |= broken
        evidence.append(
            Evidence(
                rule_id=check.rule_id,
                evaluated=int(evaluated.sum()),
                failed=int(broken.sum()),
            )
        )
    return Judgement(
        checks=tuple(checks),
        failed=failed,
        evidence=tuple(evidence),
        quarantined=quarantined,
        flagged=flagged & ~quarantined,
    )


def run_checks(
    frame: pd.DataFrame,
    checks: Iterable[Check],
    *,
    known: Mapping[str, Collection[str]],
    now: datetime,
) -> Iterator[tuple[Check, Mask, Mask]]:
    """Yield each check with the rows that break it and those on which it was evaluated."""
    reader = _Reader(frame, known, now)
    for check in checks:
        yield check, *reader.judge(check)


class _Reader:
    """Reads each column once, whatever the number of its checks."""

    def __init__(
        self, frame: pd.DataFrame, known: Mapping[str, Collection[str]], now: datetime
    ) -> None:
        self._frame = frame
        self._known = known
        self._latest = {
            ColumnType.DATE: np.datetime64(latest_day(now), "us"),
            ColumnType.TIMESTAMP: np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "us"),
        }
        self._read: dict[tuple[str, ColumnType], Typed] = {}

    def judge(self, check: Check) -> tuple[Mask, Mask]:
        """Return which rows break the check, and on which it was evaluated."""
        nowhere = np.zeros(len(self._frame), dtype=np.bool_)
        if not {check.column, *check.columns} <= set(self._frame.columns):
            return nowhere, nowhere
        within = self._where(check)
        match check.kind:
            case Kind.REQUIRED:
                return within & self._frame[check.column].isna().to_numpy(), within
            case Kind.UNIQUE:
                return self._repeated(check, within)
            case Kind.OVERLAP:
                return self._overlapping(check, within)
            case _:
                return self._of_values(check, within)

    def _of_values(self, check: Check, within: Mask) -> tuple[Mask, Mask]:
        typed = self._column(check.column, check.column_type)
        if check.kind is Kind.TYPE:
            return within & typed.is_wrong, within & (typed.is_right | typed.is_wrong)
        if check.kind is Kind.MISSING and check.counts_missing:
            missing = self._frame[check.column].isna().to_numpy()
            return within & (missing | _is_among(typed, check, check.values)), within
        evaluated = within & typed.is_right
        if check.kind is Kind.NOT_BEFORE:
            evaluated = evaluated & self._column(check.other, check.column_type).is_right
        return evaluated & ~self._holds(check, typed), evaluated

    def _column(self, name: str, kind: ColumnType) -> Typed:
        key = (name, kind)
        if key not in self._read:
            self._read[key] = read_column(self._frame[name], kind)
        return self._read[key]

    def _where(self, check: Check) -> Mask:
        if check.where is None:
            return np.ones(len(self._frame), dtype=np.bool_)
        column, values = check.where
        if column not in self._frame.columns:
            return np.zeros(len(self._frame), dtype=np.bool_)
        return self._column(column, ColumnType.STRING).is_in(values)

    def _repeated(self, check: Check, within: Mask) -> tuple[Mask, Mask]:
        keys = self._frame[list(check.columns)]
        evaluated = within & keys.notna().all(axis=1).to_numpy()
        broken = np.zeros(len(keys), dtype=np.bool_)
        broken[evaluated] = keys[evaluated].duplicated(keep=False).to_numpy()
        return broken, evaluated

    def _overlapping(self, check: Check, within: Mask) -> tuple[Mask, Mask]:
        starts, ends = (self._column(e, check.column_type) for e in (check.column, check.other))
        keys = self._frame[list(check.columns)]
        is_there = keys.notna().all(axis=1).to_numpy()
        evaluated = within & is_there & starts.is_right & ends.is_right
        broken = np.zeros(len(keys), dtype=np.bool_)
        broken[evaluated] = find_overlaps(
            keys[evaluated], starts.moments[evaluated], ends.moments[evaluated]
        )
        return broken, evaluated

    def _holds(self, check: Check, typed: Typed) -> Mask:
        match check.kind:
            case Kind.RANGE if check.column_type in _TIMES:
                holds = _within_bounds(check, typed.moments, *_moments_of(check))
            case Kind.RANGE:
                holds = _within_bounds(check, typed.numbers, check.low, check.high)
            case Kind.LENGTH:
                holds = _within_bounds(check, typed.lengths(), check.low, check.high)
            case Kind.PATTERN:
                holds = typed.matches(check.pattern)
            case Kind.ONE_OF | Kind.KNOWN:
                words = check.values or self._known[check.reference]
                holds = _is_among(typed, check, words)
            case Kind.MISSING:
                holds = ~_is_among(typed, check, check.values)
            case Kind.MULTIPLE:
                holds = _is_multiple(typed.numbers, check.multiple or 1.0)
            case Kind.NOT_BEFORE:
                holds = typed.moments >= self._column(check.other, check.column_type).moments
            case Kind.NOT_FUTURE:
                holds = typed.moments <= self._latest[check.column_type]
            case _:
                raise NotImplementedError(check.kind)
        return holds


def _is_among(typed: Typed, check: Check, words: Collection[str]) -> Mask:
    """Where a value is one of `words`: numbers are compared as numbers, so that 1.0 is "1"."""
    if check.column_type in _NUMBERS:
        return np.isin(typed.numbers, [float(word) for word in words])
    return typed.is_in(words)


def _is_multiple(numbers: NDArray[np.float64], step: float) -> Mask:
    with np.errstate(over="ignore", invalid="ignore"):
        times = numbers / step
        is_near = np.abs(times - np.round(times)) <= NEARLY
    return is_near | (np.abs(numbers) >= WHOLE_FROM * step)


def _moments_of(check: Check) -> list[np.datetime64 | None]:
    return [np.datetime64(each, "us") if each else None for each in (check.earliest, check.latest)]


def _within_bounds(check: Check, values: NDArray[Any], low: Any, high: Any) -> Mask:
    holds = np.ones(len(values), dtype=np.bool_)
    if low is not None:
        holds &= values > low if check.is_low_open else values >= low
    if high is not None:
        holds &= values < high if check.is_high_open else values <= high
    return holds
