"""Breaks are proposed, approved by whom may, with a reason, where readings are, and withdrawn."""

from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.breaking import breaks as breaking
from callboard.services.breaking.proposing import propose_breaks
from callboard.services.drilling.trend import read_control_chart
from callboard.services.status import read_status
from callboard.views import BreakPreview, BreakRow
from metrics.model import Grain
from tests.callboard.services.small_world import TODAY, WEEK_46, SmallWorld, week_rows

STEP = WEEK_46 - timedelta(weeks=11)  # Monday 24 August, the first of twelve weeks
BEFORE = [(95.0 + week % 3, 100.0) for week in range(24)]
AFTER = [(83.0 + (week * 2) % 3, 100.0) for week in range(12)]
LEAD = Actor(
    id="lea", name="Lea", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"delivery"})
)
ELSEWHERE = Actor(
    id="eve", name="Eve", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)
READER = Actor(id="rae", name="Rae", roles=frozenset({Role.EXECUTIVE}))


@pytest.fixture
def stepped(world: SmallWorld) -> SmallWorld:
    """On-time delivery that fell by twelve points and stayed there, and steady returns."""
    world.add(week_rows("otd", "delivery", [*BEFORE, *AFTER]))
    world.add(week_rows("abandon", "desk", BEFORE * 2))
    world.reach()
    return world


def approve(world: SmallWorld, day: date = STEP, **changes) -> BreakRow:
    asked = {"touchpoint": "delivery", "metric": "otd", "reason": "A new carrier", **changes}
    actor = asked.pop("actor", LEAD)
    return breaking.approve(world.runtime, actor, day=day.isoformat(), **asked)[0]


def preview(world: SmallWorld, day: date = STEP, grain: Grain = Grain.WEEK) -> BreakPreview:
    return breaking.check(
        world.runtime,
        LEAD,
        touchpoint="delivery",
        metric="otd",
        day=day.isoformat(),
        grain=grain,
    )


def centre(world: SmallWorld) -> float | None:
    chart = read_control_chart(
        world.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    return chart.limits.centre


def test_a_step_is_proposed_in_a_sentence_and_steady_series_are_not(stepped: SmallWorld) -> None:
    (found,) = propose_breaks(stepped.runtime, LOCAL_USER)
    assert ("delivery", "otd", STEP, 24, 12) == (
        found.touchpoint,
        found.metric,
        found.day,
        found.before,
        found.after,
    )
    assert (
        "On-time delivery has been lower for 12 weeks, since 24 Aug: 84.0 % after 96.0 %."
        == found.sentence
    )


def test_a_proposal_changes_nothing(stepped: SmallWorld) -> None:
    before = centre(stepped)
    propose_breaks(stepped.runtime, LOCAL_USER)
    assert before == centre(stepped)
    assert () == breaking.list_breaks(stepped.runtime, LOCAL_USER)


def test_what_is_approved_is_no_longer_proposed(stepped: SmallWorld) -> None:
    approve(stepped)
    assert () == propose_breaks(stepped.runtime, LOCAL_USER)


def test_only_what_the_reader_may_see_is_proposed(stepped: SmallWorld) -> None:
    assert () == propose_breaks(stepped.runtime, ELSEWHERE)
    with pytest.raises(NotAllowed, match="no touchpoint 'delivery'"):
        propose_breaks(stepped.runtime, ELSEWHERE, touchpoint="delivery")


def test_an_approved_break_restarts_the_limits_and_tells_who_and_why(stepped: SmallWorld) -> None:
    found = approve(stepped)
    assert 84.0 == centre(stepped)
    assert (STEP, "A new carrier", "lea", True) == (
        found.day,
        found.reason,
        found.actor,
        found.holds,
    )
    assert "96.0 % over 24 weeks before, 84.0 % over 12 weeks since" == found.evidence
    assert (found,) == breaking.list_breaks(stepped.runtime, READER)


def test_a_day_within_a_week_stands_for_the_week_and_says_so(stepped: SmallWorld) -> None:
    day = STEP + timedelta(days=3)
    told = preview(stepped, day)
    assert (
        "Limits start anew from Week 35, 2026, which holds 27 Aug 2026: 24 weeks before it, "
        "12 weeks from it on."
    ) == told.sentence
    assert day == approve(stepped, day).day
    assert 84.0 == centre(stepped)


def test_the_preview_is_what_approving_does(stepped: SmallWorld) -> None:
    told = preview(stepped)
    assert "84.0 %" == told.centre[1]
    assert centre(stepped) == pytest.approx(92.0)
    assert "92.0 %" == told.centre[0]
    assert told.verdict[0].startswith("Worse than usual")
    assert told.verdict[1].startswith("Steady since the break")
    approve(stepped)
    chart = read_control_chart(
        stepped.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    assert chart.verdict == told.verdict[1]


@pytest.mark.parametrize(("weeks", "provisional"), [(7, True), (8, False)])
def test_fewer_than_eight_periods_on_a_side_are_provisional(
    stepped: SmallWorld, weeks: int, provisional: bool
) -> None:
    told = preview(stepped, WEEK_46 - timedelta(weeks=weeks - 1))
    assert weeks == told.after
    assert provisional is told.is_provisional
    assert provisional is ("provisional" in told.sentence)


def test_a_break_of_this_very_week_is_provisional(stepped: SmallWorld) -> None:
    stepped.add(week_rows("otd", "delivery", [(90.0, 100.0)], last=WEEK_46 + timedelta(weeks=1)))
    told = preview(stepped, TODAY)
    assert "" == told.refused
    assert (36, 0, True) == (told.before, told.after, told.is_provisional)


def test_a_day_to_come_is_refused_with_what_is_possible(stepped: SmallWorld) -> None:
    with pytest.raises(CallboardError, match=r"still to come.*up to 22 Nov 2026"):
        approve(stepped, TODAY + timedelta(days=1))


def test_a_week_without_a_reading_is_refused_with_the_nearest_that_has_one(
    stepped: SmallWorld,
) -> None:
    first = WEEK_46 - timedelta(weeks=35)
    with pytest.raises(CallboardError, match=r"no reading.*nearest.*Week 11, 2026"):
        approve(stepped, first - timedelta(weeks=3))


def test_the_first_week_of_a_series_has_nothing_before_it(stepped: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="nothing to part"):
        approve(stepped, WEEK_46 - timedelta(weeks=35))


def test_one_period_has_one_break(stepped: SmallWorld) -> None:
    approve(stepped)
    with pytest.raises(CallboardError, match=r"already: the break of 24 Aug 2026 \(A new carrier"):
        approve(stepped, STEP + timedelta(days=4))
    with pytest.raises(CallboardError, match="already"):
        approve(stepped, STEP - timedelta(days=10), grain=Grain.MONTH)
    assert 1 == len(breaking.list_breaks(stepped.runtime, READER))


@pytest.mark.parametrize("reason", ["", "  \n", "\x00"])
def test_a_break_needs_a_reason(stepped: SmallWorld, reason: str) -> None:
    with pytest.raises(CallboardError, match="Say what changed"):
        approve(stepped, reason=reason)
    number = approve(stepped).id
    with pytest.raises(CallboardError, match="Say why"):
        breaking.withdraw(stepped.runtime, LEAD, number=number, note=reason)


def test_a_metric_without_readings_there_is_refused(stepped: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="no reading of Returns we caused at Field delivery"):
        approve(stepped, metric="returns")


def test_what_is_no_day_is_refused(stepped: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="'soon'; expected a day such as"):
        breaking.approve(
            stepped.runtime, LEAD, touchpoint="delivery", metric="otd", day="soon", reason="x"
        )


@pytest.mark.parametrize(
    ("actor", "words"),
    [(READER, "Rae may not approve breaks"), (ELSEWHERE, "no touchpoint 'delivery'")],
)
def test_only_who_may_approves(stepped: SmallWorld, actor: Actor, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        approve(stepped, actor=actor)
    assert () == breaking.list_breaks(stepped.runtime, LOCAL_USER)


def test_a_break_of_somebody_elses_touchpoint_reads_like_a_missing_one(
    stepped: SmallWorld,
) -> None:
    number = approve(stepped).id
    told = []
    for asked in (number, number + 1):
        with pytest.raises(NotAllowed) as refusal:
            breaking.withdraw(stepped.runtime, ELSEWHERE, number=asked, note="because")
        told.append(str(refusal.value).replace(str(asked), "N"))
    assert ["There is no break N."] * 2 == told
    assert () == breaking.list_breaks(stepped.runtime, ELSEWHERE)


def test_a_withdrawn_break_leaves_the_limits_as_they_were_and_stays_listed(
    stepped: SmallWorld,
) -> None:
    before = centre(stepped)
    number = approve(stepped).id
    breaking.withdraw(stepped.runtime, LEAD, number=number, note="It was the weather")
    assert before == centre(stepped)
    (row,) = breaking.list_breaks(stepped.runtime, READER)
    assert (False, "withdrawn by lea: It was the weather") == (row.holds, row.withdrawn)


def test_a_withdrawn_break_is_brought_back(stepped: SmallWorld) -> None:
    number = approve(stepped).id
    breaking.withdraw(stepped.runtime, LEAD, number=number, note="a mistake")
    assert breaking.restore(stepped.runtime, LEAD, number=number).holds
    assert 84.0 == centre(stepped)


def test_a_break_is_not_brought_back_into_a_period_that_has_another(stepped: SmallWorld) -> None:
    number = approve(stepped).id
    breaking.withdraw(stepped.runtime, LEAD, number=number, note="the reason was wrong")
    approve(stepped, reason="A strike")
    with pytest.raises(CallboardError, match="already"):
        breaking.restore(stepped.runtime, LEAD, number=number)


def test_the_audit_trail_of_breaks_holds_together(stepped: SmallWorld) -> None:
    acts = read_status(stepped.runtime, LOCAL_USER).acts
    number = approve(stepped).id
    breaking.withdraw(stepped.runtime, LEAD, number=number, note="a mistake")
    breaking.restore(stepped.runtime, LEAD, number=number)
    status = read_status(stepped.runtime, LOCAL_USER)
    assert acts + 3 == status.acts
    assert () == status.acts_broken


def test_every_act_has_a_publication_of_its_own(stepped: SmallWorld) -> None:
    before = stepped.runtime.publication()
    number = approve(stepped).id
    assert before + 1 == stepped.runtime.publication()
    breaking.withdraw(stepped.runtime, LEAD, number=number, note="a mistake")
    assert before + 2 == stepped.runtime.publication()


def test_what_was_refused_leaves_no_trace(stepped: SmallWorld) -> None:
    approve(stepped)
    before = stepped.runtime.publication()
    with pytest.raises(CallboardError):
        approve(stepped)
    assert before == stepped.runtime.publication()
