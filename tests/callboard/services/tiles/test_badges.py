"""The badge of a number is that of its own touchpoint and metric, and opens to what judged it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.services.tiles.badge_cards import read_grounds
from callboard.services.tiles.badges import FeedTrusts, judge_feeds
from callboard.storage.engine import snapshot, write
from callboard.storage.quarantine import FailingRow, replace_quarantine
from callboard.storage.runs import (
    FeedState,
    RunRow,
    RunVerdict,
    SliceState,
    read_feed_states,
    record_run,
)
from callboard.storage.slices import SliceDay, SliceRun, keep_slice_days, keep_slice_run
from callboard.views import Badge, TrustCard
from data_contracts.evidence import RuleResult, State
from data_contracts.model import Dimension, Severity, Weekdays
from tests.callboard.services.small_world import SmallWorld

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
DAYS = (date(2026, 11, 19), date(2026, 11, 20))
HELD = SliceState(
    touchpoint="desk", metric="asa", held=DAYS, reasons=("20 Nov 2026: 6.1, usually 366.",)
)

EVERYWHERE = ("desk/asa", "desk/abandon", "delivery/asa", "delivery/abandon")


def _trusts(world: SmallWorld) -> FeedTrusts:
    with snapshot(world.runtime.store) as conn:
        states = read_feed_states(conn)
        return judge_feeds(world.runtime, states, read_grounds(world.runtime, conn, states))


def _badges(world: SmallWorld, feed: str = "contacts") -> dict[str, str]:
    """The badge of speed of answer, and of abandonment, at two touchpoints; and of the feed."""
    trusts = _trusts(world)
    told = {
        key: trusts.of([feed], touchpoint=(at := key.split("/"))[0], metric=at[1]).badge.value
        for key in EVERYWHERE
    }
    return {key: badge for key, badge in told.items() if badge != "verified"} | {
        "feed": trusts.by_feed[feed].badge.value
    }


@pytest.mark.parametrize(
    ("state", "badges"),
    [
        (HELD, {"desk/asa": "withheld", "feed": "partial"}),
        (
            SliceState(touchpoint="desk", held=DAYS),
            {"desk/asa": "withheld", "desk/abandon": "withheld", "feed": "partial"},
        ),
        (
            SliceState(touchpoint="desk", missing=DAYS[:1]),
            {"desk/asa": "partial", "desk/abandon": "partial", "feed": "partial"},
        ),
        (
            SliceState(touchpoint="desk", as_of=AT - timedelta(days=5)),
            {"desk/asa": "stale", "desk/abandon": "stale", "feed": "partial"},
        ),
        (
            SliceState(touchpoint="delivery", metric="abandon", warnings=("Few rows.",)),
            {
                "delivery/abandon": "verified_with_warnings",
                "feed": "verified_with_warnings",
            },
        ),
        (
            SliceState(touchpoint="desk", metric="asa", waived_until=date(2026, 12, 3)),
            {"desk/asa": "verified_with_warnings", "feed": "verified_with_warnings"},
        ),
        (SliceState(touchpoint="desk", as_of=AT), {"feed": "verified"}),
        (SliceState(touchpoint="", held=DAYS), dict.fromkeys([*EVERYWHERE, "feed"], "withheld")),
    ],
)
def test_a_slice_has_its_own_badge_and_leaves_the_others_theirs(
    world: SmallWorld, state: SliceState, badges: dict[str, str]
) -> None:
    world.reach()
    world.reach(feeds=["contacts"], slices=(state,))
    assert badges == _badges(world)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (
            HELD,
            "Contacts at Service desk, Average speed of answer: 19 to 20 Nov 2026 are held back; "
            "the figures before stay. Broken: 20 Nov 2026: 6.1, usually 366.",
        ),
        (
            SliceState(touchpoint="desk", missing=DAYS[:1]),
            "Contacts at Service desk: 19 Nov 2026 is without rows.",
        ),
        (
            SliceState(touchpoint="desk", missing=(date(2026, 10, 30), *DAYS)),
            "Contacts at Service desk: 3 days from 30 Oct to 20 Nov 2026 are without rows.",
        ),
        (
            SliceState(touchpoint="desk", as_of=AT - timedelta(days=5)),
            "Contacts at Service desk is late: data as of Tue 17 Nov 2026, 14:05, "
            "due Wed 18 Nov 2026, 16:05.",
        ),
        (
            SliceState(touchpoint="desk", metric="asa", waived_until=date(2026, 12, 3)),
            "Contacts at Service desk, Average speed of answer: "
            "a broken rule is waived until 3 Dec 2026.",
        ),
        (
            SliceState(touchpoint="desk", warnings=("20 Nov 2026: 9 rows, usually 120.",)),
            "Contacts at Service desk: 20 Nov 2026: 9 rows, usually 120.",
        ),
    ],
)
def test_a_slice_says_why(world: SmallWorld, state: SliceState, sentence: str) -> None:
    world.reach(slices=(state,))
    trust = _trusts(world).of(["contacts"], touchpoint="desk", metric="asa")
    assert sentence == trust.sentence


def test_held_figures_are_as_old_as_the_last_good_day(world: SmallWorld) -> None:
    world.reach(slices=(HELD,))
    assert (
        date(2026, 11, 18) == _trusts(world).of(["contacts"], touchpoint="desk", metric="asa").as_of
    )


def test_a_partial_feed_says_how_many_touchpoints_are_whole(world: SmallWorld) -> None:
    world.reach(slices=(HELD, replace(HELD, metric="abandon")))
    told = _trusts(world).by_feed["contacts"].sentence
    assert told.startswith("Contacts: 1 of 2 touchpoints have all of their data. Contacts at Serv")


def test_a_partial_feed_that_cannot_be_read_says_so_first(world: SmallWorld) -> None:
    world.reach(verdict=RunVerdict.FAILED, slices=(HELD,))
    assert _trusts(world).by_feed["contacts"].sentence.startswith("Contacts could not be read")


def test_a_feed_that_is_held_as_a_whole_is_worse_than_its_slices(world: SmallWorld) -> None:
    world.reach(verdict=RunVerdict.WITHHELD, slices=(replace(HELD, held=(), missing=DAYS),))
    assert {"withheld"} == set(_badges(world).values())


def test_a_number_made_of_others_stands_on_their_slices(world: SmallWorld) -> None:
    metrics = world.runtime.definitions.metrics
    whole = metrics["abandon"].made_of([metrics["asa"]])
    definitions = replace(world.runtime.definitions, metrics={**metrics, "abandon": whole})
    world = SmallWorld(replace(world.runtime, definitions=definitions))
    world.reach(slices=(HELD,))
    assert (
        Badge.WITHHELD is _trusts(world).of(["contacts"], touchpoint="desk", metric="abandon").badge
    )


def test_a_feed_that_rests_at_weekends_is_not_late_on_sunday(world: SmallWorld) -> None:
    friday = datetime(2026, 11, 20, 18, tzinfo=UTC)
    known = world.runtime.definitions.contracts
    rests = replace(known["contacts"], freshness_days=Weekdays.BUSINESS_DAYS)
    world.reach(as_of=friday)
    late = _trusts(world).by_feed["contacts"]
    runtime = replace(
        world.runtime,
        definitions=replace(world.runtime.definitions, contracts={**known, "contacts": rests}),
    )
    on_time = _trusts(SmallWorld(runtime)).by_feed["contacts"]
    assert (Badge.STALE, Badge.VERIFIED) == (late.badge, on_time.badge)
    assert datetime(2026, 11, 23, 20, tzinfo=UTC) == on_time.due


def test_a_feed_without_a_run_is_never_green(world: SmallWorld) -> None:
    state = FeedState(feed="contacts", verdict=RunVerdict.PUBLISHED, as_of=AT, slices=(HELD,))
    trusts = judge_feeds(world.runtime, {"contacts": state})
    assert Badge.UNCHECKED is trusts.of(["contacts"], touchpoint="delivery").badge


def test_what_is_said_of_a_slice_is_no_matter_of_the_others(world: SmallWorld) -> None:
    """The refresh names the slice among the reasons of the feed."""
    told = "Service desk, Average speed of answer: 20 Nov 2026 is held back, the figures before"
    world.reach(slices=(HELD,), reasons=(told,))
    assert {"desk/asa": "withheld", "feed": "partial"} == _badges(world)
    world.reach(slices=(HELD,), reasons=(told, "Waits are known. 9 of 40 rows"))
    assert {*EVERYWHERE, "feed"} == set(_badges(world))


@pytest.mark.parametrize(
    ("newest", "badge"),
    [
        (datetime(2026, 11, 18, 15, tzinfo=UTC), "stale"),  # Wednesday: due on Thursday
        (datetime(2026, 11, 19, 15, tzinfo=UTC), None),  # Thursday: closed on Friday, and then
        (datetime(2026, 11, 20, 15, tzinfo=UTC), None),  # comes the weekend
    ],
)
def test_a_touchpoint_may_be_closed_for_a_day_and_the_weekend(
    world: SmallWorld, newest: datetime, badge: str | None
) -> None:
    world.reach(slices=(SliceState(touchpoint="desk", as_of=newest),))
    assert badge == _badges(world).get("desk/asa")


def test_a_draft_says_that_it_holds_nothing_back(world: SmallWorld) -> None:
    known = world.runtime.definitions.contracts
    draft = {**known, "contacts": replace(known["contacts"], status="draft")}
    definitions = replace(world.runtime.definitions, contracts=draft)
    world.reach()
    trusts = _trusts(SmallWorld(replace(world.runtime, definitions=definitions)))
    assert "a draft that holds nothing back" in trusts.by_feed["contacts"].sentence


def _result(rule: str, slice_key: str = "", **changes: object) -> RuleResult:
    result = RuleResult(
        rule_id=rule,
        slice_key=slice_key,
        state=State.FAIL,
        severity=Severity.CRITICAL,
        dimension=Dimension.ACCURACY,
        evaluated=1200,
        failed=3,
        description=f"{rule} holds.",
    )
    return replace(result, **changes)  # type: ignore[arg-type]  # a shorthand of the test


RESULTS = (
    _result("wait"),
    _result("handle"),
    _result("handle", "delivery"),
    _result("passes", state=State.PASS, failed=0),
    _result("slice.scale", "desk/asa", message="20 Nov 2026: 6.1, usually 366."),
    _result("slice.totals", "desk", waived_until=date(2026, 12, 3)),
)


RUN = RunRow(
    feed="contacts",
    contract_sha256="c",
    started_at=AT,
    finished_at=AT,
    duration_ms=5,
    triggered_by="test",
    rows_in=1200,
    rows_used=1190,
    rows_quarantined=9,
    rows_collapsed=1,
    verdict=RunVerdict.PUBLISHED,
)


@pytest.fixture
def judged(world: SmallWorld) -> SmallWorld:
    with write(world.runtime.store) as conn:
        run_id = record_run(conn, RUN, RESULTS)
    missing = SliceState(touchpoint="desk", missing=DAYS)
    world.reach(feeds=["contacts"], run_id=run_id, slices=(HELD, missing))
    return world


def _card(world: SmallWorld, touchpoint: str = "desk", metric: str = "asa") -> TrustCard:
    (card,) = _trusts(world).of(["contacts"], touchpoint=touchpoint, metric=metric).cards
    return card


def test_a_badge_opens_to_the_run_and_whom_to_ask(judged: SmallWorld) -> None:
    card, contract = _card(judged), judged.runtime.definitions.contracts["contacts"]
    assert (1, AT) == (card.run_id, card.judged_at)
    assert (contract.version, contract.support.owner) == (card.version, card.owner)
    assert (Badge.WITHHELD, True) == (card.badge, card.owner != "")


def test_a_badge_opens_to_what_is_broken_here_in_plain_words(judged: SmallWorld) -> None:
    here, there = _card(judged), _card(judged, "delivery")
    scale = "slice.scale holds. 20 Nov 2026: 6.1, usually 366."
    wait = "wait holds (not so in 3 of 1,200 rows)."
    assert {scale, wait} == set(here.failing)
    assert ("slice.totals holds, until 3 Dec 2026.",) == here.waived
    assert {wait, "handle holds (not so in 3 of 1,200 rows)."} == set(there.failing)
    assert () == there.waived


def test_rows_of_the_whole_feed_are_told_of_the_whole_only(judged: SmallWorld) -> None:
    """Of a touchpoint whose rows nobody counted they would tell how many others have."""
    (whole,) = _trusts(judged).of(["contacts"]).cards
    here = _card(judged)
    assert (1190, 9) == (whole.rows_used, whole.rows_quarantined)
    assert (None, None) == (here.rows_used, here.rows_quarantined)


def _slice_run(run_id: int, touchpoint: str, *, rows: tuple[int, int]) -> SliceRun:
    return SliceRun(
        run_id=run_id,
        touchpoint=touchpoint,
        feed="contacts",
        judged_at=AT,
        rules_passed=1,
        rules_judged=2,
        rows_in=rows[0],
        rows_used=rows[1],
    )


def test_a_touchpoint_that_the_run_did_not_read_is_told_by_the_last_that_did(
    world: SmallWorld,
) -> None:
    with write(world.runtime.store) as conn:
        numbers = [record_run(conn, RUN) for _ in range(3)]
        rows = [
            _slice_run(numbers[0], "desk", rows=(50, 50)),
            _slice_run(numbers[1], "desk", rows=(120, 118)),
            _slice_run(numbers[2], "delivery", rows=(900, 890)),
        ]
        keep_slice_run(conn, rows)
    world.reach(feeds=["contacts"], run_id=numbers[2])
    cards = _card(world), _card(world, "delivery")
    assert [(118, 2), (890, 10)] == [(each.rows_used, each.rows_quarantined) for each in cards]


def test_rows_are_those_of_the_touchpoint_where_they_are_known(judged: SmallWorld) -> None:
    rows = {"feed": "contacts", "touchpoint": "desk", "rows_in": 120, "rows_used": 118}
    day = SliceDay(**rows, day=DAYS[0], run_id=1)  # type: ignore[arg-type]  # a shorthand
    with write(judged.runtime.store) as conn:
        keep_slice_run(
            conn,
            [SliceRun(**rows, run_id=1, judged_at=AT, rules_passed=1, rules_judged=2)],  # type: ignore[arg-type]
        )
        before = [replace(day, day=DAYS[0] - timedelta(days=n), rows_in=n) for n in (10, 20, 60)]
        keep_slice_days(conn, before)
    card = _card(judged)
    assert (118, 2) == (card.rows_used, card.rows_quarantined)
    assert 30 == card.rows_missing  # two days, of usually 15 rows; what is 60 days old is past


@pytest.mark.parametrize(
    ("place", "badges"),
    [
        ("desk", {"desk/asa", "desk/abandon", "feed"}),
        ("", {*EVERYWHERE, "feed"}),
        ("elsewhere", {"feed"}),
    ],
)
def test_rows_in_quarantine_are_told_where_they_may_be_of(
    world: SmallWorld, place: str, badges: set[str]
) -> None:
    _quarantine(world, place)
    assert badges == set(_badges(world))


def _quarantine(world: SmallWorld, *places: str) -> None:
    world.reach(rows_quarantined_open=len(places))
    rows = [
        FailingRow(
            row_key=f"{n}",
            raw="{}",
            rule_ids=("a",),
            messages=("a",),
            day=DAYS[0],
            touchpoint=place,
        )
        for n, place in enumerate(places)
    ]
    with write(world.runtime.store) as conn:
        number = record_run(conn, RUN)
        replace_quarantine(conn, feed="contacts", run_id=number, days=None, rows=rows, at=AT)


def test_a_badge_counts_the_rows_in_quarantine_of_its_own_touchpoint(world: SmallWorld) -> None:
    _quarantine(world, "desk", "delivery", "delivery", "")
    told = [_trusts(world).of(["contacts"], touchpoint=at).sentence for at in ("desk", "delivery")]
    assert "Contacts: 2 rows are in quarantine and not counted; data as of" in told[0]
    assert "Contacts: 3 rows are in quarantine and not counted; data as of" in told[1]
