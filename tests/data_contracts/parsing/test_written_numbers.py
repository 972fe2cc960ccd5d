"""A number that Callboard writes is read one way, whatever the column and the file."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.cells import distinct_words
from data_contracts.parsing.numbers import read_both_ways, read_numbers, write_number

NUMBERS = st.floats(-1e12, 1e12, allow_nan=False).map(lambda each: round(each, 6))


@given(NUMBERS, st.sampled_from(",;\t|"), st.sampled_from(["87,5", "87.5", "1.234", "1,234", ""]))
def test_a_written_number_is_itself_beside_any_other(
    number: float, delimiter: str, other: str
) -> None:
    words = distinct_words("value", pd.Series([write_number(number), other], dtype="str"))
    read = read_numbers(words, delimiter=delimiter, is_whole=False, is_required=True)
    assert number == read.values[0]


@given(NUMBERS)
def test_a_percent_sign_stays_with_its_number(number: float) -> None:
    point, _, sign = read_both_ways(write_number(number, "%"))
    assert (number, "%") == (point, sign)


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("1.234", (1.234, 1234.0, "")),
        ("1.234,5", (None, 1234.5, "")),
        ("€ 1,234.5", (1234.5, None, "€")),
        ("x", (None, None, "")),
    ],
)
def test_a_word_can_be_read_both_ways(word: str, readings: tuple) -> None:
    assert readings == read_both_ways(word)
