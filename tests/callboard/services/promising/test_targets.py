"""Targets are looked at first, set by whom may, with a reason, withdrawn and brought back."""

from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.drilling.trend import read_control_chart
from callboard.services.promising import targets as promising
from callboard.services.promising.asking import AskedTarget, why_not
from callboard.services.promising.promises import read_promises
from callboard.services.status import read_status
from callboard.storage.engine import write
from callboard.storage.targets import SeriesTarget, add_target
from callboard.views import PromiseRow, TargetPreview, TargetRow
from metrics.model import Better, Grain
from tests.callboard.services.small_world import TODAY, WEEK_46, SmallWorld, week_rows

LEAD = Actor(
    id="lea", name="Lea", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"delivery"})
)
ELSEWHERE = Actor(
    id="eve", name="Eve", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)
ANALYST = Actor(id="ana", name="Ana", roles=frozenset({Role.ANALYST}))
LATE = [(88.0 + week % 4, 100.0) for week in range(36)]  # 88, 89, 90, 91, 88, ...: nine of each


@pytest.fixture
def kept(world: SmallWorld) -> SmallWorld:
    """On-time delivery between 88 % and 91 %, where the file promises 95 % since 2 November."""
    world.add(week_rows("otd", "delivery", LATE))
    world.reach()
    return world


def wish(**changes) -> dict[str, object]:
    asked = {"touchpoint": "delivery", "metric": "otd", "value": 90.0, "day": TODAY.isoformat()}
    return asked | changes


def check(world: SmallWorld, actor: Actor = LEAD, **changes) -> TargetPreview:
    return promising.check(world.runtime, actor, **wish(**changes))


def promise(world: SmallWorld, actor: Actor = LEAD, **changes) -> TargetRow:
    asked = wish(**{"reason": "New contract", **changes})
    return promising.set_target(world.runtime, actor, **asked)[0]


def row(world: SmallWorld) -> PromiseRow:
    (found,) = read_promises(world.runtime, LEAD, grain=Grain.WEEK).rows
    return found


def test_a_dry_run_says_what_becomes_of_the_promise_and_stores_nothing(kept: SmallWorld) -> None:
    preview = check(kept)
    assert "90.0 % in place of 95.0 %, from 22 Nov 2026 on." == preview.sentence
    assert ("95.0 %", "90.0 %") == preview.target
    met = sum(value >= 90.0 for value, _ in LATE)
    assert ("0 of 36 weeks", f"{met} of 36 weeks") == preview.met
    assert ("never", "about half the time") == preview.promise
    assert "will miss 95.0 % in nearly every week" in preview.verdict[0]
    assert "will meet 90.0 % in about half of all weeks" in preview.verdict[1]
    assert () == promising.list_targets(kept.runtime, LEAD)


def test_the_dry_run_tells_what_is_told_once_the_target_is_in_force(kept: SmallWorld) -> None:
    preview = check(kept, day=WEEK_46.isoformat())
    promise(kept, day=WEEK_46.isoformat(), is_anew=True)
    chart = read_control_chart(
        kept.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    assert preview.verdict[1] == chart.verdict
    assert preview.met[1] == "{} of {} weeks".format(*chart.assurance.met)
    assert (chart.assurance.met, "about half the time") == (row(kept).met, row(kept).promise_text)


def test_a_target_is_listed_with_who_set_it_why_and_what_was_seen(kept: SmallWorld) -> None:
    promise(kept, until="2027-03-31")
    (found,) = promising.list_targets(kept.runtime, ANALYST)
    assert ("90.0 %", TODAY, date(2027, 3, 31)) == (found.value_text, found.day, found.until)
    assert ("lea", "New contract", True) == (found.actor, found.reason, found.holds)
    assert (
        "met in 0 of 36 weeks: never; with it met in 18 of 36 weeks: about half the time"
        == found.evidence
    )
    assert () == read_status(kept.runtime, LOCAL_USER).acts_broken


def test_the_page_tells_target_source_how_it_is_kept_and_what_comes(kept: SmallWorld) -> None:
    assert (95.0, date(2026, 11, 2), "touchpoints/delivery.yaml", False, (0, 36), "") == (
        row(kept).target,
        row(kept).since,
        row(kept).source,
        row(kept).is_approved,
        row(kept).met,
        row(kept).next_text,
    )
    promise(kept, day="2027-01-01")
    assert (95.0, "90.0 % from 1 Jan 2027 on") == (row(kept).target, row(kept).next_text)
    view = read_promises(kept.runtime, LEAD, grain=Grain.WEEK)
    assert "1 promise at 1 touchpoint: 1 is kept seldom or never. 1 will change." == view.headline


def test_a_target_newer_than_the_newest_whole_week_is_not_judged_by_the_old_one(
    kept: SmallWorld,
) -> None:
    promise(kept)
    assert (90.0, None, "judged from the next whole period on") == (
        row(kept).target,
        row(kept).met,
        row(kept).promise_text,
    )


def test_periods_that_are_over_are_judged_anew_only_where_that_is_said(kept: SmallWorld) -> None:
    day = (WEEK_46 - timedelta(weeks=4)).isoformat()
    preview = check(kept, value=85.0, day=day, until=(WEEK_46 - timedelta(days=1)).isoformat())
    told = "4 weeks that are over are judged anew: Week 42, 2026 to Week 45, 2026. "
    assert preview.again.startswith(told)
    with pytest.raises(CallboardError, match="5 weeks that are over are judged anew"):
        promise(kept, value=85.0, day=day)
    assert () == promising.list_targets(kept.runtime, LEAD)
    assert promise(kept, value=85.0, day=day, is_anew=True).holds


def test_weeks_that_are_over_need_consent_also_where_months_are_looked_at(
    kept: SmallWorld,
) -> None:
    asked = {"day": WEEK_46.isoformat(), "grain": Grain.MONTH}
    assert "1 week that is over is judged anew: Week 46, 2026." in check(kept, **asked).again
    with pytest.raises(CallboardError, match="1 week that is over is judged anew"):
        promise(kept, **asked)
    assert promise(kept, **asked, is_anew=True).holds


def test_a_withdrawn_target_leaves_everything_as_it_was(kept: SmallWorld) -> None:
    before = row(kept)
    number = promise(kept, day=WEEK_46.isoformat(), is_anew=True).id
    again = (
        "1 week that is over is judged anew: Week 46, 2026. "
        "1 day that is over is judged anew: Mon 9 Nov 2026."
    )
    assert again == promising.check_act(kept.runtime, LEAD, number=number)
    found = promising.withdraw(kept.runtime, LEAD, number=number, note="Not agreed")
    assert "withdrawn by lea: Not agreed" == found.withdrawn
    assert before == row(kept)
    assert again == promising.check_act(kept.runtime, LEAD, number=number)
    assert promising.restore(kept.runtime, LEAD, number=number).holds
    assert 90.0 == row(kept).target


def test_a_target_of_a_metric_that_is_switched_off_can_be_withdrawn(kept: SmallWorld) -> None:
    gone = SeriesTarget(
        id=0,
        touchpoint="delivery",
        metric="gone",
        value=9.0,
        day=WEEK_46,
        until=None,
        reason="Once",
        actor="lea",
        at=kept.runtime.clock.now("UTC"),
    )
    with write(kept.runtime.store) as connection:
        number = add_target(connection, gone)
    assert "" == promising.check_act(kept.runtime, LEAD, number=number)
    assert not promising.withdraw(kept.runtime, LEAD, number=number, note="Over").holds


def test_no_target_ends_what_the_file_promises(kept: SmallWorld) -> None:
    promise(kept, value=None, day=WEEK_46.isoformat(), is_anew=True)
    assert (None, "", None) == (row(kept).target, row(kept).target_text, row(kept).met)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": 101.0}, r"cannot be 101.0 %: expected 0.0"),
        ({"value": float("nan")}, "Found nan; expected a number in %"),
        ({"value": 95.0}, "95.0 % is promised already from 22 Nov 2026 on"),
        ({"until": "2026-11-01"}, "comes before the first"),
        ({"day": "soon"}, "Found 'soon'; expected a day"),
        ({"reason": " "}, "Say why"),
        ({"touchpoint": "desk", "metric": "nps", "value": -101.0}, "cannot be"),
    ],
    ids=str,
)
def test_what_cannot_be_promised_is_refused_with_a_reason(
    kept: SmallWorld, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(CallboardError, match=words):
        promise(kept, LOCAL_USER, **changes)
    assert () == promising.list_targets(kept.runtime, LEAD)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"better": Better.BAND, "band": (85.0, 90.0)}, "keeps a band, 85.0"),
        ({"better": Better.NEUTRAL}, "neither good nor bad"),
    ],
    ids=["band", "neutral"],
)
def test_a_metric_without_a_better_side_takes_no_target(
    kept: SmallWorld, changes: dict[str, object], words: str
) -> None:
    asked = AskedTarget(
        touchpoint="delivery",
        metric=kept.runtime.definitions.metrics["otd"].model_copy(update=changes),
        value=90.0,
        day=TODAY,
        until=None,
        grain=Grain.WEEK,
    )
    assert words in why_not(kept.runtime, asked)


def test_a_metric_that_is_not_measured_there_has_no_target(kept: SmallWorld) -> None:
    asked = {"touchpoint": "depot", "metric": "otd"}
    assert "is not measured at Depot" in check(kept, LOCAL_USER, **asked).refused


def test_only_who_may_sets_targets_and_within_their_touchpoints(kept: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="Ana may not set targets"):
        promise(kept, ANALYST)
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        promise(kept, ELSEWHERE)
    number = promise(kept).id
    with pytest.raises(NotAllowed, match=f"There is no target {number}"):
        promising.withdraw(kept.runtime, ELSEWHERE, number=number, note="mine")
    assert () == promising.list_targets(kept.runtime, ELSEWHERE)
    assert () == read_promises(kept.runtime, ELSEWHERE, grain=Grain.WEEK).rows
