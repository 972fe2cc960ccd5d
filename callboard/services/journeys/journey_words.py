"""The sentence of a journey: where on the way it hurts, and what stands behind it. Pure."""

from collections.abc import Sequence

from callboard.services.journeys.steps import Steps
from callboard.services.tiles.headlines import name_at, tell
from callboard.views import JourneyNode, JourneyPart

NOTHING_YET = "No readings yet. The way is there; its verdicts come with the first refresh."
NOBODY_YET = "Nobody is met on this way yet: it is drawn below, or in its file."
NOTHING_HERE = "No readings on this way yet: no row of a connected feed names its touchpoints."


def headline(
    parts: Sequence[JourneyPart],
    behind: Sequence[JourneyNode],
    steps: Steps,
    *,
    publication: int,
) -> str:
    """Return `Receive is where it hurts most: on-time delivery at Field delivery, falling …`."""
    if not publication:
        return NOTHING_YET
    if not any(part.nodes or part.gone for part in parts):
        return NOBODY_YET
    if not any(node.figures for part in parts for node in part.nodes):
        return NOTHING_HERE
    hurting = [part for part in parts if part.is_hurting]
    if not hurting:
        return "Nowhere on the way does it hurt."
    part, node = max(
        ((part, node) for part in hurting for node in part.nodes if node.is_hurting),
        key=lambda each: _concern(each[1], steps),
    )
    most = "" if len(hurting) == 1 else f" most ({len(hurting)} of {len(parts)} stages hurt)"
    worst = f"{part.name} is where it hurts{most}: {_told(node, steps)}"
    return f"{worst}; {_behind(node, behind, steps)}."


def _behind(node: JourneyNode, behind: Sequence[JourneyNode], steps: Steps) -> str:
    services = [each for each in behind if each.key in node.services]
    at_risk = [each for each in services if each.is_hurting]
    if at_risk:
        worst = max(at_risk, key=lambda each: _concern(each, steps))
        return f"backstage, {_told(worst, steps)}"
    if not services:
        return "no service is drawn behind it"
    return "backstage nothing hurts"


def _told(node: JourneyNode, steps: Steps) -> str:
    tile = steps.tile(node.touchpoint, node.figures[0].metric)
    return ", ".join(filter(None, (name_at(tile.metric_name, node.name), tell(tile))))


def _concern(node: JourneyNode, steps: Steps) -> float:
    return steps.tile(node.touchpoint, node.figures[0].metric).concern
