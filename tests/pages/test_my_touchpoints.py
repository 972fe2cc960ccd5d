"""My touchpoints: asked for once, told in the order of concern, handed over, seen."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.services.shift.own import keep_own, read_own
from callboard.storage.engine import write
from callboard.storage.signal_acts import SignalAct, SignalActKind, SignalKey, add_signal_act
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

PAGE = "05_my_touchpoints.py"
LEAD = Actor(
    id="ada", name="Ada", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)
CLERK = replace(LEAD, id="cle", name="Cle", roles=frozenset({Role.EMPLOYEE}))


def opened(open_app: OpenPage, world: SmallWorld, *own: str, **more) -> AppTest:
    keep_own(world.runtime, LOCAL_USER, touchpoints=own or ("desk", "delivery"))
    return open_app(PAGE, of=world.runtime, **more)


def hand_over(app: AppTest, note: str, touchpoint: str = "desk") -> AppTest:
    field = next(
        each for each in app.text_area if (each.key or "").startswith(f"cb-shift-note-{touchpoint}")
    )
    field.set_value(note)
    return app.button(key=f"cb-shift-write-{touchpoint}").click().run()


def seen_button(app: AppTest):
    return next(each for each in app.button if (each.key or "").startswith("cb-shift-seen"))


def assign(world: SmallWorld, assignee: str, task: str, day: int) -> None:
    act = SignalAct(
        key=SignalKey("delivery", "otd", "week", date(2026, 11, day)),
        signal="concern",
        act=SignalActKind.ASSIGN,
        actor="local",
        at=datetime(2026, 11, 20, tzinfo=UTC),
        assignee=assignee,
        due=date(2026, 11, day),
        note=task,
    )
    with write(world.runtime.store) as conn:
        add_signal_act(conn, act)


def test_at_first_the_page_asks_which_touchpoints_are_ones_own_and_says_why(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime)
    text = text_of(app)
    assert "<h1>Which touchpoints are yours?</h1>" in text
    assert "remembered for you alone" in text
    (chips,) = app.get("button_group")
    assert ["Field delivery", "Depot", "Service desk · Ada"] == [
        re.sub(r"\\", "", each.content) for each in chips.proto.options
    ]
    assert app.button(key="cb-own-keep").disabled


def test_what_is_picked_is_remembered_and_stands_in_the_address(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime)
    app.get("button_group")[0].set_value(["desk", "delivery"]).run()
    app.button(key="cb-own-keep").click().run()
    assert ["delivery", "desk"] == sorted(app.query_params["touchpoints"])
    assert {"desk", "delivery"} == set(read_own(full_world.runtime, LOCAL_USER))
    again = text_of(open_app(PAGE, of=full_world.runtime))
    assert again.index("Field delivery</h2>") < again.index("Service desk</h2>")


def test_a_link_shows_its_touchpoints_and_changes_nothing_of_ones_own(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world, "desk", touchpoints=["delivery", "gone"])
    text = text_of(app)
    assert "Field delivery</h2>" in text
    assert "Service desk</h2>" not in text
    assert "Not among the touchpoints here: “gone”." in text
    assert ("desk",) == read_own(full_world.runtime, LOCAL_USER)
    next(each for each in app.button if each.label == "Back to my own").click().run()
    assert "Service desk</h2>" in text_of(app)


def test_picking_none_any_more_asks_again(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = opened(open_app, full_world, "desk")
    app.multiselect[0].set_value([]).run()
    assert "Which touchpoints are yours?" in text_of(app)
    assert () == read_own(full_world.runtime, LOCAL_USER)


def test_who_is_limited_is_not_asked(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, actor=LEAD)
    assert not app.multiselect
    text = text_of(app)
    assert "Service desk</h2>" in text
    assert "Field delivery" not in text


def test_the_page_says_what_signals_and_calmly_what_is_quiet(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(opened(open_app, full_world))
    assert "<h1>Field delivery needs a look; nothing needs anybody at Service desk.</h1>" in text
    assert "far below usual since 9 Nov" in text
    assert 1 == text.count("Nothing here needs anybody now.")


def test_a_note_is_handed_over_seen_and_not_seen_after_all(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = hand_over(opened(open_app, full_world, "desk"), "Line <b>2</b> is down\nCall Bo")
    text = text_of(app)
    assert "<p>Line &lt;b&gt;2&lt;/b&gt; is down\nCall Bo</p>" in text
    assert "Local user, Sun 22 Nov 2026, 14:30 · not seen yet" in text
    assert "1 note waits to be seen." in text
    seen_button(app).click().run()
    assert "seen by Local user, Sun 22 Nov 2026, 14:30" in text_of(app)
    seen_button(app).click().run()
    assert "not seen yet" in text_of(app)


def test_the_newest_note_stands_on_top_and_five_before_it_are_folded(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world, "desk")
    for number in range(7):
        app = hand_over(app, f"Note {number}")
    text = text_of(app)
    assert [6, 5, 4, 3, 2, 1] == [int(each) for each in re.findall(r"<p>Note (\d)</p>", text)]
    top, folded = text.split("<summary>The 5 notes before</summary>")
    assert ("Note 6" in top, "Note 6" in folded) == (True, False)


def test_an_empty_note_is_refused_in_words(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = hand_over(opened(open_app, full_world, "desk"), "  ")
    assert "Found an empty note" in text_of(app)


def test_who_may_only_read_has_no_field_and_no_button(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    hand_over(opened(open_app, full_world, "desk"), "Read me")
    app = open_app(PAGE, of=full_world.runtime, actor=CLERK)
    assert "Read me" in text_of(app)
    assert not app.text_area
    assert not [each for each in app.button if (each.key or "").startswith("cb-shift")]


def test_what_is_assigned_is_listed_ones_own_first_then_what_is_overdue(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    for who, task, day in (("Bo", "Ask", 20), ("local USER", "Call", 27), ("Cy", "Look", 26)):
        assign(full_world, who, task, day)
    text = text_of(opened(open_app, full_world))
    assert ["Call", "Ask", "Look"] == re.findall(r"<span>(Call|Ask|Look)</span>", text)
    assert 1 == text.count("<em>yours</em>")
    assert 1 == text.count("</i>Overdue</span>")
    assert "1 assignment is overdue." in text
    assert 'href="signals?back=26&amp;signal=delivery.otd.2026-11-20">Act on it</a>' in text


@pytest.mark.parametrize("place", ["cb-shift-lines", "Handed over by", "Hand-over sheet"])
def test_the_sheet_for_paper_is_there(
    place: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    assert place in text_of(opened(open_app, full_world, "desk"))


def test_the_touchpoints_own_page_shows_todays_note_in_a_line(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    hand_over(opened(open_app, full_world, "desk"), "<i>Line 2</i> is down " + "x" * 300)
    text = text_of(open_app("10_touchpoint.py", of=full_world.runtime, touchpoint="desk"))
    assert "<b>Hand-over</b> Local user, 14:30: &lt;i&gt;Line 2&lt;/i&gt; is down xxx" in text
    assert "x" * 200 not in text
    elsewhere = open_app("10_touchpoint.py", of=full_world.runtime, touchpoint="delivery")
    assert "<b>Hand-over</b>" not in text_of(elsewhere)


def test_the_way_to_act_on_something_assigned_leads_to_its_signal(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    assign(full_world, "Bo", "Ask", 9)
    (found,) = re.findall(r'href="signals\?([^"]+)"', text_of(opened(open_app, full_world)))
    query = dict(parse_qsl(found.replace("&amp;", "&")))
    app = open_app("12_signals.py", of=full_world.runtime, **query)
    assert "is not among those shown" not in text_of(app)
    assert "Done" in [each.label for each in app.button]
