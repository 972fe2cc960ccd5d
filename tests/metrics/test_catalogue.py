"""Definition files: read strictly, all problems at once, each with a way out."""

import pytest

from definition_files import Problem
from metrics.catalogue import load_catalogue, metric_schema, touchpoint_schema

METRIC = """\
metric: {code}
name: Late calls
question: How many calls are late?
pillar: Quality
key: Show
better: lower
unit: percent
form: ratio
feed: contacts
numerator: {{where: [{{column: wait_seconds, is: above, value: 60}}]}}
denominator: {{}}
"""
TOUCHPOINT = "touchpoint: {code}\nname: Service desk\nstage: front\n"


@pytest.fixture
def workspace(tmp_path):
    for folder in ("metrics", "touchpoints"):
        (tmp_path / folder).mkdir()
    return tmp_path


def write_metric(workspace, code, text=METRIC, name=None):
    (workspace / "metrics" / (name or f"{code}.yaml")).write_text(text.format(code=code))


def write_touchpoint(workspace, code, more=""):
    text = TOUCHPOINT.format(code=code) + more
    (workspace / "touchpoints" / f"{code}.yaml").write_text(text)


def problems_of(workspace):
    return load_catalogue(workspace).problems


def test_a_workspace_adds_its_metrics_to_the_library(workspace):
    write_metric(workspace, "late_calls")
    catalogue = load_catalogue(workspace)
    assert {"late_calls", "abandon"} <= set(catalogue.metrics)
    assert "metrics/late_calls.yaml" == catalogue.metric_files["late_calls"]
    assert () == catalogue.problems


def test_a_metric_of_the_workspace_wins_over_the_library(workspace):
    write_metric(workspace, "abandon")
    catalogue = load_catalogue(workspace)
    assert "Late calls" == catalogue.metrics["abandon"].name
    assert "metrics/abandon.yaml" == catalogue.metric_files["abandon"]


def test_touchpoints_are_read_with_their_files(workspace):
    write_touchpoint(workspace, "service_desk")
    catalogue = load_catalogue(workspace)
    assert "Service desk" == catalogue.touchpoints["service_desk"].name
    assert "touchpoints/service_desk.yaml" == catalogue.touchpoint_files["service_desk"]


def test_a_workspace_without_folders_is_only_the_library(tmp_path):
    assert load_catalogue().metrics.keys() == load_catalogue(tmp_path / "none").metrics.keys()


def test_the_problems_of_all_files_are_told_at_once(workspace):
    write_metric(workspace, "late_calls", METRIC.replace("lower", "lowr") + "colour: red\n")
    write_metric(workspace, "broken", "metric: [\n")
    write_touchpoint(workspace, "desk", "stagge: back\n")
    found = {(problem.file, problem.key) for problem in problems_of(workspace)}
    assert {
        ("metrics/late_calls.yaml", "better"),
        ("metrics/late_calls.yaml", "colour"),
        ("metrics/broken.yaml", "line 2"),
        ("touchpoints/desk.yaml", "stagge"),
    } == found


@pytest.mark.parametrize(
    ("wrong", "key", "suggestion"),
    [
        (("better: lower", "better: lowest"), "better", "Did you mean 'lower'?"),
        (("form: ratio", "form: ration"), "form", "Did you mean 'ratio'?"),
        (("question:", "questoin:"), "questoin", "Did you mean 'question'?"),
        (("is: above", "is: abov"), "numerator.where.0.is", "Did you mean 'above'?"),
        (("column: wait", "colum: wait"), "numerator.where.0.colum", "Did you mean 'column'?"),
    ],
)
def test_a_misspelt_word_gets_the_nearest_right_one(workspace, wrong, key, suggestion):
    write_metric(workspace, "late_calls", METRIC.replace(*wrong))
    assert (key, suggestion) in [(each.key, each.suggestion) for each in problems_of(workspace)]


def test_a_file_is_called_as_its_code(workspace):
    write_metric(workspace, "late_calls", name="late.yaml")
    assert (
        Problem(
            file="metrics/late.yaml",
            key="metric",
            found="'late_calls' in a file called 'late.yaml'",
            expected="a file called 'late_calls.yaml'",
            suggestion="Rename the file or the code.",
        ),
    ) == problems_of(workspace)


def test_a_file_with_the_other_ending_is_told_and_not_overlooked(workspace):
    write_metric(workspace, "late_calls", name="late_calls.yml")
    (problem,) = problems_of(workspace)
    assert "a file called 'late_calls.yaml'" == problem.expected


def test_the_same_code_in_two_files_is_told(workspace):
    write_metric(workspace, "late_calls")
    write_metric(workspace, "late_calls", name="late_calls_2.yaml")
    assert ["metrics/late_calls_2.yaml"] == [each.file for each in problems_of(workspace)]


@pytest.mark.parametrize(
    ("targets", "key"),
    [
        ("[{metric: fcr, value: 80, from: 2026-02-01, to: 2026-01-01}]", "targets.0.to"),
        (
            "[{metric: fcr, value: 80, from: 2026-01-01}, {metric: fcr, value: 85, from: 2026-06-01}]",
            "targets.1",
        ),
    ],
)
def test_targets_that_end_before_they_begin_or_overlap_are_told(workspace, targets, key):
    write_touchpoint(workspace, "desk", f"targets: {targets}\n")
    assert [key] == [each.key for each in problems_of(workspace)]


def test_targets_that_follow_one_another_are_right(workspace):
    targets = (
        "[{metric: fcr, value: 80, from: 2026-01-01, to: 2026-05-31},"
        " {metric: fcr, value: 85, from: 2026-06-01}, {metric: otd, value: 9, from: 2026-01-01}]"
    )
    write_touchpoint(workspace, "desk", f"targets: {targets}\n")
    assert () == problems_of(workspace)


def test_a_name_of_two_touchpoints_is_told(workspace):
    write_touchpoint(workspace, "desk", "aliases: [front, hall]\n")
    write_touchpoint(workspace, "hall", "aliases: [front]\n")
    found = [(each.file, each.key, each.found) for each in problems_of(workspace)]
    assert [
        ("touchpoints/desk.yaml", "aliases.1", "'hall', which 'hall' is called too"),
        ("touchpoints/hall.yaml", "aliases.0", "'front', which 'desk' is called too"),
    ] == found


def test_a_broken_file_does_not_keep_the_others_from_being_read(workspace):
    write_metric(workspace, "broken", "metric: [\n")
    write_metric(workspace, "late_calls")
    assert "late_calls" in load_catalogue(workspace).metrics


@pytest.mark.parametrize(
    ("schema", "title", "first"),
    [
        (metric_schema, "A Callboard metric", "metric"),
        (touchpoint_schema, "A Callboard touchpoint", "touchpoint"),
    ],
)
def test_editors_get_a_schema_in_the_words_of_the_files(schema, title, first):
    document = schema()
    assert title == document["title"]
    assert first in document["required"]
    assert document["additionalProperties"] is False


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        (("form: ratio", "form: count"), {"denominator"}),
        (("form: ratio", "form: mean"), {"numerator", "denominator", "value"}),
        (("better: lower", "better: band"), {"band"}),
        (("better: lower", "better: band\nband: [5, 5]"), {"band"}),
        (("unit: percent", "unit: per"), {"per", "unit"}),
        (("form: ratio", "form: rate\nstock: mean"), {"unit", "stock"}),
        (("form: ratio", "form: rate\nmisses: calls in time"), {"unit", "misses"}),
        (("form: ratio", "form: ratio\nwhere: [{{column: a, is: present}}]"), {"where"}),
    ],
)
def test_keys_that_do_not_go_together_are_told_all_at_once(workspace, replaced, expected):
    write_metric(workspace, "late_calls", METRIC.replace(*replaced))
    assert expected == {each.key for each in problems_of(workspace)}


def test_what_counts_nothing_has_no_word_for_what_it_counts(workspace):
    form = "form: net_score\nvalue: {{column: score}}\npromoters_from: 9\ndetractors_to: 6\n"
    text = METRIC.split("numerator", maxsplit=1)[0].replace(
        "form: ratio\n", f"{form}counts: calls\n"
    )
    write_metric(workspace, "late_calls", text)
    assert "counts" in {each.key for each in problems_of(workspace)}


def test_a_net_score_needs_its_promoters_above_its_detractors(workspace):
    form = "form: net_score\nvalue: {{column: score}}\npromoters_from: 6\ndetractors_to: 6\n"
    text = METRIC.split("numerator", maxsplit=1)[0].replace("form: ratio\n", form)
    write_metric(workspace, "late_calls", text)
    (problem,) = problems_of(workspace)
    assert ("promoters_from", "6.0", "a score above 'detractors_to'") == (
        problem.key,
        problem.found,
        problem.expected,
    )


def test_a_part_that_is_missing_is_found_as_nothing(workspace):
    write_metric(workspace, "late_calls", METRIC.split("denominator", maxsplit=1)[0])
    (problem,) = problems_of(workspace)
    assert ("denominator", "nothing") == (problem.key, problem.found)


def test_a_comparison_value_of_no_kind_is_one_problem_and_not_five(workspace):
    write_metric(workspace, "late_calls", METRIC.replace("value: 60", "value: {{a: 1}}"))
    assert ["numerator.where.0.value"] == [each.key for each in problems_of(workspace)]


def test_what_is_still_open_is_told_of_a_percentile_of_a_time_alone(workspace):
    write_metric(
        workspace,
        "late_calls",
        METRIC.replace("form: ratio\n", "form: ratio\nopen:\n  - {{column: x, is: missing}}\n"),
    )
    assert {"open"} == {each.key for each in problems_of(workspace)}


def test_saying_what_is_open_makes_readings_anew_and_leaves_those_of_others():
    told = load_catalogue().metrics["ttr_p50"]
    without = told.model_copy(update={"open": ()})
    assert without.fingerprint != told.fingerprint
    assert {"outcome"} == told.columns("contacts") - without.columns("contacts")


def test_a_metric_that_tells_of_no_open_cases_keeps_its_readings():
    before_there_were_any = "e88efedc813065f1"
    assert before_there_were_any == load_catalogue().metrics["otd"].fingerprint
