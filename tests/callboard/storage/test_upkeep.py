"""What keeps benchmarks usable is kept for good, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from callboard.entities import NameKind
from callboard.errors import CallboardError
from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.entity_names import (
    NameEdit,
    add_name,
    read_names,
    restore_name,
    withdraw_name,
)
from callboard.storage.mapping_memory import KeptMapping, add_mapping, read_mappings
from callboard.storage.parked import (
    ParkedRow,
    ParkedState,
    add_parked,
    add_parked_acts,
    read_parked,
)
from callboard.storage.peer_set_edits import (
    PeerSetEdit,
    add_peer_set_edit,
    read_peer_set_edits,
    withdraw_peer_set_edit,
)
from callboard.storage.renewals import (
    RenewalAct,
    RenewalChoice,
    add_renewal_act,
    read_renewal_acts,
)
from callboard.storage.tables import audit
from callboard.storage.upkeep_tables import (
    entity_name,
    entity_name_act,
    mapping_memory,
    parked_row,
    parked_row_act,
    peer_set_edit,
    peer_set_edit_act,
    renewal_act,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NAME = NameEdit(
    id=0,
    entity="Alaska Air",
    name="Virgin America",
    kind=NameKind.MERGER,
    from_day=date(2018, 4, 25),
    reason="One certificate",
    actor="ana",
    at=NOW,
)
PEERS = PeerSetEdit(
    id=0, name="Näher", entities=("Ærø", "B, C"), reason="Same towns", actor="ana", at=NOW
)
MAPPING = KeptMapping(
    publisher="A Q R",
    publisher_plain="a_q_r",
    shape="1" * 64,
    answers="{}",
    actor="ana",
    at=NOW,
)
PARKED = ParkedRow(
    file_name="q3.csv",
    sha256="2" * 64,
    line=7,
    word="Smiles",
    raw='{"metric": "Smiles"}',
    raw_hash="3" * 64,
    answers="{}",
    request="Is it our csat?",
    asked_of="Bo",
    actor="ana",
    at=NOW,
)


def fill(store: Engine) -> tuple[int, int]:
    with write(store) as conn:
        number, edit = add_name(conn, NAME), add_peer_set_edit(conn, PEERS)
        add_mapping(conn, MAPPING)
        add_parked(conn, [PARKED, replace(PARKED, line=8)])
        add_parked_acts(conn, [2], ParkedState.DROPPED, actor_id="bo", at=LATER)
        act = RenewalAct(
            publisher="aqr", metric="otd", act=RenewalChoice.STOPPED, actor="ana", at=NOW
        )
        add_renewal_act(conn, act)
    return number, edit


def test_everything_is_read_as_it_was_kept(store: Engine) -> None:
    fill(store)
    with snapshot(store) as conn:
        (name,), (peers,) = read_names(conn), read_peer_set_edits(conn)
        assert (replace(NAME, id=1), replace(PEERS, id=1)) == (
            replace(name, acts=()),
            replace(peers, acts=()),
        )
        assert name.holds
        assert NameKind.MERGER is name.kind
        assert (replace(MAPPING, id=1),) == read_mappings(conn, publisher_plain="a_q_r")
        assert (replace(PARKED, id=1),) == read_parked(conn)
        assert RenewalChoice.STOPPED is read_renewal_acts(conn)["aqr", "otd"].act


def test_names_and_peer_sets_are_withdrawn_and_brought_back_as_publications(store: Engine) -> None:
    number, edit = fill(store)
    with write(store) as conn:
        withdraw_name(conn, number, actor_id="bo", at=LATER, note="Not yet merged")
        restore_name(conn, number, actor_id="ana", at=LATER)
        withdraw_peer_set_edit(conn, edit, actor_id="bo", at=LATER, note="Too far away")
    with snapshot(store) as conn:
        acts = conn.execute(select(audit.c.action, audit.c.detail)).all()
        assert () == verify_audit(conn)
        assert [True, False] == [read_names(conn)[0].holds, read_peer_set_edits(conn)[0].holds]
    kinds = ["name", "peers", "withdraw_name", "restore_name", "withdraw_peers"]
    assert kinds == [act.action for act in acts]
    assert "'Virgin America' is 'Alaska Air' from 2018-04-25: One certificate" in acts[0].detail
    with pytest.raises(CallboardError, match="Name 1 holds already"), write(store) as conn:
        restore_name(conn, number, actor_id="ana", at=LATER)


def test_what_was_said_is_found_by_publisher_or_by_shape_the_newest_first(store: Engine) -> None:
    with write(store) as conn:
        add_mapping(conn, MAPPING)
        add_mapping(conn, replace(MAPPING, publisher="B", publisher_plain="b", answers="[]"))
        add_mapping(conn, replace(MAPPING, shape="4" * 64, at=LATER))
    with snapshot(store) as conn:
        both = read_mappings(conn, publisher_plain="a_q_r", shape="1" * 64)
        assert [3, 2, 1] == [each.id for each in both]
        assert [3, 1] == [each.id for each in read_mappings(conn, publisher_plain="a_q_r")]
        assert () == read_mappings(conn)


def test_the_latest_act_says_what_becomes_of_a_parked_row(store: Engine) -> None:
    fill(store)
    with write(store) as conn:
        add_parked_acts(conn, [1, 2], ParkedState.TAKEN, actor_id="bo", at=LATER)
    with snapshot(store) as conn:
        assert () == read_parked(conn)
        taken = read_parked(conn, states=list(ParkedState))
    assert [(1, ParkedState.TAKEN), (2, ParkedState.TAKEN)] == [(e.id, e.state) for e in taken]


@pytest.mark.parametrize(
    "table",
    [
        *(entity_name, entity_name_act, peer_set_edit, peer_set_edit_act, mapping_memory),
        *(parked_row, parked_row_act, renewal_act),
    ],
    ids=lambda each: each.name,
)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_row_can_be_changed_or_thrown_away(store: Engine, table, verb: str) -> None:
    fill(store)
    change = update(table).values(actor="nobody") if verb == "update" else delete(table)
    with pytest.raises(DatabaseError, match="insert-only"), store.begin() as conn:
        conn.execute(change)
