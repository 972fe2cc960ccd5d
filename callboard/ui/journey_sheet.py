"""A journey on one sheet of A3: as large as it fits on it, at most half as large again. Pure."""

from collections.abc import Iterable

from callboard.ui.journey_ways import is_crowded, ways_across
from callboard.views import JourneyMap, JourneyNode

# In pixels of the page as it prints: the sheet below its sentence, then the parts of the way.
_WIDTH, _HEIGHT = 1500.0, 820.0
_HEAD, _BETWEEN, _NOTES = 60.0, 80.0, 190.0
_NODE, _LINE = 42.0, 16.0
_WIDE, _NARROW = 230.0, 150.0
_LEVEL, _PORTS, _UPRIGHT = 22.0, 70.0, 80.0
_SCALES = [step / 100 for step in range(150, 20, -2)]


def zoom_of(view: JourneyMap) -> float:
    """Return the scale at which the whole way and its room for notes stand on the sheet."""
    return next((each for each in _SCALES if _height(view, each) <= _HEIGHT), _SCALES[-1])


def _height(view: JourneyMap, scale: float) -> float:
    """How tall the way is on paper: the smaller it is drawn, the fewer of its lines are folded."""
    folds = _folds(_WIDTH / scale / max(len(view.parts), 1))
    below = _folds(_WIDTH / scale / max(len(view.behind), 1))
    front = max((_column(part.nodes, folds) for part in view.parts), default=0.0)
    behind = max((_column([node], below) for node in view.behind), default=0.0)
    between = _BETWEEN if view.behind else 0.0
    head = _HEAD + (folds - 1) * 2 * _LINE
    return scale * (head + front + _flow(view) + between + behind + _NOTES)


def _folds(column: float) -> int:
    """On how many lines a metric's name and value stand in a column so wide."""
    if column >= _WIDE:
        return 1
    return 2 if column >= _NARROW else 3


def _flow(view: JourneyMap) -> float:
    """The ways between touchpoints, with the names of their ends."""
    levels = ways_across(view).levels
    return levels * _LEVEL + _PORTS + _UPRIGHT * is_crowded(view) if levels else 0.0


def _column(nodes: Iterable[JourneyNode], folds: int) -> float:
    return sum(
        _NODE + (folds - 1) * _LINE + _LINE * (folds * len(node.figures) + bool(node.more))
        for node in nodes
    )
