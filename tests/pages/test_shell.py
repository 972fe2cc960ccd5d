"""The frame of every page: search, sharing, saved views, the tour."""

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER
from callboard.services.first_visit import has_seen_tour
from callboard.services.saved_views import list_views, save_view
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of


def hits(app: AppTest) -> str:
    text = text_of(app)
    return text[text.index('class="cb-hits"') :].partition("</div>")[0]


def type_in(app: AppTest, words: str) -> AppTest:
    (box,) = (each for each in app.text_input if (each.key or "").startswith("cb-search-"))
    return box.set_value(words).run()


def test_what_is_typed_leads_to_the_place_with_the_periods_of_now(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    found = hits(type_in(open_app(of=full_world.runtime, grain="month"), "otd field"))
    assert "touchpoint?touchpoint=delivery&amp;metric=otd&amp;grain=month" in found
    assert "1 place found." in found


def test_a_page_and_a_competitor_are_found(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app("50_definitions.py", of=full_world.runtime)
    assert 'href="data_trust"' in hits(type_in(app, "trust"))
    assert 'href="competitors?competitor=Alder"' in hits(type_in(app, "alder"))
    assert 'href="signals' in hits(type_in(app, "alerts"))


@pytest.mark.parametrize("typed", ["<b>x</b>zq", "zzqzz"])
def test_nothing_found_is_said(typed: str, open_app: OpenPage, full_world: SmallWorld) -> None:
    found = hits(type_in(open_app(of=full_world.runtime), typed))
    assert "Nothing is called" in found
    assert "All metrics and what they mean" in found
    assert "<b>" not in found


def test_a_slip_says_what_was_looked_for_instead(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    found = hits(type_in(open_app(of=full_world.runtime), "delivrey"))
    assert "Nothing is called “delivrey”" in found
    assert "found for “delivery”." in found


def test_the_tour_walks_three_steps_and_is_not_shown_again(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime)
    for number in (1, 2, 3):
        assert f"New here? {number} of 3" in text_of(app)
        app.button(key="cb-tour-next" if number < 3 else "cb-tour-done").click().run()
    assert "New here?" not in text_of(app)
    assert has_seen_tour(full_world.runtime, LOCAL_USER)
    again = open_app(of=full_world.runtime)
    assert "New here?" not in text_of(again)
    again.button(key="cb-tour-again").click().run()
    assert "New here? 1 of 3" in text_of(again)


def test_the_tour_can_be_skipped(open_app: OpenPage, full_world: SmallWorld) -> None:
    open_app(of=full_world.runtime).button(key="cb-tour-skip").click().run()
    assert "New here?" not in text_of(open_app(of=full_world.runtime))


def test_a_link_that_says_what_to_show_is_not_interrupted(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    assert "New here?" not in text_of(open_app(of=full_world.runtime, grain="month"))
    assert "New here?" not in text_of(open_app("10_touchpoint.py", of=full_world.runtime))


def share(app: AppTest, name: str = "overview") -> AppTest:
    app.session_state[f"cb-share-{name}"] = True
    return app.run()


def link(app: AppTest) -> str:
    return str(app.code[0].value)


def test_the_link_is_to_exactly_what_is_shown(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = share(open_app(of=full_world.runtime, grain="month", touchpoints=["desk", "delivery"]))
    assert link(app).endswith("?grain=month&touchpoints=desk&touchpoints=delivery")
    app = share(open_app("10_touchpoint.py", of=full_world.runtime), "touchpoint")
    chosen = app.selectbox(key="pick_touchpoint").value, app.selectbox(key="pick_metric").value
    assert link(app).endswith("?touchpoint={}&metric={}".format(*chosen))


def test_the_period_is_pinned_on_purpose(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = share(open_app(of=full_world.runtime))
    (choice,) = (each for each in app.button_group if "latest" in each.options[0])
    assert ["Always the latest", "Stays at Week 46, 2026"] == [
        each.replace("\\", "") for each in choice.options
    ]
    assert "period" not in link(app)
    choice.set_value("pinned").run()
    assert link(app).endswith("?period=2026-11-09")
    app = share(open_app(of=full_world.runtime, period="2026-11-04"))
    assert link(app).endswith("?period=2026-11-04")


def test_a_view_is_saved_replaced_on_purpose_deleted_and_brought_back(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = share(open_app(of=full_world.runtime, grain="month"))
    for expected in ("Saved as “<Mine>”", "You have a view “<Mine>” already"):
        app.text_input(key="cb-share-name").set_value("<Mine>")
        app.button(key="cb-share-save").click().run()
        assert expected in text_of(app).replace("&lt;", "<").replace("&gt;", ">")
    assert "&lt;Mine&gt;</a>" in text_of(app)
    assert 'href="./?grain=month"' in text_of(app)
    app.button(key="cb-share-replace").click().run()
    app.button(key="cb-share-delete").click().run()
    assert () == list_views(full_world.runtime, LOCAL_USER)
    app.button(key="cb-share-undo").click().run()
    (view,) = list_views(full_world.runtime, LOCAL_USER)
    assert ("<Mine>", (("grain", "month"),)) == (view.name, view.query)


def test_a_view_of_a_page_that_is_gone_says_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    save_view(full_world.runtime, LOCAL_USER, name="Old", page="javascript:alert(1)", query=())
    text = text_of(share(open_app(of=full_world.runtime)))
    assert "<span>Old</span><small>its page is not there any more</small>" in text
    assert "javascript" not in text
