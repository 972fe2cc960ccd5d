from datetime import UTC, datetime

from sqlalchemy import Engine

from callboard.storage.engine import snapshot, write
from callboard.storage.publications import PublicationKind, add_publication, latest_publication

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def publish(store: Engine) -> int:
    with write(store) as conn:
        return add_publication(
            conn, kind=PublicationKind.REFRESH, actor_id="refresh", note="", at=NOW
        )


def test_a_new_store_has_no_publication(store: Engine) -> None:
    with snapshot(store) as conn:
        assert 0 == latest_publication(conn)


def test_publications_are_numbered_in_the_order_of_their_commits(store: Engine) -> None:
    assert [1, 2, 3] == [publish(store) for _ in range(3)]
    with snapshot(store) as conn:
        assert 3 == latest_publication(conn)
