"""Masks say of every row which checks it breaks; plain Python, row by row, says the same."""

import re
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.masks import judge_rows
from data_contracts.model import Check, ColumnType, Kind, Severity, Tolerance
from tests.data_contracts.mask_frames import CHECKS, KNOWN, NOW, check, random_frame


def _judge(frame: pd.DataFrame, *checks: Check):
    return judge_rows(frame, checks, known=KNOWN, now=NOW)


def _breaks(row: dict, each: Check, counts: dict) -> bool:
    """The check in plain Python; None is missing."""
    if each.where and row[each.where[0]] not in each.where[1]:
        return False
    value = row[each.column]
    if each.kind is Kind.REQUIRED:
        return value is None
    if each.kind is Kind.UNIQUE:
        key = tuple(row[name] for name in each.columns)
        return None not in key and counts[key] > 1
    if value is None:
        return False
    tests = {
        Kind.RANGE: lambda: not each.low <= value <= each.high,
        Kind.ONE_OF: lambda: value not in each.values,
        Kind.KNOWN: lambda: value not in KNOWN[each.reference],
        Kind.PATTERN: lambda: re.search(each.pattern, value) is None,
        Kind.LENGTH: lambda: not each.low <= len(value) <= each.high,
        Kind.NOT_BEFORE: lambda: row[each.other] is not None and value < row[each.other],
        Kind.NOT_FUTURE: lambda: value > NOW.replace(tzinfo=None),
    }
    return tests[each.kind]()


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_masks_equal_plain_python(seed: int) -> None:
    frame = random_frame(seed, rows=60)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    rows = [
        {k: v.to_pydatetime() if isinstance(v, datetime) else v for k, v in r.items()} for r in rows
    ]
    keys = [(row["city"], row["code"]) for row in rows]
    counts = {key: keys.count(key) for key in keys}
    judged = _judge(frame, *CHECKS)
    for each in CHECKS:
        expected = [_breaks(row, each, counts) for row in rows]
        assert expected == judged.failed[each.rule_id].tolist(), each.rule_id


@pytest.mark.parametrize("seed", range(3))
def test_text_and_typed_columns_give_the_same_verdicts(seed: int) -> None:
    frame = random_frame(seed, rows=200)
    text = frame.astype("str")
    typed, read = _judge(frame, *CHECKS), _judge(text, *CHECKS)
    assert typed.evidence == read.evidence
    assert typed.quarantined.tolist() == read.quarantined.tolist()


def test_evidence_counts_where_a_check_was_evaluated_and_where_it_failed() -> None:
    frame = pd.DataFrame({"minutes": [1.0, None, 700.0, 9.0]})
    (found,) = _judge(
        frame, check(Kind.RANGE, "minutes", low=0, high=600, column_type=ColumnType.NUMBER)
    ).evidence
    assert (3, 1) == (found.evaluated, found.failed)


def test_a_value_of_the_wrong_type_breaks_type_and_nothing_else() -> None:
    frame = pd.DataFrame({"minutes": ["5", "many", None]}, dtype="str")
    number = {"column_type": ColumnType.NUMBER}
    judged = _judge(
        frame, check(Kind.TYPE, "minutes", **number), check(Kind.RANGE, "minutes", low=6, **number)
    )
    assert [[False, True, False], [True, False, False]] == [
        judged.failed[name].tolist() for name in ("minutes.type", "minutes.range")
    ]


def test_a_column_that_is_not_there_is_evaluated_nowhere() -> None:
    (found,) = _judge(pd.DataFrame({"a": [1]}), check(Kind.REQUIRED, "b")).evidence
    assert (0, 0) == (found.evaluated, found.failed)


def test_an_empty_frame_is_evaluated_nowhere() -> None:
    judged = _judge(random_frame(1, rows=0), *CHECKS)
    assert {(0, 0)} == {(each.evaluated, each.failed) for each in judged.evidence}


def test_only_critical_checks_keep_rows_out_and_only_warnings_flag_them() -> None:
    frame = pd.DataFrame({"a": [None, "x", None], "b": ["x", None, None]}, dtype="str")
    judged = _judge(
        frame,
        check(Kind.REQUIRED, "a"),
        check(Kind.REQUIRED, "b", severity=Severity.WARNING),
        check(Kind.PATTERN, "a", pattern="z", severity=Severity.INFO),
    )
    assert [True, False, True] == judged.quarantined.tolist()
    assert [False, True, False] == judged.flagged.tolist()


@pytest.mark.parametrize("severity", [Severity.CRITICAL, Severity.WARNING])
def test_rows_within_a_tolerance_are_counted_and_neither_kept_out_nor_flagged(
    severity: Severity,
) -> None:
    frame = pd.DataFrame({"minutes": [1.0, None, None]})
    some = check(Kind.REQUIRED, "minutes", severity=severity, tolerance=Tolerance(high=5))
    judged = judge_rows(frame, [some], known=KNOWN, now=NOW)
    assert 2 == judged.evidence[0].failed
    assert not judged.quarantined.any()
    assert not judged.flagged.any()


def test_a_row_knows_which_checks_it_breaks() -> None:
    frame = pd.DataFrame({"city": ["Rome"], "code": [None]}, dtype="str")
    judged = _judge(
        frame, check(Kind.REQUIRED, "code"), check(Kind.ONE_OF, "city", values=("Oslo",))
    )
    assert ["code.required", "city.one_of"] == [each.rule_id for each in judged.broken_by(0)]


def test_a_date_may_be_tomorrow_where_it_is_tomorrow_already() -> None:
    frame = pd.DataFrame({"day": ["2026-11-23", "2026-11-24"]}, dtype="str")
    judged = _judge(frame, check(Kind.NOT_FUTURE, "day", column_type=ColumnType.DATE))
    assert [False, True] == judged.failed["day.not_future"].tolist()


def test_an_unknown_reference_is_an_error_not_a_pass() -> None:
    with pytest.raises(KeyError, match="moons"):
        _judge(pd.DataFrame({"a": ["x"]}, dtype="str"), check(Kind.KNOWN, "a", reference="moons"))
