"""Close words are those of difflib, found sooner."""

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.close_words import CloseWords

WORDS = st.text(alphabet="aeirst_01ß\u0436", max_size=8)
MANY = [f"{first}_{second}" for first in ("alder", "birch", "cedar") for second in range(40)]


@given(st.lists(WORDS, min_size=51, max_size=90, unique=True), WORDS)
def test_they_are_those_that_a_comparison_with_each_word_finds(words: list[str], word: str) -> None:
    expected = get_close_matches(word, words, n=3, cutoff=0.6)
    assert expected == CloseWords(words).close_to(word, most=3, cutoff=0.6)


def test_a_slip_among_many_names_is_found() -> None:
    assert ["cedar_7"] == CloseWords(MANY).close_to("ceder_7", most=1, cutoff=0.75)


def test_nothing_is_close_to_no_word() -> None:
    assert [] == CloseWords(MANY).close_to("", most=3, cutoff=0.6)
