"""Masks say of every row which checks it breaks; plain Python, row by row, says the same."""

import re
from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.masks import judge_rows
from data_contracts.model import Check, ColumnType, Kind, Severity, Tolerance
from tests.data_contracts.mask_frames import CHECKS, KNOWN, NARROWED, NOW, check, random_frame


def _judge(frame: pd.DataFrame, *checks: Check):
    return judge_rows(frame, checks, known=KNOWN, now=NOW)


def _is_within(row: dict, each: Check) -> bool:
    return each.where is None or row[each.where[0]] in each.where[1]


def _breaks(row: dict, each: Check, rows: list[dict]) -> bool:
    """The check in plain Python, among `rows`, those of its `where`; None is missing."""
    value = row[each.column]
    if each.kind is Kind.REQUIRED or (each.counts_missing and value is None):
        return value is None
    if None in (value, *(row[name] for name in each.columns)):
        return False
    same = [one for one in rows if all(one[name] == row[name] for name in each.columns)]
    tests = {
        Kind.RANGE: lambda: not _is_between(value, each),
        Kind.ONE_OF: lambda: _word(value) not in each.values,
        Kind.MISSING: lambda: _word(value) in each.values,
        Kind.KNOWN: lambda: value not in KNOWN[each.reference],
        Kind.PATTERN: lambda: re.search(each.pattern, value) is None,
        Kind.LENGTH: lambda: not each.low <= len(value) <= each.high,
        Kind.MULTIPLE: lambda: Decimal(str(value)) % Decimal(str(each.multiple)) != 0,
        Kind.NOT_BEFORE: lambda: row[each.other] is not None and value < row[each.other],
        Kind.NOT_FUTURE: lambda: value > NOW.replace(tzinfo=None),
        Kind.UNIQUE: lambda: len(same) > 1,
        Kind.OVERLAP: lambda: any(_overlap(row, one, each) for one in same if one is not row),
        Kind.TYPE: lambda: value.lower() not in ("true", "false", "0", "1"),
    }
    return tests[each.kind]()


def _word(value: object) -> object:
    return str(int(value)) if isinstance(value, float) else value


def _is_between(value: object, each: Check) -> bool:
    low = datetime.fromisoformat(each.earliest) if each.earliest else each.low
    high = datetime.fromisoformat(each.latest) if each.latest else each.high
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    is_low = low is not None and (value <= low if each.is_low_open else value < low)
    is_high = high is not None and (value >= high if each.is_high_open else value > high)
    return not is_low and not is_high


def _overlap(one: dict, other: dict, each: Check) -> bool:
    spans = [(row[each.column], row[each.other]) for row in (one, other)]
    if any(None in span or span[0] > span[1] for span in spans):
        return False
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_masks_equal_plain_python(seed: int) -> None:
    frame = random_frame(seed, rows=60)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    rows = [
        {k: v.to_pydatetime() if isinstance(v, datetime) else v for k, v in r.items()} for r in rows
    ]
    judged = _judge(frame, *CHECKS, *NARROWED)
    for each in (*CHECKS, *NARROWED):
        among = [row for row in rows if _is_within(row, each)]
        expected = [_is_within(row, each) and _breaks(row, each, among) for row in rows]
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


def test_every_kind_of_check_is_among_those_that_plain_python_judges() -> None:
    assert set(Kind) == {each.kind for each in CHECKS}


@pytest.mark.parametrize(("value", "step", "is_one"), [
    (0.3, 0.1, True), (0.35, 0.1, False), (-7.5, 2.5, True), (1e308, 1e-5, True),
    (5e-324, 1e10, True), (0.5, 1.0, False), (0.0, 3.0, True), (1e17, 0.3, True),
])  # fmt: skip
def test_a_multiple_may_be_off_by_what_floating_point_makes_of_it(
    value: float, step: float, is_one: bool
) -> None:
    frame = pd.DataFrame({"minutes": [value]})
    each = check(Kind.MULTIPLE, "minutes", multiple=step, column_type=ColumnType.NUMBER)
    assert [not is_one] == _judge(frame, each).failed["minutes.multiple"].tolist()


def test_words_on_a_column_of_numbers_are_compared_as_numbers() -> None:
    frame = pd.DataFrame({"stars": ["1", "1.0", "01", "2", "x", None]}, dtype="str")
    whole = {"column_type": ColumnType.INTEGER, "values": ("1", "3")}
    judged = _judge(frame, check(Kind.ONE_OF, "stars", **whole))
    assert [False, False, False, True, False, False] == judged.failed["stars.one_of"].tolist()
    judged = _judge(frame, check(Kind.MISSING, "stars", **whole, counts_missing=True))
    assert [True, True, True, False, False, True] == judged.failed["stars.missing"].tolist()
    assert 6 == judged.evidence[0].evaluated


def test_times_that_only_touch_overlap_and_those_turned_round_do_not() -> None:
    spans = [("01", "03"), ("03", "05"), ("06", "05"), ("07", "09"), ("08", "08"), ("10", "11")]
    frame = pd.DataFrame(
        {
            "who": "a",
            "from": [f"2026-11-{a}" for a, _ in spans],
            "to": [f"2026-11-{b}" for _, b in spans],
        }
    )
    each = check(Kind.OVERLAP, "from", other="to", columns=("who",), column_type=ColumnType.DATE)
    expected = [True, True, False, True, True, False]
    assert expected == _judge(frame, each).failed["from.overlap"].tolist()
