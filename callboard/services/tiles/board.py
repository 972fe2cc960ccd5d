"""The series behind a page of tiles: read once, judged together, tiles made of those shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from callboard import figures
from callboard.access import Scope
from callboard.services.comparing.standing import rank_tiles
from callboard.services.promising.comment_reading import NoteKey, read_notes
from callboard.services.readings.coverage import Coverage, Coverages
from callboard.services.readings.judging import Judged, judge_table
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.seasons import history_of, read_weekday_effects
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.services.tiles.badge_cards import read_grounds
from callboard.services.tiles.badges import FeedTrusts
from callboard.services.tiles.headlines import Fate
from callboard.services.tiles.past import Past
from callboard.services.tiles.seen_feeds import judge_seen, seen_states
from callboard.services.tiles.tile_making import TileMaker
from callboard.services.tiles.today import read_today
from callboard.storage.engine import Connection
from callboard.storage.runs import FeedState, read_feed_states
from callboard.views import Note, Tile
from metrics.calendar import Period, calendar_for
from metrics.concerns import with_lost_year
from metrics.model import Grain

OFFERED = 400  # the longest history that a page offers
NO_FATES: Mapping[int, Fate] = MappingProxyType({})
MOST_LATE = 26  # how many periods a feed may lag behind and still be judged at its own last one


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which tiles were asked for; `touchpoints` are within `scope`, all that the actor may read.

    `period` is the ISO first day of a period; None, and what is no complete period, mean the
    latest complete one. `only`: of these nothing but what is named, as `touchpoint/metric`.
    """

    grain: Grain
    period: str | None
    scope: Scope
    touchpoints: frozenset[str]
    metrics: tuple[str, ...]
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Judged series and all that their tiles are made of; lives as long as its connection."""

    runtime: Runtime
    connection: Connection
    scope: Scope
    period: Period
    latest: Period
    states: dict[str, FeedState]
    coverages: Coverages
    trusts: FeedTrusts
    judged: Judged
    only: frozenset[str] | None = None

    @property
    def rows(self) -> list[int]:
        """The series that have a complete period to tell of, and were asked for."""
        found = [row for row, end in enumerate(self.judged.ends.tolist()) if end >= 0]
        if self.only is None:
            return found
        keys = self.judged.table.keys
        return [row for row in found if f"{keys[row].touchpoint}/{keys[row].metric}" in self.only]

    def concern(self, row: int, fate: Fate | None = None) -> float:
        """How much a series needs a look, to sort by; its year counts where its fate is known."""
        score = float(self.judged.concerns[row])
        return (
            with_lost_year(score, self.judged.variations[row]) if fate and fate.is_lost else score
        )

    def tiles(self, rows: Sequence[int], fates: Mapping[int, Fate] = NO_FATES) -> dict[int, Tile]:
        """The tiles of some series; what becomes of their years is told where it is in `fates`."""
        keys = [self.judged.table.keys[row] for row in rows]
        maker = TileMaker(
            definitions=self.runtime.definitions,
            judged=self.judged,
            past=Past(
                tables=[self.judged.table, *self._year_ago(rows)],
                weekdays=read_weekday_effects(
                    self.runtime,
                    self.connection,
                    keys,
                    until=self.period.end,
                    coverages=self.coverages,
                ),
                holidays=frozenset(self.runtime.workspace.holidays),
            ),
            trusts=self.trusts,
            ranked=rank_tiles(
                self.runtime,
                self.connection,
                [(key.touchpoint, key.metric) for key in keys],
                coverages=self.coverages,
                scope=self.scope,
            ),
            today=read_today(self.runtime, self.connection, keys, states=self.states),
            notes=self._notes(rows),
            lost=frozenset(row for row in rows if row in fates and fates[row].is_lost),
        )
        made = ((row, maker.make(row)) for row in rows)
        return {row: tile for row, tile in made if tile is not None}

    def _notes(self, rows: Sequence[int]) -> dict[NoteKey, Note]:
        """What people say of the periods that are shown."""
        starts = {self.judged.table.keys[row]: self.judged.period_start(row) for row in rows}
        told = {key: start for key, start in starts.items() if start is not None}
        return read_notes(self.connection, told, grain=self.period.grain)

    def period_options(self) -> tuple[tuple[str, str], ...]:
        """The complete periods to choose from, newest first: ISO first day and label."""
        calendar = calendar_for(self.period.grain)
        found = [self.latest]
        first = min(
            (each.first_day for each in self.states.values() if each.first_day), default=None
        )
        while len(found) < OFFERED and first is not None and found[-1].start > first:
            found.append(calendar.previous(found[-1]))
        return tuple((each.start.isoformat(), calendar.label(each)) for each in found)

    def complete_to(self) -> str:
        """The last day whose figures are whole: `Sun 21 Nov 2026`."""
        return figures.period_label(Grain.DAY, self.last_whole_day())

    def last_whole_day(self) -> date:
        """The newest day that is whole for some metric."""
        return _last_whole_day(self.runtime, self.coverages)

    def _year_ago(self, rows: Sequence[int]) -> list[ReadingTable]:
        """The readings a year before, of what is shown, unless they were read already."""
        table = self.judged.table
        calendar = calendar_for(self.period.grain)
        starts = {start for row in rows if (start := self.judged.period_start(row)) is not None}
        matches = [
            match
            for start in starts
            for match in calendar.same_last_year(calendar.period_of(start)).periods
        ]
        if not matches or min(matches).start >= table.starts()[0]:
            return []
        wanted = Wanted(
            touchpoints=frozenset(table.keys[row].touchpoint for row in rows),
            metrics={table.keys[row].metric for row in rows},
            grain=self.period.grain,
            first=min(matches).start,
            last=max(matches).start,
            with_targets=False,
        )
        return [read_table(self.runtime, self.connection, wanted, self.coverages)]


def read_board(runtime: Runtime, connection: Connection, asked: Asked) -> Board:
    """Read and judge what was asked for, with as much history as the limits stand on."""
    states = read_feed_states(connection)
    coverages = Coverages(runtime, states)
    latest = calendar_for(asked.grain).last_complete(_last_whole_day(runtime, coverages))
    period = choose_period(asked.period, latest)
    wanted = Wanted(
        touchpoints=asked.touchpoints,
        metrics=_not_retired(runtime, asked.metrics, period),
        grain=asked.grain,
        first=_first_needed(runtime, coverages, period),
        last=period.start,
    )
    table = read_table(runtime, connection, wanted, coverages)
    days = read_rare_days(runtime, connection, table, coverages, until=period.start)
    return Board(
        runtime=runtime,
        connection=connection,
        scope=asked.scope,
        period=period,
        latest=latest,
        states=states,
        coverages=coverages,
        trusts=_trusts(runtime, connection, asked.scope, states),
        judged=judge_table(table, runtime.definitions, until=period.start, days=days),
        only=asked.only,
    )


def _trusts(
    runtime: Runtime, connection: Connection, scope: Scope, states: dict[str, FeedState]
) -> FeedTrusts:
    """The badges of feeds as far as the scope goes; nothing is left out of one that has all."""
    grounds = read_grounds(runtime, connection, states)
    is_all = scope.touchpoints >= set(runtime.definitions.touchpoints)
    mine = None if is_all else scope.touchpoints
    seen = seen_states(runtime, states, touchpoints=mine, waiting=grounds.quarantined)
    return judge_seen(runtime, seen, touchpoints=mine, grounds=grounds)


def _not_retired(runtime: Runtime, metrics: Sequence[str], period: Period) -> list[str]:
    known = runtime.definitions.metrics
    return [
        code
        for code in metrics
        if (retired := known[code].retired) is None or retired > period.start
    ]


def _last_whole_day(runtime: Runtime, coverages: Coverages) -> date:
    """The newest day that is whole for some metric; yesterday while nothing was read yet."""
    yesterday = runtime.clock.today(runtime.workspace.time_zone) - timedelta(days=1)
    return max((each.last for each in _coverage_of_all(runtime, coverages)), default=yesterday)


def _coverage_of_all(runtime: Runtime, coverages: Coverages) -> list[Coverage]:
    return [
        coverages.of(metric, touchpoint)
        for metric in runtime.definitions.metrics.values()
        for touchpoint in runtime.definitions.touchpoints
    ]


def _first_needed(runtime: Runtime, coverages: Coverages, period: Period) -> date:
    calendar = calendar_for(period.grain)
    newest = min((each.last for each in _coverage_of_all(runtime, coverages)), default=period.end)
    first, late = period, 0
    while late < MOST_LATE and first.end > newest:
        first, late = calendar.previous(first), late + 1
    for _ in range(history_of(period.grain) - 1):
        first = calendar.previous(first)
    return first.start
