"""The same store on SQLite and PostgreSQL gives the same views."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from callboard.access import LOCAL_USER
from callboard.services.comparing.competitors import read_competitors
from callboard.services.drilling.breakdown import read_breakdown
from callboard.services.drilling.trend import read_control_chart
from callboard.services.runtime import Runtime
from callboard.services.tiles.overview import read_overview
from callboard.services.trust import read_trust
from metrics.model import Grain
from tests.callboard.services.small_world import (
    WEEK_46,
    SmallWorld,
    benchmark,
    day_rows,
    sketch_row,
    week_rows,
)
from tests.conftest import on_both_engines

STEADY = [(90.0 + (-1) ** at, 100.0) for at in range(36)]


@on_both_engines
def test_every_view_reads_the_same_on_both_engines(small_runtime: Runtime, store: Engine) -> None:
    world = SmallWorld(replace(small_runtime, store=store))
    world.reach()
    world.add(
        [
            *week_rows("otd", "delivery", [*STEADY[:-1], (60.0, 100.0)]),
            *day_rows("otd", "delivery", {WEEK_46: (9, 20)}, dimension="region", segment="north"),
            *day_rows("complaints", "desk", {WEEK_46: (1.0, 50000.0)}),
            sketch_row("ttr_p50", "desk", date(2026, 11, 2), [10.0] * 20),
        ]
    )
    world.publish([benchmark("Alder", 95.0, sample_size=400), benchmark("Birch", 80.0)])
    runtime = world.runtime
    overview = read_overview(runtime, LOCAL_USER, grain=Grain.WEEK)
    values = {t.metric: t.value_text for lane in overview.lanes for t in lane.tiles}
    assert {"otd": "60.0", "complaints": "2", "ttr_p50": "10.1"} == values
    asked = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK}
    chart = read_control_chart(runtime, LOCAL_USER, **asked)
    assert (36, "below the lower limit") == (len(chart.points), chart.points[-1].rule_text)
    cut = read_breakdown(runtime, LOCAL_USER, dimension="region", **asked)
    assert ["north", "not assigned"] == [each.name for each in cut.segments]
    page = read_competitors(runtime, LOCAL_USER, metric="otd")
    assert ["Alder", "Small Stores", "Birch"] == [each.entity for each in page.league]
    assert 4 == len(read_trust(runtime, LOCAL_USER))
