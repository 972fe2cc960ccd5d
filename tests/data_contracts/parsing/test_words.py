"""Text is tidied only where it cannot be seen, and kept out only where it is dangerous."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.cells import Words, distinct_words
from data_contracts.parsing.words import (
    formula_troubles,
    lookalike_troubles,
    tidy_word,
    tidy_words,
    word_troubles,
)


def _words(*cells: str) -> Words:
    return tidy_words(distinct_words("note", pd.Series(list(cells), dtype="str")))


@pytest.mark.parametrize(
    ("word", "tidy"),
    [
        ("  a  b ", "a b"),
        ("a\u00a0b\u202f", "a b"),
        ("a\u200bb\ufeff", "ab"),
        ("Cafe\u0301", "Café"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a\nb", "a\nb"),
    ],
)
def test_blanks_and_what_cannot_be_seen_are_tidied(word: str, tidy: str) -> None:
    assert tidy == tidy_word(word)


def test_words_that_become_equal_are_one() -> None:
    words = _words("a", " a", "a\u200b", "")
    assert (("a",), [0, 0, 0, -1]) == (words.distinct, words.codes.tolist())


def test_blanks_of_all_kinds_and_what_cannot_be_seen_are_noted_once() -> None:
    assert () == _words("a", "b", "").notes
    (found,) = _words(" a ", "a\u200b", "a\u200b", "b\u00a0", "c").notes
    assert found.found.startswith("4 cells")


@pytest.mark.parametrize(
    ("cell", "word", "notes"),
    [
        ("'=1+1", "=1+1", 1),
        ("'-3", "-3", 1),
        ("'@here", "@here", 1),
        ("'+1", "+1", 1),
        ("'\t=1", "=1", 1),
        ("''=1", "'=1", 1),
        ("'tis", "'tis", 0),
        ("O'=1", "O'=1", 0),
    ],
)
def test_what_an_export_made_harmless_is_as_it_was(cell: str, word: str, notes: int) -> None:
    words = _words(cell)
    assert ((word,), notes) == (words.distinct, len(words.notes))


def test_only_what_is_dangerous_is_in_trouble() -> None:
    words = _words("plain", "bell\x07", "x\u202ey", "שלום", "🙂", "long" * 600)
    troubles = word_troubles(words, limit=2000)
    assert {1: "control_character", 2: "control_character", 5: "too_long"} == {
        at: each.reason.value for at, each in troubles.items()
    }


@pytest.mark.parametrize(
    ("word", "is_formula"),
    [
        ("=1+1", True),
        ("@SUM", True),
        ("+x", True),
        ("-x", True),
        ("-", False),
        ("-3.5", False),
        ("a=b", False),
    ],
)
def test_what_a_spreadsheet_would_run_is_noted(word: str, is_formula: bool) -> None:
    assert is_formula is bool(formula_troubles(_words(word)))


@pytest.mark.parametrize(
    ("word", "is_mixed"),
    [
        ("\u0421omp A", True),
        ("\u0421\u043e\u043c\u0440", False),
        ("Ωmega", True),
        ("Ünï ñ", False),
        ("Ω Post", False),
    ],
)
def test_alphabets_are_not_mixed_inside_a_word(word: str, is_mixed: bool) -> None:
    assert is_mixed is bool(lookalike_troubles(_words(word)))


@given(st.text(max_size=10))
def test_tidying_twice_changes_nothing_more(word: str) -> None:
    assert tidy_word(word) == tidy_word(tidy_word(word))
