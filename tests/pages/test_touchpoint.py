"""The touchpoint page: chart, why, breakdown, table, download, the walk from metric to metric."""

import json
from datetime import date, timedelta

import pytest

from callboard.access import Actor, Role
from callboard.storage.readings import ReadingRow
from callboard.storage.runs import RunVerdict
from metrics.sketch import sketch_of
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "10_touchpoint.py"


def test_the_chart_is_of_the_metric_in_the_address(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="returns")
    assert "Field delivery</h2>" in text_of(app)
    chart = app.get("plotly_chart")[0].proto
    assert "Values" in [each.get("name") for each in json.loads(chart.spec)["data"]]


def test_every_chart_has_words_for_who_cannot_see_it(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    charts = app.get("plotly_chart")
    assert 3 == len(charts)
    assert all(len(chart.proto.alt) > 20 for chart in charts)


def test_no_chart_may_leave_the_house(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    configs = [json.loads(chart.proto.config) for chart in app.get("plotly_chart")]
    assert not any(config.get("showSendToCloud") for config in configs)


def test_it_says_why_it_signals(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert "Why this verdict" in text_of(app)


def test_the_table_comes_when_it_is_asked_for(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert "Numerator" not in text_of(app)
    app.toggle(key="cb-history-table").set_value(True).run()
    assert "Numerator" in text_of(app)


def test_every_part_of_the_page_is_of_the_period_in_the_address(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(
        PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd", period="2026-11-04"
    )
    text = text_of(app)
    assert "<dt>Period</dt><dd>Week 45, 2026</dd>" in text
    assert "By carrier, Week 45, 2026" in text
    assert "rows of Week 45, 2026" in app.button(key="cb-ask-rows").label
    assert "Worse than usual" not in text


def test_a_longer_history_than_the_tiles_have_is_told(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd", history="120")
    assert "<dd>104 periods; the tiles use the last 36</dd>" in text_of(app)


def test_the_table_adds_the_whole_weeks_up(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="returns")
    app.toggle(key="cb-history-table").set_value(True).run()
    text = text_of(app)
    first = text[text.index("<tbody>") : text.index("</tr>", text.index("<tbody>"))]
    assert "These 36 whole weeks together" in first
    assert "3,438" in first  # twelve times 95 + 95.5 + 96


def test_the_change_is_counted_from_what_the_address_says(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    asked = {"touchpoint": "delivery", "metric": "otd"}
    text = text_of(open_app(PAGE, of=full_world.runtime, **asked))
    assert "Who moved it, against week 45" in text
    assert "Own change</th>" in text
    app = open_app(PAGE, of=full_world.runtime, **asked, against="year")
    assert "Who moved it, against Week 46, 2025" in text_of(app)
    before = open_app(PAGE, of=full_world.runtime, **asked, against="baseline")
    assert not before.exception
    assert "35 weeks before the signal" in text_of(before)


def test_the_breakdown_names_its_segments(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert "Northline" in text_of(app)


def test_the_next_metric_is_one_step_away(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    app.button(key="cb-arrow_forward").click().run()
    assert "returns" == app.query_params["metric"]
    assert "returns" == app.selectbox(key="pick_metric").value


def test_downloads_have_names_that_nobody_can_guess(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    first = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    second = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    tokens = [app.session_state["cb_token"] for app in (first, second)]
    assert tokens[0] != tokens[1]


def test_a_download_does_not_run_the_page_again(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert all(each.proto.ignore_rerun for each in app.get("download_button"))


@pytest.mark.parametrize("missing", ["nowhere", "depot"])
def test_a_touchpoint_that_is_not_there_reads_like_one_that_is_not_yours(
    missing: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    actor = Actor(
        id="ola", name="Ola", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
    )
    app = open_app(PAGE, of=full_world.runtime, actor=actor, touchpoint=missing)
    assert f"There is no touchpoint “{missing}”." in text_of(app)


def test_somebody_elses_touchpoint_is_never_drawn_from_the_cache(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    actor = Actor(
        id="ola", name="Ola", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
    )
    app = open_app(PAGE, of=full_world.runtime, actor=actor, touchpoint="delivery")
    assert "Northline" not in text_of(app)


def test_a_touchpoint_without_readings_says_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="depot")
    assert not app.exception
    assert "No readings at this touchpoint yet" in text_of(app)
    assert "Data trust</a> what the feeds brought" in text_of(app)
    assert "Add this view" not in [each.label for each in app.button]


def test_it_says_what_was_looked_at_backstage(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert "What moves before it, backstage" in text_of(app)


def test_a_service_that_may_not_be_seen_is_not_told_of_backstage(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    reader = Actor(
        id="r", name="R", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"delivery"})
    )
    app = open_app(PAGE, of=full_world.runtime, actor=reader, touchpoint="delivery", metric="otd")
    assert "backstage" not in text_of(app)


def test_the_outlook_comes_with_the_numbers_behind_it(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    text = text_of(app)
    assert "<h2>Outlook</h2>" in text
    assert "<summary>The numbers behind it</summary>" in text


def test_without_an_outlook_there_is_no_heading_for_it(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="depot", metric="backlog_open")
    assert "<h2>Outlook</h2>" not in text_of(app)


@pytest.fixture
def weekly_world(empty_world: SmallWorld) -> SmallWorld:
    """A hundred days of a share that is three points lower on each day of the week than before."""
    days = [date(2026, 11, 21) - timedelta(days=back) for back in range(100)]
    shares = {day: (900.0 - 30 * day.weekday() + day.day % 5, 1000.0) for day in days}
    empty_world.add(day_rows("otd", "delivery", shares))
    empty_world.reach()
    return empty_world


def test_limits_follow_the_weekday_until_the_reader_wants_them_plain(
    open_app: OpenPage, weekly_world: SmallWorld
) -> None:
    address = {"touchpoint": "delivery", "metric": "otd", "grain": "day"}
    following = text_of(open_app(PAGE, of=weekly_world.runtime, **address))
    plain = text_of(open_app(PAGE, of=weekly_world.runtime, **address, season="plain"))
    assert "Adjusted for the weekday, which the limits follow." in following
    assert "Adjusted for the weekday" not in plain
    assert "What the week looks like" in following
    assert "Effect of each weekday, made of 24 Aug to 15 Nov 2026" in following


def test_a_week_without_history_has_nothing_to_say(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="desk", metric="abandon")
    assert "What the week looks like" in text_of(app)  # the same week a year before is told
    assert "Effect of each weekday" not in text_of(app)


def test_it_says_how_sure_a_value_is(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    told = text_of(app)
    assert "Sampling alone: 71.1 to 86.7 %" in told  # Wilson, 80 of 100
    assert "how sure this one value is (95 %); the limits tell the usual range" in told
    assert "Firm: they stand on" in told


def test_it_says_how_many_tiles_chance_alone_would_make_signal(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert "Of 2 tiles fewer than 0.1 would signal by chance alone." in text_of(app)


def test_times_are_told_with_the_cases_still_open(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = sketch_of([2.0] * 60).to_json()
    full_world.add([ReadingRow("desk", "ttr_p50", "", "", WEEK_46, None, 64.0, 60, None, text)])
    app = open_app(PAGE, of=full_world.runtime, touchpoint="desk", metric="ttr_p50")
    assert "Counting the 4 still open" in text_of(app)
    assert "How long they wait, those still open counted" in text_of(app)
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert "those still open" not in text_of(app)


def test_the_verdict_leads_to_what_the_figure_means(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert 'href="definitions?metric=otd"' in text_of(app)


def test_a_late_figure_in_the_strip_says_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    full_world.reach(feeds=["deliveries"], verdict=RunVerdict.FAILED)
    text = text_of(open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd"))
    assert all("Stale" in signs for signs in _signs(text))


def test_a_figure_in_time_says_nothing_of_it_in_the_strip(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd"))
    assert 2 == len(_signs(text))
    assert not any("cb-badge" in signs for signs in _signs(text))


def _signs(text: str) -> list[str]:
    """The signs of each small tile."""
    return [each.split("</div>")[0] for each in text.split('<div class="cb-mini-signs">')[1:]]
