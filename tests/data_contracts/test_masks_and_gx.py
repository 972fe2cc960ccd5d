"""Masks and Great Expectations' own row checks find the same number of broken rows."""

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pytest

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


def _broken_rows(frame: pd.DataFrame, checks: tuple[Check, ...]) -> dict[str, int]:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    suite = gx.ExpectationSuite("rows")
    for check in checks:
        suite.add_expectation(_expectation(check))
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    results = batch.validate(suite, result_format="BASIC").results
    assert not [each for each in results if each.exception_info.get("raised_exception")]
    return {
        each.expectation_config.meta["rule"]: each.result["unexpected_count"] for each in results
    }


@pytest.mark.parametrize("seed", range(4))
def test_masks_and_great_expectations_count_the_same(seed: int) -> None:
    frame = random_frame(seed, rows=300)
    checks = tuple(each for each in CHECKS if each.where is None)
    judged = judge_rows(frame, checks, known=KNOWN, now=NOW)
    masks = {each.rule_id: each.failed for each in judged.evidence}
    assert _broken_rows(frame, checks) == masks
    assert all(masks.values())
