"""A contract as a Great Expectations suite: nothing is left out without a word."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import great_expectations as gx
import pandas as pd
import pytest

from data_contracts.catalogue import LIBRARY, read_contract
from data_contracts.gx_suite import suite_of, typed_rows, with_rows
from data_contracts.model import (
    Check,
    ColumnType,
    Contract,
    CountedIn,
    Dimension,
    Kind,
    RowCount,
    Severity,
    Tolerance,
)
from tests.data_contracts.mask_frames import check

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATHS = sorted(LIBRARY.glob("*.odcs.yaml"))


def _contract(*checks: Check, **parts: object) -> Contract:
    contract, _ = read_contract(LIBRARY / "contacts.odcs.yaml")
    assert contract is not None
    return replace(contract, **{"checks": checks, "row_counts": (), **parts})


def _suite(*checks: Check, **parts: object) -> tuple[list[dict], dict[str, str]]:
    suite, untold = suite_of(_contract(*checks, **parts), known={}, now=NOW)
    return suite["expectations"], untold


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name.split(".")[0])
def test_every_rule_is_in_the_suite_or_said_to_be_left_out(path) -> None:
    contract, _ = read_contract(path)
    assert contract is not None
    suite, untold = suite_of(contract, known={"touchpoints": {"desk"}}, now=NOW)
    told = [each["meta"]["rule"] for each in suite["expectations"]]
    rules = [*contract.checks, *contract.row_counts]
    assert sorted(each.rule_id for each in rules) == sorted([*told, *untold])
    assert suite == json.loads(json.dumps(suite))
    assert all(untold.values())


def _holds(check: Check, values: list) -> bool:
    (told,), _ = _suite(check)
    frame = pd.DataFrame({"resolve_hours": values})
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batch = asset.add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})
    return bool(batch.validate(gx.ExpectationSuite(name="s", expectations=[told])).success)


@pytest.mark.parametrize(("missing", "is_open", "holds"), [
    (5, False, True), (6, False, False), (5, True, False), (4, True, True),
])  # fmt: skip
def test_a_tolerance_in_per_cent_is_what_mostly_holds(
    missing: int, is_open: bool, holds: bool
) -> None:
    most = Tolerance(high=5, is_high_open=is_open, unit=CountedIn.PERCENT)
    rule = check(Kind.REQUIRED, "resolve_hours", tolerance=most)
    assert holds == _holds(rule, [None] * missing + [1.0] * (100 - missing))


@pytest.mark.parametrize("tolerance", [
    Tolerance(high=5),
    Tolerance(low=1, high=5, unit=CountedIn.PERCENT),
    Tolerance(low=5, high=9, is_outside=True, unit=CountedIn.PERCENT),
    Tolerance(low=0, is_low_open=True, unit=CountedIn.PERCENT),
])  # fmt: skip
def test_a_tolerance_that_mostly_cannot_say_is_untold(tolerance: Tolerance) -> None:
    told, untold = _suite(check(Kind.REQUIRED, "resolve_hours", tolerance=tolerance))
    assert not told
    assert "per cent" in untold["resolve_hours.required"]


def _rows(rule_id: str, tolerance: Tolerance) -> RowCount:
    return RowCount(
        rule_id=rule_id,
        severity=Severity.WARNING,
        dimension=Dimension.COVERAGE,
        description="There are rows.",
        tolerance=tolerance,
    )


def test_a_number_of_rows_is_bounded_unless_it_must_lie_outside() -> None:
    counts = (
        _rows("some", Tolerance(low=9, is_low_open=True)),
        _rows("none", Tolerance(low=1, high=2, is_outside=True)),
    )
    (told,), untold = _suite(row_counts=counts)
    assert {"min_value": 10, "max_value": None} == told["kwargs"]
    assert {"none"} == untold.keys()


def test_an_expectation_has_the_rule_s_own_words_and_weight() -> None:
    narrowed = check(Kind.REQUIRED, "team", where=("channel", ("Phone",)))
    (told,), _ = _suite(narrowed)
    assert ("It holds.", "critical") == (told["description"], told["severity"])
    assert {"rule": "team.required", "dimension": "accuracy", "kind": "required"} == told["meta"]
    assert ["Phone"] == told["kwargs"]["row_condition"]["parameter"]


def test_words_that_are_not_known_leave_their_rule_untold() -> None:
    told, untold = _suite(check(Kind.KNOWN, "team", reference="teams"))
    assert not told
    assert "the allowed teams are not known here" == untold["team.known"]


def test_a_value_of_another_type_is_missing_where_values_are_compared() -> None:
    frame = pd.DataFrame({"resolve_hours": ["1.5", "many", None], "else": [1, 2, 3]})
    assert [1.5] == typed_rows(frame, _contract())["resolve_hours"].dropna().tolist()
    hours = {"column_type": ColumnType.NUMBER}
    checks = (
        check(Kind.REQUIRED, "resolve_hours"),
        check(Kind.RANGE, "resolve_hours", low=1, **hours),
    )
    suite, _ = suite_of(_contract(*checks), known={}, now=NOW)
    kinds = [
        part["expectations"][0]["meta"]["kind"] for part, _ in with_rows(suite, frame, _contract())
    ]
    assert ["required", "range"] == kinds
