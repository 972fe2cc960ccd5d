"""Periods are sums over sums: the same figures by the store and by plain Python."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.services.readings.export import export_readings
from callboard.storage.readings import ReadingRow
from metrics.model import Grain
from metrics.sketch import sketch_of
from tests.callboard.services.small_world import SmallWorld

FIRST, DAYS = date(2026, 6, 1), 150
Key = tuple[str, str, date]


def _period_start(grain: Grain, day: date) -> date:
    if grain is Grain.DAY:
        return day
    if grain is Grain.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.isoweekday() - 1)


def _random_rows(seed: int) -> list[ReadingRow]:
    chance = random.Random(seed)
    rows = []
    for offset in range(DAYS):
        day = FIRST + timedelta(days=offset)
        for place in ("desk", "delivery"):
            if chance.random() < 0.15:
                continue
            n = chance.choice([0, 3, 40, 200])
            hits = chance.randint(0, n)
            rows.append(ReadingRow(place, "otd", "", "", day, hits, n, n))
            total = chance.uniform(0, 900) * n
            rows.append(ReadingRow(place, "asa", "", "", day, total, n, n, total**2))
            net = chance.randint(-n, n)
            rows.append(ReadingRow(place, "nps", "", "", day, net, n, n, n))
            rows.append(ReadingRow(place, "backlog_open", "", "", day, 50 + offset, None, 4))
    return rows


@pytest.mark.parametrize("grain", list(Grain))
def test_the_store_and_plain_python_agree(world: SmallWorld, grain: Grain) -> None:
    world.reach(first_day=FIRST)
    rows = _random_rows(7)
    world.add(rows)
    sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for row in rows:
        parts = sums[row.metric, row.touchpoint, _period_start(grain, row.day)]
        for at, amount in enumerate((row.numerator, row.denominator or 0, row.n, 1)):
            parts[at] += amount
    scale = {"otd": 100.0, "asa": 1.0, "nps": 100.0}
    least = {"otd": 10, "asa": 10, "nps": 30}
    expected: dict[Key, float | None] = {}
    for key, (numerator, denominator, n, days) in sums.items():
        if key[0] == "backlog_open":
            expected[key] = numerator / days
        else:
            is_shown = denominator > 0 and n >= least[key[0]]
            expected[key] = scale[key[0]] * numerator / denominator if is_shown else None
    found = {
        (each.metric, each.touchpoint, each.period_start): each.value
        for each in export_readings(world.runtime, LOCAL_USER, grain=grain)
    }
    assert pytest.approx(expected) == found


def test_a_percentile_of_weeks_is_that_of_all_their_values(world: SmallWorld) -> None:
    world.reach()
    chance = random.Random(3)
    values = {
        FIRST + timedelta(days=at): [chance.lognormvariate(2, 1) for _ in range(50)]
        for at in range(14)
    }
    world.add(
        [
            ReadingRow("desk", "ttr_p50", "", "", day, None, None, 50, None, sketch_of(v).to_json())
            for day, v in values.items()
        ]
    )
    found = export_readings(world.runtime, LOCAL_USER, metric="ttr_p50", grain=Grain.WEEK)
    for record in found:
        week = [
            each
            for day, some in values.items()
            if record.period_start <= day <= record.period_end
            for each in some
        ]
        lower = sorted(week)[(len(week) - 1) // 2]
        assert pytest.approx(lower, rel=0.01) == record.value


def test_a_whole_week_without_a_rare_event_counts_none(world: SmallWorld) -> None:
    definitions = world.runtime.definitions
    metric = definitions.metrics["backlog_open"].model_copy(update={"stock": None})
    sparse = replace(definitions.contracts["backlog"], is_sparse=True)
    changed = replace(
        definitions,
        contracts={**definitions.contracts, "backlog": sparse},
        metrics={**definitions.metrics, "backlog_open": metric},
    )
    world.reach(first_day=FIRST)
    days = [date(2026, 11, 2), date(2026, 11, 16)]
    world.add([ReadingRow("desk", "backlog_open", "", "", day, 2, None, 2) for day in days])
    found = export_readings(
        replace(world.runtime, definitions=changed),
        LOCAL_USER,
        metric="backlog_open",
        since=date(2026, 11, 2),
    )
    assert [(2.0, True), (0.0, True), (2.0, False)] == [(r.value, r.complete) for r in found]


def test_a_week_that_began_before_the_feed_did_is_not_whole(world: SmallWorld) -> None:
    world.reach(first_day=date(2026, 11, 4))
    days = [date(2026, 11, 4), date(2026, 11, 9)]
    world.add([ReadingRow("desk", "otd", "", "", day, 90, 100, 100) for day in days])
    found = export_readings(world.runtime, LOCAL_USER, metric="otd", since=days[0])
    assert [(date(2026, 11, 2), False), (date(2026, 11, 9), True)] == [
        (each.period_start, each.complete) for each in found
    ]
