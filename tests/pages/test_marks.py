"""What is new on the overview since the session last drew it."""

import pytest

from callboard.ui.marks import Drawn, compare
from tests.callboard.services.small_world import WEEK_46, SmallWorld, week_rows
from tests.pages.conftest import OpenPage, text_of

OLD, NEWER = ("92.0 %", "2026-11-09", "Steady"), ("93.0 %", "2026-11-09", "Steady")
BEFORE = Drawn(
    choice="week", stamp="1", prints={"desk/otd": OLD, "shop/otd": OLD}, new={"shop/otd": 70.0}
)


def _drawn(**changes: object) -> Drawn:
    given = {"choice": "week", "stamp": "2", "prints": {"desk/otd": NEWER, "shop/otd": OLD}}
    return Drawn(**(given | changes))  # type: ignore[arg-type]  # a shorthand of tests


def test_what_differs_is_new_and_what_was_new_stays_so_for_two_minutes() -> None:
    found = compare(BEFORE, _drawn(), 100.0, "14:03")
    assert {"desk/otd": 100.0, "shop/otd": 70.0} == found.new
    assert "Updated 14:03: 1 figure changed" == found.said
    assert {"desk/otd": 191.0} == compare(BEFORE, _drawn(), 191.0, "14:05").new


@pytest.mark.parametrize("before", [None, BEFORE])
def test_at_first_and_after_another_choice_nothing_is_new(before: Drawn | None) -> None:
    found = compare(before, _drawn(choice="month"), 100.0, "14:03")
    assert ({}, "") == (found.new, found.said)


def test_a_publication_that_changes_no_figure_says_nothing() -> None:
    assert "" == compare(BEFORE, _drawn(prints=BEFORE.prints), 100.0, "14:03").said


def test_a_tile_with_another_value_is_marked_and_the_others_are_not(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime)
    assert "display: inline-flex" not in text_of(app).split("cb-asof")[1]
    full_world.add(week_rows("abandon", "desk", [(9.0, 100.0)], last=WEEK_46))
    text = text_of(app.run())
    assert '<style>[data-tile="desk/abandon"] .cb-new { display: inline-flex; }</style>' in text
    assert "Updated 14:30: 1 figure changed" in text


def test_another_choice_takes_the_marks_away(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(of=full_world.runtime)
    full_world.add(week_rows("abandon", "desk", [(9.0, 100.0)], last=WEEK_46))
    app.run()
    text = text_of(app.segmented_control(key="pick_sort").set_value("name").run())
    assert "figure changed" not in text
    assert '<style>[data-tile="desk' not in text
