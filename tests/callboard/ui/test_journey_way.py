"""Threads run from the middle of what they tie, light up alone, and the sheet holds them all."""

import re
from dataclasses import replace

from callboard.ui.journey_flow import flow
from callboard.ui.journey_sheet import notes_of, zoom_of
from callboard.ui.journey_threads import Thread, thread, threads_of
from callboard.ui.journey_way import styles, way, way_table
from callboard.ui.journey_ways import is_crowded, ways_across, ways_down
from callboard.views import (
    JourneyFigure,
    JourneyMap,
    JourneyNode,
    JourneyPart,
    Origin,
)
from callboard.views.journeys import JourneyOnward
from metrics.limits import Footing
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation

FIGURE = JourneyFigure(
    metric="otd",
    name="On-time delivery",
    value_text="80 %",
    variation=Variation(
        signal=Signal.NONE, rule=Rule.NONE, since=None, footing=Footing.FULL, points_since=0
    ),
    assurance=Assurance(promise=Promise.NONE, target=None, is_trial=False),
)


def node(key: str, *services: str, figures: int = 0, is_hurting: bool = False) -> JourneyNode:
    return JourneyNode(
        key=key,
        touchpoint=key,
        name=key,
        figures=(FIGURE,) * figures,
        more=0,
        is_hurting=is_hurting,
        services=services,
    )


def way_of(*columns: tuple[JourneyNode, ...], behind: tuple[JourneyNode, ...] = ()) -> JourneyMap:
    parts = tuple(
        JourneyPart(code=f"s{at}", name="S", question="", nodes=nodes, is_hurting=False)
        for at, nodes in enumerate(columns)
    )
    return JourneyMap(
        journey="customer",
        name="Way",
        customer="",
        headline="",
        period_label="",
        parts=parts,
        behind=behind,
        origin=Origin.FILE,
        file="",
        told="",
        newer_file="",
        gone=(),
        publication=1,
    )


TIED = way_of(
    (node("f0-0", "b1"), node("f0-1")),
    (node("f1-0", "b0", "b1", is_hurting=True),),
    behind=(node("b0", is_hurting=True), node("b1")),
)


def going(key: str, *ways: tuple[str, int], hides: bool = False) -> JourneyNode:
    """A step from which so many cases went on to others."""
    onward = tuple(
        JourneyOnward(touchpoint=to, name=f"<b>{to}", cases=cases, share=cases / 1200)
        for to, cases in ways
    )
    return replace(node(key), onward=onward, hides_onward=hides)


GONE_ON = way_of(
    (going("a", ("b", 1200), ("d", 600), ("gone", 11), hides=True), node("b")),
    (going("c", ("b", 300)), replace(node("again"), touchpoint="a")),
    (going("d", ("a", 40)),),
)


def test_ways_run_from_port_to_port_and_the_longer_lies_above_the_shorter() -> None:
    told = [
        (each.origin.node.key, round(each.origin.place), round(each.to.place), each.level)
        for each in ways_across(GONE_ON).ways
    ]
    assert [("a", 8, 25, 0), ("a", 8, 83, 1), ("c", 42, 25, 0), ("d", 83, 8, 2)] == told
    assert [12.5, 37.5, 62.5, 87.5] == [each.place for each in ways_down(GONE_ON).ports]


def test_numbers_of_ways_side_by_side_do_not_stand_upon_each_other() -> None:
    steps = [going(f"n{at}", (f"n{at + 1}", 10)) for at in range(3)]
    near, apart = way_of((*steps, node("n3")), *[()] * 11), way_of(*[(each,) for each in steps])
    assert {0, 1, 2} == {each.level for each in ways_across(near).ways}
    assert {0} == {each.level for each in ways_across(apart).ways}
    assert (True, False) == (is_crowded(near), is_crowded(apart))


def test_a_way_is_a_line_as_thick_as_it_is_much_gone_with_its_number_in_words() -> None:
    drawn = str(flow(GONE_ON))
    assert [9.0, 5.2, 3.4, 1.8] == [
        float(each) for each in re.findall(r"stroke-width=&#39;([\d.]+)", drawn)
    ][:4]
    assert 'd to a: </span>40<span aria-hidden="true">←</span>' in drawn
    assert 2 == drawn.count("<s ")  # across and down
    assert "" == flow(TIED)


def test_all_ways_stand_in_the_table_and_what_is_hidden_as_hidden() -> None:
    table = str(way_table(GONE_ON, query={}))
    assert "&lt;b&gt;b 1,200</div><div>&lt;b&gt;d 600</div>" in table
    assert "&lt;b&gt;gone 11</div><div>others: too few to tell" in table
    assert "Then, cases" not in way_table(TIED, query={})


def test_a_thread_ties_the_middles_of_its_columns() -> None:
    told = [(each.front, each.back, round(each.start, 2), each.end) for each in threads_of(TIED)]
    assert [("f0-0", "b1", 12.5, 75), ("f1-0", "b0", 75, 25), ("f1-0", "b1", 75, 75)] == told


def test_a_thread_hurts_where_both_of_its_ends_do() -> None:
    assert [False, True, False] == [each.is_hurting for each in threads_of(TIED)]
    hurting = Thread(front="f1-0", back="b0", start=75, end=25, is_hurting=True)
    assert "cb-thread-hurts" in thread(hurting)
    assert "cb-thread-hurts" not in thread(threads_of(TIED)[0])


def test_a_node_lights_its_threads_from_both_ends() -> None:
    rules = styles(TIED)
    assert 1 == rules.count(" .cb-of-b1{")
    assert ".cb-way:has(.cb-at-f0-0:is(:hover,:focus-within)) .cb-at-b1{" in rules
    assert ".cb-way:has(.cb-at-b1:is(:hover,:focus-within)) .cb-at-f0-0{" in rules
    assert "cb-at-f0-1" not in rules


def test_a_short_way_is_drawn_larger_on_its_sheet_and_a_tall_one_smaller() -> None:
    short, tall = (
        way_of(tuple(node(f"f0-{at}", figures=4) for at in range(count))) for count in (1, 8)
    )
    height = 52.5 + 8 * (36 + 19.5 + 4 * 19.5)
    assert 2 == zoom_of(short)
    assert zoom_of(tall) * height <= 800 < (zoom_of(tall) + 0.02) * height
    assert 250 <= zoom_of(tall) * notes_of(tall) < 270
    assert 250 + 0.75 * (800 - 2 * (52.5 + 133.5)) == 2 * notes_of(short)


def test_narrow_columns_fold_their_lines_and_are_drawn_smaller() -> None:
    step = (node("f0-0", figures=4), node("f0-1", figures=4))
    assert zoom_of(way_of(*[step] * 12)) < zoom_of(way_of(step))


def test_a_touchpoint_that_is_no_more_is_named_where_it_stood() -> None:
    (part,) = way_of((node("f0-0"),)).parts
    for nodes in (part.nodes, ()):
        view = replace(way_of(()), parts=(replace(part, nodes=nodes, gone=("night",)),))
        for drawn in (way(view, query={}), way_table(view, query={})):
            assert "night is not in the workspace any more." in drawn
            assert "Nobody is met here yet." not in drawn
