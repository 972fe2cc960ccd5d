"""A name that stands for another is published under that one, from the day on that it does."""

from dataclasses import replace
from datetime import date

import pytest

from data_contracts.findings import RowVerdict
from tests.data_contracts.benchmarks.files import KNOWN, counts, judge, row, table

MERGED = date(2026, 4, 25)
WITH_NAMES = replace(
    KNOWN,
    aliases={
        "alder_ltd": (("Alder Post", None),),
        "elm": (("Birch Mail", MERGED),),
        "fir": (("Cedar", None), ("Dogwood", MERGED)),
    },
)


def published(name: str, last_day: str) -> list[str]:
    report = judge(
        table(row(entity=name, period_start="2026-01-01", period_end=last_day)), known=WITH_NAMES
    )
    assert (1, 1, 0, 0) == counts(report)
    return [str(each) for each in report.rows["entity"]]


@pytest.mark.parametrize(
    ("name", "last_day", "entity"),
    [
        ("ALDER Ltd", "2026-03-31", "Alder Post"),
        ("Elm", "2026-04-24", "Elm"),
        ("Elm", "2026-04-25", "Birch Mail"),
        ("Fir", "2026-03-31", "Cedar"),
        ("Fir", "2026-09-30", "Dogwood"),
        ("Cedar", "2026-09-30", "Cedar"),
    ],
)
def test_a_value_belongs_to_whom_its_name_stood_for_on_the_last_day(name, last_day, entity):
    assert [entity] == published(name, last_day)


def test_what_is_published_under_another_name_is_noted_with_the_name_that_stood_there():
    report = judge(table(row(entity="Elm")), known=WITH_NAMES)
    (note,) = [each for each in report.findings if each.column == "entity"]
    assert ("Elm", RowVerdict.PUBLISH) == (note.found, note.verdict)
    assert note.expected.startswith("Birch Mail, which this name stands for")


def test_the_same_value_under_both_names_is_said_twice_and_two_values_contradict():
    same = judge(table(row(entity="Elm"), row(entity="Birch Mail")), known=WITH_NAMES)
    assert (2, 1, 0, 1) == counts(same)
    contrary = judge(
        table(row(entity="Elm"), row(entity="Birch Mail", value="6")), known=WITH_NAMES
    )
    assert (2, 0, 2, 0) == counts(contrary)
