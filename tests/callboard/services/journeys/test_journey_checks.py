"""What a journey names has to be there, on the front stage, and measured at its touchpoint."""

from pathlib import Path

import pytest

from callboard.services.defining.definitions import load_definitions
from callboard.services.defining.journey_checks import check_journey
from callboard.services.runtime import Runtime
from callboard.settings import load_settings
from metrics.journey import Journey, JourneyStage
from tests.callboard.services.small_world import SmallWorld, make_workspace


def found(runtime: Runtime, **stage: object) -> list[tuple[str, str, str]]:
    """Where, what and with which advice a journey of one stage is wrong."""
    one = JourneyStage(code="a", name="A", **stage)  # type: ignore[arg-type]  # a shorthand
    journey = Journey(code="customer", name="C", stages=(one,))
    definitions = runtime.definitions
    problems = check_journey(
        journey, definitions.touchpoints, definitions.metrics, file="journeys/customer.yaml"
    )
    return [(each.key, each.found, each.suggestion) for each in problems]


@pytest.mark.parametrize(
    ("touchpoint", "what", "advice"),
    [
        ("desc", "the unknown touchpoint 'desc'", "Did you mean 'desk'?"),
        ("depot", "'depot', which customers do not see", "A service behind one is drawn by"),
    ],
)
def test_a_stage_has_front_touchpoints_only(
    world: SmallWorld, touchpoint: str, what: str, advice: str
) -> None:
    ((key, told, suggestion),) = found(world.runtime, touchpoints=("desk", touchpoint))
    assert ("stages.0.touchpoints", what) == (key, told)
    assert suggestion.startswith(advice)


def test_a_step_tells_metrics_that_there_are(world: SmallWorld) -> None:
    metrics = {"desk": ("abandon", "abandom")}
    assert [
        ("stages.0.metrics.desk", "the unknown metric 'abandom'", "Did you mean 'abandon'?")
    ] == found(world.runtime, touchpoints=("desk",), metrics=metrics)


def test_a_workspace_is_refused_for_a_wrong_journey(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "workspace")
    (folder / "journeys").mkdir()
    text = "journey: customer\nname: C\nstages: [{code: a, name: A, touchpoints: [desc]}]\n"
    (folder / "journeys" / "customer.yaml").write_text(text, encoding="utf-8")
    home = {"CALLBOARD_HOME": str(tmp_path / "home")}
    definitions, problems = load_definitions(load_settings(home, workspace=folder))
    assert definitions is None
    assert [("journeys/customer.yaml", "stages.0.touchpoints")] == [
        (each.file, each.key) for each in problems
    ]
