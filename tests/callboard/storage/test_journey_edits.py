"""Versions of journeys are kept alike on both engines, the latest first, and for good."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.journeys import JourneyEdit, add_journey_edit, read_journey_edits
from callboard.storage.publications import latest_publication

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FIRST = JourneyEdit(
    journey="customer",
    document='{"name": "Tromsø"}',
    file_hash="ab" * 32,
    note="drawn with all departments",
    actor="kim",
    at=NOW,
)
LATER = replace(FIRST, document="{}", file_hash="", note="", at=NOW + timedelta(hours=1))


def _keep(store: Engine, *edits: JourneyEdit) -> list[int]:
    with write(store) as conn:
        return [add_journey_edit(conn, each, said=f"journey {each.journey}") for each in edits]


def test_versions_are_read_back_the_newest_first(store: Engine) -> None:
    one, two = _keep(store, FIRST, LATER)
    with snapshot(store) as conn:
        assert (
            replace(LATER, id=two, publication=2),
            replace(FIRST, id=one, publication=1),
        ) == read_journey_edits(conn, journey="customer")
        assert () == read_journey_edits(conn, journey="other")


def test_a_version_is_a_publication_with_its_audit_row(store: Engine) -> None:
    _keep(store, FIRST)
    with snapshot(store) as conn:
        assert 1 == latest_publication(conn)
        told = conn.execute(text("SELECT actor, action, publication FROM audit")).one()
        assert ("kim", "journey", 1) == tuple(told)
        assert () == verify_audit(conn)


@pytest.mark.parametrize("act", ["UPDATE journey_edit SET note = ''", "DELETE FROM journey_edit"])
def test_the_store_refuses_to_change_a_version(store: Engine, act: str) -> None:
    _keep(store, FIRST)
    with pytest.raises(DatabaseError, match=r"insert-only|refuse"), write(store) as conn:
        conn.execute(text(act))
    with snapshot(store) as conn:
        assert 1 == len(read_journey_edits(conn))
