"""Board packs in the store: under one name only, changed with an audit row, back as they were."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from callboard.errors import CallboardError
from callboard.storage.audit import count_acts, verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.packs import Pack, PackItem, add_pack, change_pack, read_pack, read_packs

AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
ITEM = PackItem(page="touchpoint", query={"touchpoint": ["délivery"], "metric": ["otd"]})


def new(name: str = "Board", *items: PackItem) -> Pack:
    return Pack(id=0, name=name, items=items, owner="ada", at=AT)


def test_a_pack_comes_back_as_it_was_kept(store: Engine) -> None:
    with write(store) as conn:
        number = add_pack(conn, new("Board", ITEM))
    with snapshot(store) as conn:
        assert replace(new("Board", ITEM), id=number) == read_pack(conn, number)


def test_a_change_is_kept_and_audited(store: Engine) -> None:
    with write(store) as conn:
        number = add_pack(conn, new())
        before = count_acts(conn)
        changed = replace(new("Other", ITEM), id=number, withdrawn=True)
        change_pack(conn, changed, actor_id="eva", note="deleted")
    with snapshot(store) as conn:
        assert (changed,) == read_packs(conn)
        assert before + 1 == count_acts(conn)
        assert () == verify_audit(conn)


def test_a_name_is_there_once(store: Engine) -> None:
    with write(store) as conn:
        add_pack(conn, new())
    with pytest.raises(IntegrityError), write(store) as conn:
        add_pack(conn, new())


def test_a_pack_there_is_not_is_said(store: Engine) -> None:
    with snapshot(store) as conn, pytest.raises(CallboardError, match="There is no board pack 7"):
        read_pack(conn, 7)
