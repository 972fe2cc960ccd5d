"""Proposals for files of one's own making: where the header is, and what stands across."""

import pytest

from data_contracts.importing.layout import propose_layout
from data_contracts.parsing.header_rows import join_headers, propose_header
from data_contracts.parsing.headers import names_of
from tests.data_contracts.benchmarks.files import CONTRACT, row, table
from tests.data_contracts.importing.reading_files import looked, proposed

GROUPS = ";Alder;;Birch;\nJahr;CSAT;NPS;CSAT;NPS\n2024;81,5;30;82,5;31\n2025;82,5;31;83,5;32\n"
YEARS = "Airline,2019,,2020,\n,On-time %,Complaints,On-time %,Complaints\nAlder,81.5,0.5,82,0.7\n"


@pytest.mark.parametrize(
    ("text", "header", "rows", "below"),
    [
        (table(row()), 1, 1, 0),
        ("Title\n\n" + table(row()), 3, 1, 0),
        ("Of 2025,,,\nBy us,,,\nCompany,2023,2024,2025\nAlder,81,82,83\nNote: x,,,\n", 3, 1, 1),
        (GROUPS, 1, 2, 0),
        ("My report;;;;\n" + GROUPS + "Quelle: uns;;;;\n", 2, 2, 1),
        (YEARS, 1, 2, 0),
        ("Report,,As of 31 March 2026,\nCompany,Region,CSAT %,NPS\nAlder,World,81,3\n", 2, 1, 0),
        ("Company,CSAT\nAlder,81\nBirch,82\n\nSource: us\n", 1, 1, 1),
        ("Company,2019,2020\nAlder,81,1\nTotal,163,3\n", 1, 1, 0),
        ("Name,Town,Land\nAlder,Rome,IT\nBirch,Bonn,DE\n", 1, 1, 0),
        ("1,2,3\n4,5,6\n", 0, 0, 0),
    ],
)
def test_the_header_is_proposed_with_what_is_above_and_below(text, header, rows, below) -> None:
    answer = proposed(text).answer
    assert (header, rows, below) == (answer.header_line, answer.header_rows, answer.skip_below)


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        (GROUPS, [("blocks", "entity"), ("metrics", "metric")]),
        (YEARS, [("blocks", "period"), ("metrics", "metric")]),
        ("KPI,Alder,Birch\nCSAT,81,82\nNPS,30,31\n", [("entities", "entity")]),
        ("Quarter,Alder,Birch\n2025 Q1,81,82\n", [("entities", "entity")]),
        ("Company,On-time %,Bags /1000\nAlder,81,5\n", [("metrics", "metric")]),
        ("Metric,Average,Median,n\nCSAT,81,82,9\n", [("statistics", "statistic")]),
        ("Company,CSAT\nAlder,81\n", []),
        (table(row()), []),
    ],
)
def test_what_stands_across_is_proposed_by_its_headers(text: str, turned) -> None:
    answer = proposed(text).answer
    read = looked(text, **{name: getattr(answer, name) for name in answer.__slots__})
    layout = propose_layout(read, names_of(CONTRACT))
    assert turned == [(each.kind.value, each.into) for each in layout.unpivot]


def test_a_known_metric_is_a_surer_proposal() -> None:
    read = looked("Company,CSAT,NPS\nAlder,81,30\n", header_line=1)
    unsure = propose_layout(read, names_of(CONTRACT)).confidence
    assert unsure < propose_layout(read, names_of(CONTRACT), metrics={"csat", "nps"}).confidence


def test_blank_upper_cells_are_filled_within_merged_ones_only() -> None:
    rows = [["", "A", "", ""], ["x", "b", "c", "d"]]
    assert ("x", "A › b", "A › c", "A › d") == join_headers(rows)
    assert ("x", "A › b", "A › c", "d") == join_headers(rows, [(1, 2)])


def test_no_rows_are_nothing_to_propose() -> None:
    assert (0, 0.0) == (propose_header([], {}).line, propose_header([(1, ["a"])], {}).confidence)
