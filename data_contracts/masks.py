"""Checks -> vector masks: for every row, which of the contract's checks it breaks.

One pass over a frame whose columns have the contract's logical names, typed or text. A missing
value (NULL, NaN, NaT, None) passes every check but `required`; a value of the wrong type breaks
`type` and is not evaluated by the checks that need the type. Dates are compared with the latest
local day on earth, moments with now in UTC.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.checks import latest_day
from data_contracts.columns import Typed, read_column
from data_contracts.evidence import Evidence
from data_contracts.model import Check, ColumnType, Kind, Severity

Mask = NDArray[np.bool_]


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
        if check.kind is Kind.REQUIRED:
            return within & self._frame[check.column].isna().to_numpy(), within
        if check.kind is Kind.UNIQUE:
            return self._repeated(check, within)
        typed = self._column(check.column, check.column_type)
        if check.kind is Kind.TYPE:
            return within & typed.is_wrong, within & (typed.is_right | typed.is_wrong)
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
        return evaluated & keys.duplicated(keep=False).to_numpy(), evaluated

    def _holds(self, check: Check, typed: Typed) -> Mask:
        match check.kind:
            case Kind.RANGE:
                holds = _between(typed.numbers, check.low, check.high)
            case Kind.LENGTH:
                holds = _between(typed.lengths(), check.low, check.high)
            case Kind.PATTERN:
                holds = typed.matches(check.pattern)
            case Kind.ONE_OF | Kind.KNOWN:
                holds = typed.is_in(check.values or self._known[check.reference])
            case Kind.NOT_BEFORE:
                holds = typed.moments >= self._column(check.other, check.column_type).moments
            case Kind.NOT_FUTURE:
                holds = typed.moments <= self._latest[check.column_type]
            case _:
                raise NotImplementedError(check.kind)
        return holds


def _between(numbers: NDArray[np.float64], low: float | None, high: float | None) -> Mask:
    holds = np.ones(len(numbers), dtype=np.bool_)
    if low is not None:
        holds &= numbers >= low
    if high is not None:
        holds &= numbers <= high
    return holds
