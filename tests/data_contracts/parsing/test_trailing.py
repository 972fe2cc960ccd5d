"""Signs and brackets behind a number are parted from it; words that change it are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.missing_words import meaning_of
from data_contracts.parsing.pairs import Pair, read_pair, write_pair
from data_contracts.parsing.trailing import join_trailing, joined_note, part_trailing


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("91% (+2)", ("91%", "(+2)")),
        ("5.57*", ("5.57", "*")),
        ("65†", ("65", "†")),
        ("5.57¹", ("5.57", "¹")),
        ("1,234.5 (r)", ("1,234.5", "(r)")),
        ("-1.46 [2]", ("-1.46", "[2]")),
        ("91% (n=120) *", ("91%", "(n=120) *")),
        ("12 million", None),
        ("12 (thousands)", None),
        ("5 (in minutes)", None),
        ("28 sec", None),
        ("(9)", None),
        ("5", None),
        ("*", None),
    ],
)
def test_only_what_cannot_change_a_number_is_parted(
    word: str, parts: tuple[str, str] | None
) -> None:
    assert parts == part_trailing(word)


@given(
    st.decimals(-9999, 9999, places=2).map("{:,}".format),
    st.sampled_from(["", "%"]),
    st.sampled_from(["*", "†", "(+2)", "(−0.5 pp)", "[1]", "(n = 1,200)", "¹²", "(est.)"]),
)
def test_what_was_joined_is_parted_again(number: str, sign: str, rest: str) -> None:
    assert (number + sign, rest) == part_trailing(join_trailing(number + sign, rest))


@pytest.mark.parametrize(("note", "told"), [("", "*"), ("  ", "*"), ("as said", "as said; *")])
def test_a_note_is_added_to(note: str, told: str) -> None:
    assert told == joined_note(note, "*")


@given(st.integers(1, 1000), st.integers(1, 9999))
def test_a_written_pair_is_read_again(tenths: int, seconds: int) -> None:
    pair = Pair(tenths / 10, seconds)
    assert pair == read_pair(write_pair(pair))


@pytest.mark.parametrize("word", ["101/20", "80/0", "03/04/25", "80/20/10", "2023/24s", "a/b"])
def test_other_words_are_no_pairs(word: str) -> None:
    assert read_pair(word) is None


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("<5", "suppressed, because it is small"),
        ("( 9 )", "a footnote instead of a number"),
        (":", "not available"),
        ("x", "not applicable"),
        ("NM", "not measured"),
        ("c", "suppressed"),
        ("--", "suppressed"),
        ("(9)", ""),
        ("5", ""),
        ("", ""),
    ],
)
def test_words_for_no_number_say_why(word: str, meaning: str) -> None:
    assert meaning == meaning_of(word)
