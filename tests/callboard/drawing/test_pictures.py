"""Pictures of our own: places worked out by hand, gaps that stay gaps, no text that is markup."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from callboard.charts.theme import LIGHT, SIGNAL_INK, Ink
from callboard.drawing import inks
from callboard.drawing.pictures import draw_chart
from callboard.drawing.scales import Scale, scale_for, ticks
from callboard.views.report import ReportGrid, ReportShade
from tests.sample_reports import dots, line

SVG = "{http://www.w3.org/2000/svg}"


def test_a_scale_places_values_from_end_to_end() -> None:
    scale = Scale(low=0.0, high=10.0, start=100.0, end=0.0)
    assert [100.0, 75.0, 0.0] == [scale.at(each) for each in (0.0, 2.5, 10.0)]


def test_a_scale_of_one_value_has_room_around_it() -> None:
    scale = scale_for([50.0, 50.0], start=0.0, end=100.0)
    assert 50.0 == pytest.approx(scale.at(50.0))


def test_ticks_are_round_and_inside() -> None:
    assert [0, 20, 40, 60, 80, 100] == ticks(Scale(low=0, high=100, start=0, end=1))
    assert [0.5, 1.0] == ticks(Scale(low=0.3, high=1.2, start=0, end=1), most=2)


def grid() -> ReportGrid:
    shades = ((ReportShade(depth=1.0, sign="▼"), None, ReportShade(depth=0.0, sign="·")),)
    return ReportGrid(
        title="Hours", rows=("Mon",), columns=("09", "10", "11"), shades=shades, alt="Mon & Tue."
    )


def test_a_place_of_a_grid_has_its_shade_and_a_sign_that_can_be_read() -> None:
    root = ElementTree.fromstring(str(draw_chart(grid())))
    fills = [each.get("fill") for each in root.iter(f"{SVG}rect")]
    assert 2 == len(fills)  # nothing is known of the third
    assert inks.DEEP == fills[0]
    signs = {each.text: each.get("fill") for each in root.iter(f"{SVG}text")}
    assert (inks.PAPER, inks.TEXT) == (signs["▼"], signs["·"])


@pytest.mark.parametrize("chart", [line(), dots(), grid()], ids=["line", "dots", "grid"])
def test_a_picture_is_sound_xml_with_its_sentence_and_source(chart) -> None:
    root = ElementTree.fromstring(str(draw_chart(chart, source="Small & <Stores>")))
    assert ("img", chart.alt) == (root.get("role"), root.get("aria-label"))
    assert "Small & <Stores>" in [each.text for each in root.iter(f"{SVG}text")]


def test_a_name_with_what_no_eye_sees_leaves_a_sound_picture() -> None:
    odd = replace(dots(), alt="a\x00b\ud800", unit_text="\x1b%")
    root = ElementTree.fromstring(str(draw_chart(odd)))
    assert "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}" == root.get("aria-label")


def test_a_gap_breaks_the_line_of_values() -> None:
    root = ElementTree.fromstring(str(draw_chart(line())))
    (path,) = (e.get("d") for e in root.iter(f"{SVG}path") if e.get("stroke") == inks.COMMON)
    assert 2 == str(path).count("M")
    assert 2 == str(path).count("L")


def test_a_break_starts_the_centre_anew() -> None:
    root = ElementTree.fromstring(str(draw_chart(line())))
    (path,) = (e.get("d") for e in root.iter(f"{SVG}path") if e.get("stroke") == inks.CENTRE)
    assert 2 == str(path).count("M")


def test_a_signal_has_a_shape_and_a_running_period_is_hollow() -> None:
    text = str(draw_chart(line()))
    assert 1 == len(re.findall(rf"<path fill='{inks.SIGNAL[line().signals[4]]}'", text))
    assert 1 == text.count("r='4' fill='none'")


def test_the_inks_of_paper_are_those_of_the_light_screen() -> None:
    slots = dict(zip(tuple(Ink), LIGHT, strict=False))
    assert {signal: slots[ink] for signal, ink in SIGNAL_INK.items()} == inks.SIGNAL
    told = (inks.COMMON, inks.CENTRE, inks.LIMIT, inks.FAINT, inks.TARGET, inks.OURS)
    named = (Ink.COMMON, Ink.CENTRE, Ink.LIMIT, Ink.NEAR, Ink.TARGET, Ink.OURS)
    assert tuple(slots[each] for each in named) == told
