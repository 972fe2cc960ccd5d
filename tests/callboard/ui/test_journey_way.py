"""Threads run from the middle of what they tie, light up alone, and the sheet holds them all."""

from dataclasses import replace

from callboard.ui.journey_sheet import zoom_of
from callboard.ui.journey_threads import Thread, thread, threads_of
from callboard.ui.journey_way import styles, way, way_table
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


def test_where_cases_went_on_is_told_with_a_bar_and_all_of_it_in_the_table() -> None:
    onward = tuple(
        JourneyOnward(touchpoint=f"t{at}", name=f"<b>{at}", cases=1200 // at, share=1 / at)
        for at in (1, 2, 3, 4)
    )
    view = way_of((replace(node("f0-0"), onward=onward),))
    drawn, table = str(way(view, query={})), str(way_table(view, query={}))
    assert '<li style="--cb-share:50%"><span>then &lt;b&gt;2</span><em>600</em></li>' in drawn
    assert ("and 1 more in the table" in drawn, "&lt;b&gt;4" in drawn) == (True, False)
    assert ("Then, cases" in table, "&lt;b&gt;4 300" in table) == (True, True)
    assert "Then, cases" not in way_table(TIED, query={})


def test_a_thread_ties_the_middles_of_its_columns() -> None:
    told = [(each.front, each.back, round(each.start, 2), each.end) for each in threads_of(TIED)]
    assert [("f0-0", "b1", 16.67, 75), ("f1-0", "b0", 75, 25), ("f1-0", "b1", 75, 75)] == told


def test_a_thread_hurts_where_both_of_its_ends_do() -> None:
    assert [False, True, False] == [each.is_hurting for each in threads_of(TIED)]
    hurting = Thread(front="f1-0", back="b0", start=75, end=25, is_hurting=True)
    assert "cb-thread-hurts" in thread(hurting)
    assert "cb-thread-hurts" not in thread(threads_of(TIED)[0])


def test_a_node_lights_its_threads_from_both_ends() -> None:
    rules = styles(TIED)
    assert 1 == rules.count(".cb-thread.cb-of-b1")
    assert ".cb-way:has(.cb-at-f0-0:is(:hover,:focus-within)) .cb-at-b1{" in rules
    assert ".cb-way:has(.cb-at-b1:is(:hover,:focus-within)) .cb-at-f0-0{" in rules
    assert "cb-at-f0-1" not in rules


def test_a_short_way_is_drawn_larger_on_its_sheet_and_a_tall_one_smaller() -> None:
    short, tall = (
        way_of(tuple(node(f"f0-{at}", figures=4) for at in range(count))) for count in (1, 8)
    )
    height = 60 + 8 * (42 + 4 * 16) + 190
    assert 1.5 == zoom_of(short)
    assert zoom_of(tall) * height <= 820 < (zoom_of(tall) + 0.02) * height


def test_narrow_columns_fold_their_lines_and_are_drawn_smaller() -> None:
    step = (node("f0-0", figures=4), node("f0-1", figures=4))
    assert zoom_of(way_of(*[step] * 12)) < zoom_of(way_of(step))
