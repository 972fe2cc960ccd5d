"""One message for each change of a badge, through real servers, however many rounds there are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.notifying.listing import count_open, list_notices
from callboard.services.notifying.telling import PAUSES, Told, deliver
from callboard.services.notifying.testing import send_test
from callboard.services.notifying.watching import note_changes
from callboard.services.runtime import Runtime
from callboard.storage.runs import RunVerdict, SliceState
from callboard.views import Badge
from callboard.workspace import Notifications, Telling
from tests.callboard.listeners import Post
from tests.callboard.services.notifying.telling_world import (
    NOON,
    QUIET,
    TellingWorld,
    telling,
)
from tests.callboard.services.small_world import SmallWorld

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HELD = SliceState(
    touchpoint="desk",
    metric="asa",
    held=(date(2026, 11, 20), date(2026, 11, 21)),
    reasons=("21 Nov 2026: 6.1, usually 366.",),
)


@pytest.fixture
def told(world: SmallWorld) -> Iterator[TellingWorld]:
    with telling(world) as found:
        yield found


def _well(world: TellingWorld, **changes: object) -> None:
    world.reach(feeds=["contacts"], **{"as_of": AS_OF, **changes})  # type: ignore[arg-type]  # test


def _rounds(world: TellingWorld, number: int = 10) -> None:
    for _ in range(number):
        world.round(MINUTE)


def test_what_is_well_at_first_sight_is_told_to_nobody(told: TellingWorld) -> None:
    _rounds(told)
    assert ([], []) == (told.hook.got, told.post.got)
    assert () == list_notices(told.runtime, LOCAL_USER)


def test_ten_identical_rounds_tell_of_a_breach_and_its_recovery_once(told: TellingWorld) -> None:
    _well(told, slices=(HELD,))
    _rounds(told)
    _well(told)
    _rounds(told)
    where = "Contacts at Service desk, Average speed of answer"
    assert [
        f"Small Stores: Contract broken: {where}",
        f"Small Stores: Well again: {where}",
    ] == told.subjects
    assert told.subjects == [each.split("\n")[0] for each in told.hook.texts]
    assert (
        "20 to 21 Nov 2026 are held back; the figures before stay. Broken: 21 Nov"
        in told.hook.texts[0]
    )
    assert "held back since Sun 22 Nov 2026, 12:01" in told.hook.texts[1]


def test_a_feed_that_stops_is_told_once_without_any_run(told: TellingWorld) -> None:
    told.go_to(NOON + timedelta(hours=30))
    for feed in ("backlog", "deliveries", "survey_answers"):
        told.reach(feeds=[feed], as_of=AS_OF + timedelta(hours=30))
    _rounds(told)
    assert ["Small Stores: Stopped: Contacts"] == told.subjects
    assert "Contacts is late: data as of Sun 22 Nov 2026, 12:00" in told.hook.texts[0]
    assert 1 == len(told.hook.texts)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"verdict": RunVerdict.WITHHELD}, "Contract broken"),
        ({"verdict": RunVerdict.FAILED}, "Stopped"),
        ({"rows_quarantined_open": 3}, "Look at this"),
        ({"slices": (replace(HELD, held=(), missing=HELD.held),)}, "Contract broken"),
        (
            {
                "slices": (SliceState(touchpoint="desk", warnings=("Few rows.",)),),
                "reasons": ("Service desk: Few rows.",),
            },
            "Look at this",
        ),
    ],
)
def test_each_change_has_its_kind(
    told: TellingWorld, changes: dict[str, object], kind: str
) -> None:
    _well(told, **changes)
    told.round()
    assert [kind] == [each.split(": ")[1] for each in told.subjects]


def test_what_is_broken_everywhere_is_told_of_the_feed_alone(told: TellingWorld) -> None:
    parts = tuple(
        SliceState(touchpoint=each, warnings=("Waits are known. 3 of 9 rows",))
        for each in ("desk", "delivery")
    )
    _well(told, slices=parts, reasons=("Waits are known. 9 of 40 rows",))
    told.round()
    assert ["Small Stores: Look at this: Contacts"] == told.subjects


def test_a_stop_of_the_feed_is_not_told_again_for_its_parts(told: TellingWorld) -> None:
    late = SliceState(touchpoint="desk", as_of=AS_OF - timedelta(days=9))
    _well(told, as_of=AS_OF - timedelta(days=9), slices=(late,))
    _rounds(told, 2)
    _well(told)
    _rounds(told, 2)
    kinds = [each.split(": ", 1)[1] for each in told.subjects]
    assert ["Stopped: Contacts", "Well again: Contacts"] == kinds


def test_quarantine_that_grows_is_not_told_again_and_less_bad_is_not_well(
    told: TellingWorld,
) -> None:
    _well(told, verdict=RunVerdict.WITHHELD)
    told.round()
    _well(told, rows_quarantined_open=3)
    told.round()
    _well(told, rows_quarantined_open=9)
    told.round()
    assert ["Contract broken", "Well again"] == [each.split(": ")[1] for each in told.subjects]
    assert "held back" in told.hook.texts[1]
    assert "3 rows are in quarantine" in told.hook.texts[1]


def test_with_grave_things_only_warnings_stay_in_the_list(world: SmallWorld) -> None:
    with telling(world, tell=Telling.BREACH) as told:
        for changes in ({"rows_quarantined_open": 3}, {}, {"verdict": RunVerdict.WITHHELD}, {}):
            _well(told, **changes)
            told.round()
        assert ["Contract broken", "Well again"] == [e.split(": ")[1] for e in told.subjects]
        listed = [(each.kind, each.delivered) for each in list_notices(told.runtime, LOCAL_USER)]
    everywhere = "sent to ops; sent to e-mail"
    assert [
        ("Well again", everywhere),
        ("Contract broken", everywhere),
        ("Well again", "in this list only"),
        ("Look at this", "in this list only"),
    ] == listed


def test_what_is_not_well_at_first_sight_comes_in_one_message(told: TellingWorld) -> None:
    hook, post = told.hook, told.post
    told.runtime = _forgotten(told)
    _well(told, verdict=RunVerdict.WITHHELD, slices=(HELD,))
    told.reach(feeds=["backlog"], rows_quarantined_open=2, as_of=AS_OF)
    _rounds(told, 3)
    assert ["Small Stores: 2 changes of its data"] == told.subjects
    assert 1 == len(hook.texts)
    assert "Look at this: Backlog: 2 rows" in post.got[0].get_content()


def _forgotten(told: TellingWorld) -> Runtime:
    """The world before anybody was told anything."""
    with told.runtime.store.begin() as conn:
        conn.exec_driver_sql("DELETE FROM told_badge")
    return told.runtime


def test_in_quiet_hours_nobody_is_disturbed_and_then_gets_one_message(world: SmallWorld) -> None:
    with telling(world, quiet=QUIET) as told:
        told.go_to(datetime(2026, 11, 22, 22, 0, tzinfo=UTC))
        for changes in ({"verdict": RunVerdict.FAILED}, {}, {"slices": (HELD,)}):
            _well(told, as_of=AS_OF + 10 * HOUR, **changes)
            _rounds(told, 3)
        assert ([], []) == (told.hook.got, told.post.got)
        told.reach(as_of=AS_OF + 18 * HOUR)
        _well(told, as_of=AS_OF + 18 * HOUR, slices=(HELD,))
        told.go_to(datetime(2026, 11, 23, 7, 30, tzinfo=UTC))
        _rounds(told, 3)
        assert (["Small Stores: 3 changes of its data"], 1) == (told.subjects, len(told.hook.got))
        text = told.post.got[0].get_content()
    kinds = re.findall(r"· (.*?):", text)
    assert ["Stopped", "Well again", "Contract broken"] == kinds


def test_what_was_due_when_quiet_hours_begin_waits_too(world: SmallWorld) -> None:
    with telling(world, quiet=QUIET) as told:
        _well(told, slices=(HELD,))
        note_changes(told.runtime, LOCAL_USER)
        told.go_to(datetime(2026, 11, 22, 23, 0, tzinfo=UTC))
        assert () == deliver(told.runtime, LOCAL_USER)
        (row,) = list_notices(told.runtime, LOCAL_USER)
        assert "waits to go to ops; waits to go to e-mail" == row.delivered


def test_what_was_not_taken_is_sent_again_after_a_while(told: TellingWorld) -> None:
    told.hook.status = 500
    _well(told, slices=(HELD,))
    went = [(each.channel, each.error) for each in told.round()]
    assert [("e-mail", ""), ("ops", "it answered 500")] == went
    (row,) = list_notices(told.runtime, LOCAL_USER)
    assert "not sent to ops yet (it answered 500); sent to e-mail" == row.delivered
    told.hook.status = 200
    assert () == told.round(PAUSES[0] - timedelta(seconds=1))
    assert (Told(channel="ops", notices=1),) == told.round(timedelta(seconds=1))
    _rounds(told, 3)
    assert (1, 1) == (len(told.hook.got), len(told.post.got))


def test_a_listener_that_was_away_gets_all_in_one_when_it_is_back(told: TellingWorld) -> None:
    away = (
        replace(told.runtime.definitions.notifications.webhooks[0], url="http://127.0.0.1:1/x")
        if False
        else None
    )
    assert away is None
    url = told.hook.url
    _point_to(told, "http://127.0.0.1:1/s3cret")
    for changes in ({"slices": (HELD,)}, {}, {"verdict": RunVerdict.FAILED}):
        _well(told, **changes)
        told.round(timedelta(seconds=5))
    _point_to(told, url)
    _rounds(told, 5)
    assert ["Small Stores: 3 changes of its data"] == [e.split("\n")[0] for e in told.hook.texts]
    assert 3 == len(told.post.got)


def _point_to(told: TellingWorld, url: str) -> None:
    definitions = told.runtime.definitions
    notifications = definitions.notifications
    assert notifications is not None
    hook = notifications.webhooks[0].model_copy(update={"url": url})
    changed = notifications.model_copy(update={"webhooks": (hook,)})
    told.runtime = replace(told.runtime, definitions=replace(definitions, notifications=changed))


def test_after_a_day_of_attempts_it_is_given_up_and_said_so(told: TellingWorld) -> None:
    told.hook.status = 404
    _well(told, slices=(HELD,))
    told.round()
    for pause in PAUSES:
        told.reach(as_of=AS_OF + 48 * HOUR)
        _well(told, as_of=AS_OF + 48 * HOUR, slices=(HELD,))
        told.round(pause)
    assert () == told.round(timedelta(days=2))
    assert 1 + len(PAUSES) == len(told.hook.asked)
    first = list_notices(told.runtime, LOCAL_USER)[-1]
    assert "given up for ops (it answered 404); sent to e-mail" == first.delivered


def test_a_channel_that_is_gone_is_given_up(told: TellingWorld) -> None:
    _well(told, slices=(HELD,))
    note_changes(told.runtime, LOCAL_USER)
    definitions = replace(told.runtime.definitions, notifications=None)
    deliver(replace(told.runtime, definitions=definitions), LOCAL_USER)
    told.round()
    assert ([], []) == (told.hook.got, told.post.got)


def test_two_processes_do_not_send_the_same(told: TellingWorld) -> None:
    """The second one comes while the listener has not answered the first yet."""
    _well(told, slices=(HELD,))
    told.hook.meanwhile = lambda: deliver(told.runtime, LOCAL_USER)
    _rounds(told, 3)
    assert (1, 1) == (len(told.hook.got), len(told.post.got))


def test_addresses_are_refused_by_name_and_count_only(world: SmallWorld) -> None:
    with telling(world, post=Post(refused=frozenset({"data@example.org"}))) as told:
        _well(told, slices=(HELD,))
        told.round()
        (row,) = list_notices(told.runtime, LOCAL_USER)
    assert "not sent to e-mail yet (the server refused every address)" in row.delivered
    assert "@" not in row.delivered


def test_a_change_is_seen_on_open_pages(told: TellingWorld) -> None:
    before = told.runtime.publication()
    _well(told, slices=(HELD,))
    _rounds(told, 3)
    assert before + 1 == told.runtime.publication()
    assert 1 == count_open(told.runtime, LOCAL_USER)


def test_a_person_sees_notices_of_their_own_touchpoints(told: TellingWorld) -> None:
    _well(told, slices=(HELD, replace(HELD, touchpoint="delivery")), rows_quarantined_open=1)
    told.round()
    mine = replace(LOCAL_USER, touchpoints=frozenset({"delivery"}))
    places = {each.where for each in list_notices(told.runtime, mine)}
    assert {"", "Field delivery, Average speed of answer"} == places
    assert (3, 2) == (count_open(told.runtime, LOCAL_USER), count_open(told.runtime, mine))
    assert Badge.WITHHELD is list_notices(told.runtime, mine, limit=1)[0].badge


def test_a_test_goes_out_in_quiet_hours_and_tells_how_it_went(world: SmallWorld) -> None:
    with telling(world, quiet=QUIET) as told:
        told.go_to(datetime(2026, 11, 22, 23, 0, tzinfo=UTC))
        told.hook.status = 403
        found = list(send_test(told.runtime, LOCAL_USER))
        assert [("ops", "it answered 403"), ("e-mail", "")] == [
            (each.channel, each.error) for each in found
        ]
        assert ["Small Stores: a test"] == told.subjects
        with pytest.raises(CallboardError, match="no channel 'opps'; there are ops, e-mail"):
            send_test(told.runtime, LOCAL_USER, channel="opps")


@pytest.mark.parametrize("door", [deliver, note_changes, send_test])
def test_only_those_who_may_send_do(world: SmallWorld, door: object) -> None:
    analyst = Actor(id="a", name="Ann", roles=frozenset({Role.ANALYST}))
    with pytest.raises(NotAllowed):
        door(world.runtime, analyst)  # type: ignore[operator]  # one of three functions


def test_a_workspace_that_tells_nobody_keeps_a_list(world: SmallWorld) -> None:
    assert not Notifications().webhooks
    world.reach(as_of=datetime(2026, 11, 22, 14, tzinfo=UTC), rows_quarantined_open=1)
    note_changes(world.runtime, LOCAL_USER)
    assert () == deliver(world.runtime, LOCAL_USER)
    assert {"in this list only"} == {e.delivered for e in list_notices(world.runtime, LOCAL_USER)}
    assert 4 == count_open(world.runtime, LOCAL_USER)
