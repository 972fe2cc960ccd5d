"""What all figures share."""

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from callboard.charts import PLOT_CONFIG
from callboard.charts.theme import (
    DARK,
    LIGHT,
    SIGNAL_INK,
    SIGNAL_SHAPE,
    SIGNAL_WORD,
    Ink,
    new_figure,
    padded_range,
    plain,
)
from metrics.signals import Signal

CONFIG = tomllib.loads(
    (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)


def test_streamlit_fills_the_slots_with_our_light_colours() -> None:
    assert list(LIGHT) == CONFIG["theme"]["light"]["chartCategoricalColors"]


def test_streamlit_fills_the_slots_with_our_dark_colours() -> None:
    assert list(DARK) == CONFIG["theme"]["dark"]["chartCategoricalColors"]


def test_the_first_ten_inks_are_the_ten_slots_of_streamlit() -> None:
    from streamlit.elements.lib import streamlit_plotly_theme as theme

    slots = [getattr(theme, f"CATEGORY_{number}") for number in range(10)]
    assert slots == [ink.value for ink in Ink][:10]


def test_text_and_paper_are_greys_that_streamlit_fills() -> None:
    from streamlit.elements.lib import streamlit_plotly_theme as theme

    assert (theme.GRAY_70, theme.BG_COLOR) == (Ink.TEXT, Ink.PAPER)


def test_every_signal_has_ink_shape_and_word() -> None:
    assert set(Signal) == set(SIGNAL_INK) == set(SIGNAL_SHAPE) == set(SIGNAL_WORD)


def test_no_chart_may_be_sent_anywhere() -> None:
    assert "showSendToCloud" not in PLOT_CONFIG


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance of sRGB colours."""
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_signals_stand_out_from_the_paper_in_both_themes() -> None:
    for name, colours in (("light", LIGHT), ("dark", DARK)):
        paper = CONFIG["theme"][name]["backgroundColor"]
        assert min(contrast(colour, paper) for colour in colours[:4]) >= 4.0


@given(st.text())
def test_plain_text_holds_no_tag(text: str) -> None:
    assert "<" not in plain(text)


@given(st.lists(st.floats(-1e9, 1e9), max_size=20))
def test_a_padded_range_holds_all_values(values: list[float]) -> None:
    low, high = padded_range(values)
    assert low < high
    assert all(low <= value <= high for value in values)


def test_numbers_along_an_axis_are_written_as_in_the_text() -> None:
    axis = new_figure(height=300, unit="orders").layout.yaxis
    assert (True, "none") == (axis.separatethousands, axis.exponentformat)
