"""Whatever the bytes: rows, findings or a refusal; and every row is somewhere, once."""

import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_contracts.benchmarks import FileReport
from data_contracts.model import RowVerdict
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


def _is_accounted_for(report: FileReport) -> bool:
    kept = report.published + report.quarantined + report.collapsed
    kept_out = {each.row for each in report.findings if each.verdict is RowVerdict.QUARANTINE}
    return (
        report.rows_in == kept
        and len(report.rows) == report.published
        and len(report.raw) == report.quarantined
        and set(report.raw) == kept_out
        and bool(report.refusals) == (report.rows_in == 0)
        and not kept_out & set(report.rows["row"] if report.published else ())
    )


@given(st.binary(max_size=400))
@example(b'\xff\xfe"')
@example(b"kpi_code;value\r\r\n")
def test_any_bytes_are_answered(content: bytes) -> None:
    assert _is_accounted_for(judge(content))


@settings(max_examples=FEWER)
@given(LINES, DELIMITERS, ENDS, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_table_below_the_right_header_is_accounted_for(
    lines: list[list[str]], delimiter: str, end: str, codec: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([HEADERS, *lines])
    assert _is_accounted_for(judge(text.getvalue().encode(codec, "replace")))


@settings(max_examples=FEWER)
@given(LINES, DELIMITERS)
def test_any_unquoted_text_below_the_right_header_is_accounted_for(
    lines: list[list[str]], delimiter: str
) -> None:
    text = "\n".join(delimiter.join(cells) for cells in [HEADERS, *lines])
    assert _is_accounted_for(judge(text.encode("utf-8", "replace")))


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
