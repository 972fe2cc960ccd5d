"""Files of composite indices: what is refused, and in which words."""

from pathlib import Path

import pytest

from definition_files import Problem
from metrics.catalogue import load_catalogue

INDEX = """\
metric: {code}
name: {code} of deliveries
question: How good is it?
pillar: Delivery
key: Efficiency
better: higher
unit: points
form: composite
components:
  - {{metric: otd, weight: 60, better: higher, transform: min_max, range: [60, 100]}}
  - {{metric: mishandled, weight: 40, better: lower, transform: min_max, range: [0, 40]}}
rationale: What customers said.
"""
OTD = "{{metric: otd, weight: 60, better: higher, transform: min_max, range: [60, 100]}}"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "metrics").mkdir()
    return tmp_path


def write_index(workspace: Path, code: str = "good", *changes: tuple[str, str]) -> None:
    text = INDEX
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (workspace / "metrics" / f"{code}.yaml").write_text(text.format(code=code))


def problems_of(workspace: Path) -> tuple[Problem, ...]:
    return load_catalogue(workspace).problems


def test_a_composite_has_the_feeds_of_all_its_components(workspace: Path) -> None:
    write_index(
        workspace, "good", ("metric: mishandled", "metric: complaints"), ("[0, 40]", "[0, 9]")
    )
    index = load_catalogue(workspace).metrics["good"]
    assert {"contacts", "deliveries"} == index.feeds
    assert ["otd", "complaints"] == [each.code for each in index.component_metrics]


def test_a_composite_may_stand_on_another(workspace: Path) -> None:
    write_index(workspace, "good")
    write_index(workspace, "better", ("metric: otd", "metric: good"))
    catalogue = load_catalogue(workspace)
    assert () == catalogue.problems
    assert {"deliveries"} == catalogue.metrics["better"].feeds


def test_an_unknown_component_gets_the_nearest_known_one(workspace: Path) -> None:
    write_index(workspace, "good", ("metric: otd", "metric: otdd"))
    (problem,) = problems_of(workspace)
    assert ("metrics/good.yaml", "components.0.metric") == (problem.file, problem.key)
    assert "Did you mean 'otd'?" == problem.suggestion


def test_a_composite_that_leads_back_to_itself_is_refused(workspace: Path) -> None:
    write_index(workspace, "one", ("metric: otd", "metric: two"))
    write_index(workspace, "two", ("metric: otd", "metric: one"))
    found = problems_of(workspace)
    assert ["metrics/one.yaml", "metrics/two.yaml"] == [each.file for each in found]
    assert all("made of itself" in each.found for each in found)


def test_a_direction_other_than_the_metrics_own_is_refused(workspace: Path) -> None:
    write_index(workspace, "good", ("better: lower", "better: higher"))
    (problem,) = problems_of(workspace)
    assert ("components.1.better", "'lower', which the metric 'mishandled' says") == (
        problem.key,
        problem.expected,
    )


def test_a_component_of_another_version_is_refused(workspace: Path) -> None:
    """Weight and range were laid down for a definition: with another one they are another index."""
    write_index(workspace, "good", ("range: [60, 100]", "range: [60, 100], version: 2"))
    (problem,) = problems_of(workspace)
    assert ("components.0.version", "version 2 of 'otd', which is at 1") == (
        problem.key,
        problem.found,
    )


@pytest.mark.parametrize(
    ("change", "key", "expected"),
    [
        (("weight: 60", "weight: 0"), "components.0.weight", "greater than 0"),
        (("weight: 60", "weight: -3"), "components.0.weight", "greater than 0"),
        (("weight: 60", "weight: .inf"), "components.0.weight", "a finite number"),
        (("range: [60, 100]", "scale: 1"), "components.0.range", "a value, which the transform"),
        (("range: [60, 100]", "range: [9, 1]"), "components.0.range", "[low, high]"),
        (
            ("transform: min_max, range: [60, 100]", "transform: identity, scale: 1"),
            "components",
            "one scale for all of them, not 0 to 100 and raw units mixed",
        ),
        (
            ("transform: min_max, range: [60, 100]", "transform: percentile, quantiles: [1, 2]"),
            "components.0.quantiles",
            "3 numbers or more",
        ),
        (("metric: mishandled", "metric: otd"), "components", "'otd' stands twice"),
        (("rationale: What customers said.\n", ""), "rationale", "a value, which the form"),
        (("unit: points", "unit: percent"), "unit", "'index', 'score' or 'points'"),
        (("question: How good is it?\npillar: Delivery\nkey: Efficiency\nbetter: higher",
          "question: How?\npillar: Delivery\nkey: Efficiency\nbetter: neutral"), "better", "'higher' or 'lower'"),
        (("form: composite", "form: composite\nfeed: contacts"), "feed", "no 'feed'"),
        (("form: composite", "form: composite\nmin_n: 5"), "min_n", "each component has its own"),
        (("form: composite", "form: composite\nmissing: ignore"), "missing", "'no_score'"),
        (("form: composite", "form: count\nfeed: contacts\nnumerator: {{}}"), "components", "no 'comp"),
    ],
)  # fmt: skip
def test_what_makes_no_index_is_refused_in_its_place(
    workspace: Path, change: tuple[str, str], key: str, expected: str
) -> None:
    write_index(workspace, "good", change)
    assert any(
        problem.key == key and expected in problem.expected for problem in problems_of(workspace)
    ), problems_of(workspace)


@pytest.mark.parametrize(
    ("changes", "is_right"),
    [
        ("version: 2\nchanges: [{version: 2, from: 2019-01-01, what: bags}]\n", True),
        ("version: 3\nchanges: [{version: 2, from: 2019-01-01, what: bags}]\n", False),
        (
            "version: 3\nchanges:\n  - {version: 2, from: 2019-01-01, what: bags}\n"
            "  - {version: 3, from: 2018-01-01, what: bags}\n",
            False,
        ),
    ],
)
def test_changes_lead_to_the_version_that_is_in_force(
    workspace: Path, changes: str, is_right: bool
) -> None:
    write_index(
        workspace,
        "good",
        ("rationale:", changes.replace("{", "{{").replace("}", "}}") + "rationale:"),
    )
    assert is_right == (problems_of(workspace) == ())
