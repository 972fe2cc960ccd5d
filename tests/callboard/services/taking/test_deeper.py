"""What stands below a chart on its page leaves with it; what is hidden there stays hidden."""

from dataclasses import replace
from datetime import timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.backstage import read_backstage
from callboard.services.drilling.outlook import read_outlook
from callboard.services.drilling.trend import read_control_chart
from callboard.services.taking.asking import asked_view
from callboard.services.taking.backstage_section import backstage_section
from callboard.services.taking.reports import take_view
from callboard.services.taking.rhythm_section import rhythm_section
from callboard.services.taking.waiting_section import waiting_section
from callboard.storage.hours import HourRow
from callboard.views import (
    BackstagePair,
    LagPoint,
    OpenShare,
    ReportDots,
    ReportSection,
    Rhythm,
    RhythmPlace,
    Waiting,
)
from callboard.views.report import ReportGrid
from metrics.model import Grain
from tests.callboard.services.composite_world import index_of, with_index
from tests.callboard.services.small_world import TODAY, SmallWorld, week_rows

OTD = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK}


@pytest.fixture
def opened(world: SmallWorld) -> SmallWorld:
    """Weeks of deliveries; hours of thirteen weeks, one of which has a case a month."""
    world.add(week_rows("otd", "delivery", [(90.0 + week % 3, 100.0) for week in range(46)]))
    world.reach()
    last, rows = TODAY - timedelta(days=1), []
    for back in range(91):
        day = last - timedelta(days=back)
        good = 14.0 if day.weekday() == 4 else 18.0 + back % 2
        rows.append(HourRow("delivery", "otd", day, 15, good, 20.0, 20))
        if back % 28 == 6:
            rows.append(HourRow("delivery", "otd", day, 17, 0.0, 1.0, 1))
    world.add_hours(rows)
    return world


def sections(world: SmallWorld, metric: str = "otd") -> dict[str, ReportSection]:
    query = {"touchpoint": "delivery", "metric": metric, "grain": "week"}
    (chapter,) = take_view(world.runtime, LOCAL_USER, asked_view("touchpoint", query)).chapters
    return {each.title.split(",")[0]: each for each in chapter.sections}


def test_what_comes_leaves_with_the_numbers_behind_it(opened: SmallWorld) -> None:
    found = sections(opened)["Outlook"]
    items = read_outlook(opened.runtime, LOCAL_USER, **OTD).items
    assert items
    assert tuple(f"{each.topic}: {each.sentence}" for each in items) == found.told
    numbers = [(each.topic, *number) for each in items for number in each.numbers]
    assert numbers == list(found.tables[0].rows)


def test_hours_leave_as_a_grid_and_a_hidden_one_stays_hidden(opened: SmallWorld) -> None:
    found = sections(opened)["By hour"]
    assert isinstance(found.chart, ReportGrid)
    assert ("15", "16", "17") == found.chart.columns
    friday = found.chart.shades[4][0]
    assert friday is not None
    assert (1.0, "▼") == (friday.depth, friday.sign)
    hidden = [at for row in found.chart.shades for at in row if at and at.sign == "·"]
    assert {0.0} == {each.depth for each in hidden}
    blank = [row for row in found.tables[0].rows if row[1] is None]
    assert [(None, None)] * len(hidden) == [row[1:3] for row in blank]


def test_the_parts_of_a_score_leave_and_add_up_to_it(world: SmallWorld) -> None:
    world.runtime = with_index(world.runtime)
    world.reach()
    for metric, counts in (("otd", [(80.0, 100.0)] * 30), ("returns", [(5.0, 100.0)] * 30)):
        world.add(week_rows(metric, "delivery", counts))
    found = sections(world, "delivery_index")["Components of Delivery index"]
    assert isinstance(found.chart, ReportDots)
    assert pytest.approx(index_of(80, 5)) == sum(dot.value for dot in found.chart.dots)
    assert pytest.approx(index_of(80, 5)) == found.tables[0].rows[-1][5]
    assert "Why these weights: What customers said." == found.why[-1]


def test_a_rhythm_leaves_as_bars_around_the_level(opened: SmallWorld) -> None:
    chart = read_control_chart(opened.runtime, LOCAL_USER, **OTD)
    monday = RhythmPlace(
        name="Monday", effect=-4.0, effect_text="−4.0 %", usual=88.0, usual_text="88 %", counted=52
    )
    view = Rhythm(
        noun="weekday",
        title="The week",
        sentence="Mondays are lower.",
        same_period="",
        places=(monday,),
        is_relative=True,
    )
    found = rhythm_section(view, chart)
    assert found is not None
    assert isinstance(found.chart, ReportDots)
    assert (-4.0, 0.0) == (found.chart.dots[0].value, found.chart.centre)
    assert ("Monday", -4.0, 88.0, 52) == found.tables[0].rows[0][:4]
    assert rhythm_section(replace(view, sentence="", places=()), chart) is None


def test_what_moves_before_it_leaves_lag_by_lag(opened: SmallWorld) -> None:
    chart = read_control_chart(opened.runtime, LOCAL_USER, **OTD)
    view = read_backstage(opened.runtime, LOCAL_USER, **OTD)
    lags = tuple(LagPoint(lag=at, rho=0.3, low=0.1, high=0.5, pairs=99) for at in (-1, 0, 2))
    pair = BackstagePair(
        touchpoint="it",
        touchpoint_name="IT",
        metric="ttr",
        metric_name="Time to resolve",
        holds=True,
        sentence="It moves two weeks before.",
        lags=lags,
        best=lags[2],
        alt="Lags.",
    )
    found = backstage_section(replace(view, services=("IT",), pairs=(pair,)), chart)
    assert found is not None
    assert isinstance(found.chart, ReportDots)
    assert [True, False, False] == [dot.is_pale for dot in found.chart.dots]
    assert [2, 3] == [len(found.tables[0].rows) + 1, len(found.tables[1].rows)]
    assert backstage_section(replace(view, services=()), chart) is None


def test_waiting_leaves_with_its_interval_where_there_is_one(opened: SmallWorld) -> None:
    chart = read_control_chart(opened.runtime, LOCAL_USER, **OTD)
    ages = (
        OpenShare(age=1, age_text="1 h", share=100.0, low=100.0, high=100.0, at_risk=60),
        OpenShare(age=24, age_text="1 day", share=40.0, low=30.0, high=50.0, at_risk=20),
    )
    view = Waiting(
        metric="otd",
        metric_name="Time",
        touchpoint="delivery",
        touchpoint_name="Desk",
        unit_text="h",
        sentence="Half are settled within a day.",
        note="60 cases.",
        steps=ages,
        ages=ages,
        longest=24.0,
        median=20.0,
        alt="Curve.",
    )
    found = waiting_section(view, chart)
    assert found is not None
    assert (("1 h", 100.0, None, None, 60), ("1 day", 40.0, 30.0, 50.0, 20)) == found.tables[0].rows
    assert waiting_section(None, chart) is None
