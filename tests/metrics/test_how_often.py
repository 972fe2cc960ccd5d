"""One hit in five is told from nine in ten, though both are hit or miss."""

import pytest

from metrics.how_often import HowOften, how_often
from metrics.verdict import Assurance, Promise


@pytest.mark.parametrize(
    ("promise", "met", "expected"),
    [
        (Promise.SOMETIMES, (36, 36), HowOften.ALWAYS),
        (Promise.SOMETIMES, (35, 36), HowOften.NEARLY_ALWAYS),
        (Promise.SOMETIMES, (9, 10), HowOften.NEARLY_ALWAYS),
        (Promise.SOMETIMES, (32, 36), HowOften.MOSTLY),
        (Promise.SOMETIMES, (6, 10), HowOften.HALF),
        (Promise.SOMETIMES, (4, 10), HowOften.HALF),
        (Promise.SOMETIMES, (8, 36), HowOften.SELDOM),
        (Promise.SOMETIMES, (1, 10), HowOften.NEARLY_NEVER),
        (Promise.SOMETIMES, (0, 36), HowOften.NEVER),
        (Promise.ALWAYS, (29, 36), HowOften.NEARLY_ALWAYS),
        (Promise.ALWAYS, None, HowOften.NEARLY_ALWAYS),
        (Promise.NEVER, (7, 36), HowOften.NEARLY_NEVER),
        (Promise.NEVER, (0, 36), HowOften.NEVER),
        (Promise.NONE, (36, 36), HowOften.NONE),
    ],
)
def test_how_often_a_target_was_met_is_a_word(
    promise: Promise, met: tuple[int, int] | None, expected: HowOften
) -> None:
    assurance = Assurance(promise=promise, target=80.0, is_trial=False, met=met)
    assert expected is how_often(assurance)
