"""Values of a whole industry: published as the industry's, asked for no name, never ranked."""

from dataclasses import replace

import pytest

from data_contracts.benchmarks import judge_file
from data_contracts.importing.answering import with_proposals
from data_contracts.importing.answers import Answers, ColumnAnswer
from data_contracts.importing.footnotes import without_footnote
from data_contracts.parsing import Limits
from tests.data_contracts.benchmarks import shapes
from tests.data_contracts.benchmarks.files import CONTRACT, NOW
from tests.data_contracts.benchmarks.test_shapes_judged import WORLD

FROM = {"period": "2024", "source_name": "Report", "unit": "metric"}


def judged(shape, answers: Answers):
    return judge_file(
        shape.content,
        contract=CONTRACT,
        known=WORLD,
        limits=Limits(),
        now=NOW,
        name=shape.name,
        answers=answers,
    )


def as_suggested(shape, **constants: str):
    """The shape with what its columns seem to be, and some constants."""
    answers = replace(shape.answers, constants={**FROM, **constants})
    return judged(shape, with_proposals(answers, judged(shape, answers).mapping))


def test_blocks_of_industries_are_the_industries_own_values() -> None:
    report = as_suggested(shapes.apqc())
    assert {"industry"} == set(report.rows["entity_type"])
    assert {"Cross Industry", "Retail"} == set(report.rows["entity"])
    asked = [each.word for each in report.mapping.values if not each.is_answered]
    assert {"First contact resolution*", "Cost per contact"} & set(asked)
    assert not {"Cross Industry", "Retail"} & set(asked)


def test_a_file_of_industries_only_suggests_them_as_who_it_is_of() -> None:
    shape = shapes.zendesk()
    answers = replace(shape.answers, constants={**FROM, "statistic": "value"})
    match = next(e for e in judged(shape, answers).mapping.columns if e.header == "Industry")
    assert ("entity", False) == (match.field, match.is_answered)
    assert match.confidence < 1


def test_the_row_of_an_industry_above_its_companies_is_no_company() -> None:
    shape = shapes.acsi()
    columns = {"Sector": "", "Industry": "industry", "Company": "entity"}
    answers = replace(
        shape.answers,
        columns=tuple(ColumnAnswer(header=name, field=to) for name, to in columns.items()),
        constants={
            "metric": "index", "statistic": "value", "unit": "points", "source_name": "Report",
        },
        new_names=("*",),
    )  # fmt: skip
    rows = judged(shape, answers).rows
    kinds = dict(zip(rows["entity"], rows["entity_type"], strict=True))
    assert {
        "Airlines": "industry", "Alaska": "competitor", "All Others": "all",
        "Southwest": "competitor",
    } == kinds  # fmt: skip


def test_many_columns_alike_have_one_note() -> None:
    shape = shapes.qualtrics()
    said = {**FROM, "entity": "All companies", "entity_type": "all"}
    columns = (ColumnAnswer(header="Field", field="metric"),)
    report = judged(shape, replace(shape.answers, columns=columns, constants=said))
    notes = [each for each in report.findings if each.reason == "file_header"]
    assert ["P1, P2, P3 … P100 (95 columns alike)"] == [each.found for each in notes]


NOTES = ("(9) Fewer than 50 cases", "5 Excludes small farms", "* restated")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Private industry5", "Private industry"),
        ("Farms (large)9", "Farms (large)"),
        ("Alder*", "Alder"),
        ("Private industry6", ""),  # no note 6 below
        ("Route 5", ""),
        ("Studio54", ""),
        ("Private industry", ""),
    ],
)
def test_a_glued_footnote_is_known_by_its_note_below(word: str, name: str) -> None:
    assert name == without_footnote(word, NOTES)


def test_a_name_is_proposed_without_its_footnote() -> None:
    report = as_suggested(shapes.statistics_office(), statistic="value")
    open_names = [
        (each.word, each.means)
        for each in report.mapping.values
        if each.field == "entity" and not each.is_answered
    ]
    assert [("Private industry5", "Private industry")] == open_names


def test_a_column_called_quarter_with_years_in_it_is_proposed_as_the_period() -> None:
    shape = shapes.ofcom_across()
    said = {**FROM, "metric": "complaints", "statistic": "value", "unit": "per 100,000"}
    del said["period"]
    mapping = judged(shape, replace(shape.answers, constants=said)).mapping
    match = next(each for each in mapping.columns if each.header == "Quarter")
    assert ("period", False) == (match.field, match.is_answered)


def test_a_rate_told_as_here_has_its_base_with_it() -> None:
    shape = shapes.ofcom_across()
    rates = tuple(replace(e, per=100_000.0) if e.unit == "per" else e for e in WORLD.metrics)
    answers = replace(
        shape.answers,
        columns=(ColumnAnswer(header="Quarter", field="period"),),
        constants={
            "metric": "complaints", "statistic": "value", "unit": "metric", "source_name": "Report",
        },
        new_names=("*",),
    )  # fmt: skip
    report = judge_file(
        shape.content, contract=CONTRACT, known=replace(WORLD, metrics=rates), limits=Limits(),
        now=NOW, name=shape.name, answers=answers,
    )  # fmt: skip
    assert ({100_000.0}, 0) == (set(report.rows["per"]), report.quarantined)


def test_a_pair_of_a_service_level_says_its_unit() -> None:
    shape = shapes.call_centre()
    columns = tuple(
        ColumnAnswer(header=name, field=to)
        for name, to in (("Metric", "metric"), ("n", "sample_size"))
    )
    constants = {"period": "2024", "source_name": "Report", "entity": "Desks"}
    answers = replace(
        shape.answers, columns=columns, constants={**constants, "entity_type": "industry"}
    )
    report = judged(shape, answers)
    assert ("missing", "unit") not in {
        (each.reason.value, each.column) for each in report.findings if each.row == 6
    }
