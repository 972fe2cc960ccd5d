"""A file of anybody's: what is read, and the sentence each refusal says."""

from contextlib import suppress
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.errors import FileRefused
from callboard.services.analysing.file_columns import read_columns


@pytest.fixture
def columns_of(tmp_path):
    def read(content):
        path = tmp_path / "calls.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_columns(path)

    return read


def refusal_of(ask) -> str:
    with pytest.raises(FileRefused) as refused:
        ask()
    return str(refused.value)


def test_columns_are_read_by_their_headers(columns_of) -> None:
    columns = columns_of("date,desk,calls\n2026-01-02,North,12\n2026-01-03,South,\n")
    assert [date(2026, 1, 2), date(2026, 1, 3)] == columns.days("date")
    assert ["North", "South"] == columns.texts("desk")
    np.testing.assert_array_equal([12.0, np.nan], columns.numbers("calls"))
    assert (2, 3) == columns.lines


def test_a_file_with_semicolons_and_decimal_commas_is_read(columns_of) -> None:
    columns = columns_of("Monat;Wert, gesamt\n2026-01;1,5\n2026-02;2,25\n")
    assert [date(2026, 1, 1), date(2026, 2, 1)] == columns.days("Monat")
    assert [1.5, 2.25] == columns.numbers("Wert, gesamt").tolist()


def test_weeks_quarters_and_years_begin_on_their_first_day(columns_of) -> None:
    columns = columns_of("week\n2026-W01\n2026 Q2\n2027\n")
    assert [date(2025, 12, 29), date(2026, 4, 1), date(2027, 1, 1)] == columns.days("week")


def test_what_stands_for_missing_is_no_number(columns_of) -> None:
    columns = columns_of("day,calls\n1,NA\n2,-\n3,nan\n4,1e-3\n")
    np.testing.assert_array_equal([np.nan, np.nan, np.nan, 0.001], columns.numbers("calls"))


@pytest.mark.parametrize("content", [b"", b"  \n", b"PK\x03\x04...", b"date,value\n"])
def test_a_file_without_a_table_says_so(columns_of, content) -> None:
    assert refusal_of(lambda: columns_of(content)).startswith("calls.csv")


def test_a_file_that_is_not_there_says_so(tmp_path) -> None:
    said = refusal_of(lambda: read_columns(tmp_path / "none.csv"))
    assert said.endswith("none.csv: No such file or directory.")


def test_an_unknown_column_is_answered_with_those_there_are(columns_of) -> None:
    columns = columns_of("date,calls\n2026-01-02,12\n")
    assert (
        "calls.csv, row 1: no column 'cals', which --value asks for. "
        "Its columns: date, calls. Did you mean 'calls'?"
    ) == refusal_of(lambda: columns.find("cals", option="--value"))
    assert (
        "calls.csv, row 1: no column called value or y. "
        "Its columns: date, calls. Name it with --value."
    ) == refusal_of(lambda: columns.require("", option="--value", usual=("value", "y")))


def test_a_column_is_found_by_any_writing_of_its_name(columns_of) -> None:
    columns = columns_of("Report Date,calls\n2026-01-02,12\n")
    assert "Report Date" == columns.find("report_date", option="--date")
    assert "Report Date" == columns.find("", option="--date", usual=("date", "report date"))
    assert columns.find("", option="--group", usual=("group",)) is None


def test_a_cell_that_is_no_number_is_told_with_its_row_and_column(columns_of) -> None:
    columns = columns_of("date,calls\n2026-01-02,12\n2026-01-03,many\n")
    assert (
        "calls.csv, row 3, column calls: found 'many', expected a number such as 1234.5."
    ) == refusal_of(lambda: columns.numbers("calls"))


def test_many_bad_cells_are_told_by_the_first_five(columns_of) -> None:
    columns = columns_of("date,calls\n" + "".join(f"2026-01-0{at},x{at}y\n" for at in range(1, 8)))
    said = refusal_of(lambda: columns.numbers("calls")).splitlines()
    assert (6, "… and 2 more such cells.") == (len(said), said[-1])


def test_a_day_that_may_be_two_days_is_asked_back(columns_of) -> None:
    columns = columns_of("date,calls\n01/02/2026,12\n")
    assert "Is it 2026-01-02 or 2026-02-01?" in refusal_of(lambda: columns.days("date"))


def test_an_empty_cell_is_refused_where_it_is_needed(columns_of) -> None:
    columns = columns_of("date,calls\n,12\n2026-01-02,\n")
    assert (
        "calls.csv, row 2, column date: found nothing. "
        "Expected a date such as 2026-03-31, or a month such as 2026-03."
    ) == refusal_of(lambda: columns.days("date"))
    assert "row 3" in refusal_of(lambda: columns.numbers("calls", required=True))


def test_percent_in_some_cells_only_is_refused(columns_of) -> None:
    columns = columns_of("day,share\n1,80%\n2,0.8\n")
    assert "row 3, column share: found '0.8', expected one unit" in refusal_of(
        lambda: columns.numbers("share")
    )


def test_a_row_of_another_length_is_refused(columns_of) -> None:
    said = refusal_of(lambda: columns_of("a,b\n1,2\n1,2,3\n"))
    assert "calls.csv, row 3: expected 2 cells, as the header has." in said


def test_a_column_that_is_there_twice_is_refused(columns_of) -> None:
    assert "'value'" in refusal_of(lambda: columns_of("date,value,Value\n2026-01-01,1,2\n"))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(content)
    with suppress(FileRefused):
        columns = read_columns(path)
        header = columns.headers[0]
        assert len(columns.lines) == len(columns.texts(header))
        assert columns.reads_as_numbers(header) in (True, False)
        assert columns.reads_as_days(header) in (True, False)
