"""What was said of a publisher's file is offered for the next one, and can be taken back."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of
from tests.pages.test_lab import press, published, rows, select, start, write

LAST_YEAR = (
    ("Delivery Watch, on-time delivery",),
    (),
    ("Retailer", "2022", "2023", "2024"),
    ("Aldder", "92,6", "93,4", "94,1"),
    ("Brich", "89,4", "90,2", "91,5"),
)
USE = "Use what was used for Delivery Watch last time"
NEXT_YEAR = (
    ("Delivery Watch, on-time delivery",),
    (),
    (),
    ("Retailer", "2023", "2024", "2025"),
    ("Aldder", "93,4", "94,1", "95,5"),
    ("Brich", "90,2", "91,5", "92,25"),
)


def workbook(lines: Sequence[Sequence[str]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    book.save(file)
    return file.getvalue()


def publish_wide(open_app: OpenPage, world: SmallWorld, *, remembers: bool = True) -> None:
    """Lead last year's workbook through the steps."""
    app = start(open_app, world, workbook(LAST_YEAR), "last.xlsx")
    press(app, "like-this")
    press(app, "take-columns")
    select(app, "constant-metric", "otd")
    write(app, "constant-source_name", "Delivery Watch 2024")
    press(app, "next")
    press(app, "take-values")
    press(app, "step-publish")
    write(app, "passport-publisher", "Delivery Watch")
    if not remembers:
        app.checkbox(key=key_of_tick(app)).uncheck().run()
    app.button(key="cb-publish").click().run()
    assert not app.exception
    assert 93.4 == published(world)["Alder", "2023-12"]


def key_of_tick(app: AppTest) -> str:
    (key,) = (each.key for each in app.checkbox if (each.key or "").endswith("-remember"))
    return str(key)


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button if (each.key or "").rpartition("-")[0][-4:] == "-use"]


def test_next_years_file_is_read_as_the_last_with_one_click(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    publish_wide(open_app, full_world)
    app = start(open_app, full_world, workbook(NEXT_YEAR), "next.xlsx")
    assert [USE] == labels(app)
    assert "header in line 4; columns 2023 to 2025 become rows" in text_of(app)
    press(app, "use-0")
    assert "Step 2 of 6" in text_of(app)
    write(app, "constant-source_name", "Delivery Watch 2025")
    press(app, "step-publish")
    app.button(key="cb-publish").click().run()
    assert 95.5 == published(full_world)["Alder", "2025-12"]
    assert 92.25 == published(full_world)["Birch", "2025-12"]


def test_nothing_is_taken_over_unasked_and_it_can_be_taken_back(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    publish_wide(open_app, full_world)
    app = start(open_app, full_world, workbook(NEXT_YEAR), "next.xlsx")
    before = app.session_state["cb_lab"].answers
    assert before.layout is None
    press(app, "use-0")
    assert "You use what was used for Delivery Watch last time (submission" in text_of(app)
    press(app, "take-back")
    assert before == app.session_state["cb_lab"].answers
    press(app, "step-upload")
    assert [USE] == labels(app)


def test_what_was_answered_since_stays_when_it_is_taken_back(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    publish_wide(open_app, full_world)
    app = start(open_app, full_world, workbook(NEXT_YEAR), "next.xlsx")
    press(app, "use-0")
    write(app, "constant-source_name", "Delivery Watch 2025")
    press(app, "take-back")
    said = app.session_state["cb_lab"].answers
    assert {"source_name": "Delivery Watch 2025"} == said.constants


def test_without_the_tick_nothing_is_remembered(open_app: OpenPage, full_world: SmallWorld) -> None:
    publish_wide(open_app, full_world, remembers=False)
    app = start(open_app, full_world, workbook(NEXT_YEAR), "next.xlsx")
    assert [] == labels(app)


def test_a_file_of_which_nothing_was_said_has_no_tick(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    assert [] == list(app.checkbox)
    write(app, "passport-published_on", "2026-11-03")
    assert [] == list(app.checkbox)
    select(app, "passport-method", "survey")
    assert key_of_tick(app)


def test_a_passport_is_offered_for_the_same_publishers_next_file(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    select(app, "passport-method", "survey")
    app.button(key="cb-publish").click().run()
    app = start(open_app, full_world, rows(("Alder", "96.5")), "more.csv")
    assert [USE] == labels(app)
    assert "for all rows method survey" in text_of(app)
    press(app, "use-0")
    assert "Step 6 of 6" in text_of(app)
    assert "survey" == app.session_state["cb_lab"].answers.constants["method"]


def test_what_was_said_of_another_publisher_is_not_offered(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    select(app, "passport-method", "survey")
    app.button(key="cb-publish").click().run()
    other = rows(("Alder", "96.5")).replace(b"Delivery Watch", b"Parcel News")
    app = start(open_app, full_world, other, "more.csv")
    assert [] == labels(app)
