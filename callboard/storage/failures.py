"""Turns a database's own errors into StoreUnavailable, in sentences that give nothing away."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import exc

from callboard.errors import StoreUnavailable

_SENTENCES = (
    (
        ("database is locked", "LockNotAvailable", "QueuePool"),
        "The store is busy with another change. Nothing was changed here; try again in a moment.",
    ),
    (
        ("disk is full", "disk I/O error", "DiskFull"),
        "The disk that holds the store is full or failing. Nothing was changed; free some space.",
    ),
    (
        ("malformed", "not a database"),
        "The store's file is damaged. Restore the latest backup, or move it away to begin anew.",
    ),
    (
        ("no such table", "no such column", "UndefinedTable", "UndefinedColumn"),
        "The store was not prepared for this version of Callboard. Start the program again.",
    ),
    (
        ("readonly", "ReadOnly", "InsufficientPrivilege"),
        "The store cannot be written to. Check the rights on its folder or of its database user.",
    ),
    (
        ("unable to open",),
        "The store's file cannot be opened. Check that it is a file, in a folder that may be "
        "written to: a log of changes stands beside it.",
    ),
    (
        ("QueryCanceled", "interrupted"),
        "The store took too long to answer. Try again, or ask for a shorter span of time.",
    ),
)
_OTHERWISE = "The store did not answer. Check that its database is running and reachable."


# A statement or a value that no store would take: the caller's mistake, not the store's trouble.
_MISTAKES = (exc.IntegrityError, exc.DataError, exc.ProgrammingError, exc.NotSupportedError)
_PLAIN_MISTAKES = (psycopg.IntegrityError, psycopg.DataError, psycopg.ProgrammingError)


@contextmanager
def said_plainly() -> Iterator[None]:
    """Raise StoreUnavailable in place of a database error; the original stays for the log.

    A broken constraint or a statement that makes no sense is let through as it is.
    """
    try:
        yield
    except (exc.DBAPIError, exc.TimeoutError, psycopg.Error) as error:
        told = getattr(error, "orig", None) or error
        sentence = _sentence(f"{type(told).__name__}: {told}")
        if not sentence and isinstance(error, _MISTAKES + _PLAIN_MISTAKES):
            raise
        raise StoreUnavailable(sentence or _OTHERWISE) from error


def _sentence(told: str) -> str:
    return next((plain for signs, plain in _SENTENCES if any(sign in told for sign in signs)), "")
