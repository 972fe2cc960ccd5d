"""A published number that changes is noted with the old one, in the lab as on the command line."""

import pytest

from callboard.access import LOCAL_USER
from callboard.services.publishing import revisions
from callboard.services.publishing.asking import Ask
from callboard.services.publishing.benchmarks import check_file, publish
from callboard.services.publishing.drafts import keep_draft
from callboard.services.publishing.lab import look_at
from callboard.services.publishing.looking import look_at_file
from callboard.views import FindingRow
from data_contracts.importing.answers import NO_ANSWERS
from tests.callboard.services.benchmark_file_text import file_of
from tests.callboard.services.small_world import SmallWorld

CHANGED = file_of({"value": "5.9"}, {"competitor": "Birch"}, {"competitor": "Cedar", "note": "new"})


@pytest.fixture
def published(world: SmallWorld) -> SmallWorld:
    before = file_of({}, {"competitor": "Birch"}, {"competitor": "Cedar"})
    publish(world.runtime, LOCAL_USER, name="q3.csv", content=before)
    return world


def told_in_the_lab(world: SmallWorld, content: bytes) -> tuple[FindingRow, ...]:
    token = keep_draft(world.runtime, LOCAL_USER, name="q3.csv", content=content)
    view = look_at(world.runtime, LOCAL_USER, token=token, answers=NO_ANSWERS)
    return view.preview.findings


def test_the_lab_and_the_command_line_note_the_same(published: SmallWorld) -> None:
    (note,) = told_in_the_lab(published, CHANGED)
    assert (2, "revision", "5.9", "publish") == (
        note.row,
        note.reason_code,
        note.found,
        note.verdict_code,
    )
    assert "5.5, as it is published now; the earlier value stays in the history" == note.expected
    looked = look_at_file(published.runtime, LOCAL_USER, ask=Ask(name="q3.csv", content=CHANGED))
    assert (note,) == looked.preview.findings


def test_another_base_of_a_rate_is_another_number(world: SmallWorld) -> None:
    rate = {"kpi_code": "complaints", "value": "5.5", "unit": "per", "per": "1000"}
    publish(world.runtime, LOCAL_USER, name="q3.csv", content=file_of(rate))
    again = file_of(rate | {"per": "10000"})
    preview = check_file(world.runtime, LOCAL_USER, name="q3.csv", content=again)
    assert ["revision"] == [each.reason_code for each in preview.findings]


def test_of_very_many_the_rest_is_counted(
    published: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "MOST", 1)
    all_new = file_of(*({"competitor": name, "value": "6"} for name in ("Alder", "Birch", "Cedar")))
    preview = check_file(published.runtime, LOCAL_USER, name="q3.csv", content=all_new)
    assert [2] == [each.row for each in preview.findings]
    (rest,) = preview.file_findings
    assert rest.found.startswith("2 more values that are published with another number")
