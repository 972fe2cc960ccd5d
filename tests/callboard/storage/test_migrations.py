import os
import random
import shutil
import signal
import sqlite3
from itertools import count
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError

import callboard.storage.alert_tables
import callboard.storage.baseline_tables
import callboard.storage.benchmark_tables
import callboard.storage.break_tables
import callboard.storage.trust_tables
import callboard.storage.upkeep_tables  # noqa: F401 - they complete the metadata
from callboard.errors import StoreUnavailable
from callboard.storage.engine import open_store, snapshot, write
from callboard.storage.migrations import MIGRATIONS, current_revision, is_current, migrate
from callboard.storage.tables import metadata
from tests.kills import duration, kill_after, needs_fork, start

NEWEST = "0016"
OF_TRUST = (
    *("quarantine_act", "correction", "waiver", "waiver_act"),
    *("slice_day", "slice_run", "told_badge", "notice", "notice_delivery"),
)
OF_SCREENS = (
    *("signal_act", "annotation", "annotation_act", "journey_edit"),
    *("series_target", "series_target_act", "commentary", "commentary_act"),
    *("saved_view", "follow", "actor_setting", "pack"),
    *("hand_over", "hand_over_act", "own_touchpoint", "alert_standing", "digest_sending"),
    "passage",
)
KEPT_UP = ("entity_name", "peer_set_edit", "parked_row")
# An upgrade as it will come one day: a further step, on a store that holds something.
NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("series") as series:
        series.add_column(sa.Column("colour", sa.Text))
    {more}
"""


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    return with_next_step(tmp_path, "")


def with_next_step(tmp_path: Path, more: str) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, dirs_exist_ok=True)
    (folder / "versions" / "9999_next.py").write_text(NEXT_STEP.format(newest=NEWEST, more=more))
    return folder


def tables(store: Engine) -> set[str]:
    with snapshot(store) as conn:
        return set(inspect(conn).get_table_names()) - {"alembic_version"}


def make(url: str, folder: Path = MIGRATIONS) -> None:
    store = open_store(url)
    migrate(store, folder=folder)
    store.dispose()


def test_a_migrated_store_has_exactly_the_tables_that_the_code_knows(store: Engine) -> None:
    with snapshot(store) as conn:
        assert [] == compare_metadata(MigrationContext.configure(conn), metadata)
    assert is_current(store)


def test_an_empty_database_is_not_current(database_url: str) -> None:
    store = open_store(database_url)
    assert not is_current(store)
    assert current_revision(store) is None


def test_a_step_up_down_and_up_again_ends_where_it_began(database_url: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    store = open_store(database_url)
    for direction, revision in [
        (command.upgrade, "head"),
        (command.downgrade, "base"),
        (command.upgrade, "head"),
    ]:
        with write(store) as conn:
            config.attributes["connection"] = conn
            direction(config, revision)
        assert (revision == "head") == bool(tables(store))
    with snapshot(store) as conn:
        assert [] == compare_metadata(MigrationContext.configure(conn), metadata)


@pytest.mark.parametrize(
    ("version", "gained"), [(1, ["break", "baseline"]), (2, ["baseline"]), (3, [])]
)
def test_an_older_store_keeps_what_it_holds_and_gains_tables(
    database_url: str, tmp_path: Path, version: int, gained: list[str]
) -> None:
    first = tmp_path / "first"
    shutil.copytree(MIGRATIONS, first)
    for later in (first / "versions").glob("0*.py"):
        if int(later.name[:4]) > version:
            later.unlink()
    make(database_url, first)
    store = open_store(database_url)
    with write(store) as conn:
        conn.execute(text("INSERT INTO series VALUES (1, 'desk', 'csat', '', '')"))
    before = tables(store)
    migrate(store)
    new = {f"series_{name}{what}" for name in gained for what in ("", "_act")}
    new |= {"submission_detail", "benchmark_removal", "returned_row"}
    new |= {f"{name}{what}" for name in KEPT_UP for what in ("", "_act")}
    new |= {"mapping_memory", "renewal_act", *OF_TRUST, *OF_SCREENS}
    assert before | new == tables(store)
    with snapshot(store) as conn:
        assert [] == compare_metadata(MigrationContext.configure(conn), metadata)
        assert "desk" == conn.execute(text("SELECT touchpoint FROM series")).scalar_one()


def test_a_second_migration_changes_nothing_and_copies_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    make(url)
    before = (tmp_path / "store.db").read_bytes()
    make(url)
    assert before == (tmp_path / "store.db").read_bytes()
    assert {"store.db"} == {path.name for path in tmp_path.iterdir()}


def test_a_sqlite_store_is_copied_before_it_is_upgraded(tmp_path: Path, next_version: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    make(url)
    with write(open_store(url)) as conn:
        conn.execute(text("INSERT INTO series VALUES (1, 'desk', 'csat', '', '')"))
    make(url, next_version)
    with sqlite3.connect(tmp_path / f"store.at-{NEWEST}.db") as copy:
        assert [(NEWEST,)] == copy.execute("SELECT version_num FROM alembic_version").fetchall()
        assert [("desk",)] == copy.execute("SELECT touchpoint FROM series").fetchall()


def test_a_copy_that_cannot_be_made_stops_the_upgrade(tmp_path: Path, next_version: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    make(url)
    (tmp_path / f"store.at-{NEWEST}.part").mkdir()
    store = open_store(url)
    with pytest.raises((StoreUnavailable, OSError)):
        migrate(store, folder=next_version)
    assert NEWEST == current_revision(store)


def test_a_store_of_a_newer_version_is_refused_with_what_to_do(
    database_url: str, next_version: Path
) -> None:
    make(database_url, next_version)
    with pytest.raises(StoreUnavailable, match=r"newer Callboard.*Upgrade Callboard"):
        make(database_url)


def test_a_step_that_fails_in_the_middle_leaves_the_old_schema(
    database_url: str, tmp_path: Path
) -> None:
    make(database_url)
    store = open_store(database_url)
    before = tables(store)
    with pytest.raises(ZeroDivisionError):
        migrate(store, folder=with_next_step(tmp_path, "1 / 0"))
    assert before == tables(store)
    migrate(store, folder=with_next_step(tmp_path, ""))
    assert before | {"later"} == tables(store)


@needs_fork
def test_two_processes_that_start_at_once_make_one_store(database_url: str) -> None:
    children = [start(make, database_url) for _ in range(3)]
    assert ["done"] * 3 == [told.recv() for _, told in children]
    for child, _ in children:
        child.join()
    assert is_current(open_store(database_url))


@needs_fork
def test_a_killed_migration_leaves_the_old_schema_or_the_new(
    database_url: str, next_version: Path, request: pytest.FixtureRequest
) -> None:
    longest = duration(make, database_url)
    chance = random.Random(20261122)
    for number in range(20):
        url = _fresh(database_url, number, request)
        kill_after(chance.uniform(0, longest), make, url)
        store = open_store(url)
        assert tables(store) in (set(), set(metadata.tables))
        assert is_current(store) == bool(tables(store))
        store.dispose()
        make(url)
        assert is_current(store)
        store.dispose()


def _fresh(url: str, number: int, request: pytest.FixtureRequest) -> str:
    if url.startswith("sqlite"):
        return url.replace("empty.db", f"empty_{number}.db")
    return str(request.getfixturevalue("new_postgres_database")(""))


@needs_fork
def test_the_usual_way_to_run_alembic_is_stuck_for_good_after_a_kill(tmp_path: Path) -> None:
    """Why there is an environment of our own: SQLAlchemy's defaults commit each table for itself."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    kill_after(20, migrate_as_usual, url, 25)
    engine = create_engine(url)
    assert (
        0 < len(set(inspect(engine).get_table_names()) - {"alembic_version"}) < len(metadata.tables)
    )
    engine.dispose()
    with pytest.raises(OperationalError, match="already exists"):
        migrate_as_usual(url, killed_at=0)


def migrate_as_usual(url: str, killed_at: int) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(url)
    statements = count(1)

    @event.listens_for(engine, "after_cursor_execute")
    def _die(*_: object) -> None:
        if next(statements) == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with engine.connect() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
