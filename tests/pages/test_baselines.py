"""Baselines on the touchpoint page: proposed, checked, laid down, drawn, withdrawn, brought back."""

import json
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import Actor, Role
from metrics.chosen import BaselineUse
from tests.callboard.services.rare_world import every, rare_rows
from tests.callboard.services.small_world import WEEK_46, SmallWorld, week_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "10_touchpoint.py"
USUAL = [90.0, 91.0, 89.0, 92.0, 90.0, 88.0, 91.0, 90.0, 92.0]
SINCE = [70.0, 72.0, 90.0, 91.0, 92.0, 90.0, 91.0, 90.0, 91.0, 92.0]
VALUES = [*(USUAL * 5)[:42], *SINCE]
ALL, OTHERS = sum(VALUES[-36:]) / 36, (sum(VALUES[-36:]) - 70 - 72) / 34
STRIKE = WEEK_46 - timedelta(weeks=9)
READER = Actor(id="rae", name="Rae", roles=frozenset({Role.EXECUTIVE}))


@pytest.fixture
def struck(empty_world: SmallWorld) -> SmallWorld:
    """A strike of two weeks, then eight weeks as always; abandonment is steady."""
    empty_world.add(week_rows("otd", "delivery", [(each, 100.0) for each in VALUES]))
    empty_world.add(week_rows("abandon", "desk", [(each, 100.0) for each in USUAL * 5]))
    empty_world.reach()
    return empty_world


def opened(open_app: OpenPage, world: SmallWorld, **more) -> AppTest:
    given = {"touchpoint": "delivery", "metric": "otd", **more}
    return open_app(PAGE, of=world.runtime, **given)


def widget(app: AppTest, kind: str, key: str):
    return next(each for each in app.get(kind) if (each.key or "").startswith(key))


def lay(app: AppTest, reason: str = "Carrier's strike") -> AppTest:
    widget(app, "text_input", "cb-baseline-reason").set_value(reason)
    return widget(app, "button", "cb-baseline-lay").click().run()


def choose(app: AppTest, oldest: int, newest: int, use: BaselineUse) -> AppTest:
    first = WEEK_46 - timedelta(weeks=oldest)
    last = WEEK_46 - timedelta(weeks=newest) + timedelta(days=6)
    widget(app, "selectbox", "cb-baseline-use").set_value(use)
    return widget(app, "date_input", "cb-baseline-days").set_value((first, last)).run()


def centre(app: AppTest) -> float:
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    return next(each["y"][-1] for each in spec["data"] if each.get("name") == "Centre")


def names(app: AppTest) -> set[str]:
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    return {each["name"] for each in spec["data"] if "name" in each}


def test_a_strike_is_proposed_with_its_days_filled_in_and_what_would_change(
    open_app: OpenPage, struck: SmallWorld
) -> None:
    app = opened(open_app, struck)
    text = text_of(app)
    assert "The 2 weeks of 7 to 20 Sep 2026 lie far below all others." in text
    days = widget(app, "date_input", "cb-baseline-days").value
    assert (STRIKE, STRIKE + timedelta(days=13)) == days
    assert BaselineUse.ASIDE is widget(app, "selectbox", "cb-baseline-use").value
    assert "34 weeks make the limits." in text
    assert f"{ALL:.1f} % → {OTHERS:.1f} %" in text


def test_setting_it_aside_changes_the_verdict_and_withdrawing_takes_it_back(
    open_app: OpenPage, struck: SmallWorld
) -> None:
    app = opened(open_app, struck)
    assert pytest.approx(ALL) == centre(app)
    assert "Better than usual" in text_of(app)
    lay(app)
    assert not app.exception
    assert "Set aside</h2>" in text_of(app)
    assert "Better than usual" not in text_of(app)
    assert pytest.approx(OTHERS) == centre(app)
    assert "Set aside" in names(app)
    app.text_input(key="cb-baseline-withdraw-why").set_value("It went on")
    app.button(key="cb-baseline-withdraw-now").click().run()
    assert "withdrawn by local: It went on" in text_of(app)
    assert pytest.approx(ALL) == centre(app)
    app.button(key="cb-baseline-restore-now").click().run()
    assert pytest.approx(OTHERS) == centre(app)


def test_a_baseline_of_days_that_are_chosen_makes_the_limits(
    open_app: OpenPage, struck: SmallWorld
) -> None:
    app = choose(opened(open_app, struck), 30, 12, BaselineUse.ONLY)
    assert "Limits stand on 19 weeks, 13 Apr to 23 Aug 2026, and stay there." in text_of(app)
    lay(app, "Before the strike")
    text = text_of(app)
    assert "Baseline laid down" in text
    assert "the baseline laid down: 19 weeks, 13 Apr to 23 Aug 2026" in text
    told = "The baseline is 13 Apr to 23 Aug 2026 (Before the strike)."
    assert told in str(app.get("plotly_chart")[0].proto)


def test_other_days_are_checked_at_once_and_refused_with_the_reason(
    open_app: OpenPage, struck: SmallWorld
) -> None:
    app = choose(opened(open_app, struck), 20, 16, BaselineUse.ONLY)
    assert "holds 5 whole weeks with a value; limits need 8" in text_of(app)
    widget(app, "date_input", "cb-baseline-days").set_value((date(2026, 9, 7),)).run()
    assert not app.exception
    assert widget(app, "button", "cb-baseline-lay").disabled


def test_a_hostile_reason_is_text_wherever_it_stands(
    open_app: OpenPage, struck: SmallWorld
) -> None:
    app = lay(opened(open_app, struck), "A <b>big</b> [strike](http://evil.example) $x$")
    app.toggle(key="cb-history-table").set_value(True).run()
    text = text_of(app)
    assert "set aside: A &lt;b&gt;big&lt;/b&gt; [strike](http://evil.example) $x$" in text
    assert "<b>big</b>" not in text
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert "<b>big" not in json.dumps(spec)


def test_without_a_reason_nothing_is_laid_down_and_the_page_says_what_is_missing(
    open_app: OpenPage, struck: SmallWorld
) -> None:
    before = struck.runtime.publication()
    app = lay(opened(open_app, struck), "  ")
    assert "Say why: the reason stands beside the limits." in text_of(app)
    assert before == struck.runtime.publication()


def test_a_second_click_lays_nothing_more_down(open_app: OpenPage, struck: SmallWorld) -> None:
    first, second = (opened(open_app, struck) for _ in range(2))
    lay(first)
    before = struck.runtime.publication()
    assert "already" in text_of(lay(second))
    assert before == struck.runtime.publication()


def test_who_may_not_act_reads_the_proposal_and_has_no_form(
    open_app: OpenPage, struck: SmallWorld
) -> None:
    app = opened(open_app, struck, actor=READER)
    assert "lie far below all others" in text_of(app)
    assert not [each for each in app.button if (each.key or "").startswith("cb-baseline")]
    desk = {"touchpoint": "desk", "metric": "abandon"}
    assert "Baseline</h2>" not in text_of(opened(open_app, struck, actor=READER, **desk))
    mine = text_of(opened(open_app, struck, **desk))
    assert "Centre and limits come from all periods since the last break" in mine


def test_a_past_period_is_told_without_advice(open_app: OpenPage, struck: SmallWorld) -> None:
    assert "lie far below" not in text_of(opened(open_app, struck, period="2026-10-05"))


def test_rare_events_have_no_such_section(open_app: OpenPage, struck: SmallWorld) -> None:
    struck.add(rare_rows(every(20)))
    text = text_of(opened(open_app, struck, metric="complaints"))
    assert "between them" in text
    assert "Baseline</h2>" not in text
