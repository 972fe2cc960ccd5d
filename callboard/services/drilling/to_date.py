"""Quarter and year to date against target, and where the year will end, for all that has one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from callboard import figures
from callboard.access import Actor
from callboard.services.drilling.sums_to_date import SumsToDate, read_sums_to_date
from callboard.services.drilling.year_end_words import fine_enough
from callboard.services.readings.series import ReadingTable
from callboard.services.readings.year_ends import FoundYearEnd
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.services.tiles.fates import read_year, year_end_of, year_target
from callboard.services.tiles.overview import order_rows
from callboard.storage.engine import Connection, snapshot
from callboard.views import Meaning, ToDate, ToDateRow
from metrics.calendar import Period, calendar_for
from metrics.model import Better, Grain, Metric, Unit
from metrics.year_end import Outcome, year_of

MOST = 100
_WORDS = {
    Outcome.MISSED: ("out of reach", Meaning.BAD),
    Outcome.LIKELY_MISSED: ("likely missed", Meaning.BAD),
    Outcome.OPEN: ("too close to call", Meaning.NEUTRAL),
    Outcome.LIKELY_KEPT: ("likely met", Meaning.GOOD),
    Outcome.KEPT: ("safe", Meaning.GOOD),
}
_ENDED = {Outcome.MISSED: ("missed", Meaning.BAD), Outcome.KEPT: ("met", Meaning.GOOD)}
_SO_FAR = {True: ("met so far", Meaning.NEUTRAL), False: ("missed so far", Meaning.NEUTRAL)}
_ORDER = [
    *("out of reach", "missed", "likely missed", "missed so far", "too close to call"),
    *("met so far", "likely met", "met", "safe", ""),
]


class _Promise(NamedTuple):
    """A series and its target at the year's end."""

    touchpoint: str
    metric: Metric
    target: float


def read_to_date(
    runtime: Runtime,
    actor: Actor,
    *,
    grain: Grain,
    period: str | None = None,
    touchpoints: tuple[str, ...] = (),
    pillar: str = "",
) -> ToDate:
    """Return every promise of the choice with a target, what needs a look first, `MOST` of them.

    To the last whole day, or to the end of an earlier `period`. NotAllowed for a touchpoint outside
    the actor's scope.
    """
    scope = open_scope(runtime, actor)
    with_targets = tuple(
        code
        for code, metric in runtime.definitions.metrics.items()
        if (not pillar or metric.pillar == pillar)
        and metric.better in (Better.HIGHER, Better.LOWER)
    )
    asked = Asked(
        grain=grain,
        period=period,
        scope=scope,
        touchpoints=narrow(scope, touchpoints),
        metrics=with_targets,
    )
    with snapshot(runtime.store) as connection:
        board = read_board(runtime, connection, asked)
        return _to_date(board, connection)


def _to_date(board: Board, connection: Connection) -> ToDate:
    first, _ = year_of(board.period)
    until = _until(board, first)
    found = {
        row: promise for row in order_rows(board) if (promise := _promise(board, row)) is not None
    }
    promises = dict(list(found.items())[:MOST])
    keys = [board.judged.table.keys[row] for row in promises]
    touchpoints = frozenset(key.touchpoint for key in keys)
    metrics = {key.metric for key in keys}
    sums = read_sums_to_date(
        board.runtime,
        connection,
        metrics=metrics,
        touchpoints=touchpoints,
        until=until,
        coverages=board.coverages,
    )
    year = read_year(board, list(promises))
    told = [_row(board, row, promise, year=year, sums=sums) for row, promise in promises.items()]
    view = _view(sorted(told, key=_place), until, board.period)
    return replace(view, hidden_count=len(found) - len(promises))


def _until(board: Board, first: Period) -> date:
    """The last day that is told, of the year of the told period: its end and target are told."""
    newest = board.last_whole_day() if board.period == board.latest else board.period.end
    return min(newest, date(first.end.year, 12, 31))


def _promise(board: Board, row: int) -> _Promise | None:
    key, target = board.judged.table.keys[row], year_target(board, row)
    metric = board.runtime.definitions.metrics[key.metric]
    return None if target is None else _Promise(key.touchpoint, metric, target)


def _row(
    board: Board, row: int, promise: _Promise, *, year: ReadingTable, sums: SumsToDate
) -> ToDateRow:
    metric, touchpoint = promise.metric, promise.touchpoint
    begins = sums.until.replace(month=1, day=1)
    quarter, whole = (
        sums.value(metric, touchpoint, first) for first in (_quarter(sums.until), begins)
    )
    found = year_end_of(board, row, promise.target, year)
    word, meaning = _word(found, promise, whole)
    return ToDateRow(
        metric=metric.code,
        metric_name=metric.name,
        touchpoint=touchpoint,
        touchpoint_name=board.runtime.definitions.touchpoints[touchpoint].name,
        quarter_text=figures.format_short(metric, quarter),
        year_text=figures.format_short(metric, whole),
        target_text=figures.format_short(metric, promise.target),
        range_text=_range(metric, found).split(" per ")[0],
        base_text=figures.unit_text(metric) if metric.unit is Unit.PER else "",
        word=word,
        meaning=meaning,
        unit_text=figures.unit_text(metric),
        quarter=quarter,
        year=whole,
        target=promise.target,
        low=found.end.low if found else None,
        high=found.end.high if found else None,
    )


def _word(
    found: FoundYearEnd | None, promise: _Promise, so_far: float | None
) -> tuple[str, Meaning]:
    if found is not None:
        return (_WORDS if found.end.left else _ENDED)[found.end.outcome]
    if so_far is None:
        return "", Meaning.NONE
    is_up = promise.metric.better is Better.HIGHER
    return _SO_FAR[so_far >= promise.target if is_up else so_far <= promise.target]


def _range(metric: Metric, found: FoundYearEnd | None) -> str:
    if found is None:
        return figures.NO_VALUE
    finer = fine_enough(metric, found.end, found.aim)
    low, high = found.end.low, found.end.high
    if figures.format_value(finer, low) == figures.format_value(finer, high):
        return figures.format_value(finer, low)
    return figures.format_interval(finer, low, high)


def _quarter(day: date) -> date:
    """The first day of the quarter that a day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _place(row: ToDateRow) -> tuple[int, str, str]:
    return _ORDER.index(row.word), row.metric_name, row.touchpoint_name


def _view(rows: Sequence[ToDateRow], until: date, told: Period) -> ToDate:
    words = [row.word for row in rows]
    counts = [f"{words.count(word)} {word}" for word in _ORDER if word and word in words]
    return ToDate(
        year=str(until.year),
        quarter=f"Q{(until.month + 2) // 3}",
        until=figures.format_day(until),
        whole_periods=f"{told.grain.value}s to {calendar_for(told.grain).label(told, near=told)}",
        summary=", ".join(counts),
        rows=tuple(rows),
        hidden_count=0,
    )
