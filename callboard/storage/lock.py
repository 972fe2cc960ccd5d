"""Who may refresh: one process at a time, by a lease that a dead holder cannot keep.

Times are the database's own where it has a server, so that hosts need not agree on the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Connection, Engine, Update, func, select

from callboard.errors import Busy, StoreUnavailable
from callboard.storage.engine import write
from callboard.storage.tables import refresh_lock as lease
from callboard.storage.upsert import upsert

NAME = "refresh"
BEATS = 3  # renewals in the time that a lease lasts


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A held lock. `holder` must be a name that nobody else uses: host, process, time."""

    holder: str
    time_to_live: timedelta

    def confirm(self, conn: Connection) -> None:
        """Renew the lease within the write that depends on it; Busy if another took it over."""
        now = _now(conn)
        held = _mine(self.holder).values(expires_at=now + self.time_to_live)
        if conn.execute(held).rowcount != 1:
            raise Busy("Another process has taken over the refresh; this one changed nothing.")


@contextmanager
def refresh_lock(
    engine: Engine, holder: str, time_to_live: timedelta = timedelta(seconds=60)
) -> Iterator[Lease]:
    """Hold the refresh lock, renewed in the background; Busy says who holds it instead.

    Call `confirm` in each write transaction: only then is a holder that slept too long harmless.
    """
    held = Lease(holder=holder, time_to_live=time_to_live)
    with write(engine) as conn:
        _take(conn, held)
    stopped = Event()
    beat = Thread(target=_beat, args=(engine, held, stopped), daemon=True)
    beat.start()
    try:
        yield held
    finally:
        stopped.set()
        beat.join()
        with suppress(StoreUnavailable):  # the lease then runs out by itself
            _release(engine, holder)


def _take(conn: Connection, wanted: Lease) -> None:
    now = _now(conn)
    found = conn.execute(select(lease).where(lease.c.name == NAME)).one_or_none()
    if found is not None and found.expires_at > now:
        raise Busy(
            f"{found.holder} is refreshing since {found.acquired_at:%H:%M:%S} UTC. "
            "Try again when it has finished."
        )
    times = {"acquired_at": now, "expires_at": now + wanted.time_to_live}
    upsert(conn, lease, [{"name": NAME, "holder": wanted.holder, **times}])


def _beat(engine: Engine, held: Lease, stopped: Event) -> None:
    while not stopped.wait(held.time_to_live.total_seconds() / BEATS):
        try:
            with write(engine) as conn:
                held.confirm(conn)
        except StoreUnavailable:
            continue  # a long write of our own, or a pause of the server: try at the next beat
        except Busy:
            return


def _release(engine: Engine, holder: str) -> None:
    with write(engine) as conn:
        conn.execute(lease.delete().where(lease.c.name == NAME, lease.c.holder == holder))


def _mine(holder: str) -> Update:
    return lease.update().where(lease.c.name == NAME, lease.c.holder == holder)


def _now(conn: Connection) -> datetime:
    if conn.dialect.name == "postgresql":
        told: datetime = conn.execute(select(func.clock_timestamp())).scalar_one()
        return told.astimezone(UTC)
    return datetime.now(UTC)
