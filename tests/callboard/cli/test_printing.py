import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.cli.printing import OutputFormat, count_of, say, write_data

COLUMNS = ("name", "day", "value", "whole", "right")
ROW = ("a, b", date(2026, 3, 29), 0.1 + 0.2, 12, True)


def test_csv_keeps_full_precision_and_iso_dates(capsys) -> None:
    write_data(COLUMNS, [ROW, ("x", None, None, None, False)], OutputFormat.CSV)
    assert [
        list(COLUMNS),
        ["a, b", "2026-03-29", "0.30000000000000004", "12", "true"],
        ["x", "", "", "", "false"],
    ] == list(csv.reader(io.StringIO(capsys.readouterr().out)))


def test_json_keeps_full_precision_and_iso_dates(capsys) -> None:
    write_data(COLUMNS, [ROW], OutputFormat.JSON)
    assert [
        {
            "name": "a, b",
            "day": "2026-03-29",
            "value": 0.30000000000000004,
            "whole": 12,
            "right": True,
        }
    ] == json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_a_csv_file_can_be_taken_for_a_formula(text: str, capsys) -> None:
    write_data(("text",), [(text,)], OutputFormat.CSV)
    assert f"'{text}" == list(csv.reader(io.StringIO(capsys.readouterr().out)))[1][0]


def test_a_negative_number_stays_a_number(capsys) -> None:
    write_data(("value",), [(-1.5,)], OutputFormat.CSV)
    assert "value\n-1.5\n" == capsys.readouterr().out


@given(st.text(max_size=40))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    written = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", written)
        write_data(("text",), [(text,)], OutputFormat.TABLE)
    assert all(each.isprintable() or each in "\n\t" for each in written.getvalue())


def test_talk_goes_to_standard_error(capsys) -> None:
    say("Something \x1b[31mred")
    captured = capsys.readouterr()
    assert ("", "Something �[31mred\n") == (captured.out, captured.err)


@pytest.mark.parametrize(
    ("expected", "number"), [("0 rows", 0), ("1 row", 1), ("1,200 rows", 1200)]
)
def test_a_count_has_its_number(expected: str, number: int) -> None:
    assert expected == count_of(number, "row")
