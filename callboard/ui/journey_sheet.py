"""A journey on one sheet of A3: how much smaller it is drawn where it is tall. Pure."""

from collections.abc import Iterable

from callboard.views import JourneyMap, JourneyNode

# In pixels of the page as it prints: the sheet below its sentence, then the parts of the way.
_SHEET = 840.0
_HEAD, _BETWEEN, _NOTES = 110.0, 130.0, 210.0
_NODE, _FIGURE = 58.0, 24.0
_SMALLEST = 0.35


def zoom_of(view: JourneyMap) -> float:
    """Return the scale at which the whole way and its room for notes stand on the sheet."""
    front = max((_height(part.nodes) for part in view.parts), default=0.0)
    behind = max((_height([node]) for node in view.behind), default=0.0)
    needed = _HEAD + front + _NOTES + (behind + _BETWEEN if view.behind else 0.0)
    return max(min(1.0, _SHEET / needed), _SMALLEST)


def _height(nodes: Iterable[JourneyNode]) -> float:
    return sum(_NODE + _FIGURE * (len(node.figures) + bool(node.more)) for node in nodes)
