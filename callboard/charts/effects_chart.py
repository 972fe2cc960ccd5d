"""The parts of a change as a ladder of bars: each begins where the last one ended, down to it all.

A segment has two bars, one below the other: solid what it changed itself, hatched what its greater
or smaller weight did.
"""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, plain
from callboard.views import Breakdown, Segment

_ROW = 44
_MOST = 10
_HALF = 0.36
_LETTER = 0.03  # of the bars' width, for the words beside them
_HOVER = "<b>%{y}</b><br>%{customdata[0]}<extra></extra>"


class Step(NamedTuple):
    """A row: its name, what it adds by itself and by its weight, its words, where it begins."""

    name: str
    rate: float
    mix: float
    words: str
    detail: str
    start: float = 0.0


def effects_chart(view: Breakdown, *, unit: str) -> go.Figure:
    """Return the figure of what each segment did to the change, the biggest first, all below."""
    steps = _placed(_steps(view))
    names = [plain(each.name) for each in steps]
    whole = Step("All together", view.change or 0.0, 0.0, view.change_text, view.change_text)
    figure = new_figure(height=70 + _ROW * (len(steps) + 1), unit=unit, left=8)
    _draw(figure, "Own change", steps, [each.rate for each in steps], is_first=True)
    if view.has_mix:
        _draw(figure, "Weight", steps, [each.mix for each in steps], is_first=False)
    figure.add_bar(
        orientation="h",
        name="All together",
        x=[whole.rate],
        y=[plain(whole.name)],
        marker={"color": Ink.OURS},
        customdata=[[plain(whole.detail)]],
        hovertemplate=_HOVER,
        width=_HALF,
        offset=-_HALF / 2,
    )
    _write(figure, [*steps, whole])
    figure.update_xaxes(range=_span([*steps, whole]), showgrid=True, zeroline=True)
    order = [*names, plain(whole.name)]
    figure.update_yaxes(
        autorange="reversed",
        type="category",
        categoryorder="array",
        categoryarray=order,
        ticklabelstandoff=8,
    )
    figure.update_layout(barmode="overlay")
    return figure


def _steps(view: Breakdown) -> list[Step]:
    known = [each for each in view.segments if each.contribution is not None]
    known.sort(key=lambda each: -abs(each.contribution or 0.0))
    steps = [_step(each) for each in known[:_MOST]]
    rest = known[_MOST:]
    if rest:
        rate = sum(_own(each) for each in rest)
        name = f"{len(rest)} others"
        steps.append(Step(name, rate, _mix(rest), "", "the smaller parts together"))
    if view.hidden is not None:
        told = f"{view.hidden_text}, too small to show each"
        steps.append(Step("Hidden ones together", view.hidden, 0.0, view.hidden_text, told))
    return steps


def _step(of: Segment) -> Step:
    told = of.contribution_text
    if of.rate is not None:
        told = f"own change {of.rate_text} · weight {of.mix_text} · together {told}"
    return Step(of.name, _own(of), of.mix or 0.0, of.contribution_text, told)


def _own(of: Segment) -> float:
    return (of.contribution or 0.0) if of.rate is None else of.rate


def _mix(segments: Sequence[Segment]) -> float:
    return sum(each.mix or 0.0 for each in segments)


def _placed(steps: Sequence[Step]) -> list[Step]:
    placed, start = [], 0.0
    for each in steps:
        placed.append(each._replace(start=start))
        start += each.rate + each.mix
    return placed


def _draw(
    figure: go.Figure, name: str, steps: Sequence[Step], lengths: Sequence[float], *, is_first: bool
) -> None:
    """The second bar of a row begins where the first one ended."""
    starts = [each.start if is_first else each.start + each.rate for each in steps]
    hatched = {"shape": "/", "fillmode": "replace", "size": 6, "fgcolor": Ink.COMMON}
    figure.add_bar(
        orientation="h",
        name=name,
        x=list(lengths),
        base=starts,
        y=[plain(each.name) for each in steps],
        marker={"color": Ink.COMMON}
        if is_first
        else {"color": Ink.COMMON, "pattern": hatched, "line": {"color": Ink.COMMON, "width": 1}},
        customdata=[[plain(each.detail)] for each in steps],
        hovertemplate=_HOVER,
        width=_HALF,
        offset=-_HALF if is_first else 0.0,
    )


def _write(figure: go.Figure, steps: Sequence[Step]) -> None:
    figure.add_scatter(
        mode="text",
        name="Words",
        x=[_farthest(each) for each in steps],
        y=[plain(each.name) for each in steps],
        text=[f" {plain(each.words)}" for each in steps],
        textposition="middle right",
        textfont={"color": Ink.TEXT, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _farthest(step: Step) -> float:
    return max(step.start, step.start + step.rate, step.start + step.rate + step.mix)


def _span(steps: Sequence[Step]) -> list[float]:
    ends = [
        end
        for each in steps
        for end in (each.start, each.start + each.rate, each.start + each.rate + each.mix)
    ]
    low, high = min(0.0, *ends), max(0.0, *ends)
    width = (high - low) or 1.0
    longest = max(len(each.words) for each in steps)
    return [low - 0.04 * width, high + (0.04 + _LETTER * longest) * width]
