"""What a chart saved as a picture says of itself; on the screen the page says it already."""

from collections.abc import Mapping

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain

_ROOM, _SIZE, _LINE = 36, 10, 13
_WIDE = 960  # of a saved picture: the stamp has room beside a narrow chart too
_LIGHT = '<span style="font-weight:400">'  # Streamlit makes titles bold


def stamp_picture(figure: go.Figure, first: str, second: str) -> None:
    """Write two small lines at the foot of a figure, which grows by as much.

    They are its title: a style hides titles on the screen, and a saved picture has no styles.
    """
    figure.update_layout(
        height=(figure.layout.height or 0) + _ROOM,
        margin_b=(figure.layout.margin.b or 0) + _ROOM,
        title={
            "text": f"{_LIGHT}{plain(first)}</span><br>{_LIGHT}{plain(second)}</span>",
            "font": {"size": _SIZE, "color": Ink.TEXT, "family": "Inter, sans-serif"},
            "x": 0.0,
            "xref": "container",
            "xanchor": "left",
            "y": 0.0,
            "yref": "container",
            "yanchor": "bottom",
            "pad": {"l": 8, "b": 8 + _LINE},
            "automargin": False,
        },
    )


def picture_config(name: str, config: Mapping[str, object]) -> dict[str, object]:
    """Return settings with one button: the chart as a PNG of this name, as wide on any screen."""
    return {
        **config,
        "displayModeBar": "hover",
        "displaylogo": False,
        "displayNotifier": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": name, "width": _WIDE, "scale": 2},
    }
