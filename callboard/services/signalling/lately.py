"""The signals of a board that began lately, and those that are on and were first seen lately."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from callboard.services.readings.judging import Judged
from callboard.services.readings.rare import RareSeries
from callboard.services.tiles.board import Board
from callboard.storage.series_table import SeriesKey
from metrics.beginnings import Stretch, stretches_of
from metrics.calendar import Period, calendar_for
from metrics.judgement import Judgements
from metrics.limits import Footing
from metrics.rare_words import FURTHER_APART
from metrics.signals import SIGNALS, Rule, Signal

_QUIET = (Signal.NONE, Signal.NO_DATA)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A signal of the series in `row`; `since` is its first day, `until` its last if it is over.

    `first` and `last` are its places among the judged periods, None where days between rare events
    are judged. `is_lately`: it began, or was first seen, in the periods that are asked about.
    """

    row: int
    key: SeriesKey
    signal: Signal
    rules: tuple[Rule, ...]
    since: date
    until: date | None
    is_lately: bool
    first: int | None = None
    last: int | None = None


def first_period(board: Board, periods: int) -> Period:
    """The first of so many periods up to the board's own."""
    calendar, found = calendar_for(board.period.grain), board.period
    for _ in range(periods - 1):
        found = calendar.previous(found)
    return found


def beginnings(board: Board, *, periods: int) -> tuple[Beginning, ...]:
    """Return every signal in the history that is judged, by series, oldest first."""
    start = first_period(board, periods).start
    width = board.judged.values.shape[1]
    before = board.judged.history.before(periods).judge() if periods < width else None
    found: list[Beginning] = []
    for row in board.rows:
        if rare := board.judged.rare.get(row):
            found += _rare(board.judged, row, rare, start=start)
        else:
            found += _regular(board.judged, row, before, start=start)
    return tuple(found)


def _regular(
    judged: Judged, row: int, before: Judgements | None, *, start: date
) -> Iterator[Beginning]:
    starts, newest = judged.starts(row), judged.values.shape[1] - 1
    calendar = calendar_for(judged.table.grain)
    for stretch in stretches_of(judged.found, row):
        is_on = stretch.last == newest
        since = starts[stretch.first]
        yield Beginning(
            row=row,
            key=judged.table.keys[row],
            signal=stretch.signal,
            rules=stretch.rules,
            since=since,
            until=None if is_on else calendar.period_of(starts[stretch.last]).end,
            is_lately=since >= start or (is_on and not _was_seen(before, row, stretch)),
            first=stretch.first,
            last=stretch.last,
        )


def _was_seen(before: Judgements | None, row: int, stretch: Stretch) -> bool:
    """Whether a signal that is on now was told already when the periods asked about began."""
    return before is not None and SIGNALS[before.signals[row, -1]] is stretch.signal


def _rare(judged: Judged, row: int, rare: RareSeries, *, start: date) -> Iterator[Beginning]:
    """The signals of gaps; one that the running gap makes is as young as its first long day."""
    now, found = rare.variation, rare.found
    if found.limits.footing in (Footing.NONE, Footing.GAPS):
        return
    for first, last in _runs_of(found.signals):
        since, signal = found.gaps.starts[first], found.signals[first]
        if (now.signal, now.since) == (signal, since):
            continue
        yield Beginning(
            row=row,
            key=judged.table.keys[row],
            signal=signal,
            rules=tuple(dict.fromkeys(found.rules[first : last + 1])),
            since=since,
            until=found.gaps.ends[last],
            is_lately=since >= start,
        )
    if now.signal not in _QUIET and now.since is not None:
        yield Beginning(
            row=row,
            key=judged.table.keys[row],
            signal=now.signal,
            rules=(now.rule,),
            since=now.since,
            until=None,
            is_lately=max(now.since, _seen(rare) or now.since) >= start,
        )


def _seen(rare: RareSeries) -> date | None:
    """The first day on which the running gap was longer than chance makes it, counted in days."""
    between, upper = rare.variation.between, rare.found.limits.upper
    if between is None or not between.is_long or upper is None or between.running is None:
        return None
    if rare.variation.rule not in FURTHER_APART or between.running <= upper:
        return None
    return rare.until - int(between.running - upper) * _DAY


def _runs_of(signals: tuple[Signal, ...]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each run of one signal."""
    first = 0
    for at in range(1, len(signals) + 1):
        if at == len(signals) or signals[at] is not signals[first]:
            if signals[first] not in _QUIET:
                yield first, at - 1
            first = at
