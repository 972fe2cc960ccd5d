"""Which SQLite library to use, and whether its write-ahead log may be trusted."""

import sqlite3
from functools import cache
from types import ModuleType
from typing import NamedTuple

Version = tuple[int, ...]

# The WAL-reset race (SQLite 3.7.0 to 3.51.2) may corrupt a file; these carry the repair.
_REPAIRED_SERIES = (((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51)))
_REPAIRED_FROM = (3, 51, 3)


class SqliteLibrary(NamedTuple):
    """The driver module, and the journal mode that is safe with the library behind it."""

    module: ModuleType
    journal_mode: str


def is_wal_safe(version: Version) -> bool:
    """Whether this SQLite has the repair of the WAL-reset race (sqlite.org, March 2026)."""
    if version >= _REPAIRED_FROM:
        return True
    return any(low <= version < high for low, high in _REPAIRED_SERIES)


@cache
def find_sqlite() -> SqliteLibrary:
    """Prefer pysqlite3, which carries its own library; else the standard library's."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - there is no such wheel on every platform
    except ImportError:
        return choose_journal(sqlite3)
    return choose_journal(dbapi2)


def choose_journal(module: ModuleType) -> SqliteLibrary:
    """Write ahead where that is safe; otherwise the slower rollback journal."""
    is_safe = is_wal_safe(tuple(module.sqlite_version_info))
    return SqliteLibrary(module, "WAL" if is_safe else "DELETE")
