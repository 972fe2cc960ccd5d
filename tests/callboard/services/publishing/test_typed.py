import csv
import io
from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.publishing.benchmarks import check_file, publish
from callboard.services.publishing.typed import Typed, list_fields, pasted_file, typed_file
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from tests.callboard.services.small_world import SmallWorld
from tests.conftest import on_both_engines

TOLD = {
    "metric": "abandon",
    "entity": "Alder",
    "statistic": "value",
    "value": " 6.9 ",
    "unit": "percent",
    "period_start": "2026-07-01",
    "period_end": "2026-09-30",
    "source_name": 'Report, "final"\n2026',
    "document": "p. 7",
}
LINES = "Company\tValue\tKPI\r\nAlder\t6.9\tabandon\n\nBirch\t7,1\tabandon\t\n"
SAME = {
    name: TOLD[name] for name in ("statistic", "unit", "period_start", "period_end", "source_name")
}


def _type(world: SmallWorld, **changes: str) -> Typed:
    return typed_file(world.runtime, LOCAL_USER, fields={**TOLD, **changes})


def _rows(typed: Typed) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(typed.content.decode(), newline="")))


@on_both_engines
def test_a_typed_number_is_published_like_any_file(own_world: SmallWorld) -> None:
    typed = _type(own_world)
    told = {"name": typed.name, "content": typed.content}
    assert "Adds 1, changes 0, leaves 0, rejects 0." == (
        check_file(own_world.runtime, LOCAL_USER, **told).sentence
    )
    row = publish(own_world.runtime, LOCAL_USER, **told)
    assert ("typed.csv", 1) == (row.file_name, row.published)
    with snapshot(own_world.runtime.store) as connection:
        (kept,) = read_current(connection)
    assert (6.9, "Alder", "p. 7") == (kept.value, kept.entity, kept.document)


def test_a_wrong_number_is_rejected_by_the_same_checks(world: SmallWorld) -> None:
    typed = _type(world, value="104.2")
    preview = check_file(world.runtime, LOCAL_USER, name=typed.name, content=typed.content)
    assert (0, 1) == (preview.published, preview.quarantined)


def test_each_missing_field_has_a_sentence_the_required_ones_first(world: SmallWorld) -> None:
    typed = _type(world, entity="", period_start="")
    first, *others = typed.gaps
    assert ("entity", "Say whose value it is. Such as Example Post.", True, 1) == (
        *(first.field, first.sentence),
        *(first.is_required, first.rows),
    )
    assert "period_start" in {gap.field for gap in others}
    assert not any(gap.is_required for gap in others)
    fields = {gap.field for gap in typed.gaps}
    assert not fields & {"source_url", "document", "note"}
    assert {"source_url", "document"} <= {gap.field for gap in _type(world, document="").gaps}


def test_lines_pasted_from_a_spreadsheet_take_what_they_share(world: SmallWorld) -> None:
    typed = pasted_file(world.runtime, LOCAL_USER, text=LINES, fields=SAME)
    assert [("Alder", "6.9", "percent"), ("Birch", "7,1", "percent")] == [
        (row["entity"], row["value"], row["unit"]) for row in _rows(typed)
    ]
    assert not any(gap.is_required for gap in typed.gaps)
    assert {2} == {gap.rows for gap in typed.gaps}


def test_lines_without_a_header_stand_in_the_contracts_order(world: SmallWorld) -> None:
    line = "abandon\tAlder\tcompetitor\tvalue\t6.9\tpercent"
    (row,) = _rows(pasted_file(world.runtime, LOCAL_USER, text=line))
    assert ("abandon", "Alder", "6.9") == (row["kpi_code"], row["entity"], row["value"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Found no line with a value"),
        ("\t\n \n", "Found no line with a value"),
        ("kpi\tentity\n", "Found no line with a value"),
        ("kpi\tentity\tvalu\na\tb\t1\n", "There is no column 'valu'. Did you mean 'value'"),
        ("kpi\tmetric\tentity\na\tb\tc\n", "Found two columns for metric; expected one"),
        ("kpi\tentity\na\tb\tc\n", "Line 1: found 3 cells; expected at most 2"),
    ],
)
def test_what_cannot_be_pasted_is_refused_with_a_sentence(
    world: SmallWorld, text: str, sentence: str
) -> None:
    with pytest.raises(CallboardError, match=sentence):
        pasted_file(world.runtime, LOCAL_USER, text=text)


def test_a_cell_that_is_too_long_to_be_pasted_is_refused(world: SmallWorld) -> None:
    limit = csv.field_size_limit(1000)  # whoever read a file before may have raised it
    try:
        with pytest.raises(CallboardError, match="The lines cannot be read"):
            pasted_file(world.runtime, LOCAL_USER, text="x" * 1001)
    finally:
        csv.field_size_limit(limit)


def test_the_form_has_every_column_with_its_words(world: SmallWorld) -> None:
    fields = {each.name: each for each in list_fields(world.runtime, LOCAL_USER)}
    assert ("survey", "system", "regulator", "vendor") == fields["method"].choices
    assert (True, False) == (fields["unit"].is_required, fields["unit"].is_passport)
    assert (False, True) == (fields["population"].is_required, fields["population"].is_passport)


def test_a_field_that_there_is_not_and_a_person_who_may_not(world: SmallWorld) -> None:
    with pytest.raises(CallboardError, match=r"no field 'entitty'\. Did you mean 'entity'"):
        _type(world, entitty="Alder")
    reader = Actor(id="r", name="Reader", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        typed_file(world.runtime, replace(reader), fields=TOLD)
