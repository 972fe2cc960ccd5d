"""What changed lately, good and bad alike: which signals are listed, and what is told of them."""

from dataclasses import replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import CallboardError, NotAllowed
from callboard.services.annotating import annotations as annotating
from callboard.services.breaking import breaks as breaking
from callboard.services.signalling.acts import acknowledge
from callboard.services.signalling.choices import Kind, Standing
from callboard.services.signalling.listing import read_changes
from callboard.storage.baselines import SeriesBaseline, add_baseline
from callboard.storage.engine import write
from callboard.storage.signal_acts import SignalAct, SignalActKind, SignalKey, add_signal_act
from callboard.views import WrittenAnnotation
from callboard.views.signalling import CauseKind, SignalCard, SignalsPage
from metrics.chosen import BaselineUse
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.signalling.changed_world import ELSEWHERE, LATE, LEAD, OTD, fill
from tests.callboard.services.small_world import SmallWorld, week_rows


@pytest.fixture
def changed(world: SmallWorld) -> SmallWorld:
    return fill(world)


def listed(world: SmallWorld, actor=LOCAL_USER, **filters) -> SignalsPage:
    return read_changes(world.runtime, actor, **filters)


def card(world: SmallWorld, metric: str, **filters) -> SignalCard:
    (found,) = [each for each in listed(world, **filters).cards if each.metric == metric]
    return found


def test_the_page_begins_with_how_many_of_each_began_and_wait(changed: SmallWorld) -> None:
    assert (
        "2 concerns and 1 improvement began in the last 12 weeks; 3 are not acknowledged."
        == listed(changed).headline
    )


def test_a_signal_that_stands_since_before_is_told_to_who_names_it(changed: SmallWorld) -> None:
    """On-time delivery fell two weeks ago: of the last week alone it is no news."""
    name = f"{LATE.touchpoint}.{LATE.metric}.{LATE.since}"
    usual, view = listed(changed, periods=1), listed(changed, periods=1, named=name)
    assert name not in {each.id for each in usual.cards}
    assert name == view.cards[-1].id
    assert (usual.headline, usual.count) == (view.headline, view.count)
    assert usual.cards == listed(changed, periods=1, named="delivery.otd.2020-01-06").cards


def test_a_signal_says_how_far_it_is_off_what_is_usual_and_by_which_rule(
    changed: SmallWorld,
) -> None:
    found = card(changed, "otd")
    usual = 100 * sum(late for late, _ in OTD) / sum(whole for _, whole in OTD)
    assert (70.0, pytest.approx(usual), pytest.approx(70.0 - usual)) == (
        *(found.level, found.usual, found.gap),
    )
    assert "70.0 % over 2 weeks, usually 88.9 %: 18.9 pts lower" == found.amount
    assert "since 2 Nov" == found.when
    assert "below the lower limit" in found.rule
    assert found.is_on
    assert found.verdict.startswith("Worse than usual since week 45")
    assert "more late deliveries" in found.excess or "fewer" in found.excess


def test_a_signal_that_is_over_is_listed_with_its_last_day(changed: SmallWorld) -> None:
    found = card(changed, "backlog_open")
    assert (date(2026, 10, 19), date(2026, 10, 25)) == (found.since, found.ended)
    assert ("19 to 25 Oct 2026", "", "") == (found.when, found.verdict, found.excess)


def test_good_news_has_the_rank_of_bad_news_and_the_newest_comes_first(
    changed: SmallWorld,
) -> None:
    first, second = listed(changed).groups
    assert Signal.IMPROVEMENT is first.cards[0].signal
    assert [date(2026, 11, 9), date(2026, 11, 2)] == [
        first.cards[0].since,
        second.cards[0].since,
    ]


def test_a_concern_behind_leads_the_signals_that_began_after_it(changed: SmallWorld) -> None:
    group = listed(changed).groups[1]
    assert (CauseKind.SERVICE, "Depot may be behind this") == (group.kind, group.title)
    assert "of concern since 19 Oct" in group.reason
    assert "association, not a cause" in group.reason
    assert [["backlog_open"], ["otd"]] == [
        [each.metric for each in cards] for cards in (group.leads, group.cards)
    ]


def test_what_explains_a_signal_is_told_although_it_is_not_chosen(changed: SmallWorld) -> None:
    (group,) = listed(changed, touchpoints=("delivery",)).groups
    assert ("Depot may be behind this", ()) == (group.title, group.leads)


def test_a_service_that_the_reader_may_not_see_explains_nothing(changed: SmallWorld) -> None:
    (group,) = listed(changed, LEAD).groups
    assert (CauseKind.NONE, "") == (group.kind, group.title)
    assert ["otd"] == [each.metric for each in group.cards]


def test_a_break_at_the_same_touchpoint_is_the_cause_by_its_reason(changed: SmallWorld) -> None:
    changed.add(week_rows("complaints", "delivery", [(20.0, 1000.0)] * 36))
    breaking.approve(
        changed.runtime,
        LOCAL_USER,
        touchpoint="delivery",
        metric="complaints",
        day="2026-11-03",
        reason="A new carrier",
    )
    (group,) = listed(changed, touchpoints=("delivery",)).groups
    assert (CauseKind.BREAK, "“A new carrier”") == (group.kind, group.title)


def test_what_began_with_an_annotation_stands_under_it_with_who_wrote_it(
    changed: SmallWorld,
) -> None:
    written = WrittenAnnotation(touchpoint="", metric="", first="2026-11-03", text="New van")
    row = annotating.add(changed.runtime, LOCAL_USER, written)
    (group, alone) = listed(changed).groups
    assert (CauseKind.ANNOTATION, "Began with “New van”, 3 Nov") == (group.kind, group.title)
    assert group.reason.startswith("An annotation of every touchpoint, by local. What is below")
    assert "association, not a cause" in group.reason
    assert {"abandon", "otd"} == {each.metric for each in group.cards}
    assert "backlog_open" == alone.cards[0].metric
    annotating.withdraw(changed.runtime, LOCAL_USER, number=row.id, note="It was not")
    assert CauseKind.ANNOTATION not in {each.kind for each in listed(changed).groups}


def test_what_began_with_days_set_aside_stands_under_the_reason_for_it(
    changed: SmallWorld,
) -> None:
    aside = SeriesBaseline(
        id=0,
        touchpoint="delivery",
        metric="otd",
        first=date(2026, 11, 3),
        last=date(2026, 11, 15),
        use=BaselineUse.ASIDE,
        reason="The bridge was closed",
        actor="lea",
        at=changed.runtime.clock.now("UTC"),
    )
    with write(changed.runtime.store) as connection:
        add_baseline(connection, aside)
    (group,) = listed(changed, touchpoints=("delivery",)).groups
    assert (CauseKind.ASIDE, "“The bridge was closed”") == (group.kind, group.title)
    assert "set aside from the limits at Field delivery by lea." in group.reason


def test_a_signal_does_not_begin_with_what_is_still_to_come(changed: SmallWorld) -> None:
    written = WrittenAnnotation(touchpoint="desk", metric="", first="2026-11-16", text="New van")
    annotating.add(changed.runtime, LOCAL_USER, written)
    assert CauseKind.NONE is listed(changed, touchpoints=("desk",)).groups[0].kind


@pytest.mark.parametrize(
    ("filters", "metrics"),
    [
        ({"kind": Kind.GOOD}, {"abandon"}),
        ({"kind": Kind.BAD}, {"otd", "backlog_open"}),
        ({"periods": 4}, {"abandon", "otd", "backlog_open"}),
        ({"periods": 3}, {"abandon", "otd"}),
        ({"since": "2026-11-15"}, {"abandon"}),
        ({"touchpoints": ("desk",)}, {"abandon"}),
        ({"pillar": "Quality"}, set()),
    ],
)
def test_the_filters_choose_among_the_signals(
    changed: SmallWorld, filters: dict, metrics: set[str]
) -> None:
    assert metrics == {each.metric for each in listed(changed, **filters).cards}


def test_those_acknowledged_and_the_others_can_be_told_apart(changed: SmallWorld) -> None:
    acknowledge(changed.runtime, LOCAL_USER, LATE)
    standing = {each: listed(changed, standing=each) for each in Standing}
    assert ["otd"] == [each.metric for each in standing[Standing.ACKNOWLEDGED].cards]
    assert 2 == len(standing[Standing.OPEN].cards)
    assert 3 == len(standing[Standing.ALL].cards)
    assert 1 == len({each.headline for each in standing.values()})
    assert standing[Standing.ALL].headline.endswith("2 are not acknowledged.")


def test_of_many_the_newest_are_told_and_all_are_counted(changed: SmallWorld) -> None:
    found = listed(changed, limit=2)
    assert ["abandon", "otd"] == [each.metric for each in found.cards]
    assert 1 == found.hidden_count
    assert listed(changed).headline == found.headline


def test_without_a_signal_it_is_said_that_nothing_changed(world: SmallWorld) -> None:
    world.add(week_rows("otd", "delivery", OTD[:33]))
    world.reach()
    found = listed(world)
    assert "Nothing changed in 12 weeks that chance would not do." == found.headline
    narrow = listed(world, pillar="Quality").headline
    assert "Nothing of what is chosen changed in 12 weeks that chance would not do." == narrow
    assert "Of 1 metric, chance alone would bring hardly any such signal in 12 weeks." == (
        found.chance
    )


def test_without_readings_it_is_said_how_to_get_some(world: SmallWorld) -> None:
    assert listed(world).headline.startswith("No readings yet.")
    assert not listed(world).has_readings


@pytest.mark.parametrize("filters", [{"periods": 27}, {"periods": 0}, {"since": "2020-01-06"}])
def test_a_span_that_is_not_judged_is_refused_with_what_is(
    changed: SmallWorld, filters: dict
) -> None:
    with pytest.raises(CallboardError, match="1 to 26 weeks back, which is a day from 2026-05-18"):
        listed(changed, **filters)


def test_a_touchpoint_of_somebody_else_reads_like_a_missing_one(changed: SmallWorld) -> None:
    assert ["abandon"] == [each.metric for each in listed(changed, ELSEWHERE).cards]
    with pytest.raises(NotAllowed, match="no touchpoint 'delivery'"):
        listed(changed, ELSEWHERE, touchpoints=("delivery",))


@pytest.mark.parametrize(("since", "is_kept"), [("2026-10-19", True), ("2026-10-12", False)])
def test_acts_stay_with_a_signal_whose_beginning_newer_figures_move(
    changed: SmallWorld, since: str, is_kept: bool
) -> None:
    act = SignalAct(
        key=SignalKey("delivery", "otd", "week", date.fromisoformat(since)),
        signal="concern",
        act=SignalActKind.COMMENT,
        actor="ana",
        at=changed.runtime.clock.now(),
        note="Seen",
    )
    with write(changed.runtime.store) as conn:
        add_signal_act(conn, replace(act, signal="improvement", note="Another"))
        add_signal_act(conn, act)
    found = card(changed, "otd")
    assert is_kept == bool(found.follow.comments)
    assert (since if is_kept else "2026-11-02") == found.kept_since.isoformat()


def test_what_began_together_at_a_touchpoint_stands_together(changed: SmallWorld) -> None:
    liked = [(30.0 + week % 3, 100.0) for week in range(35)] + [(60.0, 100.0)]
    changed.add(week_rows("nps", "desk", liked))
    (group,) = listed(changed, touchpoints=("desk",)).groups
    assert (CauseKind.TOGETHER, "Service desk changed in the week of 9 Nov") == (
        *(group.kind, group.title),
    )
    assert ["abandon", "nps"] == [each.metric for each in group.cards]
    (alone,) = listed(changed, touchpoints=("desk",), pillar="Listening").groups
    assert (CauseKind.NONE, "") == (alone.kind, alone.title)


def test_days_and_months_are_told_as_such(changed: SmallWorld) -> None:
    for grain, span in ((Grain.DAY, "12 days"), (Grain.MONTH, "12 months")):
        found = listed(changed, grain=grain)
        assert span in found.headline
        assert found.chance.endswith(f" in {span}.")
