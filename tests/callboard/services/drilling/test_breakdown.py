"""A reading by dimension on a small real store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.drilling.breakdown import read_breakdown
from callboard.services.drilling.change_words import tell_mover
from callboard.storage.readings import ReadingRow
from callboard.views import Breakdown, Meaning
from metrics.catalogue import load_catalogue
from metrics.decomposition import Effect
from metrics.model import Grain
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows

OTD = load_catalogue().metrics["otd"]
COMPLAINTS = load_catalogue().metrics["complaints"]
BEFORE = WEEK_46 - timedelta(weeks=1)


def _rows(segments: dict[str, tuple[float, float]], day: date) -> list[ReadingRow]:
    return [
        row
        for segment, counts in segments.items()
        for row in day_rows(
            "otd",
            "delivery",
            {day: counts},
            dimension="region" if segment else "",
            segment=segment,
        )
    ]


def _read(world: SmallWorld, **question: object) -> Breakdown:
    given_ = {
        "metric": "otd",
        "touchpoint": "delivery",
        "grain": Grain.WEEK,
        "dimension": "region",
    } | question
    return read_breakdown(world.runtime, LOCAL_USER, **given_)


@pytest.fixture
def two_weeks(world: SmallWorld) -> SmallWorld:
    world.reach()
    world.add(
        _rows({"": (180, 200), "north": (90, 100), "south": (90, 100)}, BEFORE)
        + _rows(
            {"": (160, 200), "north": (40, 60), "south": (110, 120), "other": (10, 20)}, WEEK_46
        )
    )
    return world


def test_segments_add_up_to_the_whole_the_biggest_first_other_last(two_weeks: SmallWorld) -> None:
    breakdown = _read(two_weeks)
    assert [("south", 120, 0.6), ("north", 60, 0.3), ("other", 20, 0.1)] == [
        (each.name, each.n, pytest.approx(each.share)) for each in breakdown.segments
    ]
    assert "80.0 %" == breakdown.whole_text


def test_each_segment_is_compared_with_the_week_before(two_weeks: SmallWorld) -> None:
    south, north, other = _read(two_weeks).segments
    assert ("66.7 %", "90.0 %", "−23.3 pts", Meaning.BAD) == (
        north.value_text,
        north.before_text,
        north.chip.text,
        north.chip.meaning,
    )
    assert "+1.7 pts" == south.chip.text
    assert "no value for week 45" == other.chip.word


def test_what_each_segment_changed_adds_up_to_the_change(two_weeks: SmallWorld) -> None:
    breakdown = _read(two_weeks)
    parts = {each.name: each.contribution for each in breakdown.segments}
    # 90 % falls to 80 %: north 0.4 x (66.67 - 90) and -0.2 x (78.33 - 85), south 0.55 x 1.67 and
    # 0.1 x (90.83 - 85), other 0.1 x (50 - 85)
    assert pytest.approx({"north": -8.0, "south": 1.5, "other": -3.5}) == parts
    effects = {each.name: (each.rate, each.mix) for each in breakdown.segments}
    assert pytest.approx((-28 / 3, 4 / 3)) == effects["north"]
    assert pytest.approx((11 / 12, 7 / 12)) == effects["south"]
    assert pytest.approx((0.0, -3.5)) == effects["other"]
    assert pytest.approx(-10.0) == breakdown.change
    assert breakdown.sentence.endswith(
        "Against week 45, north fell: −9.3 of −10.0 pts; its share of the delivered orders shrank: "
        "+1.3 pts."
    )


def test_a_change_that_chance_alone_could_make_is_nobodys(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (91, 100), "north": (45, 50), "south": (46, 50)}, BEFORE))
    world.add(_rows({"": (90, 100), "north": (44, 50), "south": (46, 50)}, WEEK_46))
    told = "The change against week 45, −1.0 pts, is no clear difference."
    assert _read(world).sentence.endswith(told)


def test_a_change_that_rounds_to_nothing_has_no_mover(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (180, 200), "north": (90, 100), "south": (90, 100)}, BEFORE))
    world.add(_rows({"": (180, 200), "north": (80, 100), "south": (100, 100)}, WEEK_46))
    assert _read(world).sentence.endswith(" Against week 45, the whole did not change.")
    effects = {"phone": Effect(-10.4, 0.0), "post": Effect(10.36, 0.0)}
    assert "Against week 45, the whole did not change." == tell_mover(
        OTD, effects, -0.04, label="week 45"
    )


def test_of_a_sum_no_share_is_told() -> None:
    backlog = load_catalogue().metrics["backlog_open"]
    rose = tell_mover(backlog, {"desk": Effect(12.0, 3.0)}, 12.0, label="week 45")
    assert "share" not in rose


def test_what_changed_more_than_the_whole_did_not_account_for_it(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (1400, 2000), "north": (700, 1000), "south": (700, 1000)}, BEFORE))
    world.add(_rows({"": (1500, 2000), "north": (900, 1000), "south": (600, 1000)}, WEEK_46))
    assert _read(world).sentence.endswith(
        "Against week 45, north rose: +10.0 of +5.0 pts, and others took some of it back."
    )


def test_what_is_left_over_is_neither_highest_nor_lowest(two_weeks: SmallWorld) -> None:
    assert _read(two_weeks).sentence.startswith("Highest: south, 91.7 %. Lowest: north, 66.7 %.")


def test_a_segment_without_a_case_in_either_period_has_no_row(world: SmallWorld) -> None:
    world.reach()
    for week in (BEFORE, WEEK_46):
        world.add(_rows({"": (90, 100), "north": (90, 100), "south": (0, 0)}, week))
    assert ["north"] == [each.name for each in _read(world).segments]


def test_rows_without_a_segment_are_shown_as_not_assigned(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (90, 100), "north": (50, 60)}, WEEK_46))
    north, rest = _read(world).segments
    assert ("not assigned", 40, "100.0 %") == (rest.name, rest.n, rest.value_text)
    assert 60 == north.n


def test_a_small_segment_is_not_shown(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (90, 100), "north": (86, 95), "south": (4, 5)}, WEEK_46))
    south = _read(world).segments[1]
    assert (None, "too few cases for this period: 5 of at least 10") == (
        south.value,
        south.value_text,
    )


def test_what_a_small_segment_did_to_the_whole_is_not_told(world: SmallWorld) -> None:
    world.reach()
    regions = {"": (135, 150), "north": (86, 95), "east": (45, 50), "south": (4, 5)}
    for week in (WEEK_46, WEEK_46 - timedelta(weeks=1)):
        world.add(_rows(regions, week))
    assert {"north": True, "east": False, "south": False} == {
        each.name: bool(each.contribution_text) for each in _read(world).segments
    }


def test_a_segment_that_would_give_a_small_one_away_is_not_shown_either(world: SmallWorld) -> None:
    world.reach()
    regions = {"": (135, 150), "north": (86, 95), "east": (45, 50), "south": (4, 5)}
    world.add(_rows(regions, WEEK_46))
    assert {
        "north": "90.5 %",
        "east": "hidden: it would give a small one away",
        "south": "too few cases for this period: 5 of at least 10",
    } == {each.name: each.value_text for each in _read(world).segments}
    assert _read(world).sentence.startswith("Only north has enough to show, 90.5 %.")


def test_small_segments_that_hide_each_other_need_no_third(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (96, 110), "n": (86, 95), "s": (4, 7), "w": (6, 8)}, WEEK_46))
    assert ["90.5 %"] == [each.value_text for each in _read(world).segments if each.value]


def test_the_rest_is_hidden_where_it_would_give_a_small_segment_away(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (90, 100), "south": (4, 5)}, WEEK_46))
    south, rest = _read(world).segments
    assert (None, None, "not assigned") == (south.value, rest.value, rest.name)


def test_a_small_rest_hides_the_smallest_segment(world: SmallWorld) -> None:
    world.reach()
    world.add(_rows({"": (90, 100), "north": (50, 60), "south": (30, 35)}, WEEK_46))
    assert {"north": True, "south": False, "not assigned": False} == {
        each.name: each.value is not None for each in _read(world).segments
    }


def test_parts_of_a_count_are_held_against_a_longer_month_per_day(world: SmallWorld) -> None:
    """Three cases a day in each of October's 31 days and of September's 30: nobody moved it."""
    known = world.runtime.definitions
    flow = known.metrics["backlog_open"].model_copy(update={"stock": None})
    definitions = replace(known, metrics=known.metrics | {"backlog_open": flow})
    world = SmallWorld(replace(world.runtime, definitions=definitions))
    world.reach()
    days = [date(2026, 9, 1) + timedelta(days=at) for at in range(61)]
    rows = []
    for segment, a_day in (("", 3.0), ("phone", 2.0), ("post", 1.0)):
        counts = dict.fromkeys(days, (a_day, None))
        by = "channel" if segment else ""
        rows += day_rows("backlog_open", "depot", counts, dimension=by, segment=segment)
    world.add(rows)
    asked = {"metric": "backlog_open", "touchpoint": "depot", "grain": Grain.MONTH}
    view = _read(world, **asked, dimension="channel", period="2026-10-01")
    told = {each.name: each.contribution for each in view.segments}
    assert pytest.approx({"phone": 0.0, "post": 0.0}, abs=1e-9) == told
    assert pytest.approx(0.0, abs=1e-9) == view.change
    assert view.sentence.endswith("did not change. 30 days against 31: compared per day.")


def test_an_older_period_can_be_broken_down(two_weeks: SmallWorld) -> None:
    assert "90.0 %" == _read(two_weeks, period="2026-11-02").whole_text


def test_an_unknown_dimension_has_no_segments(two_weeks: SmallWorld) -> None:
    assert () == _read(two_weeks, dimension="weather").segments


def test_an_empty_store_has_no_segments(world: SmallWorld) -> None:
    assert ((), "No segment has enough to show.") == (
        _read(world).segments,
        _read(world).sentence,
    )


def test_a_touchpoint_outside_the_scope_reads_like_a_missing_one(world: SmallWorld) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        read_breakdown(
            world.runtime,
            actor,
            metric="otd",
            touchpoint="delivery",
            grain=Grain.WEEK,
            dimension="region",
        )


def test_segments_of_one_value_are_told_together_the_biggest_by_name(world: SmallWorld) -> None:
    world.reach()
    regions = {"": (375, 400), "east": (95, 100), "north": (142.5, 150), "south": (47.5, 50)}
    world.add(_rows(regions | {"west": (90, 100)}, WEEK_46))
    told = "Highest: north and 2 others, 95.0 %. Lowest: west, 90.0 %."
    assert _read(world).sentence.startswith(told)
