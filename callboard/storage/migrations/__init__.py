"""Brings the store to the schema of this version: whole or not at all, after a backup."""

from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from callboard.errors import StoreUnavailable
from callboard.storage.engine import snapshot, write

_HERE = Path(__file__).parent


def migrate(engine: Engine) -> None:
    """Make the store current; a SQLite file that holds something is copied beside itself first.

    A kill at any moment leaves the old schema or the new one. StoreUnavailable for a store that a
    newer Callboard has made.
    """
    before = current_revision(engine)
    if before == _newest():
        return
    if before is not None:
        _refuse_unknown(before)
        _back_up(engine, before)
    with write(engine) as conn:
        config = _config()
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the store has exactly the schema of this version."""
    return current_revision(engine) == _newest()


def current_revision(engine: Engine) -> str | None:
    """The revision the store is at; None for an empty store."""
    with snapshot(engine) as conn:
        return _revision(conn)


def _revision(conn: Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return config


def _newest() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "the package carries its migrations"
    return head


def _refuse_unknown(revision: str) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision not in known:
        raise StoreUnavailable(
            f"The store has the schema {revision!r} of a newer Callboard; expected one of "
            f"{', '.join(sorted(known))}. Upgrade Callboard, or restore a backup made before."
        )


def _back_up(engine: Engine, revision: str) -> None:
    """Copy a SQLite file to `<name>.before-<revision>.db`; other engines have their own backups."""
    if engine.dialect.name != "sqlite":
        return
    path = Path(str(engine.url.database))
    copy = path.with_name(f"{path.stem}.at-{revision}.db")
    unfinished = copy.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with closing(engine.raw_connection()) as connection:
        _copy(connection, unfinished)
    unfinished.replace(copy)


def _copy(connection: DBAPIConnection, target: Path) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM INTO ?", (str(target),))
