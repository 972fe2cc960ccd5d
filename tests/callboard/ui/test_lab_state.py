"""Which step is open, which waits, and where a file goes on."""

from dataclasses import replace

from callboard import views
from callboard.ui.lab_state import Step, first_step, may_open, next_step, open_matters
from data_contracts.importing.matches import ColumnMatch, Mapping, ValueMatch

COLUMN = ColumnMatch(header="value", field="value", confidence=1.0, evidence="its name")
WORD = ValueMatch(
    field="entity", word="Aldder", means="Alder", rows=1, confidence=0.9, evidence="close"
)
PREVIEW = views.Preview(
    file_name="peers.csv",
    sha256="",
    encoding="UTF-8",
    delimiter="comma",
    rows_in=2,
    published=2,
    quarantined=0,
    collapsed=0,
    refused="",
    same_as="",
    findings=(),
    changes=(),
    sentence="Adds 2.",
    notes=(),
)
CLEAN = views.LabView(file_name="peers.csv", preview=PREVIEW, mapping=Mapping(columns=(COLUMN,)))
JUMP = views.JumpRow(
    key="scale:otd",
    metric="On-time delivery",
    source="Watch",
    old="94 %",
    new="2 %",
    factor="47",
    among="",
    is_confirmed=False,
)


def test_a_clean_file_begins_at_its_end() -> None:
    assert Step.PUBLISH is first_step(CLEAN)
    assert all(may_open(CLEAN, step) for step in Step)


def test_a_file_without_columns_opens_only_the_first_step() -> None:
    view = replace(CLEAN, mapping=Mapping(), preview=replace(PREVIEW, rows_in=0, refused="No."))
    assert Step.UPLOAD is first_step(view)
    assert [Step.UPLOAD] == [step for step in Step if may_open(view, step)]


def test_missing_columns_hold_a_file_at_the_second_step() -> None:
    view = replace(CLEAN, preview=replace(PREVIEW, rows_in=0, refused="No."))
    assert Step.COLUMNS is first_step(view)
    assert next_step(view, Step.COLUMNS) is None


def test_a_word_nobody_knows_waits_at_the_third_step() -> None:
    view = replace(CLEAN, mapping=Mapping(columns=(COLUMN,), values=(WORD,)))
    assert 1 == open_matters(view, Step.VALUES)
    assert Step.VALUES is next_step(view, Step.COLUMNS)


def test_steps_with_nothing_open_are_passed_over_up_to_the_comparison() -> None:
    assert Step.COMPARE is next_step(CLEAN, Step.COLUMNS)
    assert Step.PUBLISH is next_step(CLEAN, Step.COMPARE)
    assert next_step(CLEAN, Step.PUBLISH) is None


def test_rejected_rows_wait_at_the_fourth_step_and_do_not_stop_the_rest() -> None:
    view = replace(CLEAN, preview=replace(PREVIEW, published=1, quarantined=1))
    assert Step.CHECK is first_step(view)
    assert may_open(view, Step.PUBLISH)


def test_a_jump_that_nobody_confirmed_closes_the_last_step() -> None:
    view = replace(CLEAN, preview=replace(PREVIEW, jumps=(JUMP,)))
    assert Step.COMPARE is first_step(view)
    assert not may_open(view, Step.PUBLISH)
