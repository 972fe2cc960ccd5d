"""Findings in words, made as they are read, say the same as all of them made at once."""

from collections import Counter

import pytest

from callboard.services.publishing.finding_rows import FindingRows, group_findings, rows_of
from callboard.services.publishing.finding_words import finding_row
from callboard.views import FindingRow
from data_contracts.benchmarks import FileReport
from tests.data_contracts.benchmarks.files import judge, row, table


def report_of(count: int) -> FileReport:
    bad = ({"value": "12x"}, {"entity": "Nobody"}, {"unit": "furlongs"}, {"value": "#REF!"})
    return judge(table(*(row(source_name=f"R {at}", **bad[at % 4]) for at in range(count))))


@pytest.fixture(scope="module")
def report() -> FileReport:
    return report_of(700)


@pytest.fixture(scope="module")
def made(report: FileReport) -> tuple[FindingRow, ...]:
    return tuple(map(finding_row, report.findings[len(report.findings.notes) :]))


def rows_in(report: FileReport, last: tuple[FindingRow, ...] = ()) -> FindingRows:
    first = tuple(map(finding_row, report.findings.notes))
    return FindingRows(first, report.findings, last)


@pytest.mark.parametrize("count", [0, 3])
def test_they_are_as_many_and_the_same(
    report: FileReport, made: tuple[FindingRow, ...], count: int
) -> None:
    notes, last = tuple(map(finding_row, report.findings.notes)), made[:count]
    assert (*notes, *made, *last) == tuple(rows_in(report, last))
    assert len(notes) + len(made) + count == len(rows_in(report, last))


@pytest.mark.parametrize(
    "part",
    [
        slice(0, 5),
        slice(3, 400, 7),
        slice(-4, None),
        slice(9, 2),
        slice(None, None, -1),
        slice(-2, None),
        slice(-40, -1, 3),
    ],
)
def test_a_part_of_them_is_that_part(
    report: FileReport, made: tuple[FindingRow, ...], part: slice
) -> None:
    rows = rows_in(report, made[:3])
    assert tuple(rows)[part] == rows[part]


def test_one_is_found_from_both_ends(report: FileReport, made: tuple[FindingRow, ...]) -> None:
    rows = rows_in(report, made[:1])
    first, *_, last = rows
    assert (first, last) == (rows[0], rows[-1])
    with pytest.raises(IndexError):
        rows[len(rows)]


def test_few_are_made_at_once() -> None:
    assert isinstance(rows_of((), report_of(8).findings), tuple)
    assert isinstance(rows_of((), report_of(700).findings), FindingRows)


def test_groups_count_what_each_row_says(report: FileReport, made: tuple[FindingRow, ...]) -> None:
    groups = group_findings(map(finding_row, report.findings.notes), report.findings)
    expected = Counter(
        (each.reason, each.column) for each in made if each.verdict_code != "publish"
    )
    counts = {(each.reason, each.column): each.count for each in groups if not each.is_note}
    assert dict(expected) == counts
    for group in groups:
        same = [e for e in made if (e.reason, e.column) == (group.reason, group.column)]
        if not group.is_note:
            assert tuple(each.row for each in same[:5]) == group.rows
            assert same[0].found == group.example


def test_a_group_has_the_suggestion_of_all_or_says_where_they_stand(report: FileReport) -> None:
    groups = {each.column: each for each in group_findings((), report.findings) if not each.is_note}
    assert "Follow the suggestion in each row." != groups["unit"].suggestion
    assert "Take a name that is known here." == groups["entity"].suggestion
