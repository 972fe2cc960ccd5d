"""Whatever is written into a contract file: a contract or problems, never an exception."""

import copy
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.data_contracts.contract_files import Document, document, read, rule

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    st.sampled_from(["", "x", "city", "came_at", "critical", "[", "1e3", "visits.updated_at"]),
    st.lists(st.sampled_from(["city", 1, None]), max_size=2),
    st.dictionaries(st.sampled_from(["kind", "column", "name", "value", 7]), st.just("city")),
)
_RULE = rule(
    "extra",
    kind="range",
    column="minutes",
    low=0,
    high=9,
    where={"column": "city", "values": ["A"]},
)
_APART = rule("apart", kind="overlap", column="came_at", other="left_at", columns=["counter"])
_TOLD = {"severity": "info", "dimension": "coverage", "description": "Yes."}
_COUNTED = (
    {"id": "some", "metric": "rowCount", "mustBeBetween": [1, 9], **_TOLD},
    {"id": "alone", "metric": "duplicateValues", "mustBe": 0, **_TOLD}
    | {"arguments": {"properties": ["city", "came_at"]}},
)
_MISSING = {"id": "blank", "metric": "missingValues", "mustBeLessThan": 5, "unit": "percent"} | {
    "arguments": {"missingValues": [9999, None]},
    **_TOLD,
}
_CONTROL = {"table": "totals", "day": "day", "rows": "n"}


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


def _base() -> Document:
    base = document()
    base["schema"][0]["quality"] = [copy.deepcopy(each) for each in (_RULE, _APART, *_COUNTED)]
    base["schema"][0]["properties"][6]["quality"] = [copy.deepcopy(_MISSING)]
    base["schema"][0]["properties"][2]["logicalTypeOptions"] = {"minimum": "2020-01-01"}
    base["customProperties"].append({"property": "callboard.control", "value": dict(_CONTROL)})
    return base


PLACES = [place for place in _places(_base()) if place]


def _put(found: Document, place: tuple[Any, ...], junk: Any) -> None:
    node: Any = found
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = junk


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=2))
@settings(
    max_examples=settings.default.max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example([(("schema", 0, "quality", 1, "implementation", "column"), [])])
def test_any_change_is_a_contract_or_a_problem(tmp_path: Path, changes) -> None:
    found = _base()
    for place, junk in changes:
        with suppress(KeyError, IndexError, TypeError):  # the first change may have taken the place
            _put(found, place, junk)
    contract, problems = read(tmp_path, found)
    assert (contract is None) == bool(problems)


@pytest.mark.parametrize(
    "parts", [{"column": ["city"]}, {"other": {}}, {"where": {"column": [], "values": ["A"]}}]
)
def test_a_list_in_the_place_of_a_name_is_a_problem(tmp_path: Path, parts: Document) -> None:
    found = _base()
    found["schema"][0]["quality"][0]["implementation"].update(parts)
    assert read(tmp_path, found)[1]
