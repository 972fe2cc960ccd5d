"""What a refresh says of a feed, in one line."""

import pytest

from callboard.services.refreshing.report import FeedReport
from callboard.storage.runs import RunVerdict


@pytest.mark.parametrize(
    ("expected", "rows_in"),
    [
        ("Hours worked: nothing new.", 0),
        ("Hours worked: 2,436 rows read; no reading differs.", 2436),
    ],
)
def test_rows_that_changed_no_reading_are_not_called_nothing(expected: str, rows_in: int) -> None:
    report = FeedReport(
        feed="hours_worked", name="Hours worked", verdict=RunVerdict.UNCHANGED, rows_in=rows_in
    )
    assert expected == report.sentence
