"""One answer to which target is in force, and every figure that is judged by it takes that one."""

import ast
import csv
import io
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.services.drilling.outlook import read_outlook
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import chart_csv
from callboard.services.readings.targets import Targets
from callboard.services.runtime import Runtime
from callboard.services.tiles.overview import read_overview
from callboard.storage.engine import write
from callboard.storage.targets import SeriesTarget, add_target
from metrics.model import Grain
from tests.architecture.sources import product_files, shown, tree_of
from tests.callboard.services.small_world import WEEK_46, SmallWorld, week_rows

FIRST = date(2026, 10, 1)
DAYS = [FIRST + timedelta(days=each) for each in range(60)]
CHANGES = date(2026, 11, 2)  # from here on the file of the workspace promises 95 %, before it 90 %
AT = datetime(2026, 11, 20, tzinfo=UTC)


def target(number: int, value: float | None, day: date, until: date | None) -> SeriesTarget:
    return SeriesTarget(
        id=number,
        touchpoint="delivery",
        metric="otd",
        value=value,
        day=day,
        until=until,
        reason="because",
        actor="ana",
        at=AT,
    )


def drawn(chance: random.Random) -> list[SeriesTarget]:
    """Up to six targets, in the order of approval, that overlap as it happens."""
    found = []
    for number in range(chance.randint(0, 6)):
        day = FIRST + timedelta(days=chance.randint(-10, 70))
        until = chance.choice([None, day + timedelta(days=chance.randint(0, 40))])
        value = chance.choice([None, 90.0, 95.0, 97.5, float(chance.randint(1, 99))])
        found.append(target(number, value, day, until))
    return found


def painted(approved: list[SeriesTarget]) -> list[float | None]:
    """Day by day: what the file says, and over it each target in turn, as with a brush."""
    days: list[float | None] = [95.0 if day >= CHANGES else 90.0 for day in DAYS]
    for each in approved:
        for at, day in enumerate(DAYS):
            if day >= each.day and day <= (each.until or date.max):
                days[at] = each.value
    return days


@pytest.mark.parametrize("seed", range(60))
def test_whatever_overlaps_the_newest_target_of_a_day_is_in_force(
    seed: int, small_runtime: Runtime
) -> None:
    approved = drawn(random.Random(seed))
    key = ("delivery", "otd")
    targets = Targets(
        definitions=small_runtime.definitions, approved={key: tuple(reversed(approved))}
    )
    expected = painted(approved)
    assert expected == [targets.on(*key, day) for day in DAYS]
    by_spans: list[float | None] = [None] * len(DAYS)
    for begin, end, value in targets.spans(*key, DAYS[0], DAYS[-1]):
        for at in range((begin - FIRST).days, (end - FIRST).days + 1):
            assert by_spans[at] is None
            by_spans[at] = value
    assert expected == by_spans


def test_neighbouring_spans_of_one_value_are_told_as_one(world: SmallWorld) -> None:
    approved = target(1, 95.0, date(2026, 10, 20), CHANGES - timedelta(days=1))
    key = ("delivery", "otd")
    targets = Targets(definitions=world.runtime.definitions, approved={key: (approved,)})
    assert (
        (FIRST, date(2026, 10, 19), 90.0),
        (date(2026, 10, 20), DAYS[-1], 95.0),
    ) == targets.spans(*key, DAYS[0], DAYS[-1])


def told(world: SmallWorld) -> dict[str, float | None]:
    """The target by which each view judges on-time delivery in week 46."""
    asked = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK}
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    (tile,) = (tile for lane in overview.lanes for tile in lane.tiles)
    chart = read_control_chart(world.runtime, LOCAL_USER, **asked)
    rows = list(csv.DictReader(io.StringIO(chart_csv(chart).decode())))
    outlook = read_outlook(world.runtime, LOCAL_USER, **asked)
    words = " ".join(each.sentence for each in outlook.items)
    return {
        "tile": tile.sparkline.target,
        "tile's promise": tile.assurance.target,
        "chart": next((value for _, end, value in chart.targets if end >= WEEK_46), None),
        "chart's promise": chart.assurance.target,
        "file": float(rows[-1]["target"]) if rows[-1]["target"] else None,
        "chip": next((80.5 for chip in tile.chips if "80.5" in chip.label), None),
        "outlook": 80.5 if "80.5" in words else None,
    }


def approve(world: SmallWorld, value: float | None) -> None:
    with write(world.runtime.store) as connection:
        add_target(connection, target(0, value, date(2026, 11, 1), None))


def test_every_view_takes_the_approved_target(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(900.0 + (-1) ** at * 30, 1000.0) for at in range(45)]))
    assert {95.0, None} == set(told(world).values())
    approve(world, 80.5)
    assert dict.fromkeys(told(world), 80.5) == told(world)
    approve(world, None)
    assert {None} == set(told(world).values())


def test_nobody_else_reads_what_the_files_promise() -> None:
    """A view that asked the files itself would tell another target than the rest."""
    asking = [
        shown(path)
        for path in product_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "file_target"
    ]
    assert ["callboard/services/readings/targets.py"] == asking
