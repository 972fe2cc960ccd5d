"""Breaks on the touchpoint page: proposed, checked, approved, drawn, withdrawn, brought back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import Actor, Role
from callboard.clock import Clock
from tests.callboard.services.small_world import WEEK_46, SmallWorld, week_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "10_touchpoint.py"
STEP = WEEK_46 - timedelta(weeks=11)
READER = Actor(id="rae", name="Rae", roles=frozenset({Role.EXECUTIVE}))


@pytest.fixture
def stepped_world(empty_world: SmallWorld) -> SmallWorld:
    """On-time delivery that fell twelve weeks ago and stayed there; abandonment is steady."""
    before = [(95.0 + week % 3, 100.0) for week in range(40)]
    after = [(83.0 + (week * 2) % 3, 100.0) for week in range(12)]
    empty_world.add(week_rows("otd", "delivery", [*before, *after]))
    empty_world.add(week_rows("abandon", "desk", [(5.0 + w % 4, 100.0) for w in range(52)]))
    empty_world.reach()
    return empty_world


def opened(open_app: OpenPage, world: SmallWorld, **more) -> AppTest:
    return open_app(PAGE, of=world.runtime, touchpoint="delivery", metric="otd", **more)


def widget(app: AppTest, kind: str, key: str):
    return next(each for each in app.get(kind) if (each.key or "").startswith(key))


def approve(app: AppTest, reason: str = "A new carrier") -> AppTest:
    widget(app, "text_input", "cb-break-reason").set_value(reason)
    return widget(app, "button", "cb-break-approve").click().run()


def traces(app: AppTest) -> dict[str, list]:
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    return {each["name"]: each for each in spec["data"] if "name" in each}


def test_a_step_is_proposed_with_its_day_filled_in_and_what_would_change(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    app = opened(open_app, stepped_world)
    text = text_of(app)
    told = "lower for 12 weeks, since 24 Aug: 84.0 % after 96.0 %."
    assert f'{told} <a href="#breaks">See Breaks</a>' in text
    assert f"{told} If something changed for good" in text
    assert STEP == widget(app, "date_input", "cb-break-day").value
    assert "Limits start anew from Week 35, 2026" in text
    assert "92.0 % → 84.0 %" in text


def test_a_workspace_whose_clock_stands_in_the_past_offers_days_before_it(
    open_app: OpenPage, empty_world: SmallWorld
) -> None:
    new_year = datetime(2014, 1, 1, tzinfo=UTC)
    empty_world.reach(last_day=date(2013, 12, 31), first_day=date(2013, 1, 1), as_of=new_year)
    weeks = [(95.0 + week % 3, 100.0) for week in range(40)]
    empty_world.add(week_rows("otd", "delivery", weeks, last=date(2013, 12, 23)))
    past = replace(empty_world.runtime, clock=Clock(new_year))
    app = open_app(PAGE, of=past, touchpoint="delivery", metric="otd")
    assert not app.exception
    assert date(2014, 1, 1) == widget(app, "date_input", "cb-break-day").max


def test_another_day_is_checked_at_once(open_app: OpenPage, stepped_world: SmallWorld) -> None:
    app = opened(open_app, stepped_world)
    widget(app, "date_input", "cb-break-day").set_value(WEEK_46 + timedelta(days=2)).run()
    assert "Week 46, 2026, which holds 11 Nov 2026" in text_of(app)
    assert "provisional" in text_of(app)
    widget(app, "date_input", "cb-break-day").set_value(date(2020, 1, 6)).run()
    assert "no reading" in text_of(app)


def test_approving_restarts_the_limits_and_withdrawing_takes_it_back(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    app = opened(open_app, stepped_world)
    assert 1 == len(set(traces(app)["Centre"]["y"]))
    approve(app)
    assert not app.exception
    assert "Break approved" in text_of(app)
    assert {96.0, None, 84.0} == set(traces(app)["Centre"]["y"])
    assert "Steady since the break" in text_of(app)
    app.text_input(key="cb-break-withdraw-why").set_value("It was the weather")
    app.button(key="cb-break-withdraw-now").click().run()
    assert "withdrawn by local: It was the weather" in text_of(app)
    assert 1 == len(set(traces(app)["Centre"]["y"]))
    app.button(key="cb-break-restore-now").click().run()
    assert {96.0, None, 84.0} == set(traces(app)["Centre"]["y"])


def test_the_break_is_named_on_the_chart_for_who_cannot_see_it_and_in_the_table(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    app = approve(opened(open_app, stepped_world), "A <b>new</b> carrier")
    told = "Limits start anew at the break of 24 Aug (A <b>new</b> carrier)."  # an attribute: text
    assert told in str(app.get("plotly_chart")[0].proto)
    app.toggle(key="cb-history-table").set_value(True).run()
    text = text_of(app)
    assert "2, from the break: A &lt;b&gt;new&lt;/b&gt; carrier" in text
    assert "<b>new</b>" not in text


def test_without_a_reason_nothing_is_approved_and_the_page_says_what_is_missing(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    before = stepped_world.runtime.publication()
    app = approve(opened(open_app, stepped_world), "  ")
    assert "Say what changed" in text_of(app)
    assert before == stepped_world.runtime.publication()


def test_a_second_click_approves_nothing_more(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    first, second = (opened(open_app, stepped_world) for _ in range(2))
    approve(first)
    before = stepped_world.runtime.publication()
    assert "already" in text_of(approve(second))
    assert before == stepped_world.runtime.publication()


def test_who_may_not_approve_reads_the_proposal_and_has_no_form(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    app = opened(open_app, stepped_world, actor=READER)
    assert "lower for 12 weeks" in text_of(app)
    assert not [each for each in app.button if (each.key or "").startswith("cb-break")]


def test_where_nothing_is_to_be_said_who_may_not_approve_sees_no_section(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    app = open_app(
        PAGE, of=stepped_world.runtime, actor=READER, touchpoint="desk", metric="abandon"
    )
    assert "Breaks</h2>" not in text_of(app)
    mine = open_app(PAGE, of=stepped_world.runtime, touchpoint="desk", metric="abandon")
    assert "no break holds or is proposed" in text_of(mine)


def test_a_past_period_is_told_without_advice(
    open_app: OpenPage, stepped_world: SmallWorld
) -> None:
    app = opened(open_app, stepped_world, period="2026-10-05")
    assert "lower for" not in text_of(app)
