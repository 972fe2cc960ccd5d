"""What is suggested for a value that breaks a check, and where nothing is."""

import pytest

from data_contracts.model import Check, ColumnType, Kind
from data_contracts.suggesting import suggest
from tests.data_contracts.mask_frames import check

CITIES = ("Oslo", "Bergen", "Comp A", "Comp D")


def _of_type(kind: ColumnType) -> Check:
    return check(Kind.TYPE, "x", column_type=kind)


@pytest.mark.parametrize(("found", "meant"), [
    (" oslo ", "Oslo"), ("Bergn", "Bergen"), ("comp  d", "Comp D"),
    ("Comp Z", ""), ("Rome", ""), (None, ""), ("", ""), ("Oslo" * 99, ""), (7, ""),
])  # fmt: skip
def test_one_close_word_is_suggested_and_of_two_neither(found: object, meant: str) -> None:
    said = suggest(check(Kind.ONE_OF, "city"), found, words=CITIES)
    assert (f"Did you mean {meant!r}?" if meant else "") == said


@pytest.mark.parametrize(("kind", "found", "meant"), [
    (ColumnType.NUMBER, "12,5", "12.5"), (ColumnType.NUMBER, "1,234.5", "1234.5"),
    (ColumnType.NUMBER, "1,234", ""), (ColumnType.NUMBER, "87.5 %", ""),
    (ColumnType.NUMBER, "many", ""), (ColumnType.NUMBER, "1e999", ""),
    (ColumnType.INTEGER, "12 000", "12000"), (ColumnType.INTEGER, "12.5", ""),
    (ColumnType.BOOLEAN, "Yes", "true"), (ColumnType.BOOLEAN, "perhaps", ""),
    (ColumnType.DATE, "31.03.2026", "2026-03-31"), (ColumnType.DATE, "03/31/2026", "2026-03-31"),
    (ColumnType.DATE, "01/07/2026", ""), (ColumnType.DATE, "2026-02-31", ""),
])  # fmt: skip
def test_a_value_of_another_form_is_suggested_where_it_can_be_read_one_way(
    kind: ColumnType, found: str, meant: str
) -> None:
    said = suggest(_of_type(kind), found, words=())
    assert (f"Did you mean {meant!r}?" if meant else "") == said


@pytest.mark.parametrize("found", ["n/a", "-", "NULL"])
def test_a_word_for_none_is_to_be_left_out(found: str) -> None:
    assert "leave the cell empty" in suggest(_of_type(ColumnType.NUMBER), found, words=())
    assert "leave the cell empty" in suggest(check(Kind.MISSING, "x"), found, words=())


@pytest.mark.parametrize(("rule", "found", "said"), [
    (check(Kind.PATTERN, "x", pattern="^[A-Z][0-9]$"), "a1 ", "Did you mean 'A1'?"),
    (check(Kind.PATTERN, "x", pattern="^[A-Z][0-9]$"), "12", ""),
    (check(Kind.LENGTH, "x", low=2, high=3), " abc ", "Did you mean 'abc'?"),
    (check(Kind.LENGTH, "x", high=3), "abcd", ""),
    (check(Kind.MULTIPLE, "x", multiple=0.5), 1.3, "The nearest are 1 and 1.5."),
    (check(Kind.MULTIPLE, "x", multiple=0.5), "x", ""),
    (check(Kind.UNIQUE, "x", columns=("x",)), None, "Keep the right row, and take the others out of the source."),
    (check(Kind.NOT_FUTURE, "x"), "2027-01-01", ""),
    (check(Kind.REQUIRED, "x"), None, ""),
])  # fmt: skip
def test_what_is_suggested_depends_on_what_is_broken(rule: Check, found: object, said: str) -> None:
    assert said == suggest(rule, found, words=())


@pytest.mark.parametrize(("found", "said"), [
    (-5.0, "Did you mean '5'?"), (-700, ""), (700, ""), ("x", ""), (float("inf"), ""),
])  # fmt: skip
def test_a_wrong_sign_is_suggested_where_the_other_one_is_within(found: object, said: str) -> None:
    rule = check(Kind.RANGE, "x", low=0, high=600, column_type=ColumnType.NUMBER)
    assert said == suggest(rule, found, words=())


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "found", [None, "", " ", "\x00", 0, -1.5, float("nan"), True, b"x", "'; --", "é" * 9]
)
def test_no_value_is_too_odd_for_an_answer(kind: Kind, found: object) -> None:
    rule = check(kind, "x", pattern="^a$", low=1, high=2, multiple=3, columns=("x",))
    for column_type in ColumnType:
        said = suggest(
            check(kind, "x", pattern="^a$", column_type=column_type), found, words=CITIES
        )
        assert isinstance(said, str)
    assert isinstance(suggest(rule, found, words=()), str)
