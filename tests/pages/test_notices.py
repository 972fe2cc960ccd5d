"""Changes of the data are listed, and those that are open are counted at the head of each page."""

from datetime import date

from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER
from callboard.services.notifying.watching import note_changes
from callboard.services.runtime import Runtime
from callboard.storage.runs import SliceState
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

HELD = SliceState(touchpoint="desk", metric="asa", held=(date(2026, 11, 20),))


def _break(world: SmallWorld) -> None:
    world.reach()
    note_changes(world.runtime, LOCAL_USER)
    world.reach(feeds=["contacts"], slices=(HELD,), rows_quarantined_open=2)
    note_changes(world.runtime, LOCAL_USER)


def _listed(runtime: Runtime, feed: str = "") -> str:
    def script(runtime: "Runtime", feed: str) -> None:  # its text is run elsewhere
        from callboard.access import LOCAL_USER
        from callboard.ui.notices import show_notices
        from callboard.ui.page import make_page

        show_notices(make_page("data_trust", runtime, LOCAL_USER), feed)

    app = AppTest.from_function(script, kwargs={"runtime": runtime, "feed": feed}).run()
    assert not app.exception
    return text_of(app)


def test_the_head_of_a_page_counts_what_is_not_well(
    full_world: SmallWorld, open_app: OpenPage
) -> None:
    full_world.reach()
    assert "open notice" not in text_of(open_app(of=full_world.runtime))
    _break(full_world)
    assert ">2 open notices</a>" in text_of(open_app(of=full_world.runtime))


def test_changes_are_listed_with_place_reason_and_how_far_they_came(
    full_world: SmallWorld,
) -> None:
    _break(full_world)
    text = _listed(full_world.runtime)
    for words in (
        "Contract broken",
        "Contacts<small>Service desk, Average speed of answer</small>",
        "20 Nov 2026 is held back",
        "Withheld",
        "Look at this",
        "in this list only",
    ):
        assert words in text


def test_the_list_stands_on_data_trust(full_world: SmallWorld, open_app: OpenPage) -> None:
    _break(full_world)
    text = text_of(open_app("40_data_trust.py", of=full_world.runtime))
    assert "What has changed" in text
    assert "Contract broken" in text


def test_a_feed_of_its_own_lists_its_own_changes(full_world: SmallWorld) -> None:
    _break(full_world)
    assert "20 Nov 2026 is held back" in _listed(full_world.runtime, "contacts")
    assert "Nothing has changed yet" in _listed(full_world.runtime, "backlog")


def test_before_any_change_the_list_says_what_it_is_for(full_world: SmallWorld) -> None:
    text = _listed(full_world.runtime)
    assert "Nothing has changed yet" in text
    assert "under notifications" in text


def test_a_hostile_name_of_a_feed_stays_text(full_world: SmallWorld) -> None:
    _break(full_world)
    full_world.reach(feeds=["backlog"], slices=(SliceState(touchpoint="<b>x", warnings=("<i>",)),))
    note_changes(full_world.runtime, LOCAL_USER)
    assert "<b>x" not in _listed(full_world.runtime)
