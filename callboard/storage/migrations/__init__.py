"""Brings the store to the schema of this version: whole or not at all, after a backup."""

from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from callboard.errors import StoreUnavailable
from callboard.storage.engine import snapshot, write
from callboard.storage.sqlite_library import find_sqlite

MIGRATIONS = Path(__file__).parent


def migrate(engine: Engine, *, folder: Path = MIGRATIONS) -> None:
    """Make the store current; a SQLite file that holds something is copied beside itself first.

    A kill at any moment leaves the old schema or the new one. StoreUnavailable for a store that a
    newer Callboard has made, or one that cannot be copied.
    """
    before = current_revision(engine)
    if before == _newest(folder):
        return
    if before is not None:
        _refuse_unknown(before, folder)
        _back_up(engine, before)
    with write(engine) as conn:
        config = _config(folder)
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the store has exactly the schema of this version."""
    return current_revision(engine) == _newest(MIGRATIONS)


def current_revision(engine: Engine) -> str | None:
    """The revision the store is at; None for an empty store."""
    with snapshot(engine) as conn:
        return MigrationContext.configure(conn).get_current_revision()


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def _newest(folder: Path) -> str:
    head = ScriptDirectory.from_config(_config(folder)).get_current_head()
    assert head is not None, "the package carries its migrations"
    return head


def _refuse_unknown(revision: str, folder: Path) -> None:
    scripts = ScriptDirectory.from_config(_config(folder))
    known = {script.revision for script in scripts.walk_revisions()}
    if revision not in known:
        raise StoreUnavailable(
            f"The store has the schema {revision!r} of a newer Callboard; expected one of "
            f"{', '.join(sorted(known))}. Upgrade Callboard, or restore a backup made before."
        )


def _back_up(engine: Engine, revision: str) -> None:
    """Copy a SQLite file to `<name>.at-<revision>.db`; servers have backups of their own."""
    if engine.dialect.name != "sqlite":
        return
    path = Path(str(engine.url.database))
    unfinished = path.with_name(f"{path.stem}.at-{revision}.part")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(engine, unfinished)
    except find_sqlite().module.Error as error:
        raise StoreUnavailable(
            f"The store could not be copied to {unfinished.name} before its upgrade; "
            "it was left as it is. Check the free space beside it."
        ) from error
    unfinished.replace(unfinished.with_suffix(".db"))


def _copy(engine: Engine, target: Path) -> None:
    """Outside a transaction, as SQLite demands; a plain file copy of a live database is broken."""
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM INTO ?", (str(target),))
