"""Saying what a row should read: judged at once, kept with its reason, never more than allowed."""

from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.masking import MASK
from callboard.services.trusting.correcting import correct_row
from callboard.services.trusting.quarantine import read_row, waive_row
from callboard.storage.corrections import read_corrections
from callboard.storage.engine import snapshot
from callboard.views import Corrected
from tests.callboard.services.small_world import SmallWorld
from tests.callboard.services.trusting.quarantine_rows import failing, keep_out
from tests.callboard.services.trusting.test_quarantine import restricted, row_of

OF_DESK = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))


def correct(world: SmallWorld, place: str = "desk", **fields: str) -> Corrected:
    number = row_of(world, place).id
    return correct_row(world.runtime, LOCAL_USER, row=number, fields=fields, note="asked the desk")


def kept(world: SmallWorld) -> list[dict[str, object]]:
    with snapshot(world.runtime.store) as conn:
        return [dict(each.fields) for each in read_corrections(conn, feed="deliveries")]


def test_a_correction_that_keeps_the_contract_is_kept_and_waits(kept_out: SmallWorld) -> None:
    assert correct(kept_out, units="3").is_kept
    assert [{"units": 3}] == kept(kept_out)
    row = read_row(kept_out.runtime, LOCAL_USER, row=row_of(kept_out).id)
    assert ("3", "Corrected: the next refresh takes it in.") == (row.fields["units"], row.waits)
    assert ["corrected (units = 3): asked the desk"] == [deed.sentence for deed in row.deeds]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"units": "-2"}, "Found: -2"),
        ({"units": "three"}, "Found: three"),
        ({"due_at": "soon"}, "due_at is a date with time. Found: soon"),
        ({"units": "3", "touchpoint": "pier"}, "Found: pier"),
        ({"units": "3", "touchpoint": ""}, "touchpoint"),
        ({"units": "3", "due_at": "0001-01-01"}, "expected a time from 1970 to 2100"),
        ({"units": "3", "due_at": "9999-12-31 23:59:59"}, "expected a time from 1970 to 2100"),
    ],
)
def test_a_correction_that_breaks_the_contract_is_told_why_and_not_kept(
    kept_out: SmallWorld, fields: dict[str, str], told: str
) -> None:
    found = correct(kept_out, **fields)
    assert not found.is_kept
    assert told in " ".join(found.messages)
    assert [] == kept(kept_out)


def test_values_that_stay_are_no_part_of_a_correction(kept_out: SmallWorld) -> None:
    row = row_of(kept_out)
    correct_row(
        kept_out.runtime,
        LOCAL_USER,
        row=row.id,
        fields={**row.fields, "units": " 4.0 ", "due_at": "2026-11-20T09:00:00Z"},
        note="x",
    )
    assert [{"units": 4}] == kept(kept_out)


def test_a_correction_without_a_change_or_a_reason_is_refused(kept_out: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="Nothing is changed"):
        correct(kept_out, units="-1")
    number = row_of(kept_out).id
    with pytest.raises(CallboardError, match="Say how you know"):
        correct_row(kept_out.runtime, LOCAL_USER, row=number, fields={"units": "3"}, note="")


def test_a_key_and_a_column_there_is_not_cannot_be_corrected(kept_out: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="order_id cannot be corrected here"):
        correct(kept_out, units="3", order_id="other")
    with pytest.raises(CallboardError, match="has no column 'unit'"):
        correct(kept_out, unit="3")


def test_a_personal_column_cannot_be_corrected(kept_out: SmallWorld) -> None:
    runtime = restricted(kept_out, "carrier")
    number = row_of(kept_out).id
    fields = {"units": "3", "carrier": "Nobody"}
    with pytest.raises(CallboardError, match="carrier cannot be corrected here: it is personal"):
        correct_row(runtime, LOCAL_USER, row=number, fields=fields, note="x")


def test_a_right_guess_of_a_personal_value_is_refused_like_a_wrong_one(
    kept_out: SmallWorld,
) -> None:
    keep_out(kept_out, failing("desk", carrier="Ada"))
    runtime = restricted(kept_out, "carrier")
    number = row_of(kept_out).id
    for guess in ("Ada", "ada", ""):
        fields = {"units": "3", "carrier": guess}
        with pytest.raises(CallboardError, match="carrier cannot be corrected here"):
            correct_row(runtime, LOCAL_USER, row=number, fields=fields, note="x")
    fields = {"units": "3", "carrier": MASK}
    assert correct_row(runtime, LOCAL_USER, row=number, fields=fields, note="x").is_kept
    assert [{"units": 3}] == kept(kept_out)


def test_rules_about_several_rows_are_for_the_source(kept_out: SmallWorld) -> None:
    rules = [each.rule_id for each in kept_out.runtime.definitions.contracts["deliveries"].checks]
    unique = next(rule for rule in rules if rule.endswith("unique"))
    keep_out(kept_out, replace(failing("desk"), rule_ids=("units.range", unique)))
    with pytest.raises(CallboardError, match="only the source can keep: mend it in the source"):
        correct(kept_out, units="3")


def test_a_waived_row_is_reopened_before_it_is_corrected(kept_out: SmallWorld) -> None:
    waive_row(kept_out.runtime, LOCAL_USER, row=row_of(kept_out).id, why="x")
    with pytest.raises(CallboardError, match=r"cannot be corrected here\. It is waived\."):
        correct(kept_out, units="3")


def test_only_who_may_correct_does_and_only_within_his_touchpoints(kept_out: SmallWorld) -> None:
    executive = Actor(id="e", name="Eve", roles=frozenset({Role.EXECUTIVE}))
    number = row_of(kept_out).id
    with pytest.raises(NotAllowed, match="Eve may not correct or release rows"):
        correct_row(kept_out.runtime, executive, row=number, fields={"units": "3"}, note="x")
    moved = {"units": "3", "touchpoint": "delivery"}
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        correct_row(kept_out.runtime, OF_DESK, row=number, fields=moved, note="x")
    other = row_of(kept_out, "delivery").id
    with pytest.raises(NotAllowed, match=f"There is no row {other} in quarantine"):
        correct_row(kept_out.runtime, OF_DESK, row=other, fields={"units": "3"}, note="x")


def test_the_latest_correction_holds(kept_out: SmallWorld) -> None:
    correct(kept_out, units="3")
    correct(kept_out, units="4")
    assert [{"units": 4}] == kept(kept_out)


def test_a_correction_leaves_what_was_corrected_before(kept_out: SmallWorld) -> None:
    correct(kept_out, units="3")
    correct(kept_out, carrier="Post")
    assert [{"units": 3, "carrier": "Post"}] == kept(kept_out)
    correct(kept_out, carrier="")
    assert [{"units": 3}] == kept(kept_out)


def test_a_correction_of_what_was_not_seen_is_refused(kept_out: SmallWorld) -> None:
    row = row_of(kept_out)
    correct(kept_out, units="3")
    for seen, told in (
        (row.correction, "Somebody acted on this row"),
        (None, "Nothing is changed"),
    ):
        with pytest.raises(CallboardError, match=told):
            correct_row(
                kept_out.runtime,
                LOCAL_USER,
                row=row.id,
                fields={"units": "3"},
                note="x",
                seen=seen,
            )
    seen_now = row_of(kept_out).correction
    done = correct_row(
        kept_out.runtime, LOCAL_USER, row=row.id, fields={"units": "4"}, note="x", seen=seen_now
    )
    assert done.is_kept
