"""The page of targets: what is promised, a dry run, set, withdrawn, brought back, from a file."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.services.promising.comments import write_comment
from callboard.services.promising.targets import list_targets, set_target
from metrics.model import Grain
from tests.callboard.services.small_world import TODAY, WEEK_46, SmallWorld, week_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "18_targets.py"
ANALYST = Actor(id="ana", name="Ana", roles=frozenset({Role.ANALYST}))
ENGINEER = Actor(id="kim", name="Kim", roles=frozenset({Role.DATA_ENGINEER}))


@pytest.fixture
def kept_world(empty_world: SmallWorld) -> SmallWorld:
    """On-time delivery of 88 to 91 %, promised at 95 % by the file; nothing else is promised."""
    empty_world.add(week_rows("otd", "delivery", [(88.0 + week % 4, 100.0) for week in range(36)]))
    empty_world.reach()
    return empty_world


def widget(app: AppTest, kind: str, key: str):
    return next(each for each in app.get(kind) if (each.key or "").startswith(key))


def offers(app: AppTest, key: str) -> bool:
    return any((each.key or "").startswith(key) for each in app.get("button"))


def typed(app: AppTest, value: float, reason: str = "New contract") -> AppTest:
    widget(app, "selectbox", "cb-target-place").set_value("delivery").run()
    widget(app, "selectbox", "cb-target-metric").set_value("otd").run()
    widget(app, "number_input", "cb-target-value").set_value(value).run()
    widget(app, "text_input", "cb-target-reason").set_value(reason)
    return app


def test_the_page_opens_with_what_is_promised_and_how_it_is_kept(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    text = text_of(open_app(PAGE, of=kept_world.runtime))
    assert "<h1>1 promise at 1 touchpoint: 1 is kept seldom or never.</h1>" in text
    for words in (
        "95.0",
        "since 2 Nov 2026",
        "touchpoints/delivery.yaml",
        "0 of 36 weeks",
        ">never",
    ):
        assert words in text


def test_a_target_is_looked_at_set_withdrawn_and_brought_back(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    app = typed(open_app(PAGE, of=kept_world.runtime), 90.0).run()
    assert "18 of 36 weeks" in text_of(app)
    assert () == list_targets(kept_world.runtime, LOCAL_USER)
    widget(app, "button", "cb-target-set").click().run()
    assert not app.exception
    assert "Target set" in text_of(app)
    assert "<h1>1 promise at 1 touchpoint: 1 is not judged yet.</h1>" in text_of(app)
    assert "Reason: New contract." in text_of(app)
    widget(app, "text_input", "cb-target-why").set_value("Too soft")
    widget(app, "button", "cb-target-withdraw-now").click().run()
    assert "withdrawn by local: Too soft" in text_of(app)
    widget(app, "button", "cb-target-restore-now").click().run()
    assert "Target brought back" in text_of(app)
    assert [True] == [each.holds for each in list_targets(kept_world.runtime, LOCAL_USER)]


def test_a_target_is_set_first_where_the_page_is_looking(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    found = {
        place: widget(
            open_app(PAGE, of=kept_world.runtime, touchpoints=[place]),
            "selectbox",
            "cb-target-place",
        ).value
        for place in ("desk", "delivery")
    }
    assert {"desk": "desk", "delivery": "delivery"} == found


def test_weeks_that_are_over_are_named_and_judged_anew_only_on_demand(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    app = typed(open_app(PAGE, of=kept_world.runtime), 90.0)
    widget(app, "date_input", "cb-target-from").set_value(WEEK_46).run()
    assert "1 week that is over is judged anew: Week 46, 2026." in text_of(app)
    widget(app, "button", "cb-target-set").click().run()
    assert "Say that this is meant" in text_of(app)
    widget(app, "checkbox", "cb-target-anew").check()
    widget(app, "button", "cb-target-set").click().run()
    assert "Target set" in text_of(app)


def test_what_was_meant_of_one_list_of_periods_is_not_said_of_another(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    app = typed(open_app(PAGE, of=kept_world.runtime), 90.0)
    widget(app, "date_input", "cb-target-from").set_value(WEEK_46).run()
    widget(app, "checkbox", "cb-target-anew").check().run()
    widget(app, "date_input", "cb-target-from").set_value(WEEK_46 - timedelta(weeks=9)).run()
    widget(app, "button", "cb-target-set").click().run()
    assert "Say that this is meant" in text_of(app)
    assert () == list_targets(kept_world.runtime, LOCAL_USER)


def test_what_the_metric_cannot_be_is_refused_before_anything_is_done(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    app = typed(open_app(PAGE, of=kept_world.runtime), 120.0).run()
    assert "On-time delivery cannot be 120.0" in text_of(app)
    assert not offers(app, "cb-target-set")


def test_a_file_is_looked_at_line_by_line_and_applied_whole(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    header = "touchpoint,metric,value,from,until,reason\n"
    app = open_app(PAGE, of=kept_world.runtime)
    content = f"{header}delivery,otd,97,2027-01-01,,Agreed\ndelivery,otd,x,2028-01-01,,x\n"
    app.get("file_uploader")[0].upload("targets.csv", content.encode(), "text/csv").run()
    assert "2 lines: 1 would be set, 0 promised already, 1 wrong." in text_of(app)
    assert "Wrong: Found &#39;x&#39;" in text_of(app)
    assert "Nothing is set while a line is wrong" in text_of(app)
    assert not offers(app, "cb-target-file")
    good = f"{header}delivery,otd,97,2027-01-01,,Agreed\n".encode()
    app.get("file_uploader")[0].set_value(("targets.csv", good, "text/csv")).run()
    widget(app, "button", "cb-target-file").click().run()
    assert "1 target set from the file." in text_of(app)


def test_what_was_meant_of_one_file_is_not_said_of_the_next(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    lines = "touchpoint,metric,value,from,until,reason\ndelivery,otd,{},2026-11-09,,Agreed\n"
    app = open_app(PAGE, of=kept_world.runtime)
    for value in (90, 91):
        content = lines.format(value).encode()
        app.get("file_uploader")[0].set_value(("targets.csv", content, "text/csv")).run()
        box = widget(app, "checkbox", "cb-target-file")
        assert ("1 line judges periods anew that are over: I mean it", False) == (
            box.label,
            box.value,
        )
        box.check().run()
        assert widget(app, "checkbox", "cb-target-file").value
    widget(app, "button", "cb-target-file").click().run()
    assert "1 target set from the file." in text_of(app)
    assert [91.0] == [each.value for each in list_targets(kept_world.runtime, LOCAL_USER)]


def test_who_may_not_set_targets_reads_them(open_app: OpenPage, kept_world: SmallWorld) -> None:
    set_target(
        kept_world.runtime,
        LOCAL_USER,
        touchpoint="delivery",
        metric="otd",
        value=90.0,
        day=TODAY.isoformat(),
        reason="<b>New</b>",
    )
    app = open_app(PAGE, of=kept_world.runtime, actor=ANALYST)
    assert "&lt;b&gt;New&lt;/b&gt;" in text_of(app)
    assert not offers(app, "cb-target")


def said(world: SmallWorld, text: str, weeks_ago: int = 0) -> int:
    period = (WEEK_46 - timedelta(weeks=weeks_ago)).isoformat()
    asked = {"touchpoint": "delivery", "metric": "otd", "grain": Grain.WEEK, "period": period}
    return write_comment(world.runtime, LOCAL_USER, text=text, **asked).id


def opened(open_app: OpenPage, world: SmallWorld, **more) -> AppTest:
    page = "10_touchpoint.py"
    return open_app(page, of=world.runtime, touchpoint="delivery", metric="otd", **more)


def test_a_comment_is_written_edited_and_taken_back_beside_the_chart(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    app = opened(open_app, kept_world)
    assert "What people say of Week 46, 2026" in text_of(app)
    widget(app, "text_area", "cb-comment-text").set_value("Two <i>vans</i>")
    widget(app, "button", "cb-comment-save").click().run()
    assert "Comment kept" in text_of(app)
    assert "<span>Two &lt;i&gt;vans&lt;/i&gt;</span>" in text_of(app)
    which = widget(app, "selectbox", "cb-comment-which")
    which.set_value(1).run()
    assert "Two <i>vans</i>" == widget(app, "text_area", "cb-comment-text").value
    widget(app, "text_area", "cb-comment-text").set_value("One van")
    widget(app, "button", "cb-comment-save").click().run()
    assert "Edited: what it said before" in text_of(app)
    widget(app, "selectbox", "cb-comment-which").set_value(2).run()
    widget(app, "button", "cb-comment-back").click().run()
    assert "Comment taken back" in text_of(app)
    assert "One van" not in text_of(app)


def test_a_long_comment_is_opened_whole_beside_the_chart(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    said(kept_world, "van " * 100 + "end")
    text = text_of(opened(open_app, kept_world))
    begun = " ".join(["van"] * 45)  # whole words of the first 180 letters
    assert f"<summary><span>{begun} …</span></summary>" in text
    assert "van end</span></details>" in text


def test_comments_on_other_periods_stand_below_and_a_reader_has_no_form(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    said(kept_world, "Road works", weeks_ago=2)
    app = opened(open_app, kept_world, actor=ENGINEER)
    assert "Of other periods on the chart" in text_of(app)
    assert "Week 44, 2026" in text_of(app)
    assert [] == app.get("text_area")


def test_the_overview_carries_the_comment_on_its_tile(
    open_app: OpenPage, kept_world: SmallWorld
) -> None:
    said(kept_world, "Two vans broke down")
    assert '<summary title="Two vans broke down">' in text_of(open_app("", of=kept_world.runtime))
