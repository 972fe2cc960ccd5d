from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from callboard.demo.dice import Dice
from callboard.demo.generator import MAKERS, make_columns, make_day
from callboard.demo.story import Dirt, Fault, Jump, Silence, Story
from data_contracts.catalogue import read_contract
from data_contracts.diff import diff_contracts
from data_contracts.masks import judge_rows
from data_contracts.model import Contract
from tests.callboard.demo.plans import LAST_DAY, LONDON, PLACES, QUIET, at, rows_by_key, small_plan
from tests.workspaces.places import DEMO, LIBRARY

DIRTY = Story(
    seed=1,
    events=(),
    dirt=(
        Dirt(feed="contacts", fault=Fault.NEGATIVE_WAIT, days_before=1, rows=2),
        Dirt(feed="contacts", fault=Fault.UNKNOWN_TOUCHPOINT, days_before=1, rows=1),
        Dirt(feed="deliveries", fault=Fault.DELIVERED_BEFORE_ORDERED, days_before=2, rows=2),
        Dirt(feed="internal_requests", fault=Fault.TEXT_IN_NUMBER, days_before=1, rows=1),
        Dirt(feed="survey_answers", fault=Fault.SCORE_OFF_SCALE, days_before=1, rows=2),
        Dirt(feed="web_vitals", fault=Fault.DATE_IN_FUTURE, days_before=1, rows=2),
    ),
)
PLANTED = {"contacts": 3, "deliveries": 2, "internal_requests": 1, "survey_answers": 2}
FEEDS = sorted(MAKERS)


def contract_of(feed: str) -> Contract:
    own = DEMO / "data_contracts" / f"{feed}.odcs.yaml"
    contract, problems = read_contract(own if own.exists() else LIBRARY / own.name)
    assert contract is not None, problems
    return contract


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_has_exactly_the_columns_its_contract_promises(feed: str) -> None:
    columns = make_columns(small_plan(), feed, date(2026, 11, 20), since=None, until=at(22))
    assert {column.name for column in contract_of(feed).columns} == set(columns)


@pytest.mark.parametrize("feed", FEEDS)
@settings(max_examples=5)
@given(hours=some.integers(0, 23), minutes=some.integers(0, 59), later=some.integers(1, 60))
def test_filling_in_two_steps_gives_the_same_rows_as_in_one(
    feed: str, hours: int, minutes: int, later: int
) -> None:
    plan, key = small_plan(DIRTY), contract_of(feed).key
    first = at(19, hours, minutes)
    last = first + timedelta(hours=later)
    at_once = rows_by_key(plan, feed, key, last)
    assert at_once == rows_by_key(plan, feed, key, first, last)
    assert at_once


@pytest.mark.parametrize("feed", FEEDS)
def test_rows_keep_their_contract_but_for_the_planted_ones(feed: str) -> None:
    contract = contract_of(feed)
    held = rows_by_key(small_plan(DIRTY), feed, contract.key, at(22))
    judgement = judge_rows(
        pd.DataFrame(list(held.values()), dtype=object),
        contract.checks,
        known={"touchpoints": PLACES},
        now=at(22),
    )
    planted = PLANTED.get(feed, 2 if feed == "web_vitals" else 0)
    assert planted == int(judgement.quarantined.sum())
    assert 0 == int(judgement.flagged.sum())


def test_the_demos_contacts_keep_the_librarys_contract_and_name_a_case_beside_it() -> None:
    standard, _ = read_contract(LIBRARY / "contacts.odcs.yaml")
    assert standard is not None
    edits = diff_contracts(standard, contract_of("contacts"))
    names = {"columns.case_number", "columns.contact_id", "callboard.journeyKey", "servers"}
    assert names == {each.where for each in edits}
    assert not [each for each in edits if each.is_heavy]


def test_naming_cases_moves_no_other_draw() -> None:
    one, other = (Dice(1, "contacts", LAST_DAY) for _ in range(2))
    aside = one.apart("cases").between(0, 1, 9).tolist()
    assert one.between(0, 1, 9).tolist() == other.between(0, 1, 9).tolist()
    assert aside == other.apart("cases").between(0, 1, 9).tolist()


def test_another_seed_makes_other_rows() -> None:
    other = small_plan(QUIET.model_copy(update={"seed": 2}))
    ours = make_columns(small_plan(), "contacts", LAST_DAY, since=None, until=at(22))
    theirs = make_columns(other, "contacts", LAST_DAY, since=None, until=at(22))
    assert ours["created_at"] != theirs["created_at"]


def test_a_day_does_not_depend_on_where_the_history_begins() -> None:
    long, short = small_plan(days=300), small_plan(days=3)
    assert make_columns(long, "deliveries", LAST_DAY, since=None, until=at(22)) == make_columns(
        short, "deliveries", LAST_DAY, since=None, until=at(22)
    )


def test_no_row_knows_the_future() -> None:
    friday, noon = date(2026, 11, 20), at(20, 12)
    for feed in ("contacts", "deliveries", "internal_requests"):
        rows = make_columns(small_plan(), feed, friday, since=None, until=noon)
        assert "2026-11-20 12:00:00" >= max(str(each) for each in rows["updated_at"])


def test_an_open_case_is_closed_by_a_later_fill() -> None:
    key = ("contact_id",)
    before = rows_by_key(small_plan(), "contacts", key, at(20, 14))
    after = rows_by_key(small_plan(), "contacts", key, at(20, 14), at(25))
    opened = [each for each, row in before.items() if row["is_resolved"] == 0]
    assert [1] * 5 == [
        after[each]["is_resolved"] for each in opened if after[each]["outcome"] == "answered"
    ][:5]


def test_days_are_local_when_clocks_change() -> None:
    plan = small_plan(days=60)
    summer_ends = date(2026, 10, 25)
    rows = make_day(plan, "web_vitals", summer_ends, since=None, until=at(22))
    texts = rows.columns["viewed_at"].astype("str")
    local = {datetime.fromisoformat(f"{text}+00:00").astimezone(LONDON).date() for text in texts}
    assert {summer_ends} == local


def test_a_feed_that_stops_has_no_rows_after_its_last_day() -> None:
    story = QUIET.model_copy(update={"silences": (Silence(feed="backlog", days_before=9),)})
    days = {str(row["day"]) for row in _backlog(story)}
    assert (LAST_DAY - timedelta(days=9)).isoformat() == max(days)


def _backlog(story: Story) -> list[dict[str, object]]:
    plan = small_plan(story, days=20)
    return list(rows_by_key(plan, "backlog", ("touchpoint", "day"), at(22)).values())


def _handled(story: Story, day: date) -> dict[str, list[object]]:
    """Handling times of a day, by touchpoint."""
    rows = make_columns(small_plan(story), "contacts", day, since=None, until=at(22))
    found: dict[str, list[object]] = {}
    for place, seconds in zip(rows["touchpoint"], rows["handle_seconds"], strict=True):
        found.setdefault(str(place), []).append(seconds)
    return found


def test_a_jump_tells_one_touchpoint_in_minutes_from_its_day_on() -> None:
    jump = Jump(
        feed="contacts",
        touchpoint="call_centre",
        column="handle_seconds",
        divide_by=60,
        days_before=3,
    )
    story = QUIET.model_copy(update={"jumps": (jump,)})
    for ago, by in ((4, 1), (3, 60), (0, 60)):
        day = LAST_DAY - timedelta(days=ago)
        plain, told = _handled(QUIET, day), _handled(story, day)
        expected = [
            round(each / by, 2) if isinstance(each, float) else each
            for each in plain["call_centre"]
        ]
        assert expected == told.pop("call_centre")
        assert plain.pop("call_centre")
        assert plain == told


def test_a_year_has_the_volume_of_a_million_rows_in_26_months() -> None:
    plan = small_plan(days=400, scale=1.0)
    days = [LAST_DAY - timedelta(days=13 * number) for number in range(28)]
    made = sum(
        make_day(plan, feed, day, since=None, until=at(22)).written.size
        for feed in FEEDS
        for day in days
    )
    months = 26 * 365.25 / 12
    assert 600_000 <= made / len(days) * months <= 1_200_000
