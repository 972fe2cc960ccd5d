"""What a column seems to be rests on its name and its cells, and is said in words."""

import pytest

from data_contracts.importing.evidence import Fields
from data_contracts.importing.header_units import read_header_unit
from data_contracts.importing.matches import ColumnMatch
from tests.data_contracts.benchmarks.files import CONTRACT, KNOWN, judge

FIELDS = Fields(contract=CONTRACT, known=KNOWN)


@pytest.mark.parametrize(
    ("header", "words", "field"),
    [
        ("Anbieter", ["Alder Post", "Birch Mail"], "entity"),
        ("Kennzahl", ["Abandonment rate", "asa"], "metric"),
        ("Quartal", ["Q4 2015", "Q1 2016"], "period"),
        ("Monat", ["January", "Feb"], "month"),
        ("Month", ["1", "12"], "month"),
        ("Quarter", ["1", "Q4"], "quarter"),
        ("Airline", ["Quince Air", "Rowan Air"], "entity"),
        ("Wert", ["1,5", "87.2", "80/20"], "value"),
        ("Einheit", ["percent", "s"], "unit"),
        ("Art", ["mean", "median"], "statistic"),
        ("Sample size (n)", ["120", "99"], "sample_size"),
        ("Quelle", ["https://example.org"], "source_url"),
        ("Name of the source", ["Report"], "source_name"),
        ("Publication date", ["2025-01-01"], "published_on"),
        ("Fiscal year", ["FY24", "FY25"], "period"),
    ],
)
def test_the_likeliest_field_comes_first(header: str, words: list[str], field: str) -> None:
    assert field == FIELDS.support(header, words)[0].field


def test_cells_that_cannot_be_read_speak_against_a_column() -> None:
    best = FIELDS.support("Sample", ["big", "small"])
    assert 0.0 == next(each.confidence for each in best if each.field == "sample_size")


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("On-time (%)", "percent"),
        ("On-time %", "percent"),
        ("Denied boardings /10,000", "per 10000"),
        ("Bags per 1,000 passengers", "per 1000"),
        ("First reply time (h)", "hours"),
        ("Wait in minutes", None),
        ("Answers (n)", None),
        ("% change", None),
        ("value", None),
    ],
)
def test_only_an_explicit_sign_says_a_unit(header: str, unit: str | None) -> None:
    found = read_header_unit(header)
    assert unit == (found.unit if found else None)


def _matches(content: str) -> dict[str, ColumnMatch]:
    return {each.header: each for each in judge(content).mapping.columns}


def test_exact_headers_are_sure_and_others_are_proposals() -> None:
    matches = _matches("kpi_code,company,Wert\nabandon,Alder Post,5.5\n")
    assert (1.0, "a name the contract knows", "Alder Post") == (
        matches["company"].confidence,
        matches["company"].evidence,
        matches["company"].example,
    )
    assert ("value", 0.5) == (matches["Wert"].field, matches["Wert"].confidence)


def test_a_field_is_proposed_for_one_column_only() -> None:
    matches = _matches("kpi_code,company,Wert,Zahl\nabandon,Alder Post,5.5,6.5\n")
    assert ["value", ""] == [matches[each].field for each in ("Wert", "Zahl")]


def test_what_is_not_taken_is_listed() -> None:
    report = judge("kpi_code,company,Farbe\nabandon,Alder Post,red\n")
    assert ("Farbe",) == report.mapping.ignored
    assert {"statistic", "value", "unit", "period_end", "source_name"} == set(
        report.mapping.missing
    )
