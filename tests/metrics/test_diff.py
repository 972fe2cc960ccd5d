"""Two versions of a metric: another unit, formula or direction is never let pass."""

from datetime import date
from typing import Any

import pytest

from metrics.catalogue import load_catalogue
from metrics.diff import TOLD, diff_metrics, needed_metric_version
from metrics.model import Metric

LIBRARY = load_catalogue().metrics
MEAN = {
    "metric": "wait",
    "name": "Wait",
    "question": "How long do customers wait?",
    "description": "Seconds from ringing to an answer.",
    "pillar": "Delivery",
    "key": "Speed",
    "better": "lower",
    "unit": "seconds",
    "form": "mean",
    "feed": "contacts",
    "value": {"column": "wait_seconds"},
    "where": [
        {"column": "outcome", "is": "in", "value": ["answered", "abandoned"]},
        {"column": "channel", "is": "equal", "value": "phone"},
    ],
    "dimensions": ["team", "region"],
    "target": 20,
    "version": 3,
}
RATIO = {
    **{key: MEAN[key] for key in ("metric", "name", "question", "pillar", "key", "feed")},
    "better": "higher",
    "unit": "percent",
    "form": "ratio",
    "numerator": {"where": [{"column": "sla_met", "is": "equal", "value": True}]},
    "denominator": {},
    "misses": "late answers",
    "target": 80,
}


def _edits(base: dict[str, Any], /, **values: Any) -> set[tuple[str, str]]:
    changed = {key: each for key, each in {**base, **values}.items() if each is not None}
    edits = diff_metrics(Metric.model_validate(base), Metric.model_validate(changed))
    return {(each.where, each.weight.value) for each in edits}


@pytest.mark.parametrize("code", LIBRARY)
def test_the_same_metric_has_no_edits(code: str) -> None:
    assert () == diff_metrics(LIBRARY[code], LIBRARY[code].model_copy(update={"version": 9}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit", "minutes"),
        ("better", "higher"),
        ("value", {"column": "handle_seconds"}),
        ("value", {"from": "came_at", "to": "left_at", "unit": "seconds"}),
        ("where", []),
        ("where", [{"column": "channel", "is": "equal", "value": "mail"}]),
        ("feed", "calls"),
        ("grain", "month"),
        ("clock", "business"),
        ("population", "those who waited"),
        ("metric", "waiting"),
    ],
)
def test_another_unit_formula_or_direction_breaks(key: str, value: Any) -> None:
    assert {(key, "breaking")} == _edits(MEAN, **{key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("numerator", {"where": [{"column": "sla_met", "is": "equal", "value": False}]}),
        ("denominator", {"where": [{"column": "has_sla", "is": "equal", "value": True}]}),
        ("unit", "points"),
    ],
)
def test_another_part_of_a_ratio_breaks(key: str, value: Any) -> None:
    assert {(key, "breaking")} == _edits(RATIO, **{key: value})


def test_another_form_breaks() -> None:
    assert {("form", "breaking"), ("percentile", "breaking")} == _edits(
        MEAN, form="percentile", percentile=50
    )


def test_another_weight_of_a_component_breaks() -> None:
    composite = {
        **{key: MEAN[key] for key in ("metric", "name", "question", "pillar", "key")},
        "better": "higher",
        "unit": "index",
        "form": "composite",
        "rationale": "It is so.",
        "components": [_component("csat", 2), _component("sl_20", 1)],
    }
    assert set() == _edits(composite, components=composite["components"][::-1])
    lighter = [_component("csat", 1), _component("sl_20", 1)]
    assert {("components", "breaking")} == _edits(composite, components=lighter)


def _component(metric: str, weight: float) -> dict[str, Any]:
    span = {"transform": "min_max", "range": [0, 100]}
    return {"metric": metric, "weight": weight, "better": "higher", **span}


def test_the_order_of_conditions_says_nothing() -> None:
    turned = [{**each} for each in MEAN["where"][::-1]]
    turned[1]["value"] = ["abandoned", "answered"]
    assert set() == _edits(MEAN, where=turned)


@pytest.mark.parametrize(
    ("key", "value", "weight"),
    [
        ("min_n", 5, "loosened"),
        ("min_n", 30, "tightened"),
        ("benchmark_max_age", 36, "loosened"),
        ("lag_days", 3, "loosened"),
        ("target", 30, "loosened"),
        ("target", 10, "tightened"),
        ("target", None, "loosened"),
        ("dimensions", ["team"], "breaking"),
        ("dimensions", ["team", "region", "channel"], "compatible"),
        ("dimensions", None, "compatible"),
        ("retired", date(2027, 1, 1), "compatible"),
        ("description", "Minutes from ringing to an answer.", "breaking"),
        ("description", "Seconds from the first ring to an answer.", "compatible"),
        ("base", "answered contacts", "compatible"),
        ("name", "Waiting", "compatible"),
        ("decimals", 0, "compatible"),
        ("synonyms", ["ASA"], "compatible"),
    ],
)
def test_what_else_is_edited_is_weighed(key: str, value: Any, weight: str) -> None:
    assert {(key, weight)} == _edits(MEAN, **{key: value})


def test_a_higher_target_is_harder_where_higher_is_better() -> None:
    assert {("target", "tightened")} == _edits(RATIO, target=90)
    assert {("target", "loosened")} == _edits(RATIO, target=70)


def test_days_of_change_may_come_and_not_go() -> None:
    change = {"version": 3, "from": "2026-01-01", "what": "Calls count, too."}
    assert {("changes", "compatible")} == _edits(MEAN, changes=[change])
    assert {("changes", "loosened")} == _edits({**MEAN, "changes": [change]}, changes=[])


def test_no_key_of_a_metric_changes_without_a_word() -> None:
    keys = {each.alias or name for name, each in Metric.model_fields.items()}
    assert keys - {"version"} == TOLD


def test_only_heavy_edits_need_a_version() -> None:
    old = Metric.model_validate(MEAN)
    shorter, named = (
        Metric.model_validate({**MEAN, **each}) for each in ({"unit": "minutes"}, {"name": "W"})
    )
    assert 4 == needed_metric_version(diff_metrics(old, shorter), 3)
    assert 3 == needed_metric_version(diff_metrics(old, named), 3)
