"""Whatever the bytes: rows, findings or a refusal; and every row is somewhere, once."""

import csv
import io
from collections import Counter
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_contracts.importing.answers import (
    Answers,
    ColumnAnswer,
    Edit,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
    ValueAnswer,
)
from data_contracts.importing.questions import Decimal, Scale
from tests.data_contracts.benchmarks.accounting import is_accounted_for, is_wide_accounted_for
from tests.data_contracts.benchmarks.files import GOOD, judge, row, table

HEADERS = list(GOOD)
CELLS = st.one_of(
    st.sampled_from([*GOOD.values(), "Total", "1,234", "12,5", "0.5", "=1", "01/02/2026", "2026"]),
    st.sampled_from(["per 1,000", "seconds", "min", "%", "NaN", "fcr", "asa", "\u202e", "é", '"']),
    st.text(max_size=8),
)
LINES = st.lists(st.lists(CELLS, max_size=12), max_size=5)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
FEWER = settings.default.max_examples // 2
DELIMITERS = st.sampled_from([",", ";", "\t", "|"])


WORDS = st.one_of(CELLS, st.sampled_from(HEADERS))
ANSWERS = st.builds(
    Answers,
    reading=st.builds(
        ReadingAnswer,
        encoding=st.sampled_from(["", "UTF-8", "cp1252", "latin-1", "utf-16", "no such"]),
        delimiter=st.sampled_from(["", ",", ";", "semicolon", "x"]),
        header_line=st.integers(0, 3),
        header_rows=st.integers(0, 2),
        skip_below=st.integers(0, 2),
        sheet=st.sampled_from(["", "Sheet1"]),
    ),
    values=st.lists(
        st.builds(ValueAnswer, field=st.sampled_from(HEADERS), word=WORDS, means=WORDS),
        max_size=2,
    ).map(tuple),
    constants=st.dictionaries(st.sampled_from([*HEADERS, "metric", "note"]), WORDS, max_size=2),
    edits=st.lists(
        st.builds(Edit, line=st.integers(0, 6), column=WORDS, becomes=WORDS), max_size=2
    ).map(tuple),
    new_names=st.lists(WORDS, max_size=2).map(tuple),
    confirmed=st.frozensets(st.sampled_from(["encoding", "scale:fcr", "scale:abandon"])),
)


COLUMN = st.builds(
    ColumnAnswer,
    header=WORDS,
    field=st.sampled_from([*HEADERS, "metric", "period", "year", "month", "", "no such"]),
    decimal=st.none() | st.sampled_from(Decimal),
    scale=st.none() | st.sampled_from(Scale),
    unit=st.sampled_from(["", "percent", "odd"]),
)
UNPIVOT = st.builds(
    Unpivot,
    kind=st.sampled_from(UnpivotKind),
    columns=st.lists(WORDS, max_size=4).map(tuple),
    into=st.sampled_from(["period", "metric", "statistic", "entity", "industry", "odd", ""]),
    block_of=st.sampled_from(["", "industry", "entity"]),
)
WIDE_ANSWERS = st.builds(
    replace,
    ANSWERS,
    columns=st.none() | st.lists(COLUMN, max_size=4).map(tuple),
    layout=st.builds(LayoutAnswer, unpivot=st.lists(UNPIVOT, max_size=3).map(tuple)),
)


@given(st.binary(max_size=400))
@example(b'\xff\xfe"')
@example(b"kpi_code;value\r\r\n")
def test_any_bytes_are_answered(content: bytes) -> None:
    assert is_accounted_for(judge(content))


@settings(max_examples=FEWER)
@given(LINES, DELIMITERS, ENDS, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_table_below_the_right_headeris_accounted_for(
    lines: list[list[str]], delimiter: str, end: str, codec: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([HEADERS, *lines])
    assert is_accounted_for(judge(text.getvalue().encode(codec, "replace")))


@given(st.binary(max_size=200), ANSWERS)
def test_any_bytes_with_any_answers_are_answered(content: bytes, answers: Answers) -> None:
    assert is_accounted_for(judge(content, answers=answers))


@given(LINES, DELIMITERS, ANSWERS)
def test_any_table_with_any_answersis_accounted_for(
    lines: list[list[str]], delimiter: str, answers: Answers
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([HEADERS, *lines])
    assert is_accounted_for(judge(text.getvalue(), answers=answers))


@given(st.binary(max_size=200), WIDE_ANSWERS)
def test_any_bytes_in_any_layout_are_answered(content: bytes, answers: Answers) -> None:
    assert is_wide_accounted_for(judge(content, answers=answers))


@given(LINES, DELIMITERS, WIDE_ANSWERS)
def test_any_table_in_any_layout_is_accounted_for(
    lines: list[list[str]], delimiter: str, answers: Answers
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([HEADERS, *lines])
    assert is_wide_accounted_for(judge(text.getvalue(), answers=answers))


@settings(max_examples=FEWER)
@given(LINES)
def test_findings_are_the_same_however_they_are_looked_at(lines: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADERS, *lines])
    findings = judge(text.getvalue()).findings
    told = tuple(findings)
    assert told == tuple(findings[at] for at in range(len(findings)))
    assert (told[1:3], told[-2:]) == (findings[1:3], findings[-2:])
    assert Counter((each.reason, each.column) for each in told) == findings.counts()
    of_rows = [each for each in told if each.row > 1]
    assert len(of_rows) <= sum(group.count for group in findings.groups())
    assert of_rows[:1] == list(findings.of_line(of_rows[0].row)[:1] if of_rows else [])


@settings(max_examples=FEWER)
@given(LINES, DELIMITERS)
def test_any_unquoted_text_below_the_right_headeris_accounted_for(
    lines: list[list[str]], delimiter: str
) -> None:
    text = "\n".join(delimiter.join(cells) for cells in [HEADERS, *lines])
    assert is_accounted_for(judge(text.encode("utf-8", "replace")))


@given(st.lists(st.sampled_from(["Alder Post", "Birch Mail", "Cedar"]), min_size=1, max_size=9))
@settings(max_examples=50)
def test_copies_of_good_rows_collapse_to_one_each(entities: list[str]) -> None:
    report = judge(table(*(row(entity=each) for each in entities)))
    copies = len(entities) - len(set(entities))
    assert (len(set(entities)), 0, copies) == (
        report.published,
        report.quarantined,
        report.collapsed,
    )


@given(st.permutations(range(5)))
@settings(max_examples=30)
def test_the_order_of_rows_changes_no_verdict(order: list[int]) -> None:
    rows = [
        row(),
        row(value="6"),
        row(entity="Birch Mail"),
        row(entity="Cedar", period_start="2026-08-01", period_end="2026-10-31"),
        row(entity="Cedar"),
    ]
    report = judge(table(*(rows[at] for at in order)))
    assert ["Birch Mail"] == list(report.rows["entity"])
