"""What becomes of the promises and of the other figures of a page; a year that is lost counts."""

from collections.abc import Sequence

import numpy as np

from callboard.services.readings.process_parts import ProcessParts, year_so_far
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.readings.targets import targets_of
from callboard.services.readings.year_ends import FoundYearEnd, find_year_end, has_year_end
from callboard.services.tiles.board import Board
from callboard.services.tiles.headlines import Fate, kept
from metrics.year_end import Outcome, year_of


def read_fates(board: Board) -> dict[int, Fate]:
    """What becomes of each series: a promise is one with a target in the told period."""
    judged = board.judged
    lost = _lost(board, [row for row in board.rows if not np.isnan(judged.targets[row])])
    return {
        row: Fate(
            kept=kept(judged.variations[row], judged.assurances[row]),
            is_promise=not np.isnan(judged.targets[row]),
            is_lost=row in lost,
        )
        for row in board.rows
    }


def year_target(board: Board, row: int) -> float | None:
    """The target of a series in force at the end of the told period's year."""
    key, (_, last) = board.judged.table.keys[row], year_of(board.period)
    targets = targets_of(board.judged.table, board.runtime.definitions)
    return targets.on(key.touchpoint, key.metric, last.end)


def read_year(board: Board, rows: Sequence[int]) -> ReadingTable:
    """The readings of some series in the year of the told period, up to it."""
    keys = [board.judged.table.keys[row] for row in rows]
    wanted = Wanted(
        touchpoints=frozenset(key.touchpoint for key in keys),
        metrics={key.metric for key in keys},
        grain=board.period.grain,
        first=year_of(board.period)[0].start,
        last=board.period.start,
        with_targets=False,
    )
    return read_table(board.runtime, board.connection, wanted, board.coverages)


def year_end_of(board: Board, row: int, target: float, year: ReadingTable) -> FoundYearEnd | None:
    """The same as on the touchpoint's page: what is known of the year in whole periods."""
    key, start = board.judged.table.keys[row], board.judged.period_start(row)
    metric = board.runtime.definitions.metrics[key.metric]
    place = year.find(key)
    if place is None or start is None or not has_year_end(metric):
        return None
    parts = ProcessParts(metric=metric, judged=board.judged, row=row)
    first, _ = year_of(parts.period)
    if start not in year.starts() or first.start < year.starts()[0]:
        return None
    told = (place, year.starts().index(start))
    return find_year_end(parts, target, year_so_far(metric, year, told, first))


def _lost(board: Board, rows: Sequence[int]) -> set[int]:
    """The series whose year is out of reach of its target, or has ended without it."""
    targets = {row: target for row in rows if (target := year_target(board, row)) is not None}
    if not targets:
        return set()
    table, (first, _) = board.judged.table, year_of(board.period)
    year = table if table.starts()[0] <= first.start else read_year(board, list(targets))
    ends = {row: year_end_of(board, row, target, year) for row, target in targets.items()}
    return {row for row, found in ends.items() if found and found.end.outcome is Outcome.MISSED}
