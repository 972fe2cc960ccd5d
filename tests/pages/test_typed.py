"""Published numbers without a file, typed or pasted, as a person meets it."""

from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER
from callboard.services.publishing.drafts import read_draft
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

WORDS = {"metric": "otd", "entity": "Alder", "statistic": "value", "unit": "percent"}
TYPED = {
    "value": "95.5",
    "period_start": "2026-10-01",
    "period_end": "2026-10-31",
    "source_name": "Delivery Watch",
}
LINES = "Company\tValue\nAlder\t95.5\nBirch\t90.25\n"


def opened(open_app: OpenPage, world: SmallWorld) -> AppTest:
    """The empty page, each way in opened once, the last of them in front."""
    app = open_app("30_publish.py", of=world.runtime)
    for tab in ("Type a published number", "Paste rows"):
        app.session_state["cb-ways-in"] = tab
        app.run()
    assert not app.exception
    return app


def test_a_form_is_drawn_from_when_it_is_opened_first(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    assert [] == [each.key for each in app.text_input if each.key == "cb-typed-value"]
    assert 1 == len(app.file_uploader)
    app = opened(open_app, full_world)
    assert "" == app.text_input(key="cb-typed-value").value


def fill(app: AppTest, of: str, without: tuple[str, ...] = (), **more: str) -> None:
    """Choose and type in a form, which sends nothing yet."""
    for name, word in WORDS.items():
        if name not in without:
            app.selectbox(key=f"cb-{of}-{name}").set_value(word)
    for name, text in (TYPED | more).items():
        if name not in without:
            app.text_input(key=f"cb-{of}-{name}").set_value(text)


def send(app: AppTest, name: str) -> AppTest:
    app.button(key=name).click().run()
    assert not app.exception
    return app


def published(world: SmallWorld) -> dict[tuple[str, str], float]:
    with snapshot(world.runtime.store) as connection:
        found = read_current(connection)
    return {(each.entity, f"{each.period_end:%Y-%m}"): each.value for each in found}


def test_a_typed_number_opens_at_the_last_step_and_is_published(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    fill(app, "typed", publisher="Watch")
    send(app, "cb-typed-send")
    assert "Step 6 of 6 · typed.csv" in text_of(app)
    send(app, "cb-publish")
    assert 95.5 == published(full_world)["Alder", "2026-10"]


def test_a_typed_number_that_cannot_be_waits_in_the_check(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    fill(app, "typed", value="912")
    send(app, "cb-typed-send")
    assert "Step 4 of 6" in text_of(app)


def test_what_a_typed_number_lacks_is_told_while_it_is_a_draft(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    fill(app, "typed", without=("period_start",))
    send(app, "cb-typed-send")
    text = text_of(app)
    assert "What it does not say yet (" in text
    assert "<li>First day of the period: Say on which day the period begins" in text
    assert "<li>Source:" not in text


def test_what_is_needed_is_asked_beside_the_form_and_nothing_typed_is_lost(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    fill(app, "typed", without=("unit", "period_end"), document="p. 7")
    send(app, "cb-typed-send")
    text = text_of(app)
    assert "Not complete yet" in text
    assert "Unit: Say in which unit it is published." in text
    assert "Last day of the period: Say on which day the period ends." in text
    assert "otd" == app.selectbox(key="cb-typed-metric").value
    assert "p. 7" == app.text_input(key="cb-typed-document").value
    app.selectbox(key="cb-typed-unit").set_value("percent")
    app.text_input(key="cb-typed-period_end").set_value("2026-10-31")
    assert "Step 6 of 6" in text_of(send(app, "cb-typed-send"))


def test_a_typed_number_is_still_in_the_form_after_it_was_given_up(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    fill(app, "typed")
    send(app, "cb-typed-send")
    (drop,) = (each.key for each in app.button if (each.key or "").endswith("-drop"))
    send(app, str(drop))
    assert "95.5" == app.text_input(key="cb-typed-value").value


def test_pasted_rows_take_what_is_said_for_every_line(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    app.text_area(key="cb-pasted-text").set_value(LINES)
    fill(app, "pasted", without=("entity", "value"))
    send(app, "cb-pasted-send")
    assert "Step 6 of 6" in text_of(app)
    send(app, "cb-publish")
    assert (95.5, 90.25) == tuple(published(full_world)[e, "2026-10"] for e in ("Alder", "Birch"))


def test_pasted_rows_that_cannot_be_read_are_refused_and_kept(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    app.text_area(key="cb-pasted-text").set_value("Company\tValu\tUnit\nAlder\t95.5\tpercent\n")
    send(app, "cb-pasted-send")
    assert "There is no column &#39;Valu&#39;. Did you mean &#39;value&#39;" in text_of(app)
    assert app.text_area(key="cb-pasted-text").value.startswith("Company\tValu")


def test_pasted_rows_under_headers_of_their_own_are_asked_about_in_the_steps(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = opened(open_app, full_world)
    app.text_area(key="cb-pasted-text").set_value("Retailer\tShare\nAlder\t95.5\nBirch\t90.25\n")
    send(app, "cb-pasted-as-file")
    assert "of 6 · pasted.tsv" in text_of(app)


def test_nothing_pasted_is_said(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = send(opened(open_app, full_world), "cb-pasted-as-file")
    assert "Found no line" in text_of(app)


def test_what_was_typed_is_markup_nowhere(open_app: OpenPage, full_world: SmallWorld) -> None:
    evil = "<img src=x onerror=alert(1)>"
    app = opened(open_app, full_world)
    fill(app, "typed", value=evil, source_name=evil)
    text = text_of(send(app, "cb-typed-send"))
    assert "<img src=x" not in text
    token = app.session_state["cb_lab"].token
    assert evil.encode() in read_draft(full_world.runtime, LOCAL_USER, token).content
