"""Quarter and year to date, summed once more by hand; the year end is the touchpoint page's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.drilling.outlook import read_outlook
from callboard.services.drilling.to_date import read_to_date
from callboard.services.tiles.overview import read_overview
from callboard.views import Meaning, ToDateRow
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, day_rows, sketch_row, week_rows

WEEKS = [(900.0 + (-1) ** at * 10 - at, 1000.0 + at) for at in range(50)]
RUNNING = date(2026, 11, 18)  # a whole day of the running week
MONDAYS = [date(2026, 11, 9) - timedelta(weeks=49 - at) for at in range(50)]


def _rows(world: SmallWorld, **question: object) -> dict[tuple[str, str], ToDateRow]:
    asked = {"grain": Grain.WEEK} | question
    rows = read_to_date(world.runtime, LOCAL_USER, **asked).rows
    return {(row.touchpoint, row.metric): row for row in rows}


def _share(first: date, last: date) -> str:
    counts = dict(zip(MONDAYS, WEEKS, strict=True)) | {RUNNING: (40.0, 100.0)}
    among = [counts[day] for day in counts if first <= day <= last]
    return f"{100 * sum(x for x, _ in among) / sum(n for _, n in among):.1f} %"


@pytest.fixture
def filled(world: SmallWorld) -> SmallWorld:
    world.reach()
    world.add(week_rows("otd", "delivery", WEEKS) + week_rows("otd", "desk", WEEKS))
    world.add(day_rows("otd", "delivery", {RUNNING: (40.0, 100.0)}))
    return world


def test_quarter_and_year_are_sums_of_whole_days(filled: SmallWorld) -> None:
    row = _rows(filled)["delivery", "otd"]
    last = date(2026, 11, 21)
    assert (_share(date(2026, 10, 1), last), _share(date(2026, 1, 1), last), "95.0 %") == (
        row.quarter_text,
        row.year_text,
        row.target_text,
    )


def test_the_year_end_is_that_of_the_touchpoints_page(filled: SmallWorld) -> None:
    row = _rows(filled)["delivery", "otd"]
    outlook = read_outlook(
        filled.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    (told,) = [each for each in outlook.items if each.topic == "Year end"]
    assert row.range_text == dict(told.numbers)["Year end, 95 % range"]
    assert "out of reach" in told.sentence
    assert ("out of reach", Meaning.BAD) == (row.word, row.meaning)


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.DAY])
def test_a_promise_whose_year_is_out_of_reach_is_at_risk_in_the_headline(
    filled: SmallWorld, grain: Grain
) -> None:
    """At the desk nothing is promised: the same figures there are no promise at risk."""
    (row,) = read_to_date(filled.runtime, LOCAL_USER, grain=grain).rows
    told = read_overview(filled.runtime, LOCAL_USER, grain=grain).headline
    is_lost = row.word == "out of reach"
    assert is_lost == ("It is out of reach of the year’s target" in told)
    assert is_lost or grain is Grain.DAY
    assert "promises" not in told


def test_what_has_no_target_is_not_told(filled: SmallWorld) -> None:
    assert {("delivery", "otd")} == set(_rows(filled))


def test_an_earlier_period_is_told_to_its_own_end(filled: SmallWorld) -> None:
    row = _rows(filled, period="2026-09-14")["delivery", "otd"]
    last = date(2026, 9, 20)
    assert _share(date(2026, 7, 1), last) == row.quarter_text
    assert _share(date(2026, 1, 1), last) == row.year_text


def test_in_january_the_year_of_the_last_whole_week_is_told(world: SmallWorld) -> None:
    """On 6 January 2027 that is week 53 of 2026, to 3 January; the year is told to its own end."""
    world.reach(last_day=date(2027, 1, 5), as_of=datetime(2027, 1, 6, 8, tzinfo=UTC))
    world.add(week_rows("otd", "delivery", WEEKS, last=date(2026, 12, 28)))
    world.add(day_rows("otd", "delivery", {date(2027, 1, 4): (1.0, 100.0)}))
    view = read_to_date(world.at("2027-01-06T09:00"), LOCAL_USER, grain=Grain.WEEK)
    assert ("2026", "Q4", "31 Dec 2026") == (view.year, view.quarter, view.until)
    (row,) = view.rows
    mondays = [date(2026, 12, 28) - timedelta(weeks=49 - at) for at in range(50)]
    counts = [c for day, c in zip(mondays, WEEKS, strict=True) if day.year == 2026]
    share = 100 * sum(x for x, _ in counts) / sum(n for _, n in counts)
    assert f"{share:.1f} %" == row.year_text


def test_a_median_is_of_merged_sketches_and_has_no_range(world: SmallWorld) -> None:
    known = world.runtime.definitions
    median = known.metrics["ttr_p50"].model_copy(update={"target": 3.0})
    definitions = replace(known, metrics=known.metrics | {"ttr_p50": median})
    world = SmallWorld(replace(world.runtime, definitions=definitions))
    world.reach()
    world.add([sketch_row("ttr_p50", "desk", day, [1.0] * 8 + [5.0] * 4) for day in MONDAYS])
    row = _rows(world)["desk", "ttr_p50"]
    assert ("–", "met so far", Meaning.NEUTRAL) == (row.range_text, row.word, row.meaning)
    assert "1.0 h" == row.year_text


def test_somebody_elses_promises_are_not_told(filled: SmallWorld) -> None:
    desk = frozenset({"desk"})
    actor = Actor(id="o", name="O", roles=frozenset({Role.OPS_LEAD}), touchpoints=desk)
    assert () == read_to_date(filled.runtime, actor, grain=Grain.WEEK).rows
    with pytest.raises(NotAllowed):
        read_to_date(filled.runtime, actor, grain=Grain.WEEK, touchpoints=("delivery",))


def test_an_empty_store_tells_nothing(world: SmallWorld) -> None:
    assert ({}, "") == (
        _rows(world),
        read_to_date(world.runtime, LOCAL_USER, grain=Grain.WEEK).summary,
    )
