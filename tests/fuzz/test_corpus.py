"""Every file that fuzzing begins with or once broke on is answered, and adds up."""

from random import Random

import pytest

from tests.fuzz.corpus import read_corpus
from tests.fuzz.judging import Case, run_case
from tests.fuzz.mutating import mutate_answers, mutate_content

CORPUS = read_corpus()


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_a_file_of_the_corpus_is_answered_and_adds_up(case: Case) -> None:
    assert run_case(case).kind


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_file_is_answered_and_adds_up(seed: int) -> None:
    random = Random(seed)
    case = random.choice(CORPUS)
    headers = run_case(case).headers
    changed = Case(
        name=case.name,
        content=mutate_content(case.content, [case.content], random),
        answers=mutate_answers(case.answers, headers, random),
    )
    assert run_case(changed).kind
