"""Masks and Great Expectations' own row checks find the same number of broken rows."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data_contracts.catalogue import LIBRARY, read_contract
from data_contracts.gate import run_suite
from data_contracts.gx_suite import suite_of, with_rows
from data_contracts.masks import judge_rows
from data_contracts.model import Check, Column, ColumnType, Contract, Kind
from tests.data_contracts.mask_frames import CHECKS, KNOWN, NARROWED, NOW, check, random_frame

UNTOLD = {Kind.MULTIPLE, Kind.OVERLAP}
NAMES = {
    "minutes": ColumnType.NUMBER,
    "stars": ColumnType.INTEGER,
    "flag": ColumnType.BOOLEAN,
    "day": ColumnType.DATE,
    "came_at": ColumnType.TIMESTAMP,
    "left_at": ColumnType.TIMESTAMP,
    "city": ColumnType.STRING,
    "touchpoint": ColumnType.STRING,
    "code": ColumnType.STRING,
}
TYPES = tuple(
    check(Kind.TYPE, name, column_type=kind, rule_id=f"{name}.has_type")
    for name, kind in NAMES.items()
    if kind is not ColumnType.STRING
)
ODD = {
    "minutes": [
        "1e1",
        "-.5",
        "5.",
        "inf",
        "nan",
        "1e999",
        "0x1F",
        " 7",
        "1,5",
        "12.5e-3",
        "1e-300",
    ],
    "stars": ["3.0", "2.5", "1e17", "-4", "x", "", "0012", "1.", "1_000"],
    "flag": ["true", "FALSE", "2", "yes", "1.0", "on"],
    "day": ["2026-02-29", "2024-02-29", "2100-02-29", "2026-3-4", "2026-03-04 00:00", "2026-11-31"],
    "came_at": ["2026-03-04T05:06:07Z", "2026-03-04 25:00", "2026-03-04 05:06+02:00", "now"],
    "left_at": ["2026-03-04 05:06:07.250", "2026-03-04", "2026-03-04 05:60", "0001-01-01"],
}


def contract_of(*checks: Check) -> Contract:
    contract, problems = read_contract(LIBRARY / "contacts.odcs.yaml")
    assert contract is not None, problems
    columns = tuple(Column(name=n, physical_name=n, type=kind) for n, kind in NAMES.items())
    return replace(contract, columns=columns, checks=checks, row_counts=())


def counted(frame: pd.DataFrame, *checks: Check) -> tuple[dict[str, int | str], dict[str, int]]:
    """What Great Expectations and the masks count of the rules that a suite can tell."""
    contract = contract_of(*checks)
    suite, untold = suite_of(contract, known=KNOWN, now=NOW)
    found: dict[str, int | str] = {}
    for part, rows in with_rows(suite, frame, contract):
        found |= run_suite(part, rows)
    judged = judge_rows(frame, checks, known=KNOWN, now=NOW)
    masks = {each.rule_id: each.failed for each in judged.evidence if each.rule_id not in untold}
    return found, masks


@pytest.mark.parametrize("seed", range(3))
def test_masks_and_great_expectations_count_the_same(seed: int) -> None:
    found, masks = counted(random_frame(seed, rows=300), *CHECKS, *NARROWED, *TYPES)
    assert masks == found
    assert all(masks[each.rule_id] for each in (*CHECKS, *NARROWED) if each.rule_id in masks)


@pytest.mark.parametrize("seed", range(3))
def test_they_count_the_same_of_text(seed: int) -> None:
    frame, chance = random_frame(seed, rows=300).astype("str"), np.random.default_rng(seed)
    for name, words in ODD.items():
        is_odd = chance.random(len(frame)) < 0.4
        frame.loc[is_odd, name] = chance.choice(words, int(is_odd.sum()))
    found, masks = counted(frame, *CHECKS, *NARROWED, *TYPES)
    assert masks == found
    assert all(masks[each.rule_id] for each in TYPES)


def test_every_kind_of_check_is_compared_or_known_to_be_untold() -> None:
    for checks in (CHECKS, NARROWED):
        _, untold = suite_of(contract_of(*checks), known=KNOWN, now=NOW)
        kinds = {each.kind for each in checks if each.rule_id not in untold}
        assert set(Kind) == kinds | UNTOLD
        assert not kinds & UNTOLD


def test_an_expectation_without_an_answer_says_why() -> None:
    told = [
        {"type": kind, "kwargs": kwargs, "meta": {"rule": rule}}
        for rule, kind, kwargs in (
            ("nowhere", "expect_column_values_to_not_be_null", {"column": "nowhere"}),
            ("rows", "expect_table_row_count_to_be_between", {"min_value": 1}),
        )
    ]
    found = run_suite({"name": "rows", "expectations": told}, random_frame(1, rows=3))
    assert "nowhere" in str(found["nowhere"])
    assert "it does not count rows" == found["rows"]
