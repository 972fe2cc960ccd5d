"""The peers' band behind a control chart: only what may stand beside the chart's own values."""

from datetime import date

from callboard.services.comparing.comparability import peers_among
from callboard.services.comparing.standing import for_touchpoint, read_published
from callboard.services.readings.seasons import adds_up
from callboard.services.readings.series import ReadingTable
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.series_table import SeriesKey
from metrics.peers import PeerBand, spreads


def read_band(
    runtime: Runtime, connection: Connection, table: ReadingTable, key: SeriesKey, *, until: date
) -> tuple[PeerBand, ...]:
    """Return the peers' band of every period that they published and that overlaps the chart.

    None of what adds up: how many orders others have is their size, and no range for ours.
    """
    if adds_up(runtime.definitions.metrics[key.metric]):
        return ()
    published = read_published(runtime, connection, metrics=[key.metric])[key.metric]
    found = spreads(peers_among(for_touchpoint(published, key.touchpoint)))
    first = table.starts()[0]
    return tuple(each for each in found if each.end >= first and each.start <= until)
