"""The waivers that a refresh judges by, and a mark that changes whenever they do."""

import hashlib
from collections.abc import Sequence

from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.waivers import Waiver, read_waivers


def read_waivers_in_force(conn: Connection, runtime: Runtime, feed: str) -> tuple[Waiver, ...]:
    """The waivers of a feed's rules that hold today, by the workspace's clock."""
    today = runtime.clock.today(runtime.workspace.time_zone)
    return read_waivers(conn, feed=feed, on=today)


def waivers_mark(waivers: Sequence[Waiver]) -> str:
    """A short text that tells two sets of waivers apart; "" where there are none."""
    if not waivers:
        return ""
    told = sorted((each.rule_id, each.slice_key, each.until.isoformat()) for each in waivers)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]
