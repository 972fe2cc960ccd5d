"""The outlook on a small real store: every figure in its sentences worked out beside it."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.drilling.outlook import read_outlook
from callboard.views import Outlook
from metrics.model import Grain
from tests.callboard.services.small_world import (
    SmallWorld,
    benchmark,
    day_rows,
    sketch_row,
    week_rows,
)

STEADY = [(900.0 + (-1) ** at * 10, 1000.0) for at in range(45)]  # 91 %, 89 %, ... from week 2 on
FALLEN = [*STEADY[:-7], *[(850.0, 1000.0)] * 7]


def _outlook(world: SmallWorld, **question: object) -> Outlook:
    given = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK} | question
    return read_outlook(world.runtime, LOCAL_USER, **given)


def _told(world: SmallWorld, **question: object) -> dict[str, str]:
    return {each.topic: each.sentence for each in _outlook(world, **question).items}


def test_an_empty_store_has_no_outlook(world: SmallWorld) -> None:
    assert () == _outlook(world).items


def test_a_shift_is_told_in_cases_that_matter(world: SmallWorld) -> None:
    """Seven weeks of 150 late instead of 100."""
    world.reach()
    world.add(week_rows("otd", "delivery", FALLEN))
    outlook = _outlook(world)
    assert outlook.excess.startswith(
        "About 350 more late deliveries than normal since 28 Sep (95 % range "
    )
    assert outlook.excess == outlook.items[0].sentence


def test_the_numbers_behind_it_are_those_it_was_worked_out_from(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", FALLEN))
    numbers = dict(_outlook(world).items[0].numbers)
    # Of the 29 weeks before, 15 had 110 late and 14 had 90.
    assert (
        "1,050",
        "7,000",
        f"{7 * (15 * 110 + 14 * 90) / 29:.0f}",
        "10.0 % late deliveries",
        "7",
    ) == (
        numbers["Late deliveries since the signal began"],
        numbers["Delivered orders"],
        numbers["Normal for that many"],
        numbers["Normal"],
        numbers["Weeks since it began"],
    )


def _uneven(weeks: int, by: float) -> list[tuple[float, float]]:
    """Weeks of 700 and 1,300 at 90 %, give or take what varies with the root of their size."""
    return [
        (base * (0.9 + by * (-1) ** (at // 2) / base**0.5), base)
        for at, base in enumerate([700.0, 1300.0] * (weeks // 2))
    ]


def _sigma_of_one(x: np.ndarray, n: np.ndarray) -> float:
    """Sigma of a base of 1: sigma z of the p'-chart times root p(1 - p)."""
    return float(np.abs(np.diff((x / n - x.sum() / n.sum()) * np.sqrt(n))).mean() / 1.128)


def test_its_range_follows_the_volume_as_the_limits_do(world: SmallWorld) -> None:
    """Weeks of 700 and 1,300, then five of 1,300 at 85 %, on a p'-chart; by XmR 260 to 400."""
    world.reach()
    world.add(week_rows("otd", "delivery", [*_uneven(30, 0.3), *[(1105.0, 1300.0)] * 5]))
    x, n = (np.array(each) for each in zip(*_uneven(30, 0.3), strict=True))
    noise = _sigma_of_one(x, n) * np.sqrt(6500 + 6500**2 / n.sum())
    half = stats.t(0.605 * 30).ppf(0.975) * noise
    excess = 6500 * (x.sum() / n.sum() - 0.85)
    low, high = 10 * np.floor((excess - half) / 10), 10 * np.ceil((excess + half) / 10)
    assert f"(95 % range {low:.0f} to {high:.0f})" in _outlook(world).excess


def test_the_range_of_the_year_follows_the_volume_too(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", _uneven(46, 2.5)))
    every = np.array(_uneven(46, 2.5))
    x, n = every[-36:, 0], every[-36:, 1]
    rest = 7 * n.mean()
    noise = _sigma_of_one(x, n) * np.sqrt(1 / rest + 1 / n.sum())
    half, so_far = stats.t(0.605 * 36).ppf(0.975) * noise, every.sum(axis=0)
    ends = [
        100 * (so_far[0] + rest * (x.sum() / n.sum() + side * half)) / (so_far[1] + rest)
        for side in (-1, 1)
    ]
    assert f"between {ends[0]:.1f} and {ends[1]:.1f} %" in _told(world)["Year end"]


def test_without_a_signal_there_is_nothing_since_it(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    assert "Since the signal" not in _told(world)
    assert "" == _outlook(world).excess


def test_a_count_is_held_against_its_own_days(world: SmallWorld) -> None:
    """A backlog is a stock: what waited yesterday waits today, and adds up to nothing."""
    world.reach()
    counts = [(100.0 + (-1) ** at, None) for at in range(35)]
    world.add(week_rows("backlog_open", "depot", [*counts, (300.0, None)]))
    assert {} == _told(world, metric="backlog_open", touchpoint="depot")


def test_a_mean_is_told_as_the_time_it_adds_up_to(world: SmallWorld) -> None:
    """1,000 contacts, 60 s more each: 16.7 hours; sigma is 2 s / 1.128 of each, half an hour."""
    world.reach()
    waits = [(1000.0 * (60 + (-1) ** at), 1000.0) for at in range(35)]
    world.add(week_rows("asa", "desk", [*waits, (120_000.0, 1000.0)]))
    told = _told(world, metric="asa", touchpoint="desk")["Since the signal"]
    assert told == (
        "About 17 hours more waiting than normal in week 46 (95 % range 15 to 18 hours)."
    )


def test_a_percentile_adds_up_to_nothing(world: SmallWorld) -> None:
    world.reach()
    weeks = [date(2026, 3, 9) + timedelta(weeks=at) for at in range(36)]
    hours = [[5.0 + at % 2] * 60 for at in range(35)] + [[40.0] * 60]
    rows = [
        sketch_row("ttr_p50", "desk", day, each) for day, each in zip(weeks, hours, strict=True)
    ]
    world.add(rows)
    assert {} == _told(world, metric="ttr_p50", touchpoint="desk")


def test_the_year_ends_where_its_weeks_and_the_process_take_it(world: SmallWorld) -> None:
    """45 weeks at 90 %, 7 to come, against 95 % from week 45 on."""
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    told = _told(world)["Year end"]
    assert told.startswith(
        "2026 (weeks 2 to 53) will end between 89.8 and 90.2 % (target 95.0 %): "
    )
    # (52 x 95 - 45 x 90.02) / 7 = 127: no share can be that.
    assert told.endswith("out of reach, even 100 % for the rest of the year would not do.")
    (item,) = [each for each in _outlook(world).items if each.topic == "Year end"]
    assert dict(item.numbers)["The rest must average"].endswith(" %, which cannot be")


def test_a_year_of_which_much_is_not_known_is_not_foretold(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY[-36:]))
    assert "Year end" not in _told(world)


def test_a_year_that_is_over_is_told_as_it_ended(world: SmallWorld) -> None:
    """2025 ended on Sunday 28 December, in its week 52; the target was 90 %."""
    world.reach()
    world.add(week_rows("otd", "delivery", [(920.0, 1000.0)] * 52, last=date(2025, 12, 22)))
    told = _told(world, period="2025-12-22")["Year end"]
    assert "2025 (weeks 1 to 52) ended at 92.0 %: the target of 90.0 % was met." == told


def test_without_a_target_no_year_end_and_no_gap_is_told(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("abandon", "desk", STEADY))
    assert {} == _told(world, metric="abandon", touchpoint="desk")


def test_a_gap_that_nothing_closes_says_what_closing_it_takes(world: SmallWorld) -> None:
    """The last three weeks average 90.3 %: 4.7 points, 47 of 1,000 deliveries."""
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    told = _told(world)["Target"]
    assert told == (
        "The gap of 4.7 points from the mean of the last 3 weeks to the target of 95.0 % is not closing: there is no reliable "
        "improvement over the last 12 weeks. Closing it takes about 47 fewer late deliveries a week. "
        "As it runs now, single weeks meet it by chance."
    )


def test_a_gap_that_closes_says_when(world: SmallWorld) -> None:
    """From 82 % up by half a point a week, on the way to 95 %."""
    world.reach()
    rising = [(820.0 + 5 * at, 1000.0) for at in range(20)]
    world.add(week_rows("otd", "delivery", rising))
    told = _told(world)["Target"]
    assert told.startswith("At the pace of the last 12 weeks, the target of 95.0 % is reached in ")


def test_days_have_weekdays_and_so_no_pace(world: SmallWorld) -> None:
    world.reach()
    days = {date(2026, 11, 21) - timedelta(days=at): (900.0, 1000.0) for at in range(30)}
    world.add(day_rows("otd", "delivery", days))
    assert "Target" not in _told(world, grain=Grain.DAY)


def test_peers_of_the_same_touchpoint_are_the_next_rung(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    october = day_rows("otd", "delivery", {date(2026, 10, 15): (90.0, 100.0)})
    world.add([*week_rows("otd", "delivery", STEADY), *october])
    names = ("Alder", "Birch", "Cedar")
    world.publish(
        [
            benchmark(name, value, touchpoint="delivery")
            for name, value in zip(names, (92, 93, 94), strict=True)
        ]
    )
    told = _told(world)["Peers"]
    assert told.startswith(
        "The gap of 2.7 points from the mean of the last 3 weeks to the middle peer (93.0 %, Oct 2026) "
    )


def test_peers_who_speak_of_a_whole_company_are_no_rung_of_one_touchpoint(
    world: SmallWorld,
) -> None:
    world.reach()
    rows = [*week_rows("otd", "delivery", STEADY), *week_rows("otd", "desk", STEADY)]
    world.add(rows)
    world.publish([benchmark("Alder", 99.0)])
    assert "Peers" not in _told(world)


def test_who_may_not_read_a_touchpoint_gets_no_outlook(world: SmallWorld) -> None:
    stranger = Actor(id="s", name="S", roles=frozenset(Role), touchpoints=frozenset({"desk"}))
    with pytest.raises(NotAllowed):
        read_outlook(world.runtime, stranger, metric="otd", touchpoint="delivery", grain=Grain.WEEK)
