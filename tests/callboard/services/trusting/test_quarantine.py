"""Which rows in quarantine who may see, and what becomes of them when somebody acts."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.runtime import Runtime
from callboard.services.trusting.correcting import correct_row
from callboard.services.trusting.quarantine import (
    read_quarantine,
    read_row,
    reopen_row,
    replay,
    waive_row,
)
from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.quarantine import QuarantineStatus, resolve_row
from callboard.storage.quarantine_acts import read_pending
from callboard.storage.runs import read_feed_states
from callboard.views import QuarantinedRow
from tests.callboard.services.small_world import SmallWorld
from tests.callboard.services.trusting.quarantine_rows import FRIDAY, failing, keep_out

EXECUTIVE = Actor(id="e", name="Eve", roles=frozenset({Role.EXECUTIVE}))
OF_DESK = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))


def rows(world: SmallWorld, **asked: object) -> tuple[QuarantinedRow, ...]:
    found = read_quarantine(world.runtime, LOCAL_USER, feed="deliveries", **asked)  # type: ignore[arg-type]
    return found.rows


def row_of(world: SmallWorld, place: str = "desk", status: str = "any") -> QuarantinedRow:
    return next(each for each in rows(world, status=status) if each.row_key == place)


def waiting(world: SmallWorld) -> int:
    with snapshot(world.runtime.store) as conn:
        return read_feed_states(conn)["deliveries"].rows_quarantined_open


def test_rows_kept_out_are_shown_as_they_came_with_reasons(kept_out: SmallWorld) -> None:
    found = rows(kept_out)
    assert {"delivery", "desk", "nowhere"} == {row.row_key for row in found}
    assert ("units is at least 0 Found: -1",) == found[0].reasons
    assert ({FRIDAY}, {"-1"}) == (
        {row.day for row in found},
        {row.fields["units"] for row in found},
    )


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({"touchpoint": "desk"}, ["desk"]),
        ({"rule": "units.range", "day": "2026-11-20"}, ["delivery", "desk", "nowhere"]),
        ({"rule": "units_range"}, []),
        ({"rule": "units"}, []),
        ({"day": "2026-11-19"}, []),
        ({"status": "waived"}, []),
    ],
)
def test_rows_are_chosen_by_rule_touchpoint_day_and_status(
    kept_out: SmallWorld, asked: dict[str, str], places: list[str]
) -> None:
    assert places == sorted(row.row_key for row in rows(kept_out, **asked))


def test_rows_come_a_page_at_a_time_with_their_number(kept_out: SmallWorld) -> None:
    pages = [
        read_quarantine(kept_out.runtime, LOCAL_USER, feed="deliveries", limit=2, offset=offset)
        for offset in (0, 2, 99)
    ]
    assert [(2, 3, 0), (1, 3, 2), (1, 3, 2)] == [(len(e.rows), e.total, e.offset) for e in pages]
    assert {"open": "Open (3)"} == pages[0].statuses
    assert {"delivery": "Field delivery (1)", "desk": "Service desk (1)"} == pages[0].touchpoints


def test_rows_of_other_touchpoints_are_neither_shown_nor_counted(kept_out: SmallWorld) -> None:
    page = read_quarantine(kept_out.runtime, OF_DESK, feed="deliveries")
    assert (["desk"], 1, {"open": "Open (1)"}) == (
        [row.row_key for row in page.rows],
        page.total,
        page.statuses,
    )


def test_rows_are_for_those_who_may_read_rows(kept_out: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="Eve may not read rows"):
        read_quarantine(kept_out.runtime, EXECUTIVE, feed="deliveries")


def test_a_feed_there_is_not_reads_like_a_missing_one(world: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="There is no feed 'weather'"):
        read_quarantine(world.runtime, LOCAL_USER, feed="weather")


@pytest.mark.parametrize(
    ("asked", "words"), [({"status": "gone"}, "expected open"), ({"day": "x"}, "expected a day")]
)
def test_what_cannot_be_asked_says_what_can(
    kept_out: SmallWorld, asked: dict[str, str], words: str
) -> None:
    with pytest.raises(CallboardError, match=words):
        rows(kept_out, **asked)


def restricted(world: SmallWorld, column: str) -> Runtime:
    """The world with a column of the deliveries that is kept from the screen."""
    definitions = world.runtime.definitions
    contract = definitions.contracts["deliveries"]
    columns = tuple(
        replace(each, classification="restricted") if each.name == column else each
        for each in contract.columns
    )
    contracts = {**definitions.contracts, "deliveries": replace(contract, columns=columns)}
    return replace(world.runtime, definitions=replace(definitions, contracts=contracts))


def test_personal_columns_are_masked_and_cannot_be_corrected(kept_out: SmallWorld) -> None:
    page = read_quarantine(restricted(kept_out, "units"), LOCAL_USER, feed="deliveries")
    row = page.rows[0]
    assert ("•••", "•••") == (json.loads(row.raw)["units"], row.fields["units"])
    assert ("units", False) in page.columns
    assert "units is personal: mend it in the source, or waive it." == row.cannot


def test_a_key_that_is_personal_names_no_row(kept_out: SmallWorld) -> None:
    page = read_quarantine(restricted(kept_out, "order_id"), LOCAL_USER, feed="deliveries")
    assert {"•••"} == {row.row_key for row in page.rows}


def test_a_row_without_a_key_is_not_named_by_a_hash_of_personal_values(
    kept_out: SmallWorld,
) -> None:
    runtime = restricted(kept_out, "carrier")
    contract = runtime.definitions.contracts["deliveries"]
    columns = tuple(replace(each, is_key=False) for each in contract.columns)
    keyless = {**runtime.definitions.contracts, "deliveries": replace(contract, columns=columns)}
    runtime = replace(runtime, definitions=replace(runtime.definitions, contracts=keyless))
    page = read_quarantine(runtime, LOCAL_USER, feed="deliveries")
    assert {"•••"} == {row.row_key for row in page.rows}


def test_a_waived_row_stays_out_and_is_not_asked_for_again(kept_out: SmallWorld) -> None:
    waived = waive_row(kept_out.runtime, LOCAL_USER, row=row_of(kept_out).id, why="a test order")
    assert ("waived", "local", "a test order") == (waived.status, waived.resolved_by, waived.note)
    assert 2 == waiting(kept_out)
    keep_out(kept_out, failing("desk"))
    again = row_of(kept_out)
    assert ("waived", "local") == (again.status, again.resolved_by)


def test_a_waived_row_is_reopened(kept_out: SmallWorld) -> None:
    number = waive_row(kept_out.runtime, LOCAL_USER, row=row_of(kept_out).id, why="a test").id
    row = reopen_row(kept_out.runtime, LOCAL_USER, row=number, why="it was none")
    assert ("open", "", 3) == (row.status, row.resolved_by, waiting(kept_out))
    assert ["waived: a test", "reopened: it was none"] == [deed.sentence for deed in row.deeds]
    assert "Reopened: the next refresh reads it again." == row.waits


def test_a_correction_is_taken_back(kept_out: SmallWorld) -> None:
    number = row_of(kept_out).id
    correct_row(kept_out.runtime, LOCAL_USER, row=number, fields={"units": "3"}, note="asked")
    with write(kept_out.runtime.store) as conn:
        resolve_row(conn, number, status=QuarantineStatus.FIXED, by="local")
    row = reopen_row(kept_out.runtime, LOCAL_USER, row=number, why="wrong order")
    assert ("open", "-1") == (row.status, row.fields["units"])


def test_what_its_source_has_mended_is_not_reopened(kept_out: SmallWorld) -> None:
    number = row_of(kept_out).id
    keep_out(kept_out, run=2)
    with pytest.raises(CallboardError, match="is fixed: its source reads differently"):
        reopen_row(kept_out.runtime, LOCAL_USER, row=number, why="x")


@pytest.mark.parametrize("act", [waive_row, reopen_row])
def test_acts_are_for_those_who_may_and_about_rows_they_may_see(
    kept_out: SmallWorld, act: Callable[..., object]
) -> None:
    number = row_of(kept_out, "delivery").id
    with pytest.raises(NotAllowed, match="Eve may not correct or release rows"):
        act(kept_out.runtime, EXECUTIVE, row=number, why="x")
    for missing in (number, 999):
        with pytest.raises(NotAllowed, match=f"There is no row {missing} in quarantine"):
            act(kept_out.runtime, OF_DESK, row=missing, why="x")


@pytest.mark.parametrize("act", [waive_row, reopen_row])
def test_acts_need_a_reason(kept_out: SmallWorld, act: Callable[..., object]) -> None:
    with pytest.raises(CallboardError, match="Say why"):
        act(kept_out.runtime, LOCAL_USER, row=row_of(kept_out).id, why=" ")


def test_the_days_of_open_rows_are_read_again_on_request(kept_out: SmallWorld) -> None:
    assert (FRIDAY,) == replay(kept_out.runtime, LOCAL_USER, feed="deliveries")
    with snapshot(kept_out.runtime.store) as conn:
        assert [(FRIDAY, True)] == [
            (each.day, each.is_new) for each in read_pending(conn, feed="deliveries")
        ]
    with pytest.raises(NotAllowed, match="Eve may not"):
        replay(kept_out.runtime, EXECUTIVE, feed="deliveries")


def test_every_act_is_published_and_in_the_audit_trail(kept_out: SmallWorld) -> None:
    before = kept_out.runtime.publication()
    waive_row(kept_out.runtime, LOCAL_USER, row=row_of(kept_out).id, why="a test")
    assert before + 1 == kept_out.runtime.publication()
    with snapshot(kept_out.runtime.store) as conn:
        assert () == verify_audit(conn)


def test_one_row_is_read_with_its_history(kept_out: SmallWorld) -> None:
    number = row_of(kept_out, "delivery").id
    assert number == read_row(kept_out.runtime, LOCAL_USER, row=number).id
    with pytest.raises(NotAllowed, match=f"There is no row {number}"):
        read_row(kept_out.runtime, OF_DESK, row=number)
