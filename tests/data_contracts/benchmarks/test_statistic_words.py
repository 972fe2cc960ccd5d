"""Words for statistics that mean one thing by definition are read; others are asked."""

import pytest

from data_contracts.benchmarks.statistic_words import statistic_of
from tests.data_contracts.benchmarks.files import judge, reasons, row, table

# by the definition of a quantile: the share of values below it
SAME = {
    "median": ("P50", "p 50", "50th percentile", "50 %ile", "Percentile 50", "0.5 quantile", "Q2"),
    "p10": ("P10", "10th percentile", "First decile", "q0.1"),
    "p25": ("P25", "25th pctl", "Lower quartile", "1st quartile", "Quartile 1", "quantile 0.25"),
    "p75": ("P75", "75th percentile", "Upper quartile", "Third quartile", ".75 quantile"),
    "p90": ("P90", "90th Percentile", "Ninth decile", "0.9 quantile"),
    "mean": ("Average", "Avg.", "Arithmetic mean"),
    "max": ("Maximum", "Highest"),
    "min": ("Minimum", "Lowest"),
}


@pytest.mark.parametrize(
    ("means", "word"), [(means, word) for means, words in SAME.items() for word in words]
)
def test_a_quantile_is_read_by_whatever_name_it_goes(means: str, word: str) -> None:
    assert means == statistic_of(word)
    report = judge(table(row(statistic=word, entity_type="industry")))
    assert [means] == list(report.rows["statistic"])


@pytest.mark.parametrize(
    "word", ["P37", "P500", "5th percentile", "Top", "Bottom", "Top quartile", "Best 25", "50", "5"]
)
def test_what_may_be_another_thing_is_no_statistic(word: str) -> None:
    assert "" == statistic_of(word)
    assert ["not_allowed"] == reasons(judge(table(row(statistic=word))))
