"""Turns a database's own errors into StoreUnavailable, in sentences that give nothing away."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from callboard.errors import StoreUnavailable

_SENTENCES = (
    (
        ("locked", "lock timeout", "QueuePool"),
        "The store is busy with another change. Nothing was changed here; try again in a moment.",
    ),
    (
        ("disk is full", "No space left"),
        "The disk that holds the store is full. Nothing was changed; free some space.",
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
        ("readonly", "read-only", "permission denied"),
        "The store cannot be written to. Check the rights on its folder or of its database user.",
    ),
    (
        ("statement timeout", "interrupted"),
        "The store took too long to answer. Try again, or ask for a shorter span of time.",
    ),
)
_OTHERWISE = "The store did not answer. Check that its database is running and reachable."


@contextmanager
def said_plainly() -> Iterator[None]:
    """Raise StoreUnavailable in place of a database error; the original stays for the log.

    A broken constraint is let through: it says that a caller is wrong, not that the store is.
    """
    try:
        yield
    except (IntegrityError, psycopg.IntegrityError):
        raise
    except (DBAPIError, PoolTimeout, psycopg.Error) as error:
        raise StoreUnavailable(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    told = str(error)
    return next((plain for signs, plain in _SENTENCES if any(s in told for s in signs)), _OTHERWISE)
