"""Annotations on the touchpoint page: written, drawn, listed, edited, withdrawn, brought back."""

import json
from datetime import timedelta

from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.services.annotating import annotations as annotating
from callboard.views import WrittenAnnotation
from tests.callboard.services.small_world import WEEK_46, SmallWorld
from tests.pages.conftest import OpenPage, text_of
from tests.pages.test_breaks import widget

PAGE = "10_touchpoint.py"
DAY = WEEK_46 + timedelta(days=1)
READER = Actor(id="emp", name="Emp", roles=frozenset({Role.EMPLOYEE}))


def opened(open_app: OpenPage, world: SmallWorld, **more) -> AppTest:
    return open_app(PAGE, of=world.runtime, touchpoint="delivery", metric="otd", **more)


def write(app: AppTest, text: str) -> AppTest:
    widget(app, "date_input", "cb-annotation-first").set_value(DAY)
    widget(app, "text_input", "cb-annotation-text").set_value(text)
    return widget(app, "button", "cb-annotation-add").click().run()


def flags(app: AppTest) -> list[str]:
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    drawn = spec["layout"]["annotations"]
    return [each["hovertext"] for each in drawn if each.get("name") == "Annotation"]


def test_what_is_written_is_a_flag_a_line_below_it_and_a_reason(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = write(opened(open_app, full_world), "A <b>storm</b>")
    assert not app.exception
    assert ["1 · 10 Nov · change: A &lt;b&gt;storm&lt;/b&gt;"] == flags(app)
    text = text_of(app)
    assert "<b>1</b> 10 Nov · change: A &lt;b&gt;storm&lt;/b&gt;" in text
    assert "It began with “A &lt;b&gt;storm&lt;/b&gt;”, 10 Nov." in text
    assert "Annotated: “A <b>storm</b>”" in str(app.get("plotly_chart")[0].proto)
    assert "<b>storm" not in text


def test_it_is_edited_withdrawn_and_brought_back(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = write(opened(open_app, full_world), "A storm")
    widget(app, "text_input", "cb-annotation-text-edit").set_value("A flood")
    app.button(key="cb-annotation-edit-now").click().run()
    assert "A flood" in flags(app)[0]
    assert "edited by local: now annotation 2" in text_of(app)
    app.text_input(key="cb-annotation-why").set_value("It was dry")
    app.button(key="cb-annotation-withdraw-now").click().run()
    assert [] == flags(app)
    assert "withdrawn by local: It was dry" in text_of(app)
    app.selectbox(key="cb-annotation-restore").set_value(2).run()
    app.button(key="cb-annotation-restore-now").click().run()
    assert "A flood" in flags(app)[0]


def test_an_edit_keeps_what_an_annotation_is_about(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    of_metric = WrittenAnnotation(touchpoint="", metric="otd", first=DAY.isoformat(), text="Storm")
    annotating.add(full_world.runtime, LOCAL_USER, of_metric)
    app = opened(open_app, full_world)
    widget(app, "text_input", "cb-annotation-text-edit").set_value("Flood")
    app.button(key="cb-annotation-edit-now").click().run()
    _, new = annotating.list_annotations(full_world.runtime, LOCAL_USER)
    assert ("Flood", "", "otd") == (new.text, new.touchpoint, new.metric)


def test_without_a_day_or_a_text_nothing_is_kept_and_the_page_says_what_lacks(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    before = full_world.runtime.publication()
    app = opened(open_app, full_world)
    day = widget(app, "date_input", "cb-annotation-first")
    assert WEEK_46 == day.value
    day.set_value(None)
    widget(app, "button", "cb-annotation-add").click().run()
    assert "Found no day" in text_of(app)
    assert "Say what happened" in text_of(write(app, " "))
    assert before == full_world.runtime.publication()


def test_the_table_of_the_chart_has_them_in_a_column_of_their_own(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = write(opened(open_app, full_world), "A storm")
    app.toggle(key="cb-history-table").set_value(True).run()
    assert "10 Nov, change: A storm</td>" in text_of(app)


def test_who_may_not_write_reads_them_and_has_no_form(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    assert "Annotations</h2>" not in text_of(opened(open_app, full_world, actor=READER))
    write(opened(open_app, full_world), "A storm")
    app = opened(open_app, full_world, actor=READER)
    assert "change: A storm" in text_of(app)
    assert not [each for each in app.button if (each.key or "").startswith("cb-annotation")]
