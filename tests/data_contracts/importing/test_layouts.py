"""Step one, second half: columns turned into rows, nothing lost and nothing made up."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.importing.answers import Answers, LayoutAnswer, ReadingAnswer, UnpivotKind
from data_contracts.importing.header_words import is_period, is_statistic
from data_contracts.importing.layout import lay_out, propose_layout
from data_contracts.parsing import Limits, TextTable
from data_contracts.parsing.headers import names_of
from tests.data_contracts.benchmarks.files import CONTRACT, judge
from tests.data_contracts.benchmarks.shapes import csv_bytes, turned
from tests.data_contracts.importing.reading_files import looked, told, why

YEARS = ("2019", "2020", "2021")
CELL = st.sampled_from(["", " ", "1", "81.5", "NM", "--", "é"])
PERIODS = LayoutAnswer(unpivot=(turned(UnpivotKind.PERIODS, YEARS, "period"),))


def _wide(*rows: tuple[str, ...], header: tuple[str, ...] = ("Company", *YEARS)) -> TextTable:
    table = looked(csv_bytes([header, *rows]), delimiter=",", header_line=1)
    assert isinstance(table, TextTable)
    return table


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), st.permutations(range(4)))
def test_turning_and_pivoting_back_gives_the_same_cells(rows, order) -> None:
    header = ("Company", *YEARS)
    named = [(f"Peer {at}", *cells) for at, cells in enumerate(rows)]
    table = _wide(
        *([row[i] for i in order] for row in named), header=tuple(header[i] for i in order)
    )
    long = lay_out(table, PERIODS)
    back = (
        {(name, year): cell for _, name, year, cell in told(long)}
        if isinstance(long, TextTable)
        else {}
    )
    wide = {(name, y): c for name, *cells in named for y, c in zip(YEARS, cells, strict=True)}
    assert {key: cell for key, cell in wide.items() if cell.strip()} == back


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=6))
def test_blocks_pivoted_back_give_the_same_cells(rows) -> None:
    groups, lowers = ("Retail", "Travel"), ("Median", "Top")
    columns = [f"{group} › {lower}" for group in groups for lower in lowers]
    table = _wide(*((str(at), *cells) for at, cells in enumerate(rows)), header=("Id", *columns))
    kinds = (
        turned(UnpivotKind.BLOCKS, columns, "industry", "industry"),
        turned(UnpivotKind.STATISTICS, lowers, "statistic"),
    )
    long = lay_out(table, LayoutAnswer(unpivot=kinds))
    back = {tuple(row[1:4]): row[4] for row in told(long)} if isinstance(long, TextTable) else {}
    keys = [(group, lower) for group in groups for lower in lowers]
    assert {
        (str(at), *key): cell
        for at, cells in enumerate(rows)
        for key, cell in zip(keys, cells, strict=True)
        if cell.strip()
    } == back


def test_an_empty_cell_is_no_row_and_one_that_says_why_is() -> None:
    long = lay_out(_wide(("Alder", "", "NM", "81"), ("Birch", "--", " ", "")), PERIODS)
    assert [
        (2, "Alder", "2020", "NM"),
        (2, "Alder", "2021", "81"),
        (3, "Birch", "2019", "--"),
    ] == told(long)
    assert "2020" == long.origins.of(0)


def test_lines_without_any_value_are_counted_in_a_note() -> None:
    long = lay_out(_wide(("Airlines", "", "", ""), ("Alder", "1", "2", "3")), PERIODS)
    (finding,) = long.findings
    assert ("missing", "1 line without a value, the first is line 2") == (
        finding.reason.value,
        finding.found,
    )


@pytest.mark.parametrize("line", ["SAMPLE REPORT", "Alder,,,,more"])
def test_a_ragged_line_without_values_stays_one_row(line: str) -> None:
    table = looked(f"Company,2019,2020,2021\n{line}\nBirch,1,,\n", header_line=1)
    assert [2, 3] == lay_out(table, PERIODS).lines.tolist()


def test_blocks_alone_keep_the_columns_below_them() -> None:
    columns = ("Alder › CSAT", "Alder › n", "Birch › CSAT", "Birch › n")
    table = _wide(
        ("2024", "81", "9", "", ""), ("2025", "82", "", "", "7"), header=("Year", *columns)
    )
    kind = turned(UnpivotKind.BLOCKS, columns, "entity", "entity")
    long = lay_out(table, LayoutAnswer(unpivot=(kind,)))
    assert ("Year", "entity", "CSAT", "n") == long.headers
    assert [
        (2, "2024", "Alder", "81", "9"),
        (3, "2025", "Alder", "82", ""),
        (3, "2025", "Birch", "", "7"),
    ] == told(long)


def test_periods_over_metrics_become_both() -> None:
    columns = ("2024 › CSAT", "2024 › NPS", "2025 › CSAT")
    table = _wide(("Alder", "81", "9", "82"), header=("Company", *columns))
    kinds = (
        turned(UnpivotKind.PERIODS, columns, "period"),
        turned(UnpivotKind.METRICS, columns, "metric"),
    )
    long = lay_out(table, LayoutAnswer(unpivot=kinds))
    assert [
        (2, "Alder", "2024", "CSAT", "81"),
        (2, "Alder", "2024", "NPS", "9"),
        (2, "Alder", "2025", "CSAT", "82"),
    ] == told(long)


def test_columns_that_are_not_there_are_noted_where_others_are() -> None:
    kind = turned(UnpivotKind.PERIODS, ("2018", *YEARS), "period")
    long = lay_out(_wide(("Alder", "1", "2", "3")), LayoutAnswer(unpivot=(kind,)))
    assert (3, "no column '2018'") == (len(long.lines), long.findings[0].found)


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ([("periods", ("1994",))], "no column '1994' to turn into rows"),
        ([("periods", YEARS)] * 3, "3 kinds of columns to turn"),
        ([("periods", ("2019",)), ("metrics", ("2020",))], "two kinds of columns that do not stand under each other"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_the_file_is_refused(kinds, found: str) -> None:
    unpivot = tuple(turned(UnpivotKind(kind), columns, "period") for kind, columns in kinds)
    refused = lay_out(_wide(("Alder", "1", "2", "3")), LayoutAnswer(unpivot=unpivot))
    assert ("file_header", found) == why(refused)
    assert refused.reading is not None


def test_a_file_without_any_value_is_refused() -> None:
    refused = lay_out(_wide(("Alder", "", "", "")), PERIODS)
    assert ("file_no_rows", "no value in the turned columns") == why(refused)


def test_more_rows_than_allowed_are_refused_before_they_are_made() -> None:
    refused = lay_out(_wide(("Alder", "1", "2", "3")), PERIODS, Limits(rows=2))
    assert ("file_too_big", "3 rows once its columns are turned") == why(refused)


@pytest.mark.parametrize(
    "header",
    [
        "1994", "2024", "Q1 2015", "2015 Q1", "Q4-15", "1Q25", "Mar 2025", "March 2025", "Mar-25",
        "2025-03", "FY24", "FY 2024", "FY2023/24", "2023/24", "2023-2024", "H1 2025", "P7 2025",
        "2025-W03", "week 12 2025", "w/e 12 Mar", "2024*",
    ],
)  # fmt: skip
def test_a_header_of_the_calendar_is_a_period(header: str) -> None:
    assert is_period(header)


@pytest.mark.parametrize(
    "header", ["P10", "P90", "Q1", "Median", "80/20", "12", "3019", "Top 10", "Mayfair", "n"]
)
def test_another_header_is_no_period(header: str) -> None:
    assert not is_period(header)


@pytest.mark.parametrize(
    "header", ["P10", "p 25", "90th percentile", "Average", "Lower quartile", "Best in class"]
)
def test_a_header_that_names_a_statistic_is_one(header: str) -> None:
    assert is_statistic(header)


@pytest.mark.parametrize(
    "header",
    [
        ("kpi_code", "entity", "statistic", "value"),
        ("Company", "Result", "2019"),
        ("Company", "Town"),
    ],
)
def test_nothing_is_proposed_for_a_file_that_is_long_or_has_no_numbers(header) -> None:
    table = _wide(("a", "b", "c", "d")[: len(header)], header=header)
    assert () == propose_layout(table, names_of(CONTRACT)).unpivot


def test_a_million_cells_are_turned_within_a_second() -> None:
    years = [str(year) for year in range(1985, 2025)]
    rows = [[f"Peer {at}", *["81.5"] * 40] for at in range(25_000)]
    table = looked(csv_bytes([["Company", *years], *rows]), delimiter=",", header_line=1)
    answer = LayoutAnswer(unpivot=(turned(UnpivotKind.PERIODS, years, "period"),))
    begun = time.process_time()
    long = lay_out(table, answer)
    assert time.process_time() - begun < 1
    assert 1_000_000 == len(long.lines)


def test_blocks_are_refused_where_the_file_has_no_upper_headers() -> None:
    kind = turned(UnpivotKind.BLOCKS, YEARS, "entity")
    long = lay_out(_wide(("Alder", "1", "2", "3")), LayoutAnswer(unpivot=(kind,)))
    assert "blocks of columns in a file without upper headers over them" == why(long)[1]


def test_rows_that_stay_out_are_kept_as_their_own_line_however_many_are_turned() -> None:
    columns = ("2019", "2020")
    text = csv_bytes([("competitor", *columns), ("Notes", "", ""), ("Alder Post", "1", "NM")])
    said = Answers(
        reading=ReadingAnswer(header_line=1),
        layout=LayoutAnswer(unpivot=(turned(UnpivotKind.PERIODS, columns, "period"),)),
        constants={"metric": "abandon", "statistic": "value", "unit": "%", "source_name": "Report"},
    )
    report = judge(text, answers=said)
    (raw,) = report.raw.values()
    assert (1, "NM") == (report.published, json.loads(raw)["value"])
