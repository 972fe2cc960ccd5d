"""Names are compared in one form, whether one by one or all at once."""

from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.headers import plain
from data_contracts.parsing.plain_words import plain_words

ODD = st.text(st.sampled_from("aZ9*-_ \t\n\r\x0b\x0c\x1c\x1f.&"), max_size=6)


@given(st.lists(st.one_of(ODD, st.text(st.characters(max_codepoint=127), max_size=6)), max_size=9))
def test_many_words_are_compared_as_single_ones_are(words: list[str]) -> None:
    many = [*words, *(f"Peer-{number}" for number in range(100))]
    assert [plain(word) for word in many] == list(plain_words(many))


@given(st.lists(st.text(max_size=4), min_size=1, max_size=3))
def test_words_of_any_alphabet_are_compared_as_single_ones_are(words: list[str]) -> None:
    many = [*words, "É", *(f"Peer-{number}" for number in range(100))]
    assert [plain(word) for word in many] == list(plain_words(many))
