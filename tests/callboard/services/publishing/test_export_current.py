"""What counts now leaves as a file that says it in full, and can be published again."""

import csv
import io
from dataclasses import fields, replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.publishing.benchmarks import check_file
from callboard.services.publishing.export import export_current
from callboard.services.publishing.own_contract import contract_of
from callboard.storage.benchmark_rows import BenchmarkRow
from tests.callboard.services.small_world import SmallWorld, benchmark
from tests.conftest import on_both_engines

FULL = benchmark(
    "Ærø & Søn",
    33.333333333333336,
    per=None,
    sample_size=999_999_999_999,
    sample_unit="parcels",
    numerator=1e-7,
    denominator=3e15,
    method="survey",
    source_url="https://example.org/a?b=c&d",
    published_on=date(2026, 11, 2),
    note="two\nlines, \"quoted\"; 'x'",
    population="Grown-ups",
)
RATE = benchmark("Birch", 5.57, metric="complaints", unit="per", per=1000.0)


def _export(world: SmallWorld, metric: str = "") -> list[dict[str, str]]:
    content = export_current(world.runtime, LOCAL_USER, metric=metric)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_every_column_of_the_contract_is_there_in_its_order(own_world: SmallWorld) -> None:
    own_world.publish([FULL, RATE])
    first = _export(own_world)[0]
    columns = contract_of(own_world.runtime).columns
    assert [column.physical_name for column in columns] == list(first)
    told = {each.name for each in fields(BenchmarkRow)} - {"id", "row", "submission_id"}
    assert told <= {column.name for column in columns}


@on_both_engines
def test_numbers_days_and_text_are_written_as_they_are(own_world: SmallWorld) -> None:
    own_world.publish([FULL, RATE])
    rate, full = _export(own_world)
    assert ("33.333333333333336", "1e-07", "3000000000000000.0", "999999999999") == tuple(
        full[name] for name in ("value", "numerator", "denominator", "sample_size")
    )
    assert ("2026-10-31", "2026-11-02", "", FULL.note) == tuple(
        full[name] for name in ("period_end", "published_on", "per", "note")
    )
    assert ("complaints", "1000") == (rate["kpi_code"], rate["per"])


def test_no_spreadsheet_takes_a_text_for_a_formula(world: SmallWorld) -> None:
    world.publish([benchmark("Alder", -1.5, note="=1+1", document="@SUM(A1)")])
    (row,) = _export(world)
    assert ("'=1+1", "'@SUM(A1)", "-1.5") == (row["note"], row["document"], row["value"])


def test_the_bytes_are_utf_8_with_crlf_and_always_the_same(world: SmallWorld) -> None:
    world.publish([FULL, RATE])
    content = export_current(world.runtime, LOCAL_USER)
    assert content == export_current(world.runtime, LOCAL_USER)
    assert content.startswith(b"kpi_code,")
    assert 3 == content.count(b"\r\n")


def test_what_is_exported_would_change_nothing(own_world: SmallWorld) -> None:
    own_world.publish([FULL, RATE, benchmark("Cedar", 0.1 + 0.2, region="Kent")])
    content = export_current(own_world.runtime, LOCAL_USER)
    preview = check_file(own_world.runtime, LOCAL_USER, name="values.csv", content=content)
    assert ("Adds 0, changes 0, leaves 3, rejects 0.", 3) == (preview.sentence, preview.published)


def test_one_metric_and_only_touchpoints_in_scope(world: SmallWorld) -> None:
    world.publish([FULL, RATE, benchmark("Elm", 91, touchpoint="delivery")])
    assert ["Birch"] == [row["entity"] for row in _export(world, "complaints")]
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    assert b"Elm" not in export_current(world.runtime, actor)
    with pytest.raises(NotAllowed, match="no metric 'otdd'"):
        _export(world, "otdd")
