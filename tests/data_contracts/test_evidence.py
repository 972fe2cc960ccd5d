"""The evidence of a run: the names of its slices, and its text."""

from datetime import date, timedelta

import pytest

from data_contracts.evidence import DatasetEvidence, Gate, Held, SliceEvidence
from data_contracts.evidence_text import read_evidence, write_evidence

DAY = date(2026, 11, 20)
SCALE = SliceEvidence(
    gate=Gate.SCALE, touchpoint="desk", metric="aht", judged=3, broken=(DAY,), message="60 times"
)
WHOLE = DatasetEvidence(
    rows_in=1000,
    rows_quarantined=10,
    age=timedelta(hours=2, microseconds=5),
    missing_columns=("city",),
    is_incremental=True,
    errors={"city.length": "no such function: «λ»"},
    slices=(SCALE, SliceEvidence(gate=Gate.TOTALS, touchpoint="", judged=0, error="no table")),
    rows_collapsed=4,
    extra_columns=("colour",),
    lost_columns=("note",),
    columns=("id", "colour"),
    is_draft=True,
)


@pytest.mark.parametrize(("metric", "name"), [("", "desk"), ("aht", "desk/aht")])
def test_a_slice_is_named_after_its_touchpoint_and_metric(metric: str, name: str) -> None:
    judged = SliceEvidence(gate=Gate.SHARE, touchpoint="desk", metric=metric, judged=1)
    held = Held(touchpoint="desk", metric=metric, day=DAY, rule_id=Gate.SHARE)
    assert (name, name) == (judged.slice_key, held.slice_key)


@pytest.mark.parametrize("dataset", [WHOLE, DatasetEvidence(rows_in=0, has_table=False)])
def test_evidence_that_was_written_is_read_back_as_it_was(dataset: DatasetEvidence) -> None:
    assert dataset == read_evidence(write_evidence(dataset))


def test_a_run_that_kept_no_evidence_is_not_read_as_one_without_rows() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        read_evidence("")
