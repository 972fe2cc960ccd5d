"""The sparkline's picture, by reading its shapes."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.ui.sparkline import draw_sparkline
from callboard.views import Sparkline
from metrics.signals import Signal
from tests import sample_views


def shapes(view: Sparkline) -> str:
    found = re.search(r'src="data:image/svg\+xml,([^"]*)"', draw_sparkline(view))
    assert found
    return unquote(found[1].replace("&#39;", "'"))


def test_a_gap_starts_a_new_stroke() -> None:
    trace = re.findall(r"d='(M[^']*L[^']*)'", shapes(sample_views.sparkline()))[0]
    assert 2 == trace.count("M")


def test_the_target_is_a_dashed_level() -> None:
    assert "class='target'" in shapes(sample_views.sparkline())


def test_without_a_target_there_is_no_level() -> None:
    view = replace(sample_views.sparkline(), target=None)
    assert "class='target'" not in shapes(view)


def test_each_target_is_drawn_as_long_as_it_was_in_force() -> None:
    view = Sparkline(
        values=(90.0,) * 5, targets=(None, 80.0, 80.0, 100.0, 100.0), target=100.0, centre=None,
        signal_at_end=Signal.NONE,
    )  # fmt: skip
    (lines,) = re.findall(r"stroke-dasharray='3 3' opacity='.55' d='([^']*)'", shapes(view))
    assert "M20.2 35.0H81.2M81.2 5.0H127" == lines


@pytest.mark.parametrize(
    ("signal", "name"),
    [
        (Signal.CONCERN, "concern"),
        (Signal.IMPROVEMENT, "improvement"),
        (Signal.HIGH, "neutral"),
        (Signal.LOW, "neutral"),
        (Signal.NONE, "common"),
    ],
)
def test_the_last_point_has_the_colour_of_its_signal(signal: Signal, name: str) -> None:
    assert f"class='full {name}'" in shapes(sample_views.sparkline(signal))


def test_the_picture_has_colours_for_a_dark_page() -> None:
    assert "prefers-color-scheme:dark" in shapes(sample_views.sparkline())


@given(st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=60), st.floats(-1e6, 1e6))
def test_every_point_lies_inside_the_picture(values: list[float | None], target: float) -> None:
    view = Sparkline(values=tuple(values), target=target, centre=None, signal_at_end=Signal.NO_DATA)
    if not any(value is not None for value in values):
        assert "" == draw_sparkline(view)
        return
    trace = re.findall(r"stroke-linecap='round' d='([^']*)'", shapes(view))[0]
    points = [tuple(map(float, pair)) for pair in re.findall(r"[ML]([\d.]+) ([\d.]+)", trace)]
    assert all(0 <= x <= 132 and 0 <= y <= 40 for x, y in points)
    assert len([v for v in values if v is not None]) == len(points)


def test_a_break_is_an_upright_line_between_two_periods_and_is_told() -> None:
    view = replace(sample_views.sparkline(), breaks=(20,))
    plain = shapes(sample_views.sparkline())
    (line,) = set(re.findall(r"d='(M[^']*V39)'", shapes(view))) - set(
        re.findall(r"d='(M[^']*V39)'", plain)
    )
    place = float(line.removeprefix("M").split(" ")[0])
    step = 122 / (len(view.values) - 1)
    assert place == pytest.approx(5 + 19.5 * step, abs=0.1)
    since = len(view.values) - 20
    assert f"with a break {since} periods before the end" in draw_sparkline(view)
