"""What leaves the screen is what the screen shows: the same figures, stamped."""

from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.drilling.to_date import read_to_date
from callboard.services.drilling.trend import read_control_chart
from callboard.services.promising.comments import write_comment
from callboard.services.taking import words
from callboard.services.taking.asking import asked_view
from callboard.services.taking.reports import take_view, take_views
from callboard.services.taking.stamping import stamp_facts, stamp_line
from callboard.services.tiles.overview import read_overview
from callboard.ui.glyphs import _ASSURANCE, _VARIATION, badge_word
from callboard.views import Badge, Chapter, ReportDots, ReportLine, ReportTable
from metrics.model import Grain
from tests.callboard.services.small_world import WEEK_46, SmallWorld, benchmark, day_rows, week_rows

OWN = Actor(
    id="eva", name="Eva", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"desk"})
)
DELIVERY = {"touchpoint": "delivery", "metric": "otd", "grain": "week"}


def fill(world: SmallWorld) -> None:
    """A fall last week at one of two touchpoints, and four competitors."""
    falling = [(90.0 + week % 3 / 2, 100.0) for week in range(29)] + [(70.0, 100.0)]
    carriers = {"Own fleet": (50.0, 60.0), "Northline": (20.0, 40.0)}
    by_carrier = [
        row
        for name, counts in carriers.items()
        for row in day_rows(
            "otd",
            "delivery",
            {WEEK_46 - timedelta(weeks=back): counts for back in (1, 0)},
            dimension="carrier",
            segment=name,
        )
    ]
    world.add([*week_rows("otd", "delivery", falling), *by_carrier])
    world.add(week_rows("abandon", "desk", [(5.0 + w % 4, 100.0) for w in range(30)]))
    world.reach()
    peers = (("Alder", 94.0), ("Birch", 92.5), ("Cedar", 91.0), ("Dogwood", 88.0))
    world.publish([benchmark(entity, value) for entity, value in peers])


def only(world: SmallWorld, page: str, **query: str) -> Chapter:
    (chapter,) = take_view(world.runtime, LOCAL_USER, asked_view(page, query)).chapters
    return chapter


def parts_of(chapter: Chapter) -> ReportTable:
    (section,) = (each for each in chapter.sections if " by carrier" in each.title)
    assert isinstance(section.chart, ReportDots)
    return section.tables[0]


def column(table: ReportTable, title: str) -> list[object]:
    place = [each.title for each in table.columns].index(title)
    return [row[place] for row in table.rows]


def test_a_touchpoint_leaves_with_the_points_of_its_chart(world: SmallWorld) -> None:
    fill(world)
    section = only(world, "touchpoint", **DELIVERY).sections[0]
    shown = read_control_chart(
        world.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    values = column(section.tables[0], "Value, %")
    told = column(section.tables[0], "First day")
    assert 70.0 == values[told.index(WEEK_46)]
    assert [point.value for point in reversed(shown.points)] == values
    assert shown.verdict == section.verdict


def test_what_people_say_of_a_period_leaves_with_its_tile_and_its_chart(world: SmallWorld) -> None:
    fill(world)
    of = {"touchpoint": "delivery", "metric": "otd", "grain": Grain.WEEK}
    text = "Two vans broke down. " + "Snow " * 60
    write_comment(world.runtime, LOCAL_USER, **of, period=WEEK_46.isoformat(), text=text)
    chapter = only(world, "touchpoint", **DELIVERY)
    told = next(each for each in chapter.sections[0].why if "vans" in each)
    assert told.startswith("“Two vans broke down. Snow")
    assert told.endswith("Snow …” local, of Week 46, 2026")
    table = chapter.sections[-1].tables[0]
    assert any(". “Two vans broke down." in str(each) for each in column(table, "Verdict"))


def test_a_history_is_drawn_with_centre_limits_and_the_target_of_its_day(world: SmallWorld) -> None:
    fill(world)
    chart = only(world, "touchpoint", **DELIVERY).sections[0].chart
    assert isinstance(chart, ReportLine)
    by_name = {series.name: series.values for series in chart.series}
    newest = chart.days.index(WEEK_46)
    assert 70.0 == by_name["Values"][newest]
    assert (95.0, 90.0) == (by_name["Target"][newest], by_name["Target"][newest - 5])
    assert {"Centre", "Upper limit", "Lower limit"} < set(by_name)
    assert "concern" == chart.signals[newest].value


def test_the_parts_of_a_reading_leave_with_it(world: SmallWorld) -> None:
    fill(world)
    parts = parts_of(only(world, "touchpoint", **DELIVERY | {"against": "previous"}))
    found = dict(zip(column(parts, "Carrier"), column(parts, "Now, %"), strict=True))
    of_own = pytest.approx(100 * 50 / 60)
    assert {"Own fleet": of_own, "Northline": 50.0, "All together": 70.0} == found


def test_the_parts_leave_against_what_the_screen_holds_them_against(world: SmallWorld) -> None:
    fill(world)
    year_ago = {WEEK_46 - timedelta(weeks=52): (40.0, 50.0)}
    world.add(day_rows("otd", "delivery", year_ago, dimension="carrier", segment="Own fleet"))
    query = DELIVERY | {"against": "year"}
    parts = parts_of(only(world, "touchpoint", **query))
    titles = [each.title for each in parts.columns]
    assert "Week 46, 2025, %" == titles[2]
    found = dict(zip(column(parts, "Carrier"), column(parts, titles[2]), strict=True))
    assert {"Own fleet": 80.0, "Northline": None, "All together": None} == found
    unknown = parts_of(only(world, "touchpoint", **DELIVERY | {"against": "moon"}))
    assert "The 29 weeks before the signal, %" == unknown.columns[2].title


def test_every_published_value_leaves_with_grade_count_and_source(world: SmallWorld) -> None:
    fill(world)
    stamp = only(world, "competitors", metric="otd").stamp
    assert {"Alder", "Birch", "Cedar", "Dogwood"} == {each.entity for each in stamp.sources}
    alder = next(each for each in stamp.sources if each.entity == "Alder")
    assert ("Delivery Watch", "94.0 %", date(2026, 11, 5)) == (
        alder.source,
        alder.value_text,
        alder.as_of,
    )
    assert alder.grade is not None
    assert f"grade {alder.grade.value}" in stamp_line(stamp)


def test_a_league_is_drawn_in_its_order_with_us_marked(world: SmallWorld) -> None:
    fill(world)
    world.add(day_rows("otd", "delivery", {date(2026, 10, 1): (93.0, 100.0)}))
    chart = only(world, "competitors", metric="otd").sections[0].chart
    assert isinstance(chart, ReportDots)
    assert 94.0 == chart.dots[0].value
    assert 1 == sum(each.is_ours for each in chart.dots)


def test_an_overview_leaves_with_its_tiles_and_the_history_of_what_is_of_concern(
    world: SmallWorld,
) -> None:
    fill(world)
    chapter = only(world, "overview")
    shown = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    assert shown.headline == chapter.headline
    assert chapter.summary is not None
    assert "On-time delivery" == chapter.summary.rows[0][0]
    assert "On-time delivery, Field delivery" == chapter.sections[-1].title
    plain = take_view(world.runtime, LOCAL_USER, asked_view("overview", {}), with_charts=False)
    assert [] == [each.title for each in plain.chapters[0].sections if each.chart]


def test_units_leave_with_their_finding(world: SmallWorld) -> None:
    fill(world)
    section = only(world, "compare", metric="otd", by="carrier", span="1").sections[0]
    table = section.tables[0]
    found = dict(zip(column(table, "Carriers"), column(table, "Value, %"), strict=True))
    assert {"Own fleet": pytest.approx(83.3333, abs=0.001), "Northline": 50.0} == found


def test_a_stamp_says_what_when_how_far_and_how_sound(world: SmallWorld) -> None:
    fill(world)
    stamp = only(world, "touchpoint", **DELIVERY).stamp
    facts = dict(stamp_facts(stamp))
    assert "Small Stores" == facts["Workspace"]
    assert ("Field delivery", "On-time delivery") == (facts["Touchpoint"], facts["Metric"])
    assert "Week 46, 2026" == facts["Period"]
    assert "Sat 21 Nov 2026" == facts["Complete to"]
    assert facts["Publication"].startswith(f"{world.runtime.publication()}, ")
    assert "Deliveries" in {each.name for each in stamp.feeds}
    assert LOCAL_USER.name not in str(stamp)


def test_the_words_of_a_file_are_those_of_the_screen() -> None:
    assert {badge: badge_word(badge) for badge in Badge} == words.BADGE
    assert {signal: each[1] for signal, each in _VARIATION.items()} == words.SIGNAL
    assert {
        promise: each[1] for promise, each in _ASSURANCE.items()
    }.items() < words.PROMISE.items()


def test_what_is_outside_of_the_scope_is_not_taken_away(world: SmallWorld) -> None:
    fill(world)
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        take_view(world.runtime, OWN, asked_view("touchpoint", DELIVERY))
    overview = take_view(world.runtime, OWN, asked_view("overview", {}))
    assert "Field delivery" not in str(overview)


def test_several_views_leave_out_what_is_not_for_the_actor_and_say_so(world: SmallWorld) -> None:
    fill(world)
    views = [asked_view("touchpoint", DELIVERY), asked_view("touchpoint", {"touchpoint": "desk"})]
    report = take_views(world.runtime, OWN, views, title="Board", stem="board")
    assert ["Touchpoint: Service desk"] == [each.title for each in report.chapters]
    assert ("1 view is not there, or not yours to see.",) == report.left_out
    with pytest.raises(CallboardError, match="found no view that can be told"):
        take_views(world.runtime, OWN, views[:1], title="Board", stem="board")


def test_a_view_keeps_only_the_filters_that_its_page_knows() -> None:
    asked = asked_view("competitors", {"metric": "otd", "evil": "x", "grain": "week"})
    assert {"metric": ["otd"]} == asked.address
    with pytest.raises(CallboardError, match="'publish'; expected one that can be taken away"):
        asked_view("publish", {})


def test_an_overview_takes_along_where_the_year_will_end(world: SmallWorld) -> None:
    fill(world)
    (section,) = (
        each for each in only(world, "overview").sections if each.title == "Where the year will end"
    )
    (table,) = section.tables
    (row,) = read_to_date(world.runtime, LOCAL_USER, grain=Grain.WEEK).rows
    assert [row.quarter_text] == column(table, "Q4 to date")
    assert [95.0] == column(table, "Target, number")
    assert [(row.low, row.high)] == [
        (*column(table, "Year end from"), *column(table, "Year end to"))
    ]
    assert section.listed is not None
    assert "Outlook" == section.listed.columns[-1].title
