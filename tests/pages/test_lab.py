"""The six steps of an import, each as a person meets it."""

import io

from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, key_of, text_of

HEADER = "metric,entity,statistic,value,unit,period_start,period_end,source_name\n"
ROW = "otd,{},value,{},percent,2026-10-01,2026-10-31,Delivery Watch\n"
WIDE = (
    ("Delivery Watch, on-time delivery",),
    (),
    ("Retailer", "2023", "2024", "2025"),
    ("Aldder", "93,4", "94,1", "95,0"),
    ("Brich", "90,2", "91,5", "92,25"),
    ("Cedarr", "88,1", "87,9", "89,3"),
)


def wide_workbook() -> bytes:
    """A European export with years across, a title above and three misspelt names."""
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in WIDE:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def start(
    open_app: OpenPage, world: SmallWorld, content: bytes, name: str = "peers.csv"
) -> AppTest:
    """The page after a file was chosen."""
    app = open_app("30_publish.py", of=world.runtime)
    app.file_uploader(key="cb-upload-0").upload(name, content).run()
    assert not app.exception
    return app


def press(app: AppTest, ending: str) -> None:
    """Press the draft's button of this name."""
    app.button(key=key_of(app, ending)).click().run()
    assert not app.exception


def select(app: AppTest, ending: str, value: str) -> None:
    """Choose in the draft's selectbox of this name."""
    (box,) = (each for each in app.selectbox if (each.key or "").partition("~")[0].endswith(ending))
    box.set_value(value).run()
    assert not app.exception


def write(app: AppTest, ending: str, text: str) -> None:
    """Type into the draft's field of this name."""
    (field,) = (
        each for each in app.text_input if (each.key or "").partition("~")[0].endswith(ending)
    )
    field.input(text).run()
    assert not app.exception


def rows(*said: tuple[str, str], header: str = HEADER) -> bytes:
    return (header + "".join(ROW.format(*each) for each in said)).encode()


def published(world: SmallWorld) -> dict[tuple[str, str], float]:
    with snapshot(world.runtime.store) as connection:
        found = read_current(connection)
    return {(each.entity, f"{each.period_end:%Y-%m}"): each.value for each in found}


def test_a_clean_file_is_published_with_one_click(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5"), ("Birch", "90.0")))
    assert "Step 6 of 6" in text_of(app)
    app.button(key="cb-publish").click().run()
    assert 95.5 == published(full_world)["Alder", "2026-10"]


def test_the_sentence_says_what_publishing_does(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5"), ("Birch", "90.0")))
    assert "rejects 0; visible to everyone; can be withdrawn." in text_of(app)


def test_what_was_published_is_withdrawn_beside_the_word(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    before = published(full_world)
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    app.button(key="cb-publish").click().run()
    app.button(key="cb-undo").click().run()
    assert before == published(full_world)


def test_titles_and_years_across_are_proposed_and_read_with_one_button(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, wide_workbook(), "wide.xlsx")
    assert "Step 1 of 6" in text_of(app)
    assert "3 headers are periods, from 2023 to 2025. The periods become rows." in text_of(app)
    press(app, "like-this")
    assert "Step 2 of 6" in text_of(app)
    press(app, "step-upload")
    assert '<th scope="col">period</th>' in text_of(app)


def test_a_wide_european_workbook_is_published_right(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, wide_workbook(), "wide.xlsx")
    press(app, "like-this")
    press(app, "take-columns")
    select(app, "constant-metric", "otd")
    write(app, "constant-source_name", "Delivery Watch 2025")
    press(app, "next")
    press(app, "take-values")
    press(app, "next")
    press(app, "next")
    write(app, "passport-publisher", "Delivery Watch")
    app.button(key="cb-publish").click().run()
    found = published(full_world)
    assert 93.4 == found["Alder", "2023-12"]
    assert 92.25 == found["Birch", "2025-12"]
    assert 87.9 == found["Cedar", "2024-12"]


def test_steps_are_walked_back_and_forward(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    for number, step in enumerate(
        ("upload", "columns", "values", "check", "compare", "publish"), 1
    ):
        press(app, f"step-{step}")
        assert f"Step {number} of 6" in text_of(app)


def test_a_later_step_is_closed_until_the_columns_are_known(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")).replace(b"source_name", b"where"))
    assert "Step 2 of 6" in text_of(app)
    assert app.button(key=key_of(app, "step-values")).disabled
    select(app, "column-7", "source_name")
    assert not app.button(key=key_of(app, "step-publish")).disabled


def test_a_misspelt_name_is_taken_by_its_suggestion(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Aldder", "95.5")))
    assert "Step 3 of 6" in text_of(app)
    press(app, "take-entity-0")
    press(app, "next")
    assert "rejects 0" in _sentence(app)


def _sentence(app: AppTest) -> str:
    press(app, "step-publish")
    return text_of(app)


def test_a_name_may_be_new_on_purpose_or_left_out(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Quillwort", "95.5"), ("Zebra", "90.0")))
    select(app, "word-entity-0", "*new*")
    select(app, "word-entity-1", "*out*")
    assert "rejects 1" in _sentence(app)
    press(app, "step-values")
    select(app, "word-entity-1", "*new*")
    assert "rejects 0" in _sentence(app)


def test_a_group_of_cells_is_fixed_alike(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = start(open_app, full_world, rows(("Alder", "912"), ("Birch", "913"), ("Cedar", "90.0")))
    assert "Step 4 of 6" in text_of(app)
    write(app, "-value-text", "91.2")
    press(app, "-value-set")
    assert "Nothing keeps a row out." in text_of(app)
    press(app, "edits-back")
    assert "2 × out of range" in text_of(app)


def test_rejected_rows_stand_as_they_came_to_be_edited(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "912"), ("Cedar", "90.0")))
    (table,) = app.dataframe
    assert ["912"] == table.value["c3"].tolist()


def test_an_open_number_is_asked_once_with_both_readings(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", '"94,125"'), ("Birch", '"90,250"')))
    assert "Which sign parts the fraction? 2 rows wait" in text_of(app)
    assert all(f">{each}</td>" in text_of(app) for each in ("94,125", "94.125"))
    press(app, "-comma")
    assert "Which sign parts the fraction?" not in text_of(app)
    press(app, "step-publish")
    app.button(key="cb-publish").click().run()
    assert 94.125 == published(full_world)["Alder", "2026-10"]


def test_a_jump_in_scale_stops_until_it_is_confirmed(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "2.0"), ("Birch", "2.1")))
    assert "Another scale than before" in text_of(app)
    assert app.button(key=key_of(app, "step-publish")).disabled
    (tick,) = app.checkbox
    tick.check().run()
    assert not app.button(key=key_of(app, "step-publish")).disabled


def test_names_of_files_and_cells_are_never_markup(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    evil = "<img src=x onerror=alert(1)>"
    said = rows((evil, "95.5"), header=HEADER.replace("source_name", f"source_name,{evil}"))
    app = start(open_app, full_world, said, f"{evil}.csv")
    for step in ("upload", "columns", "values", "check"):
        press(app, f"step-{step}")
        assert "<img src=x" not in text_of(app)
        assert "<img src=x" not in "".join(str(each.value) for each in app.markdown)


def test_a_draft_that_is_gone_is_said(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = start(open_app, full_world, rows(("Aldder", "95.5")))
    for each in (full_world.runtime.settings.home / "drafts").glob("*.bin"):
        each.unlink()
    press(app, "take-values")
    assert "Choose the file again." in text_of(app)


def test_a_published_file_leaves_no_draft(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    folder = full_world.runtime.settings.home / "drafts"
    token = app.session_state["cb_lab"].token
    assert 2 == len(list(folder.glob(f"{token}.*")))
    app.button(key="cb-publish").click().run()
    assert [] == list(folder.glob(f"{token}.*"))


def test_replacing_a_publisher_says_what_goes(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    press(app, "step-compare")
    app.radio[0].set_value("publisher").run()
    assert "<dt>Removes</dt><dd>0</dd>" not in text_of(app)
    assert "Removes" in text_of(app)


def test_a_workbook_of_several_sheets_asks_which(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    book, file = Workbook(), io.BytesIO()
    for sheet in (book.active, book.create_sheet("Other")):
        assert sheet is not None
        for line in rows(("Alder", "95.5")).decode().splitlines():
            sheet.append(line.split(","))
    book.save(file)
    app = start(open_app, full_world, file.getvalue(), "two.xlsx")
    assert "Which sheet is it?" in text_of(app)
    press(app, "-Other")
    assert "Which sheet is it?" not in text_of(app)
    assert not app.button(key=key_of(app, "step-publish")).disabled


def test_the_header_row_is_set_by_hand(open_app: OpenPage, full_world: SmallWorld) -> None:
    content = b"a title\n" + rows(("Alder", "95.5"))
    app = start(open_app, full_world, content)
    assert "Step 1 of 6" in text_of(app)
    select(app, "header_line", "2")
    assert not app.button(key=key_of(app, "step-publish")).disabled


def test_letters_that_may_be_others_are_asked_with_both_readings(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    content = rows(("Alder", "95.5")).decode().replace("Delivery Watch", "Zustellübersicht")
    app = start(open_app, full_world, content.encode("cp1252"))
    assert "Which letters are right?" in text_of(app)
    assert "Zustellübersicht" in text_of(app)
    press(app, "-Windows-1252")
    assert "Which letters are right?" not in text_of(app)


def test_the_grade_follows_the_passport_as_it_is_filled_in(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    assert "method not said, ours is by system" in text_of(app)
    assert "Say the method, the sample size and the day of publication to reach A" in text_of(app)
    select(app, "passport-method", "system")
    write(app, "passport-published_on", "2026-11-05")
    assert "Say the sample size to reach A." in text_of(app)
    write(app, "passport-sample_size", "1200")
    assert "as ours in every respect" in text_of(app)
    press(app, "step-compare")
    assert 'How it would compare: On-time delivery <b class="cb-grade cb-grade-a">' in text_of(app)


def test_a_file_of_two_encodings_asks_which_it_is_saved_in(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    head, first = rows(("Alder", "95.5")).decode().splitlines(keepends=True)
    second = ROW.format("Birch", "90.0").replace("Delivery Watch", "Übersicht")
    content = (head + first.replace("Delivery Watch", "Zustellübersicht")).encode()
    app = start(open_app, full_world, content + second.encode("cp1252"))
    assert "UTF-8 and another encoding in one file" in text_of(app)
    assert "say below in which encoding it was saved" in text_of(app)
    select(app, "encoding", "Windows-1252")
    assert "UTF-8 and another encoding" not in text_of(app)
    assert "Übersicht" in text_of(app)


def test_another_kind_of_file_asks_for_no_encoding(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, b"%PDF-1.7 and more")
    assert "This file cannot be read" in text_of(app)
    assert [] == [each.key for each in app.selectbox if "encoding" in (each.key or "")]


def test_cells_of_turned_columns_are_fixed_alike_too(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    content = b"Retailer,2024,2025\nAlder,abc,94.1\nBirch,91.2,abc\n"
    app = start(open_app, full_world, content)
    press(app, "like-this")
    select(app, "column-0", "entity")
    press(app, "take-columns")
    select(app, "constant-metric", "otd")
    write(app, "constant-source_name", "Delivery Watch 2025")
    press(app, "step-check")
    write(app, "-value-text", "90.5")
    press(app, "-value-set")
    assert "Nothing keeps a row out." in text_of(app)
    press(app, "step-publish")
    app.button(key="cb-publish").click().run()
    assert 90.5 == published(full_world)["Birch", "2025-12"]
