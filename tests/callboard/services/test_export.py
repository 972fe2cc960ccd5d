"""What leaves as CSV is what is shown, and no spreadsheet runs any of it."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.access import LOCAL_USER
from callboard.services.comparing.competitors import read_competitors
from callboard.services.competitor_export import gaps_csv, league_csv, trend_csv
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import (
    between_csv,
    chart_csv,
    safe_text,
    write_csv,
)
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows, week_rows
from tests.sample_parts import event_gaps


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_would_be_a_formula_is_kept_as_text(start: str) -> None:
    assert f"'{start}1+1" == safe_text(f"{start}1+1")


@given(st.text(max_size=20))
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not safe_text(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_stay_the_very_same_numbers(number: float) -> None:
    (row,) = _rows(write_csv(["n"], [[number]]))
    assert number == float(row["n"])


def test_nothing_true_and_dates_have_one_form() -> None:
    (row,) = _rows(write_csv(["a", "b", "c"], [[None, True, date(2026, 11, 9)]]))
    assert {"a": "", "b": "true", "c": "2026-11-09"} == row


def test_a_chart_leaves_with_its_limits_and_the_target_in_force(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90.0 + (-1) ** at, 100.0) for at in range(36)]))
    chart = read_control_chart(
        world.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    newest = _rows(chart_csv(chart))[-1]
    assert ("89.0", "89.0", "100.0", "100", "true", "95") == tuple(
        newest[name].removesuffix(".0") if name == "target" else newest[name]
        for name in ("value", "numerator", "denominator", "n", "complete", "target")
    )
    assert pytest.approx(90.0) == float(newest["centre"])
    stamp = ("as_of", "publication", "data_state")
    assert stamp == tuple(newest)[-3:]
    assert (chart.trust.as_of.isoformat(), "1", "verified") == tuple(newest[e] for e in stamp)


def test_gaps_between_events_leave_with_their_limits_and_the_one_that_runs() -> None:
    first, *_, last = _rows(between_csv(event_gaps()))
    assert ("10.0", "9.0", "30.0", "false") == (
        first["days_between"],
        first["centre"],
        first["upper_limit"],
        first["running"],
    )
    assert ("60.0", "true", "improvement") == (
        last["days_between"],
        last["running"],
        last["signal"],
    )


def test_a_league_leaves_without_live_formulas(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {date(2026, 10, 1): (90.0, 100.0)}))
    evil = '=HYPERLINK("http://evil")'
    world.publish([benchmark("Alder", 95.0, source_name=evil)])
    page = read_competitors(world.runtime, LOCAL_USER, metric="otd")
    first = _rows(league_csv(page))[0]
    assert ("Alder", f"'{evil}", "1", "95.0") == (
        first["entity"],
        first["source"],
        first["rank"],
        first["value"],
    )
    assert ["us", "Alder"] == [row["entity"] for row in _rows(trend_csv(page))]


def test_gaps_leave_with_the_sign_of_being_behind(world: SmallWorld) -> None:
    world.reach()
    october = dict.fromkeys((date(2026, 10, 1), date(2026, 10, 31)), (450.0, 500.0))
    world.add(day_rows("otd", "delivery", october))
    world.publish([benchmark("Alder", 95.0, numerator=950.0, denominator=1000.0)])
    rows = _rows(gaps_csv(read_competitors(world.runtime, LOCAL_USER, metric="otd")))
    assert ["achievable", "best", "median", "rest"] == [row["against"] for row in rows]
    best = rows[1]
    assert -5.0 == pytest.approx(float(best["ahead_by"]))
    assert ("Oct 2026", "Alder", True) == (
        best["period"],
        best["made_of"],
        float(best["ahead_by_low"]) < -5 < float(best["ahead_by_high"]) < 0,
    )
