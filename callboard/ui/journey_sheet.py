"""A journey on one sheet of A3: as large as it fits, at most half as large again as on screen.

How tall it will be is told from the length of its texts, in pixels of the page as it prints. What
is left is room for notes. Pure.
"""

from collections.abc import Iterable
from math import ceil

from callboard.ui.journey_ways import is_crowded, ways_across
from callboard.views import JourneyFigure, JourneyMap, JourneyNode, JourneyPart

_WIDTH, _HEIGHT = 2000.0, 1050.0  # of the sheet below its sentence; a page prints at 75 %
_NOTES, _FILLED = 250.0, 0.75  # the least room for notes, and how much of what is left they take
_HEAD, _TITLE, _QUESTION = 30.0, 22.5, 18.5
_NODE, _NAME, _LINE, _MORE = 36.0, 19.5, 19.5, 16.0
_GAP, _EDGES, _SIGN, _LEAST = 8.0, 37.0, 28.0, 86.0
_BETWEEN, _LEVEL, _PORTS, _UPRIGHT = 110.0, 22.5, 100.0, 80.0
_WORD = 80.0  # the sign and word of a verdict
_LARGE, _BOLD, _SMALL = 9.2, 8.0, 6.7  # how wide a letter is
_SCALES = [step / 100 for step in range(200, 20, -2)]


def zoom_of(view: JourneyMap) -> float:
    """Return the scale at which the whole way and its room for notes stand on the sheet."""
    fits = (each for each in _SCALES if each * _height(view, each) + _NOTES <= _HEIGHT)
    return next(fits, _SCALES[-1])


def notes_of(view: JourneyMap) -> float:
    """Return how tall the room for notes is, in pixels of the way as it is zoomed."""
    scale = zoom_of(view)
    left = max(_HEIGHT - scale * _height(view, scale) - _NOTES, 0.0)
    return (_NOTES + _FILLED * left) / scale


def _height(view: JourneyMap, scale: float) -> float:
    """How tall the way is without notes: the smaller it is drawn, the fewer of its lines fold."""
    column = _WIDTH / scale / max(len(view.parts), 1)
    below = _WIDTH / scale / max(len(view.behind), 1)
    head = max((_head(part, column) for part in view.parts), default=0.0)
    front = max((_stack(part.nodes, column) for part in view.parts), default=0.0)
    behind = max((_stack([node], below) for node in view.behind), default=0.0)
    return head + front + _flow(view) + (_BETWEEN if view.behind else 0.0) + behind


def _head(part: JourneyPart, column: float) -> float:
    title = _folds(part.name, _LARGE, column - 2 * _GAP - 20)
    return _HEAD + _TITLE * title + _QUESTION * _folds(part.question, _SMALL, column - 2 * _GAP)


def _stack(nodes: Iterable[JourneyNode], column: float) -> float:
    return sum(_card(node, column - _EDGES) for node in nodes)


def _card(node: JourneyNode, room: float) -> float:
    """A step with its worst verdict beside its name, where there is room for both."""
    is_one_line = len(node.name) * _BOLD + _WORD <= room
    name = 1 if is_one_line else 1 + _folds(node.name, _BOLD, room)
    lines = sum(_lines(each, room) for each in node.figures)
    return _NODE + _NAME * name + _LINE * lines + _MORE * bool(node.more)


def _lines(figure: JourneyFigure, room: float) -> int:
    """A metric and its value; the value has lines of its own where the name would be too narrow."""
    beside = room - _SIGN - len(figure.value_text) * _SMALL
    if beside >= _LEAST:
        return _folds(figure.name, _SMALL, beside)
    value = _folds(figure.value_text, _SMALL, room)
    return _folds(figure.name, _SMALL, room - _SIGN) + value


def _folds(text: str, letter: float, room: float) -> int:
    """On how many lines a text stands."""
    return ceil(len(text) * letter / max(room, letter))


def _flow(view: JourneyMap) -> float:
    """The ways between touchpoints, with the names of their ends."""
    levels = ways_across(view).levels
    return levels * _LEVEL + _PORTS + _UPRIGHT * is_crowded(view) if levels else 0.0
