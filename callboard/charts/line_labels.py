"""The names of horizontal lines, written at the right edge without covering each other."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain

_TEXT_HEIGHT = 15.0
_LETTER, _AIR = 6.2, 12  # pixels a letter of the labels is wide, and around a label


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLabel:
    """The name of a line and the level it lies at."""

    text: str
    level: float
    ink: Ink


def label_lines(figure: go.Figure, labels: Sequence[LineLabel], *, width: int = 84) -> None:
    """Write the labels in the right margin, moved apart where the lines lie close together.

    The margin is `width` pixels, or more where a label needs it.
    """
    if not labels:
        return
    longest = max(len(label.text) for label in labels)
    figure.update_layout(margin_r=max(width, round(_LETTER * longest) + _AIR))
    low, high = figure.layout.yaxis.range
    drawn = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    levels = _apart([label.level for label in labels], (high - low) * _TEXT_HEIGHT / drawn)
    for label, level in zip(labels, levels, strict=True):
        figure.add_annotation(
            text=plain(label.text),
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=level,
            yanchor="middle",
            showarrow=False,
            font={"size": 12, "color": label.ink},
        )


def _apart(levels: Sequence[float], gap: float) -> list[float]:
    """Return the levels in their order, each at least `gap` from its neighbours, moved evenly."""
    order = sorted(range(len(levels)), key=lambda index: levels[index])
    groups: list[list[int]] = []
    for index in order:
        groups.append([index])
        while len(groups) > 1 and _top(groups[-2], levels, gap) > _bottom(groups[-1], levels, gap):
            groups[-2:] = [groups[-2] + groups[-1]]
    placed = list(levels)
    for group in groups:
        first = _bottom(group, levels, gap) + gap / 2
        for step, index in enumerate(group):
            placed[index] = first + step * gap
    return placed


def _bottom(group: Sequence[int], levels: Sequence[float], gap: float) -> float:
    return sum(levels[index] for index in group) / len(group) - len(group) * gap / 2


def _top(group: Sequence[int], levels: Sequence[float], gap: float) -> float:
    return _bottom(group, levels, gap) + len(group) * gap
