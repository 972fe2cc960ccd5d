"""What is kept of the files that were looked at lately, and when it is made anew."""

from callboard.services.publishing.lately import Lately


class Maker:
    """Says how often it was asked."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return "x" * 4


def test_the_same_question_is_answered_once() -> None:
    lately, make = Lately[str](10, len), Maker()
    assert ("xxxx", "xxxx", 1) == (lately.get("a", make), lately.get("a", make), make.made)


def test_what_does_not_hold_any_more_is_made_anew() -> None:
    lately, make = Lately[str](10, len), Maker()
    lately.get("a", make)
    lately.get("a", make, lambda made: made != "xxxx")
    assert 2 == make.made


def test_the_oldest_makes_room() -> None:
    lately, make = Lately[str](10, len), Maker()
    for question in ("a", "b", "a", "c"):
        lately.get(question, make)
    assert 3 == make.made
    lately.get("a", make)
    assert 3 == make.made
    lately.get("b", make)
    assert 4 == make.made


def test_what_is_larger_than_the_room_is_not_kept() -> None:
    lately, make = Lately[str](3, len), Maker()
    lately.get("a", make)
    lately.get("a", make)
    assert 2 == make.made
