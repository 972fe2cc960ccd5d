"""Each publisher's shape from the template, with its mapping, to the values it says."""

import csv
import io
import json
from pathlib import Path

import pytest

from callboard.services.publishing.shapes import Shape
from data_contracts.importing.answers_file import read_answers
from tests.callboard.cli.calling import ROOT, Answer, call

DEMO = ROOT / "examples" / "demo"
LAST_YEAR, YEAR_2024 = ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")
QUARTER = ("2015-10-01", "2015-12-31")
JANUARY = ("2019-01-01", "2019-01-31")
ACSI = {
    "Industry average": {1994: 72, 1995: 69, 2019: 73, 2020: 75, 2024: 77},
    "Alaska": {2019: 79, 2024: 82},
    "All Others": {1994: 75, 1995: 74, 2019: 73, 2020: 74, 2024: 76},
    "Southwest": {1994: 78, 1995: 76, 2019: 79, 2020: 79, 2024: 80},
}
OFCOM = {
    ("Landline", "BT"): (19, 22, 24),
    ("Landline", "Post Office"): (None, None, 12),
    ("Landline", "Industry average"): (13, 15, 16),
    ("Broadband", "BT"): (27, 36, 37),
    ("Broadband", "Industry average"): (17, 20, 21),
}
QUARTERS = (
    ("2016-07-01", "2016-09-30"), ("2016-10-01", "2016-12-31"), ("2017-01-01", "2017-03-31"),
)  # fmt: skip
SAID = {  # metric, entity, statistic, value, unit or base, first and last day
    Shape.CANONICAL: {
        ("fcr", "Alder Post", "value", 74.2, "percent", *LAST_YEAR),
        ("fcr", "Birch Mail", "value", 69.8, "percent", *LAST_YEAR),
    },
    Shape.APQC: {
        ("fcr", group, statistic, value, "percent", *YEAR_2024)
        for group, values in (("Cross Industry", (62, 71, 82.5)), ("Retail", (60, 70, 80)))
        for statistic, value in zip(("p25", "median", "p75"), values, strict=True)
    },
    Shape.ZENDESK: {
        ("csat", "Education", "value", 91, "percent", *QUARTER),
        ("csat", "Retail", "value", 82, "percent", *QUARTER),
        ("frt_p50", "Education", "value", 24.2, "hours", *QUARTER),
        ("frt_p50", "Retail", "value", 27, "hours", *QUARTER),
        ("frt_p50", "Travel", "value", 20.9, "hours", *QUARTER),
    },
    Shape.AQR: {
        ("otd", "Alaska", "value", 81.3, "percent", *JANUARY),
        ("otd", "Delta", "value", 83.5, "percent", *JANUARY),
        ("otd", "Industry", "value", 79.2, "percent", *JANUARY),
        ("mishandled", "Alaska", "value", 5.57, "per 1000", *JANUARY),
        ("mishandled", "Delta", "value", 4.55, "per 1000", *JANUARY),
    },
    Shape.ACSI: {
        ("nps", entity, "value", value, "points", f"{year}-01-01", f"{year}-12-31")
        for entity, values in ACSI.items()
        for year, value in values.items()
    },
    Shape.OFCOM: {
        ("complaints", entity, "value", value, "per 100000", *quarter)
        for (_, entity), values in OFCOM.items()
        for value, quarter in zip(values, QUARTERS, strict=True)
        if value is not None
    },
    Shape.CALLCENTRE: {
        (metric, "Service desks", statistic, value, unit, *YEAR_2024)
        for metric, unit, values in (
            ("asa", "seconds", (28, 9, 26, 3900)),
            ("sl_20", "percent", (80, 70, 80, 90)),
            ("fcr", "percent", (74, 41, 74, 94)),
        )
        for statistic, value in zip(("mean", "min", "median", "max"), values, strict=True)
    },
    Shape.STATISTICS: {
        ("trir", "Private industry", "value", 2.3, "per 100", *YEAR_2024),
        ("trir", "Retail trade", "value", 2.9, "per 100", *YEAR_2024),
    },
    Shape.QUALTRICS: {
        (metric, "All companies", statistic, base + at / 2, "percent", *YEAR_2024)
        for metric, base in (("csat", 30), ("ces", 20))
        for statistic, at in (("p10", 10), ("p25", 25), ("median", 50), ("p75", 75), ("p90", 90))
    },
}
KEPT_OUT = {  # rows left out on purpose, and those that say why they have no number
    Shape.CANONICAL: 0, Shape.APQC: 6, Shape.ZENDESK: 3, Shape.AQR: 4, Shape.ACSI: 1,
    Shape.OFCOM: 0, Shape.CALLCENTRE: 4, Shape.STATISTICS: 9, Shape.QUALTRICS: 0,
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> tuple[str | Path, ...]:
    return ("--workspace", DEMO, "--home", tmp_path / "home")


def _written(shape: Shape, folder: Path) -> tuple[Path, str, Path]:
    """The example and its mapping, as the template writes them."""
    file, said = folder / f"{shape}.csv", folder / f"{shape}.yaml"
    assert 0 == call("benchmarks", "template", shape, "--output", file).code
    assert 0 == call("benchmarks", "template", shape, "--mapping", "--output", said).code
    return file, "--mapping", said


def _values(answer: Answer) -> set[tuple[object, ...]]:
    rows = csv.DictReader(io.StringIO(answer.data))
    return {
        (
            *(each[name] for name in ("metric", "entity", "statistic")),
            float(each["value"]),
            f"per {float(each['per']):.0f}" if each["per"] else each["unit"],
            each["period_start"],
            each["period_end"],
        )
        for each in rows
    }


@pytest.mark.parametrize("shape", Shape)
def test_a_publishers_shape_is_published_to_the_values_it_says(
    shape: Shape, place: tuple[str | Path, ...], tmp_path: Path
) -> None:
    file = _written(shape, tmp_path)
    published = call("benchmarks", "publish", *file, *place)
    values = call("benchmarks", "values", "--format", "csv", *place)
    assert (0, SAID[shape]) == (published.code, _values(values)), published.talk


@pytest.mark.parametrize("shape", Shape)
def test_the_template_of_a_shape_checks_as_it_says(
    shape: Shape, place: tuple[str | Path, ...], tmp_path: Path
) -> None:
    answer = call("benchmarks", "check", *_written(shape, tmp_path), "--format", "json", *place)
    told = json.loads(answer.data)
    assert (KEPT_OUT[shape], []) == (told["quarantined"], told["asked"])
    assert (bool(KEPT_OUT[shape]), len(SAID[shape])) == (bool(answer.code), told["published"])


@pytest.mark.parametrize("shape", [each for each in Shape if each is not Shape.CANONICAL])
def test_what_is_proposed_of_a_shape_reads_and_lays_it_out_as_its_mapping_does(
    shape: Shape, place: tuple[str | Path, ...], tmp_path: Path
) -> None:
    file, _, said = _written(shape, tmp_path)
    proposed = call("benchmarks", "mapping", file, *place)
    assert 0 == proposed.code, proposed.talk
    answers, wanted = (read_answers(text) for text in (proposed.data, said.read_text("utf-8")))
    assert (wanted.reading, wanted.layout) == (answers.reading, answers.layout)
