"""Words that are not exact have one suggestion or none."""

import pytest

from data_contracts.importing.words import Vocabulary
from data_contracts.parsing.headers import plain
from tests.data_contracts.benchmarks.files import CONTRACT, KNOWN

VOCABULARY = Vocabulary(CONTRACT, KNOWN)


@pytest.mark.parametrize(
    ("field", "word", "means"),
    [
        ("metric", "abandom", "abandon"),
        ("metric", "Abandonment rate (%)", "abandon"),
        ("metric", "Abandonmet rate (%)", "abandon"),
        ("metric", "zzz", ""),
        ("entity", "Alder Pst", "Alder Post"),
        ("entity", "ACME STORE", "Acme"),
        ("entity", "Quince", ""),
        ("touchpoint", "Servicedesk", "desk"),
        ("unit", "percentt", "percent"),
        ("statistic", "mediann", "median"),
        ("entity_type", "All Others", "all"),
        ("clock", "Business hours", "business"),
        ("method", "surveys", "survey"),
    ],
)
def test_a_word_seems_to_mean_one_name_or_none(field: str, word: str, means: str) -> None:
    assert means == VOCABULARY.meaning(field, word).means


@pytest.mark.parametrize(
    ("word", "name"),
    [("Comp Z", "Comp D"), ("Region 1", "Region 2"), ("Alder Post 2024", "Alder Post 2023")],
)
def test_a_letter_or_number_that_parts_two_names_is_no_slip(word: str, name: str) -> None:
    vocabulary = Vocabulary(CONTRACT, KNOWN)
    vocabulary.names["entity"] = {name.lower().replace(" ", "_"): name}
    assert "" == vocabulary.meaning("entity", word).means


def test_two_close_names_are_told_and_none_is_suggested() -> None:
    vocabulary = Vocabulary(CONTRACT, KNOWN)
    vocabulary.names["entity"] = {"birch_mail": "Birch Mail", "birch_maid": "Birch Maid"}
    meaning = vocabulary.meaning("entity", "Birch Mai")
    assert ("", "several close names: Birch Maid, Birch Mail") == (meaning.means, meaning.evidence)


@pytest.mark.parametrize(
    ("field", "word", "exact"),
    [
        ("unit", "per 1,000", True),
        ("unit", "mins", True),
        ("unit", "mnts", False),
        ("entity", "ALDER POST", True),
        ("statistic", "Mean", True),
        ("metric", "drop rate", True),
        ("metric", "dropped", False),
    ],
)
def test_exact_words_need_nobody(field: str, word: str, exact: bool) -> None:
    assert exact is VOCABULARY.is_exact(field, word, plain(word))
