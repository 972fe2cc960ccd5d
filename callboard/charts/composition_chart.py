"""Contributions as a ladder: each bar begins where the last one ended, so that they add up."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, plain
from callboard.views import Composition, Meaning

_ROW = 36
_LETTER = 0.065  # of the bars' width, so that the words beside them fit on a phone
_HOVER = "<b>%{y}</b><br>%{customdata[0]}<extra></extra>"
_INK = {
    Meaning.GOOD: Ink.IMPROVEMENT,
    Meaning.BAD: Ink.CONCERN,
    Meaning.NEUTRAL: Ink.COMMON,
    Meaning.NONE: Ink.COMMON,
}


class Rung(NamedTuple):
    """A bar: its name, its length, the words beside it and on hover, its colour."""

    name: str
    length: float
    words: str
    detail: str
    ink: Ink


def score_chart(view: Composition) -> go.Figure:
    """Return the figure of what each component adds to the score."""
    rungs = [
        Rung(
            part.name,
            part.contribution,
            part.contribution_text,
            f"{part.value_text} · weight {part.weight_text} · on its scale {part.scaled_text}",
            Ink.COMMON,
        )
        for part in view.parts
        if part.contribution is not None
    ]
    words = view.score_text.removesuffix(view.unit_text).rstrip()
    whole = Rung("Score", view.score or 0.0, words, view.score_text, Ink.OURS)
    return _ladder(rungs, whole, unit=view.unit_text)


def change_chart(view: Composition) -> go.Figure:
    """Return the figure of what each component adds to the change of the score."""
    rungs = [
        Rung(
            part.name,
            part.change,
            f"{part.change_text} {_WORDS.get(part.meaning, '')}".strip(),
            f"{part.value_text}, {part.word} against {view.label_before}",
            _INK[part.meaning],
        )
        for part in view.parts
        if part.change is not None
    ]
    whole = Rung("Change", view.change or 0.0, view.change_text, view.change_text, Ink.OURS)
    return _ladder(rungs, whole, unit=view.unit_text)


_WORDS = {Meaning.GOOD: "better", Meaning.BAD: "worse"}


def _ladder(rungs: Sequence[Rung], whole: Rung, *, unit: str) -> go.Figure:
    ends = list(accumulate((each.length for each in rungs), initial=0.0))
    bars = [*zip(rungs, ends, strict=False), (whole, 0.0)]
    figure = new_figure(height=78 + _ROW * len(bars), unit=unit, left=8)
    figure.add_bar(
        orientation="h",
        x=[rung.length for rung, _ in bars],
        base=[start for _, start in bars],
        y=[plain(rung.name) for rung, _ in bars],
        marker={"color": [rung.ink for rung, _ in bars]},
        customdata=[[plain(rung.detail)] for rung, _ in bars],
        hovertemplate=_HOVER,
        width=0.62,
        name="Contributions",
    )
    figure.add_scatter(
        mode="text",
        x=[start + max(rung.length, 0.0) for rung, start in bars],
        y=[plain(rung.name) for rung, _ in bars],
        text=[f" {plain(rung.words)}" for rung, _ in bars],
        textposition="middle right",
        textfont={"color": Ink.TEXT, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
        name="Words",
    )
    longest = max(len(rung.words) for rung, _ in bars)
    span = _span([*ends, whole.length], air=_LETTER * longest)
    figure.update_xaxes(range=span, showgrid=True, zeroline=True)
    figure.update_yaxes(autorange="reversed", type="category", ticklabelstandoff=8)
    return figure


def _span(ends: Sequence[float], *, air: float) -> list[float]:
    low, high = min(0.0, *ends), max(0.0, *ends)
    width = (high - low) or 1.0
    return [low - (0.05 * width if low < 0 else 0.0), high + air * width]
