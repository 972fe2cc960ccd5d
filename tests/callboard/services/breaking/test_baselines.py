"""Baselines are proposed, laid down by whom may, with a reason, where limits can be, and withdrawn."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.breaking import baselines
from callboard.services.breaking import breaks as breaking
from callboard.services.breaking.far_off import propose_aside
from callboard.services.breaking.proposing import propose_breaks
from callboard.services.drilling.trend import read_control_chart
from callboard.services.status import read_status
from callboard.views import BaselinePreview, BaselineRow, ControlChart
from metrics.chosen import BaselineUse
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.plain_limits import plain_xmr
from tests.callboard.services.rare_world import every, rare_rows
from tests.callboard.services.small_world import TODAY, WEEK_46, SmallWorld, week_rows

USUAL = [90.0, 91.0, 89.0, 92.0, 90.0, 88.0, 91.0, 90.0, 92.0] * 4  # 36 weeks; week 46 is the last
STRIKE = WEEK_46 - timedelta(weeks=9)  # Monday 7 September, the first of two weeks
SINCE = [70.0, 72.0, 90.0, 91.0, 92.0, 90.0, 91.0, 90.0, 91.0, 92.0]
LEAD = Actor(
    id="lea", name="Lea", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"delivery"})
)
ELSEWHERE = Actor(
    id="eve", name="Eve", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)
READER = Actor(id="rae", name="Rae", roles=frozenset({Role.EXECUTIVE}))


@pytest.fixture
def struck(world: SmallWorld) -> SmallWorld:
    """A strike of two weeks, then eight weeks as always, all of them above the mean of all."""
    values = [*USUAL[:26], *SINCE]
    world.add(week_rows("otd", "delivery", [(each, 100.0) for each in values]))
    world.add(week_rows("abandon", "desk", [(each, 100.0) for each in USUAL]))
    world.reach()
    return world


def monday(back: int) -> date:
    return WEEK_46 - timedelta(weeks=back)


def asked(oldest: int, newest: int, **changes) -> dict:
    """The weeks from one to another, counted back from the last."""
    return {
        "touchpoint": "delivery",
        "metric": "otd",
        "first": monday(oldest).isoformat(),
        "last": (monday(newest) + timedelta(days=6)).isoformat(),
        "use": BaselineUse.ONLY,
        **changes,
    }


def lay(world: SmallWorld, oldest: int = 30, newest: int = 12, **changes) -> BaselineRow:
    actor = changes.pop("actor", LEAD)
    given = {"reason": "Before the depot"} | changes
    return baselines.lay_baseline(world.runtime, actor, **asked(oldest, newest, **given))[0]


def aside(world: SmallWorld, oldest: int = 9, newest: int = 8, **changes) -> BaselineRow:
    return lay(world, oldest, newest, use=BaselineUse.ASIDE, **changes)


def preview(world: SmallWorld, oldest: int, newest: int, **changes) -> BaselinePreview:
    return baselines.check_baseline(world.runtime, LEAD, **asked(oldest, newest, **changes))


def chart_of(world: SmallWorld) -> ControlChart:
    return read_control_chart(
        world.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )


def withdraw(world: SmallWorld, number: int, **changes) -> BaselineRow:
    given = {"actor": LEAD, "note": "a mistake", **changes}
    return baselines.withdraw(world.runtime, given["actor"], number=number, note=given["note"])


def test_a_strike_that_makes_ordinary_weeks_look_good_is_proposed(struck: SmallWorld) -> None:
    (found,) = propose_aside(struck.runtime, LOCAL_USER)
    assert ("delivery", "otd", STRIKE, STRIKE + timedelta(days=13)) == (
        found.touchpoint,
        found.metric,
        found.first,
        found.last,
    )
    assert found.sentence.startswith("The 2 weeks of 7 to 20 Sep 2026 lie far below all others.")


def test_the_proposal_tells_the_limits_with_and_without(struck: SmallWorld) -> None:
    (found,) = propose_aside(struck.runtime, LOCAL_USER)
    values = [*USUAL[:26], *SINCE]
    now, then = plain_xmr(values), plain_xmr([*USUAL[:26], None, None, *SINCE[2:]])
    assert (
        f"With them {now.lower:.1f} to {now.upper:.1f} % is usual, without them "
        f"{then.lower:.1f} to {then.upper:.1f} %: the verdict changes."
    ) in found.sentence


def test_what_is_proposed_and_done_makes_the_series_steady(struck: SmallWorld) -> None:
    assert Signal.IMPROVEMENT is chart_of(struck).variation.signal
    (found,) = propose_aside(struck.runtime, LOCAL_USER)
    days = {"first": found.first.isoformat(), "last": found.last.isoformat()}
    lay(struck, use=BaselineUse.ASIDE, **days)
    assert Signal.NONE is chart_of(struck).variation.signal
    assert () == propose_aside(struck.runtime, LOCAL_USER)


def test_a_proposal_changes_nothing(struck: SmallWorld) -> None:
    before = chart_of(struck)
    propose_aside(struck.runtime, LOCAL_USER)
    assert before == chart_of(struck)
    assert () == baselines.list_baselines(struck.runtime, LOCAL_USER)


def test_a_strike_that_still_runs_is_not_proposed(world: SmallWorld) -> None:
    world.add(week_rows("otd", "delivery", [(each, 100.0) for each in [*USUAL, 70.0, 72.0]]))
    world.reach()
    assert () == propose_aside(world.runtime, LOCAL_USER)


def test_what_changes_no_verdict_is_not_proposed(world: SmallWorld) -> None:
    values = [*USUAL[:26], 70.0, 72.0, *USUAL[:8]]
    world.add(week_rows("otd", "delivery", [(each, 100.0) for each in values]))
    world.reach()
    assert () == propose_aside(world.runtime, LOCAL_USER)


def test_only_what_the_reader_may_see_is_proposed(struck: SmallWorld) -> None:
    assert () == propose_aside(struck.runtime, ELSEWHERE)
    with pytest.raises(NotAllowed, match="no touchpoint 'delivery'"):
        propose_aside(struck.runtime, ELSEWHERE, touchpoint="delivery")


def test_a_baseline_makes_the_limits_and_tells_who_and_why(struck: SmallWorld) -> None:
    found = lay(struck, 30, 12)
    centre = sum([*USUAL[:26], *SINCE][5:24]) / 19
    assert pytest.approx(centre) == chart_of(struck).limits.centre
    told = (found.first, found.last, found.reason, found.actor, found.holds)
    assert (monday(30), monday(12) + timedelta(days=6), "Before the depot", "lea", True) == told
    assert "90.2 % over 19 weeks, in place of 89.3 %" == found.evidence
    assert (found,) == baselines.list_baselines(struck.runtime, READER)


@pytest.mark.parametrize("use", BaselineUse)
def test_the_preview_is_what_laying_down_does(struck: SmallWorld, use: BaselineUse) -> None:
    before = chart_of(struck)
    span = (30, 12) if use is BaselineUse.ONLY else (9, 8)
    told = preview(struck, *span, use=use)
    lay(struck, *span, use=use)
    after = chart_of(struck)
    assert (before.verdict, after.verdict) == told.verdict
    assert (f"{before.limits.centre:.1f} %", f"{after.limits.centre:.1f} %") == told.centre
    assert after.limits.points == told.periods


def test_the_preview_says_what_stands_on_what(struck: SmallWorld) -> None:
    assert (
        "Limits stand on 19 weeks, 13 Apr to 23 Aug 2026, and stay there. All weeks are judged by "
        "them."
    ) == preview(struck, 30, 12).sentence
    assert (
        "2 weeks (7 to 20 Sep 2026) make no limits; they are judged all the same. 34 weeks make "
        "the limits."
    ) == preview(struck, 9, 8, use=BaselineUse.ASIDE).sentence
    lay(struck, 30, 20)
    more = preview(struck, 19, 12).sentence
    assert "Limits stand on 8 weeks, 29 Jun to 23 Aug 2026 (19 with those laid down before)" in more


def test_before_a_break_it_says_how_far_limits_go(struck: SmallWorld) -> None:
    part(struck, 11)
    assert preview(struck, 30, 12).sentence.startswith("Up to the next break, limits stand on 19")


def part(world: SmallWorld, back: int) -> None:
    breaking.approve(
        world.runtime,
        LEAD,
        touchpoint="delivery",
        metric="otd",
        day=monday(back).isoformat(),
        reason="A new carrier",
    )


def test_what_a_break_would_do_is_told_though_an_old_baseline_holds(world: SmallWorld) -> None:
    values = [*(each + 5 for each in USUAL), *USUAL[:24], *(each - 9 for each in USUAL[:12])]
    world.add(week_rows("otd", "delivery", [(each, 100.0) for each in values]))
    world.reach()
    lay(world, 60, 40)
    asked_for = {"touchpoint": "delivery", "metric": "otd", "day": monday(11).isoformat()}
    told = breaking.check(world.runtime, LEAD, **asked_for, grain=Grain.WEEK)
    (proposed,) = propose_breaks(world.runtime, LEAD)
    part(world, 11)
    assert f"{chart_of(world).limits.centre:.1f} %" == told.centre[1]
    assert chart_of(world).limits.centre == pytest.approx(proposed.centre_after)
    assert sum(values[-12:]) / 12 == pytest.approx(proposed.centre_after)


def test_days_to_come_are_refused(struck: SmallWorld) -> None:
    last = (TODAY + timedelta(days=1)).isoformat()
    with pytest.raises(CallboardError, match=r"23 Nov 2026 is still to come.*up to 22 Nov 2026"):
        lay(struck, last=last)


def test_days_the_wrong_way_round_are_refused(struck: SmallWorld) -> None:
    with pytest.raises(CallboardError, match=r"comes before the first\. Swap them"):
        lay(struck, 5, 20)


def test_seven_whole_weeks_are_too_few_for_a_baseline(struck: SmallWorld) -> None:
    with pytest.raises(CallboardError, match=r"holds 7 whole weeks with a value; limits need 8"):
        lay(struck, 30, 24)
    with pytest.raises(CallboardError, match="holds 7 whole weeks"):
        lay(struck, 30, 23, first=(monday(30) + timedelta(days=1)).isoformat())
    assert lay(struck, 30, 23).holds


def test_weeks_that_are_set_aside_do_not_count_for_a_baseline(struck: SmallWorld) -> None:
    aside(struck, 24, 24)
    with pytest.raises(CallboardError, match="holds 7 whole weeks"):
        lay(struck, 30, 23)


def test_a_baseline_lies_on_one_side_of_a_break(struck: SmallWorld) -> None:
    part(struck, 20)
    with pytest.raises(CallboardError, match="Limits start anew within 13 Apr to 23 Aug 2026"):
        lay(struck, 30, 12)
    assert lay(struck, 20, 12).holds


def test_what_is_laid_down_already_is_not_laid_down_again(struck: SmallWorld) -> None:
    lay(struck, 30, 12)
    words = r"13 Apr to 23 Aug 2026 is laid down already \(Before the depot\)\. Withdraw"
    with pytest.raises(CallboardError, match=words):
        lay(struck, 12, 3)
    aside(struck, 9, 8)
    with pytest.raises(CallboardError, match="7 to 20 Sep 2026 is laid down already"):
        aside(struck, 8, 8)
    assert 2 == len(baselines.list_baselines(struck.runtime, READER))


def test_eight_weeks_are_left_to_make_limits(struck: SmallWorld) -> None:
    with pytest.raises(CallboardError, match=r"would leave 7 weeks to make limits of; they need 8"):
        aside(struck, 28, 0)
    assert aside(struck, 27, 0).holds


def test_eight_weeks_of_every_segment_are_left(struck: SmallWorld) -> None:
    part(struck, 12)
    with pytest.raises(CallboardError, match="would leave 6 weeks"):
        aside(struck, 16, 6)


def test_eight_weeks_of_the_baseline_are_left(struck: SmallWorld) -> None:
    lay(struck, 30, 21)
    with pytest.raises(CallboardError, match="would leave 7 weeks"):
        aside(struck, 23, 21)
    assert aside(struck, 22, 21).holds


def test_weeks_without_a_value_are_refused(struck: SmallWorld) -> None:
    with pytest.raises(CallboardError, match=r"No week of .* has a value"):
        aside(struck, 60, 58)


def test_a_metric_without_readings_there_is_refused(struck: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="no reading of Returns we caused at Field delivery"):
        lay(struck, metric="returns")


def test_rare_events_know_no_baseline(world: SmallWorld) -> None:
    world.add(rare_rows(every(20)))
    world.reach()
    with pytest.raises(CallboardError, match=r"is rare: .* no weeks make limits"):
        lay(world, metric="complaints")


def test_what_is_no_day_is_refused(struck: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="'soon'; expected a day such as"):
        lay(struck, first="soon")


@pytest.mark.parametrize("reason", ["", "  \n", "\x00"])
def test_a_baseline_needs_a_reason(struck: SmallWorld, reason: str) -> None:
    with pytest.raises(CallboardError, match="Say why"):
        lay(struck, reason=reason)
    number = lay(struck).id
    with pytest.raises(CallboardError, match="Say why"):
        withdraw(struck, number, note=reason)


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (READER, "Rae may not approve breaks or lay baselines down"),
        (ELSEWHERE, "no touchpoint 'delivery'"),
    ],
)
def test_only_who_may_lays_down(struck: SmallWorld, actor: Actor, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        lay(struck, actor=actor)
    assert () == baselines.list_baselines(struck.runtime, LOCAL_USER)


def test_a_baseline_of_somebody_elses_touchpoint_reads_like_a_missing_one(
    struck: SmallWorld,
) -> None:
    number = lay(struck).id
    told = []
    for each in (number, number + 1):
        with pytest.raises(NotAllowed) as refusal:
            withdraw(struck, each, actor=ELSEWHERE)
        told.append(str(refusal.value).replace(str(each), "N"))
    assert ["There is no baseline N."] * 2 == told
    assert () == baselines.list_baselines(struck.runtime, ELSEWHERE)


def test_withdrawn_it_leaves_the_limits_as_they_were_and_stays_listed(struck: SmallWorld) -> None:
    before = chart_of(struck)
    number = aside(struck).id
    withdraw(struck, number, note="The strike went on")
    assert replace(before, publication=0) == replace(chart_of(struck), publication=0)
    (row,) = baselines.list_baselines(struck.runtime, READER)
    assert (False, "withdrawn by lea: The strike went on") == (row.holds, row.withdrawn)
    assert baselines.restore(struck.runtime, LEAD, number=number).holds
    assert 34 == chart_of(struck).limits.points


def test_it_is_not_brought_back_where_another_was_laid_meanwhile(struck: SmallWorld) -> None:
    number = lay(struck).id
    withdraw(struck, number)
    lay(struck, 20, 5)
    with pytest.raises(CallboardError, match="laid down already"):
        baselines.restore(struck.runtime, LEAD, number=number)


def test_every_act_is_a_publication_in_an_unbroken_trail(struck: SmallWorld) -> None:
    acts, before = read_status(struck.runtime, LOCAL_USER).acts, struck.runtime.publication()
    number = lay(struck).id
    withdraw(struck, number)
    baselines.restore(struck.runtime, LEAD, number=number)
    status = read_status(struck.runtime, LOCAL_USER)
    assert (acts + 3, ()) == (status.acts, status.acts_broken)
    assert before + 3 == struck.runtime.publication()


def test_what_was_refused_leaves_no_trace(struck: SmallWorld) -> None:
    lay(struck)
    before = struck.runtime.publication()
    with pytest.raises(CallboardError):
        lay(struck)
    assert before == struck.runtime.publication()
