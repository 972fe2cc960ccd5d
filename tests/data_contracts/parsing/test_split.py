"""Text -> rows: the fast road and the careful road say the same."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.findings import Finding
from data_contracts.parsing.layout import Layout
from data_contracts.parsing.split import Rows, split_carefully, split_regular, split_rows

CELL = st.text(st.sampled_from('ab1 ,;"\n\r\u00e9\u2028'), max_size=5)


def _layout(body: str, width: int = 2, line: int = 1) -> Layout:
    return Layout(delimiter=",", line=line, headers=tuple("ab"[:width]), body=body)


def _told(rows: Rows) -> list[tuple[int, ...]]:
    cells = rows.cells.itertuples(index=False)
    return [(int(line), *row) for line, row in zip(rows.lines, cells, strict=True)]


@given(st.lists(st.tuples(CELL, CELL), max_size=6), st.booleans())
def test_both_roads_give_the_same_rows(rows: list[tuple[str, str]], is_quoted: bool) -> None:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    csv.writer(text, quoting=quoting).writerows([("a", "b"), *rows])
    fast, careful = (
        split_regular(_layout(text.getvalue())),
        split_carefully(_layout(text.getvalue())),
    )
    assert isinstance(careful, Rows)
    assert fast is None or _told(careful) == _told(fast)


@given(st.text(st.sampled_from('ab,"\n\r'), max_size=20))
def test_both_roads_agree_on_any_text_that_the_fast_one_takes(text: str) -> None:
    fast = split_regular(_layout("a,b\n" + text))
    careful = split_carefully(_layout("a,b\n" + text))
    if fast is not None:
        assert isinstance(careful, Rows)
        assert _told(careful) == _told(fast)


def test_a_regular_text_takes_the_fast_road() -> None:
    assert split_regular(_layout('a,b\n1,"2"\n3,4')) is not None


@pytest.mark.parametrize("body", ['a,b\n1,"2\n3"\n', "a,b\n1\n", "a,b\r1,2\r", 'a,b\n1,2"x\n'])
def test_anything_else_takes_the_careful_road(body: str) -> None:
    assert split_regular(_layout(body)) is None


def test_a_row_has_the_line_where_it_begins() -> None:
    rows = split_rows(_layout('a,b\n\n1,"x\ny"\n2,z\n', line=3))
    assert isinstance(rows, Rows)
    assert [(5, "1", "x\ny"), (7, "2", "z")] == _told(rows)


def test_what_does_not_fit_the_header_is_kept_beside_it() -> None:
    rows = split_rows(_layout("a,b\n1\n1,2,3,4\n1,2,,\n"))
    assert isinstance(rows, Rows)
    assert ({2}, {3: ("3", "4")}) == (set(rows.short), rows.surplus)
    assert [(2, "1", ""), (3, "1", "2"), (4, "1", "2")] == _told(rows)


@pytest.mark.parametrize("body", ['a,b\n1,"2\n3,4\n', 'a,b\n"1"x,2\n'])
def test_a_broken_quote_is_refused_with_its_line(body: str) -> None:
    found = split_rows(_layout(body))
    assert isinstance(found, Finding)
    assert 2 == found.row
