"""Masks and Great Expectations' own row checks find the same number of broken rows."""

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pytest

from data_contracts.gate import run_suite
from data_contracts.masks import judge_rows
from data_contracts.model import Check, Kind
from tests.data_contracts.mask_frames import CHECKS, KNOWN, NOW, random_frame


def _expectation(check: Check) -> gxe.Expectation:
    column = check.column
    words = sorted(check.values or KNOWN.get(check.reference, ()))
    bounds = {"min_value": check.low, "max_value": check.high}
    present = {"ignore_row_if": "either_value_is_missing"}
    whole = {"ignore_row_if": "any_value_is_missing"}
    kind, parts = {
        Kind.REQUIRED: (gxe.ExpectColumnValuesToNotBeNull, {"column": column}),
        Kind.RANGE: (gxe.ExpectColumnValuesToBeBetween, {"column": column, **bounds}),
        Kind.ONE_OF: (gxe.ExpectColumnValuesToBeInSet, {"column": column, "value_set": words}),
        Kind.KNOWN: (gxe.ExpectColumnValuesToBeInSet, {"column": column, "value_set": words}),
        Kind.PATTERN: (
            gxe.ExpectColumnValuesToMatchRegex,
            {"column": column, "regex": check.pattern},
        ),
        Kind.LENGTH: (gxe.ExpectColumnValueLengthsToBeBetween, {"column": column, **bounds}),
        Kind.NOT_BEFORE: (
            gxe.ExpectColumnPairValuesAToBeGreaterThanB,
            {"column_A": column, "column_B": check.other, "or_equal": True, **present},
        ),
        Kind.NOT_FUTURE: (
            gxe.ExpectColumnValuesToBeBetween,
            {"column": column, "max_value": NOW.replace(tzinfo=None)},
        ),
        Kind.UNIQUE: (
            gxe.ExpectCompoundColumnsToBeUnique,
            {"column_list": list(check.columns), **whole},
        ),
    }[check.kind]
    return kind(**parts, meta={"rule": check.rule_id})


def _broken_rows(frame: pd.DataFrame, checks: tuple[Check, ...]) -> dict[str, int | str]:
    gx.get_context(mode="ephemeral")  # an expectation needs one to be made
    told = [_expectation(each).configuration.to_json_dict() for each in checks]
    return run_suite({"name": "rows", "expectations": told}, frame)


@pytest.mark.parametrize("seed", range(4))
def test_masks_and_great_expectations_count_the_same(seed: int) -> None:
    frame = random_frame(seed, rows=300)
    checks = CHECKS[:9]
    judged = judge_rows(frame, checks, known=KNOWN, now=NOW)
    masks = {each.rule_id: each.failed for each in judged.evidence}
    assert _broken_rows(frame, checks) == masks
    assert all(masks.values())


def test_an_expectation_without_an_answer_says_why() -> None:
    column = gxe.ExpectColumnValuesToNotBeNull(column="nowhere", meta={"rule": "nowhere"})
    whole = gxe.ExpectTableRowCountToBeBetween(min_value=1, meta={"rule": "rows"})
    told = [each.configuration.to_json_dict() for each in (column, whole)]
    found = run_suite({"name": "rows", "expectations": told}, random_frame(1, rows=3))
    assert "nowhere" in str(found["nowhere"])
    assert "it does not count rows" == found["rows"]
