"""What the trust page says of feeds, and which rows it lets whom see."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from callboard.access import LOCAL_USER
from callboard.services.status import read_status
from callboard.services.tiles.badges import judge_feeds
from callboard.services.tiles.overview import read_overview
from callboard.services.trust import read_trust
from callboard.storage.engine import write
from callboard.storage.runs import FeedState, RunRow, RunVerdict, SliceState, record_run
from callboard.views import Badge, FeedTrust
from data_contracts.evidence import RuleResult, State
from data_contracts.model import ColumnType, Dimension, Severity
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, week_rows

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def _run(world: SmallWorld, *results: RuleResult, **changes: object) -> int:
    run = RunRow(
        feed="deliveries",
        contract_sha256="c",
        started_at=AT,
        finished_at=AT,
        duration_ms=5,
        triggered_by="test",
        rows_in=100,
        rows_used=97,
        rows_quarantined=3,
        verdict=RunVerdict.PUBLISHED,
    )
    with write(world.runtime.store) as conn:
        return record_run(conn, replace(run, **changes), results)  # type: ignore[arg-type]  # test


def _rule(name: str, state: State, severity: Severity = Severity.CRITICAL) -> RuleResult:
    return RuleResult(
        rule_id=name,
        state=state,
        severity=severity,
        dimension=Dimension.ACCURACY,
        evaluated=100,
        failed=3 if state is State.FAIL else 0,
        description=f"{name} holds",
    )


def _feed(world: SmallWorld, feed: str = "deliveries") -> FeedTrust:
    return next(each for each in read_trust(world.runtime, LOCAL_USER) if each.feed == feed)


def test_a_feed_never_read_is_unchecked_not_green(world: SmallWorld) -> None:
    assert {Badge.UNCHECKED} == {each.badge for each in read_trust(world.runtime, LOCAL_USER)}


def test_the_last_run_is_told_with_failing_rules_first(world: SmallWorld) -> None:
    world.reach()
    _run(
        world,
        _rule("a_passes", State.PASS),
        _rule("b_warns", State.FAIL, Severity.WARNING),
        _rule("c_fails", State.FAIL),
        _rule("d_unseen", State.NOT_EVALUATED),
    )
    feed = _feed(world)
    assert ["c_fails", "b_warns", "d_unseen", "a_passes"] == [r.rule_id for r in feed.rules]
    assert (100, 97, 3, AT) == (feed.rows_in, feed.rows_used, feed.rows_quarantined, feed.last_run)


def test_a_run_that_could_not_read_leaves_the_rows_and_rules_of_the_one_before(
    world: SmallWorld,
) -> None:
    good = _run(world, _rule("a_passes", State.PASS))
    later = AT.replace(hour=15)
    failed = _run(
        world, finished_at=later, rows_in=0, rows_used=0, verdict=RunVerdict.FAILED, reasons=("x",)
    )
    world.reach(verdict=RunVerdict.FAILED, run_id=failed, last_good_run_id=good)
    feed = _feed(world)
    assert (100, ["a_passes"]) == (feed.rows_in, [rule.rule_id for rule in feed.rules])
    assert (AT, later) == (feed.judged_at, feed.last_run)


def test_a_feed_that_was_never_read_has_not_read_zero_rows(world: SmallWorld) -> None:
    _run(world, rows_in=0, rows_used=0, verdict=RunVerdict.FAILED)
    assert _feed(world).judged_at is None


def test_what_most_needs_a_look_is_first(world: SmallWorld) -> None:
    world.reach()
    world.reach(feeds=["contacts"], verdict=RunVerdict.WITHHELD, reasons=("too many bad rows.",))
    world.reach(feeds=["backlog"], rows_quarantined_open=2)
    badges = [(each.feed, each.badge) for each in read_trust(world.runtime, LOCAL_USER)]
    assert [
        ("contacts", Badge.WITHHELD),
        ("backlog", Badge.WARNINGS),
        ("deliveries", Badge.VERIFIED),
        ("survey_answers", Badge.VERIFIED),
    ] == badges


@pytest.mark.parametrize(
    ("badge", "sentence", "changes"),
    [
        (
            Badge.VERIFIED,
            "Deliveries keeps its contract; data as of Sun 22 Nov 2026, 14:00.",
            {},
        ),
        (
            Badge.WARNINGS,
            "Deliveries: 1,200 rows are in quarantine and not counted; "
            "data as of Sun 22 Nov 2026, 14:00.",
            {"rows_quarantined_open": 1200},
        ),
        (
            Badge.WITHHELD,
            "Deliveries: the newest data broke its contract (half of the rows are bad); "
            "the last good figures, of Sat 21 Nov 2026, 06:00, are shown.",
            {
                "verdict": RunVerdict.WITHHELD,
                "reasons": ("half of the rows are bad.",),
                "last_good_at": datetime(2026, 11, 21, 6, tzinfo=UTC),
            },
        ),
        (
            Badge.STALE,
            "Deliveries could not be read (the database did not answer); "
            "the last good figures, of Sun 22 Nov 2026, 14:00, are shown.",
            {"verdict": RunVerdict.FAILED, "reasons": ("Deliveries: the database did not answer",)},
        ),
        (
            Badge.STALE,
            "Deliveries is late: data as of Fri 20 Nov 2026, 14:00, due Sat 21 Nov 2026, 16:00.",
            {"as_of": datetime(2026, 11, 20, 14, tzinfo=UTC)},
        ),
    ],
)
def test_a_badge_says_why(
    world: SmallWorld, badge: Badge, sentence: str, changes: dict[str, object]
) -> None:
    state = FeedState(
        feed="deliveries",
        verdict=RunVerdict.PUBLISHED,
        run_id=1,
        last_good_at=AT,
        as_of=AT,
        first_day=date(2020, 1, 1),
        last_day=date(2026, 11, 21),
    )
    changed = replace(state, **changes)  # type: ignore[arg-type]  # a table of cases
    trust = judge_feeds(world.runtime, {"deliveries": changed}).by_feed["deliveries"]
    assert (badge, sentence) == (trust.badge, trust.sentence)


def test_a_number_of_two_feeds_has_the_worse_badge_and_the_older_data(world: SmallWorld) -> None:
    world.reach()
    world.reach(feeds=["contacts"], as_of=datetime(2026, 11, 20, 14, tzinfo=UTC))
    world.add(week_rows("complaints", "desk", [(1.0, 100.0)]))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    trust = overview.lanes[0].tiles[0].trust
    assert (Badge.STALE, ("contacts", "deliveries"), 20) == (
        trust.badge,
        trust.feeds,
        trust.as_of.day if trust.as_of else 0,
    )
    assert ("3 feeds verified, 1 stale", Badge.STALE) == (overview.data_state, overview.badge)


def test_a_feed_that_knows_days_only_has_come_as_far_as_a_day(world: SmallWorld) -> None:
    """Its midnight in UTC would be the evening before in New York."""
    known = world.runtime.definitions.contracts
    contract = known["backlog"]
    by_day = tuple(
        replace(each, type=ColumnType.DATE) if each.name == contract.watermark else each
        for each in contract.columns
    )
    contracts = known | {"backlog": replace(contract, columns=by_day)}
    runtime = replace(
        world.runtime,
        workspace=world.runtime.workspace.model_copy(update={"time_zone": "America/New_York"}),
        definitions=replace(world.runtime.definitions, contracts=contracts),
    )
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    state = FeedState(
        feed="backlog", verdict=RunVerdict.PUBLISHED, run_id=1, last_good_at=AT, as_of=midnight
    )
    trusts = judge_feeds(runtime, {"backlog": state, "deliveries": replace(state, as_of=AT)})
    trust = trusts.of(["backlog", "deliveries"])
    assert "Backlog keeps its contract; data as of Sun 22 Nov 2026." == trust.sentence
    assert date(2026, 11, 22) == trust.as_of


def test_a_badge_is_of_the_touchpoints_that_one_may_see(world: SmallWorld) -> None:
    held = SliceState(touchpoint="delivery", held=(date(2026, 11, 20),), reasons=("few.",))
    state = {"slices": (held,), "reasons": ("Field delivery: few.",), "rows_quarantined_open": 4}
    world.reach(feeds=["deliveries"], **state)  # type: ignore[arg-type]  # a shorthand
    of_desk = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    feeds = read_trust(world.runtime, of_desk), read_status(world.runtime, of_desk).feeds
    kept = "Deliveries keeps its contract; data as of Sun 22 Nov 2026, 14:05."
    for known in feeds:
        (feed,) = (each for each in known if each.feed == "deliveries")
        assert (Badge.VERIFIED, kept, 0) == (feed.badge, feed.sentence, feed.open_quarantine)


def test_touchpoints_that_one_may_not_see_are_not_counted(world: SmallWorld) -> None:
    missing = SliceState(touchpoint="delivery", missing=(date(2026, 11, 20),))
    both = (missing, replace(missing, touchpoint="depot"))
    world.reach(feeds=["deliveries"], slices=both)
    actor = replace(LOCAL_USER, touchpoints=frozenset({"delivery"}))
    (feed,) = (e for e in read_trust(world.runtime, actor) if e.feed == "deliveries")
    assert "Deliveries: 0 of 1 touchpoints have all of their data." in feed.sentence
    assert "depot" not in feed.sentence.lower()


def test_the_overview_tells_the_state_of_the_touchpoints_that_one_may_see(
    world: SmallWorld,
) -> None:
    held = SliceState(touchpoint="delivery", held=(date(2026, 11, 20),), reasons=("few.",))
    world.reach()
    world.reach(feeds=["deliveries"], slices=(held,))
    world.add(week_rows("complaints", "desk", [(1.0, 100.0)]))
    of_desk = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    told = [
        (view.data_state, view.badge)
        for actor in (of_desk, LOCAL_USER)
        for view in [read_overview(world.runtime, actor, grain=Grain.WEEK)]
    ]
    both = [("4 feeds verified", Badge.VERIFIED), ("3 feeds verified, 1 partial", Badge.PARTIAL)]
    assert both == told
