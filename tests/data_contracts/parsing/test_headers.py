"""Headers answer to the contract's names, whatever their case and blanks."""

import pytest

from data_contracts.parsing.headers import Mapping, map_headers, plain
from tests.data_contracts.benchmarks.files import CONTRACT, GOOD

HEADERS = list(GOOD)


@pytest.mark.parametrize(
    "header", ["Period End", " period_end ", "PERIOD-END", "\ufeffperiod_end", "Ｐeriod end*"]
)
def test_a_header_is_compared_without_case_blanks_and_dashes(header: str) -> None:
    assert "period_end" == plain(header)


@pytest.mark.parametrize("header", ["kpi_code", "kpi", "metric", "KPI Code"])
def test_a_metric_column_has_many_names(header: str) -> None:
    mapping = map_headers([header, *HEADERS[1:]], CONTRACT, line=1)
    assert isinstance(mapping, Mapping)
    assert 0 == mapping.columns["metric"]


@pytest.mark.parametrize("header", ["entity", "competitor", "Company"])
def test_an_entity_column_has_many_names(header: str) -> None:
    mapping = map_headers([HEADERS[0], header, *HEADERS[2:]], CONTRACT, line=1)
    assert isinstance(mapping, Mapping)
    assert 1 == mapping.columns["entity"]


def test_all_reasons_are_told_at_once() -> None:
    found = map_headers(["kpi", "metric", "value", "value"], CONTRACT, line=4)
    assert isinstance(found, tuple)
    assert {4} == {each.row for each in found}
    assert {"metric", "value", "entity", "statistic", "unit", "period_end", "source_name"} == {
        each.column for each in found
    }


def test_an_extra_header_close_to_a_known_one_is_asked_about() -> None:
    mapping = map_headers([*HEADERS, "regoin"], CONTRACT, line=1)
    assert isinstance(mapping, Mapping)
    assert "Did you mean 'region'?" == mapping.findings[0].suggestion
