"""What a chart of one series is made of: its periods and, where its events are rare, its days."""

from dataclasses import dataclass

from callboard.services.readings.coverage import Coverages
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.segments import read_segments
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from metrics.calendar import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartReadings:
    """The periods, and the days where events are rare."""

    table: ReadingTable
    days: ReadingTable | None = None


def read_periods(
    runtime: Runtime,
    connection: Connection,
    wanted: Wanted,
    coverages: Coverages,
    *,
    told: Period,
) -> ChartReadings:
    """Return what is wanted, with the days that the events of the period told are judged by."""
    table = (
        read_segments(runtime, connection, wanted, coverages).segments
        if wanted.dimension
        else read_table(runtime, connection, wanted, coverages)
    )
    days = read_rare_days(
        runtime, connection, table, coverages, until=told.start, dimension=wanted.dimension
    )
    return ChartReadings(table=table, days=days)
