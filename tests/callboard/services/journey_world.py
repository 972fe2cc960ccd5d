"""A journey of the small workspace: its file, its people, and how they draw it."""

from dataclasses import replace

from callboard.access import Actor, Role
from callboard.services.journeys import drawing
from callboard.services.journeys.journey_files import export_journey
from callboard.services.runtime import Runtime
from callboard.views import Origin, StageDraft
from definition_files import parse_yaml
from metrics.journey import Journey, JourneyStage

ADA = Actor(id="ada", name="Ada", roles=frozenset({Role.OPS_LEAD}))
BEN = Actor(id="ben", name="Ben", roles=frozenset({Role.ANALYST}))
FILED = Journey(
    code="customer",
    name="Order to help",
    stages=(
        JourneyStage(
            code="receive",
            name="Receive",
            touchpoints=("delivery",),
            metrics={"delivery": ("otd",)},
        ),
        JourneyStage(code="help", name="Get help", touchpoints=("desk",)),
    ),
)
USE = StageDraft(code="", name="Use it!", question="Does it work?")


def with_file(runtime: Runtime, journey: Journey = FILED) -> Runtime:
    """The runtime with a journey's file in its workspace."""
    definitions = runtime.definitions
    files = {**definitions.files, f"journey:{journey.code}": f"journeys/{journey.code}.yaml"}
    told = replace(definitions, journeys={journey.code: journey}, files=files)
    return replace(runtime, definitions=told)


def draw(runtime: Runtime, *stages: StageDraft, actor: Actor = ADA, note: str = "") -> str:
    """Draw a journey with more stages at its end."""
    draft = drawing.begin_draft(runtime, actor, journey="customer")
    drawn = replace(draft, stages=(*draft.stages, *stages))
    return drawing.save_draft(runtime, actor, draft=drawn, note=note)


def origins(runtime: Runtime) -> list[Origin]:
    return [each.origin for each in drawing.list_journeys(runtime, ADA)]


def exported(runtime: Runtime) -> Journey:
    document, _ = parse_yaml(export_journey(runtime, ADA).decode(), shown_as="")
    return Journey.model_validate(document)
