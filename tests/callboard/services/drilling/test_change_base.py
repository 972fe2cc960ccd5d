"""What a breakdown is compared with, and who is said to have moved the number."""

import csv
import io
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import CallboardError
from callboard.services.drilling.breakdown import read_breakdown
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import breakdown_csv
from callboard.services.taking.breakdown_section import breakdown_section
from callboard.views import Breakdown, ChangeBase
from metrics.model import Grain
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows

STEP = WEEK_46 - timedelta(weeks=8)


def weeks(world: SmallWorld, counts: dict[date, dict[str, tuple[float, float]]]) -> None:
    """Put readings of the regions into the store, and their sums as the wholes."""
    for day, regions in counts.items():
        whole = tuple(sum(each[at] for each in regions.values()) for at in (0, 1))
        world.add(
            [
                *day_rows("otd", "delivery", {day: whole}),
                *(
                    row
                    for name, each in regions.items()
                    for row in day_rows(
                        "otd", "delivery", {day: each}, dimension="region", segment=name
                    )
                ),
            ]
        )


def read(world: SmallWorld, against: ChangeBase, **question: object) -> Breakdown:
    asked = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK, "dimension": "region"}
    return read_breakdown(world.runtime, LOCAL_USER, **asked | question, against=against.value)


@pytest.fixture
def stepped(world: SmallWorld) -> SmallWorld:
    """Thirty weeks: the last nine are lower, because of north, which has more of the orders too."""
    world.reach()
    counts = {}
    for back in range(30):
        day = WEEK_46 - timedelta(weeks=back)
        wobble = back % 3
        counts[day] = (
            {"north": (120 + wobble, 200), "south": (95, 100)}
            if day >= STEP
            else {"north": (90 + wobble, 100), "south": (190, 200)}
        )
    weeks(world, counts)
    return world


def test_the_baseline_is_the_sums_of_the_weeks_before_the_signal(stepped: SmallWorld) -> None:
    found = read(stepped, ChangeBase.BASELINE)
    assert "the 21 weeks before the signal" == found.base_label
    # backs 9 to 29: 21 weeks, 7 of each wobble 0, 1 and 2
    before = 100 * (21 * 90 + 21 + 21 * 190) / (21 * 300)
    assert pytest.approx(100 * 215 / 300 - before) == found.change
    effects = {each.name: (each.rate, each.mix) for each in found.segments}
    # north: 91 % of 1/3 became 60 % of 2/3; south keeps its 95 %
    middle = (before + 100 * 215 / 300) / 2
    assert pytest.approx((-15.5, (75.5 - middle) / 3)) == effects["north"]
    assert pytest.approx((0.0, -(95 - middle) / 3)) == effects["south"]


def test_the_sentence_names_who_moved_it_and_by_which_effect(stepped: SmallWorld) -> None:
    told = read(stepped, ChangeBase.BASELINE).sentence
    assert (
        "Against the 21 weeks before the signal, north fell: −15.5 of −22.0 pts; its share of the "
        "delivered orders grew: −2.4 pts."
    ) in told


def test_a_year_before_is_the_same_week_of_that_year(world: SmallWorld) -> None:
    world.reach()
    ago = date(2025, 11, 10)
    weeks(world, {ago: {"n": (95, 100), "s": (90, 100)}, WEEK_46: {"n": (70, 100), "s": (90, 100)}})
    found = read(world, ChangeBase.YEAR)
    assert "Week 46, 2025" == found.base_label
    assert pytest.approx(-12.5) == found.change
    assert {"n": "−12.5 pts", "s": "±0.0 pts"} == {e.name: e.rate_text for e in found.segments}


def test_where_only_the_mix_moved_it_says_so(world: SmallWorld) -> None:
    world.reach()
    before = WEEK_46 - timedelta(weeks=1)
    weeks(
        world,
        {
            before: {"easy": (190, 200), "hard": (40, 100)},
            WEEK_46: {"easy": (95, 100), "hard": (80, 200)},
        },
    )
    told = read(world, ChangeBase.PREVIOUS).sentence
    assert told.endswith("easy’s share of the delivered orders shrank: −9.2 of −18.3 pts.")


def test_hidden_segments_stay_hidden_and_are_told_together(world: SmallWorld) -> None:
    world.reach()
    before = WEEK_46 - timedelta(weeks=1)
    one = {"north": (86, 95), "east": (45, 50), "south": (4, 5)}
    other = {"north": (60, 95), "east": (40, 50), "south": (1, 5)}
    weeks(world, {before: one, WEEK_46: other})
    found = read(world, ChangeBase.PREVIOUS)
    shown = {each.name: each.contribution for each in found.segments}
    assert shown["east"] is shown["south"] is None
    assert pytest.approx(found.change) == (shown["north"] or 0.0) + (found.hidden or 0.0)
    assert b",-8," not in breakdown_csv(found)


def test_a_file_lets_its_reader_check_that_the_parts_add_up(world: SmallWorld) -> None:
    """135 of 150 fell to 101: what of it is told, what the hidden did, and the whole."""
    world.reach()
    one = {"north": (86, 95), "east": (45, 50), "south": (4, 5)}
    other = {"north": (60, 95), "east": (40, 50), "south": (1, 5)}
    weeks(world, {WEEK_46 - timedelta(weeks=1): one, WEEK_46: other})
    found = read(world, ChangeBase.PREVIOUS)
    rows = list(csv.DictReader(io.StringIO(breakdown_csv(found).decode())))
    parts = [float(each["contribution"] or 0) for each in rows if each["row"] != "whole"]
    of_whole = float(rows[-1]["contribution"])
    assert pytest.approx([100 * (101 - 135) / 150] * 2) == [sum(parts), of_whole]
    assert ["segment"] * 3 + ["hidden together", "whole"] == [each["row"] for each in rows]
    assert ("otd", "delivery", "%", "", "pts") == tuple(
        rows[0][name] for name in ("metric", "touchpoint", "unit", "per", "change_unit")
    )
    chart = read_control_chart(
        world.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    for table, title in zip(
        breakdown_section(found, chart).tables,
        ("Part of the change, pts", "Together, pts"),
        strict=True,
    ):
        assert title == table.columns[3].title
        assert pytest.approx(table.rows[-1][3]) == sum(each[3] or 0.0 for each in table.rows[:-1])


def test_over_several_weeks_what_is_small_or_gives_it_away_is_hidden_too(
    stepped: SmallWorld,
) -> None:
    for back in range(9, 14):  # five cases before the signal
        day = WEEK_46 - timedelta(weeks=back)
        weeks(stepped, {day: {"north": (90, 100), "south": (190, 200), "tiny": (0, 1)}})
    found = {each.name: each for each in read(stepped, ChangeBase.BASELINE).segments}
    assert (None, None) == (found["tiny"].before, found["tiny"].contribution)
    assert any(each.before is None for name, each in found.items() if name != "tiny")


def test_without_a_signal_there_is_no_time_before_it(world: SmallWorld) -> None:
    world.reach()
    weeks(world, {WEEK_46 - timedelta(weeks=w): {"n": (90 + w % 3, 100)} for w in range(20)})
    with pytest.raises(CallboardError, match="has no signal with periods of the same limits"):
        read(world, ChangeBase.BASELINE)


def test_parts_of_a_percentile_are_refused_in_words(world: SmallWorld) -> None:
    world.reach()
    found = read(world, ChangeBase.PREVIOUS, metric="ttr_p50", touchpoint="desk")
    assert found.unsplit.startswith("Parts of a change of a percentile do not add up")
    assert found.change is None
