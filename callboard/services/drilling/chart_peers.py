"""The peers' band behind a control chart: only what may stand beside the chart's own values."""

from datetime import date

from callboard.services.comparing.comparability import peers_among
from callboard.services.comparing.standing import for_touchpoint, read_published
from callboard.services.readings.seasons import adds_up
from callboard.services.readings.series import ReadingTable
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.series_table import SeriesKey
from metrics.calendar import calendar_for
from metrics.model import Grain
from metrics.peers import PeerBand, spreads


def read_band(
    runtime: Runtime, connection: Connection, table: ReadingTable, key: SeriesKey, *, until: date
) -> tuple[PeerBand, ...]:
    """Return the peers' band of every period that they published and that overlaps the chart."""
    published = read_published(runtime, connection, metrics=[key.metric])[key.metric]
    found = spreads(peers_among(for_touchpoint(published, key.touchpoint)))
    first, is_count = table.starts()[0], adds_up(runtime.definitions.metrics[key.metric])
    return tuple(
        each
        for each in found
        if each.end >= first
        and each.start <= until
        and (not is_count or _is_one_period(each, table.grain))
    )


def _is_one_period(band: PeerBand, grain: Grain) -> bool:
    """Whether a band is of one whole period: a month's count says nothing beside a week's."""
    period = calendar_for(grain).period_of(band.start)
    return (period.start, period.end) == (band.start, band.end)
