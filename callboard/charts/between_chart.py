"""What lies between rare events: one point an event, limits, and the gap that is still running."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import plotly.graph_objects as go

from callboard.charts.annotation_flags import draw_flags
from callboard.charts.limit_lines import LINES
from callboard.charts.line_labels import LineLabel, label_lines
from callboard.charts.theme import (
    SIGNAL_INK,
    SIGNAL_SHAPE,
    SIGNAL_WORD,
    THREE_LINES,
    Ink,
    new_figure,
    padded_range,
    plain,
    show_dates,
)
from callboard.views import AnnotationMark, EventGap, EventGaps
from metrics.signals import Signal

SHOWN = 61  # sixty gaps and the running one; more of them hide each other
_QUIET = (Signal.NONE, Signal.NO_DATA)


def between_chart(
    view: EventGaps, *, annotations: Sequence[AnnotationMark] = (), height: int = 320
) -> go.Figure:
    """Return the figure of the last gaps, by the day of the event that ended each."""
    figure = new_figure(height=height, unit=view.noun)
    show_dates(figure)
    view = replace(view, gaps=view.gaps[-SHOWN:])
    air = max((view.gaps[-1].end - view.gaps[0].end) / 40, timedelta(days=1))
    figure.update_xaxes(range=[view.gaps[0].end - air, view.gaps[-1].end + air])
    span = (view.gaps[0].end, view.gaps[-1].end)
    near = [mark for mark in annotations if mark.last >= span[0] and mark.first <= span[1]]
    draw_flags(figure, near, span, by_day=True)
    known = [gap for gap in view.gaps if gap.length is not None]
    lengths = [_length(gap) for gap in known]
    figure.update_yaxes(range=padded_range([0.0, *lengths, view.limits.upper or 0.0]))
    _draw_lines(figure, view)
    _draw_gaps(figure, view, known)
    _name_signals(figure, known)
    levels = (
        ("Upper limit", view.limits.upper, Ink.TEXT),
        ("Centre", view.limits.centre, Ink.CENTRE),
    )
    label_lines(
        figure,
        [
            LineLabel(text=text, level=level, ink=ink)
            for text, level, ink in levels
            if level is not None
        ],
    )
    return figure


def _draw_lines(figure: go.Figure, view: EventGaps) -> None:
    for name, field, ink, dash in LINES:
        level = getattr(view.limits, field)
        if level is not None and view.gaps:
            figure.add_scatter(
                name=name,
                x=[view.gaps[0].end, view.gaps[-1].end],
                y=[level, level],
                mode="lines",
                line={"color": ink, "width": 1.25, "dash": dash},
                hoverinfo="skip",
            )


def _draw_gaps(figure: go.Figure, view: EventGaps, known: Sequence[EventGap]) -> None:
    ended = [gap for gap in view.gaps if not gap.is_running]
    figure.add_scatter(
        name="Gaps",
        x=[gap.end for gap in ended],
        y=[gap.length for gap in ended],
        mode="lines",
        line={"color": Ink.COMMON, "width": 1.25},
        connectgaps=False,
        hoverinfo="skip",
    )
    for signal in Signal:
        caught = [gap for gap in known if gap.signal is signal and not gap.is_running]
        marker: dict[str, object] = {
            "color": SIGNAL_INK[signal],
            "symbol": SIGNAL_SHAPE[signal],
            "size": 6 if signal in _QUIET else 10,
            "line": {"width": 1, "color": Ink.PAPER},
        }
        _draw_points(figure, SIGNAL_WORD[signal], caught, marker)
    running = [gap for gap in known if gap.is_running]
    for gap in running:
        hollow: dict[str, object] = {
            "color": SIGNAL_INK[gap.signal],
            "symbol": f"{SIGNAL_SHAPE[gap.signal].removesuffix('-open')}-open",
            "size": 10,
            "line": {"width": 1.75},
        }
        _draw_points(figure, "Since the last", [gap], hollow)


def _draw_points(
    figure: go.Figure, name: str, gaps: Sequence[EventGap], marker: dict[str, object]
) -> None:
    if gaps:
        figure.add_scatter(
            name=name,
            x=[gap.end for gap in gaps],
            y=[gap.length for gap in gaps],
            mode="markers",
            marker=marker,
            customdata=[
                [plain(gap.label), plain(gap.length_text), plain(gap.rule_text or "as usual")]
                for gap in gaps
            ],
            hovertemplate=THREE_LINES,
        )


def _name_signals(figure: go.Figure, known: Sequence[EventGap]) -> None:
    """Write the word of a signal where it begins, and not again soon after."""
    soon = max(1, len(known) // 8)
    last: dict[Signal, int] = {}
    for place, gap in enumerate(known):
        if gap.signal in _QUIET:
            continue
        is_news = place - last.get(gap.signal, -len(known) - 1) > soon
        last[gap.signal] = place
        if is_news:
            figure.add_annotation(
                text=SIGNAL_WORD[gap.signal],
                x=gap.end,
                xanchor="left" if place < len(known) / 8 else "right",
                y=_length(gap),
                yshift=17,
                showarrow=False,
                font={"size": 12, "color": SIGNAL_INK[gap.signal]},
                bgcolor=Ink.PAPER,
                borderpad=1,
            )


def _length(gap: EventGap) -> float:
    return gap.length or 0.0
