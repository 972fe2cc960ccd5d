from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from callboard.errors import CallboardError
from callboard.storage.audit import append_audit, verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.tables import audit

NOW = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)


def append(store: Engine, **changed) -> str:
    row = {"actor_id": "ana", "action": "publish", "target": "submission 1", "at": NOW} | changed
    with write(store) as conn:
        return append_audit(conn, **row)


def broken(store: Engine) -> tuple[int, ...]:
    with snapshot(store) as conn:
        return verify_audit(conn)


def tamper(store: Engine, statement: str) -> None:
    """What somebody with full rights on the database could do."""
    is_sqlite = store.dialect.name == "sqlite"
    with write(store) as conn:
        for verb in ("update", "delete"):
            on = "" if is_sqlite else " ON audit"
            conn.execute(text(f"DROP TRIGGER audit_no_{verb}{on}"))
        conn.execute(text(statement))


def test_an_untouched_chain_is_whole(store: Engine) -> None:
    assert () == broken(store)
    hashes = [append(store, detail={"rows": number, "note": "ü"}) for number in range(3)]
    assert 3 == len(set(hashes))
    assert () == broken(store)


def test_each_row_carries_the_hash_of_the_one_before(store: Engine) -> None:
    first, second = append(store), append(store)
    with snapshot(store) as conn:
        rows = conn.execute(select(audit).order_by(audit.c.id)).all()
    assert [("0" * 64, first), (first, second)] == [(row.previous_hash, row.hash) for row in rows]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "TRUNCATE audit"]
)
def test_rows_can_be_neither_changed_nor_removed(store: Engine, statement: str) -> None:
    if store.dialect.name == "sqlite" and statement.startswith("TRUNCATE"):
        pytest.skip("SQLite has no TRUNCATE")
    append(store)
    with pytest.raises((CallboardError, IntegrityError, DatabaseError)), write(store) as conn:
        conn.execute(text(statement))
    assert () == broken(store)
    with snapshot(store) as conn:
        assert "ana" == conn.scalar(select(audit.c.actor))


@pytest.mark.parametrize(
    "change",
    ["actor = 'bob'", "at = '2026-11-21 00:00:00'", "detail = '{}'", "publication = 7"],
)
def test_a_changed_row_is_found(store: Engine, change: str) -> None:
    for number in range(3):
        append(store, detail={"rows": number})
    tamper(store, f"UPDATE audit SET {change} WHERE id = 2")
    assert (2,) == broken(store)


def test_a_removed_row_is_found_at_the_one_after(store: Engine) -> None:
    for _ in range(3):
        append(store)
    tamper(store, "DELETE FROM audit WHERE id = 2")
    assert (3,) == broken(store)


def test_a_publication_and_its_row_share_their_fate(store: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        publish_and_fail(store)
    with snapshot(store) as conn:
        assert [] == conn.execute(select(audit)).all()


def publish_and_fail(store: Engine) -> None:
    kind = PublicationKind.REFRESH
    with write(store) as conn:
        add_publication(conn, kind=kind, actor_id="refresh", note="", at=NOW)
        raise ZeroDivisionError


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.dictionaries(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5),
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False)),
        max_size=3,
    )
)
def test_any_detail_can_be_sealed_and_read_back(store: Engine, words) -> None:
    append(store, detail=words)
    assert () == broken(store)
