"""Small multiples, by looking at what is drawn."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from callboard.ui.multiples import draw_multiples, draw_run, shared_bounds
from callboard.views.comparison import RunFlag
from tests.sample_comparisons import comparison


def plain(drawing: str) -> str:
    """The shapes of our pictures, which stand in the address of an image."""
    return unquote(unescape(drawing))


def _heights(drawing: str) -> list[list[float]]:
    """The heights of the points of each run, from the top."""
    runs = re.findall(r"d='(M[^']*)'/>", plain(drawing))
    return [
        [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", run)]
        for run in runs
        if "H" not in run
    ]


def test_on_one_scale_a_higher_value_is_drawn_higher_in_every_picture() -> None:
    worst, *_, best = _heights(draw_multiples(comparison(), is_one_scale=True))
    assert min(worst) > max(best)


def test_on_their_own_scales_each_fills_its_picture() -> None:
    for heights in _heights(draw_multiples(comparison(), is_one_scale=False)):
        assert 6.0 in heights or 66.0 in heights


def test_the_scale_reaches_over_all_runs() -> None:
    low, high = shared_bounds(comparison())
    assert (68.0, 98.7) == (low, round(high, 1))


def test_a_gap_stays_a_gap() -> None:
    drawn = plain(draw_run((1.0, 2.0, None, 3.0, 1.0), None, (1.0, 3.0), alt="A run"))
    assert 2 == drawn.count("M") - drawn.count("MM")


def test_a_value_between_two_gaps_is_a_dot() -> None:
    drawn = plain(draw_run((1.0, None, 2.0, None, 3.0), None, (1.0, 3.0), alt="A run"))
    assert 3 == drawn.count("r='1.5'")


def test_the_line_of_all_together_is_there_unless_there_is_none() -> None:
    with_line, without = (
        plain(draw_multiples(comparison(centre=centre), is_one_scale=True))
        for centre in (88.2, None)
    )
    assert 5 == with_line.count("class='target'")
    assert 0 == without.count("class='target'")


def test_a_name_is_escaped_and_a_unit_without_a_page_is_no_link() -> None:
    view = comparison()
    units = (replace(view.units[0], name="<script>x</script>", touchpoint=""),)
    drawn = draw_multiples(comparison(units=units), is_one_scale=True)
    assert "<b>&lt;script&gt;x&lt;/script&gt;</b>" in drawn
    assert "<a " not in drawn


def test_what_stands_apart_has_an_edge_and_its_words() -> None:
    drawn = draw_multiples(comparison(), is_one_scale=True)
    assert 1 == drawn.count("cb-edge-concern")
    assert "below the 99.8 % limit: worse than the rest" in drawn


def test_each_picture_says_what_it_is() -> None:
    drawn = draw_multiples(comparison(), is_one_scale=True)
    assert 'alt="Slowline: 5 values in the last 6 weeks to 15 Nov 2026"' in drawn


def test_a_run_without_a_value_says_why_it_is_empty() -> None:
    view = comparison()
    units = (replace(view.units[0], run=(None,) * 6),)
    assert "too few in each week" in draw_multiples(comparison(units=units), is_one_scale=True)


def test_a_flag_stands_at_its_period_and_is_told_below() -> None:
    flags = tuple(
        RunFlag(place=place, days=f"{place} Nov", text=f"<b>{place}</b>") for place in (1, 2, 4)
    )
    view = comparison()
    first, *rest = view.units
    told = str(
        draw_multiples(replace(view, units=(replace(first, flags=flags), *rest)), is_one_scale=True)
    )
    assert 3 == plain(told).count("stroke-dasharray='2 2'")
    assert "1 older: see its page" in told
    assert "4 Nov: &lt;b&gt;4&lt;/b&gt;" in told
