"""The hours of a week on a small real store: sums over sums, blanks, hidden ones, the sentence."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.drilling.hours import read_hour_map
from callboard.services.hour_export import hours_csv
from callboard.storage.hours import HourRow
from callboard.views import CellState, HourCell, HourMap
from metrics.sketch import sketch_of
from tests.callboard.services.small_world import TODAY, SmallWorld, day_rows

LAST = TODAY - timedelta(days=1)  # a Saturday


def row(day: date, hour: int, on_time: float, orders: float) -> HourRow:
    return HourRow("delivery", "otd", day, hour, on_time, orders, int(orders))


def read(world: SmallWorld, **question: str) -> HourMap:
    asked = {"metric": "otd", "touchpoint": "delivery"} | question
    return read_hour_map(world.runtime, LOCAL_USER, **asked)


def cells(view: HourMap) -> dict[tuple[int, int], HourCell]:
    return {(each.weekday, each.hour): each for each in view.cells}


@pytest.fixture
def opened(world: SmallWorld) -> SmallWorld:
    """Thirteen weeks, open from 9 to 16; Friday 15:00 is bad, Sunday 9:00 has a case a month."""
    world.reach()
    rows = []
    for back in range(91):
        day = LAST - timedelta(days=back)
        for hour in range(9, 17):
            good = 14.0 if (day.weekday(), hour) == (4, 15) else 18.0 + (back + hour) % 2
            rows.append(row(day, hour, good, 20.0))
        if back % 28 == 6:
            rows.append(row(day, 20, 0.0, 1.0))
    world.add_hours(rows)
    return world


def test_a_cell_is_the_sum_over_the_sum_of_its_thirteen_days(opened: SmallWorld) -> None:
    found = cells(read(opened))[4, 15]
    assert (13 * 14, 13 * 20, 70.0, 260, 13) == (
        found.numerator,
        found.denominator,
        found.value,
        found.n,
        found.days,
    )
    assert "Friday 15:00 to 16:00" == found.name


def test_the_worst_and_the_best_hour_are_named_with_their_n(opened: SmallWorld) -> None:
    view = read(opened)
    assert view.sentence.startswith(
        "Worst: Friday 15:00 to 16:00, 70.0 % (n 260), clearly so. Best: "
    )
    # of the 57 with a case one is too small, and one more is hidden with it
    assert "1 of 55 hours differs from the others by more than chance." in view.sentence
    assert [(4, 15)] == [place for place, each in cells(view).items() if each.is_clear]
    assert view.alt.endswith(view.sentence)
    assert "Of 55 looked at" in view.how
    assert "; ▲ higher and ▼ lower by more than chance. A dot is" in view.legend


def test_an_hour_without_a_reading_is_not_there_and_a_small_one_is_hidden(
    opened: SmallWorld,
) -> None:
    found = cells(read(opened))
    assert (0, 3) not in found
    (place,) = [each for each in found if each[1] == 20]
    hidden = found[place]
    assert (CellState.HIDDEN, None, None, None) == (
        hidden.state,
        hidden.value,
        hidden.numerator,
        hidden.difference,
    )
    others = [each for each in found.values() if each.state is CellState.HIDDEN and each != hidden]
    assert others  # or the whole less all that is shown would tell it


def test_only_whole_weeks_count_and_it_says_since_when_hours_are_kept(opened: SmallWorld) -> None:
    opened.add_hours([row(LAST - timedelta(days=91), 15, 0.0, 1000.0)])
    view = read(opened)
    assert LAST - timedelta(days=91) == view.since
    assert "23 Aug to 21 Nov 2026" == view.span
    assert 260 == cells(view)[5, 15].n


def test_the_file_tells_nothing_of_a_hidden_hour_but_its_cases(opened: SmallWorld) -> None:
    rows = list(csv.DictReader(io.StringIO(hours_csv(read(opened)).decode())))
    assert 57 == len(rows)
    hidden = [each for each in rows if each["state"] == "hidden"]
    assert {("", "", "", "")} == {
        (each["value"], each["numerator"], each["denominator"], each["from_all"]) for each in hidden
    }


def test_a_metric_without_hours_and_a_stock_have_no_map(world: SmallWorld) -> None:
    world.reach()
    assert () == read(world).cells
    assert () == read(world, metric="backlog_open", touchpoint="depot").cells


def test_a_percentile_is_shown_and_not_tested(world: SmallWorld) -> None:
    world.reach()
    text = sketch_of([1.0] * 30).to_json()
    world.add_hours(
        [HourRow("desk", "ttr_p50", LAST - timedelta(days=20), 9, None, None, 30, None, text)]
    )
    view = read(world, metric="ttr_p50", touchpoint="desk")
    assert (1, None) == (len(view.cells), view.cells[0].p)
    assert "Hours of a percentile are not tested against chance." == view.how
    assert (
        "The stronger the colour, the farther from all hours together. A blank hour had no case, which is not zero."
        == view.legend
    )


def test_a_touchpoint_outside_the_scope_reads_like_a_missing_one(world: SmallWorld) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        read_hour_map(world.runtime, actor, metric="otd", touchpoint="delivery")


def test_an_hour_without_an_event_is_zero_where_the_feed_was_there(world: SmallWorld) -> None:
    """Of three Fridays told, one has two events at 9: 2 / 3 an hour; a fourth is not told of."""
    known = world.runtime.definitions
    counted = known.metrics["backlog_open"].model_copy(update={"stock": None})
    definitions = replace(known, metrics=known.metrics | {"backlog_open": counted})
    world = SmallWorld(replace(world.runtime, definitions=definitions))
    world.reach()
    fridays = [date(2026, 11, 20) - timedelta(weeks=back) for back in range(4)]
    told = dict.fromkeys(fridays[:2] + fridays[3:], (2.0, None))
    world.add(day_rows("backlog_open", "depot", told))
    hours = [(fridays[0], 9), (fridays[1], 10), (fridays[3], 10)]
    world.add_hours([HourRow("depot", "backlog_open", *at, 2.0, None, 2) for at in hours])
    view = read(world, metric="backlog_open", touchpoint="depot")
    found = cells(view)
    assert {(4, hour) for hour in range(24)} == set(found)
    assert (pytest.approx(2 / 3), 3, 2) == (found[4, 9].value, found[4, 9].days, found[4, 9].n)
    assert (0.0, 3, 0) == (found[4, 3].value, found[4, 3].days, found[4, 3].n)
    assert "and 21 others" in view.sentence


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({9: 15.0}, "Only Saturday 09:00 to 10:00, 75.0 % (n 20)"),
        ({9: 15.0, 10: 15.0}, "All 2 hours that are shown have 75.0 %."),
        ({9: 10.0, 10: 15.0, 11: 15.0}, "Best: Saturday 10:00 to 11:00 and 1 other, 75.0 %"),
    ],
)
def test_of_hours_that_are_alike_none_is_the_best(
    world: SmallWorld, hours: dict[int, float], words: str
) -> None:
    world.reach()
    world.add_hours([row(LAST, hour, good, 20.0) for hour, good in hours.items()])
    assert words in read(world).sentence


def test_all_hours_together_are_not_told_where_they_are_too_few(world: SmallWorld) -> None:
    world.reach()
    world.add_hours([row(LAST, 9, 2.0, 3.0)])
    assert "too few cases to show" == read(world).overall_text
