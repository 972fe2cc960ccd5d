"""What series are judged by: their last periods, with parts, segments, season and baseline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.baselines import chosen_periods, rows_before
from callboard.services.readings.breaks import last_segments
from callboard.services.readings.changes import last_changes, without_changing
from callboard.services.readings.fractions import fractions_of
from callboard.services.readings.period_windows import last_periods
from callboard.services.readings.seasons import places_of, seasons_of
from callboard.services.readings.series import ReadingTable
from callboard.services.readings.volumes import guard_volumes
from metrics.adjusting import judge_in_season
from metrics.chosen import Chosen
from metrics.judgement import Judgements
from metrics.laney import Fractions
from metrics.limits import Baseline, Floats, Ints, lay_baseline
from metrics.model import Better
from metrics.profiles import Profile, method_of
from metrics.season import Seasons
from metrics.segments import group_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What series are judged by, all series x points: their values, parts, segments, places.

    `older` are the longer histories of those rows whose baseline lies before this one.
    """

    values: Floats
    better: Sequence[Better]
    segments: Ints
    fractions: Fractions
    seasons: Seasons
    places: Ints
    chosen: Chosen | None = None
    older: tuple[tuple[tuple[int, ...], "History"], ...] = ()

    def judge(self) -> Judgements:
        """The series judged, each by its own baseline."""
        found = judge_in_season(
            self.values,
            self.seasons,
            self.places,
            better=self.better,
            segments=self.segments,
            chosen=self.chosen,
            fractions=self.fractions,
        )
        for rows, longer in self.older:
            found = found.with_series(rows, longer.judge())
        return found

    def baseline_of(self, row: int) -> tuple[int, int] | None:
        """How many periods before the newest the baseline of a series began, and ended."""
        for rows, longer in self.older:
            if row in rows:
                return longer.baseline_of(rows.index(row))
        laid = self.lay(slice(row, row + 1))
        made_by = np.flatnonzero(laid.feeds[0] & (laid.groups[0] == laid.groups[0, -1]))
        newest = self.values.shape[1] - 1
        return (newest - int(made_by[0]), newest - int(made_by[-1])) if len(made_by) else None

    def lay(self, rows: slice = slice(None)) -> Baseline:
        """Which points make the limits of some series, but for those of longer histories."""
        return lay_baseline(
            self.values[rows],
            method=method_of(Profile.CALLBOARD),
            segments=self.segments[rows],
            chosen=self.chosen and self.chosen.of(rows),
        )

    def follows(self, row: int, periods: Ints, *, judged: int | None = None) -> bool:
        """Whether periods so many before the newest make limits, as a baseline, of those judged.

        They are in a segment of the last ones `judged`, which are all but in a longer history.
        """
        width = self.values.shape[1]
        for rows, longer in self.older:
            if row in rows:
                return longer.follows(rows.index(row), periods, judged=width)
        if self.chosen is None:
            return False
        columns = width - 1 - periods[(periods >= 0) & (periods < width)]
        segments = self.segments[row]
        reach = np.isin(segments[columns], segments[-(judged or width) :])
        return bool((self.chosen.only[row, columns] & reach).any())

    def in_no_season(self) -> "History":
        """The same history, of which no season is taken out."""
        older = tuple((rows, longer.in_no_season()) for rows, longer in self.older)
        return replace(self, seasons=self.seasons.unused(), older=older)

    def before(self, points: int) -> "History":
        """The history without its last points."""
        return replace(
            self,
            values=self.values[:, :-points],
            segments=self.segments[:, :-points],
            places=self.places[:, :-points],
            chosen=self.chosen and self.chosen.before(points),
            older=tuple((rows, longer.before(points)) for rows, longer in self.older),
            fractions=replace(
                self.fractions,
                numerator=self.fractions.numerator[:, :-points],
                denominator=self.fractions.denominator[:, :-points],
            ),
        )


def take_history(
    table: ReadingTable, definitions: Definitions, ends: Ints, *, periods: int
) -> History:
    """The last `periods` up to each series' end, as they are judged."""
    whole = without_changing(table, definitions)
    values = last_periods(whole.sound(), ends, periods)
    places = places_of(table, ends, periods)
    changes = last_changes(table, definitions, ends, periods=periods)
    segments = last_segments(table, ends, periods) + changes
    chosen = chosen_periods(table, ends, periods)
    found = History(
        values=values,
        better=[definitions.metrics[key.metric].better for key in table.keys],
        segments=segments,
        fractions=fractions_of(whole, definitions, ends=ends, periods=periods),
        seasons=seasons_of(whole, definitions, values, places, ends=ends),
        places=places,
        chosen=chosen and _in_force(chosen, values, segments),
    )
    older = _older(found, table, definitions, ends)
    return replace(found, older=older) if older else found


def _in_force(chosen: Chosen, values: Floats, segments: Ints) -> Chosen:
    groups = group_numbers(values.shape, segments)
    least = method_of(Profile.CALLBOARD).trial_from
    return chosen.in_force(~np.isnan(values), groups, least=least)


def _older(
    found: History, table: ReadingTable, definitions: Definitions, ends: Ints
) -> tuple[tuple[tuple[int, ...], History], ...]:
    """The longer histories of the series whose baseline begins before theirs."""
    rows = rows_before(table, ends, found.values.shape[1])
    far = [row for row in rows if table.older and table.older.find(table.keys[row]) is not None]
    near = [row for row in rows if row not in far]
    sources = ((far, table.older), (near, table))
    return tuple(
        (tuple(mine), _longer(found, table, source, definitions, ends, rows=mine))
        for mine, source in sources
        if mine and source is not None
    )


def _longer(
    found: History,
    table: ReadingTable,
    source: ReadingTable,
    definitions: Definitions,
    ends: Ints,
    *,
    rows: list[int],
) -> History:
    """The history of some series from the first period of `source` on.

    Season and kind of chart stay. Where a segment has no baseline, the periods that were judged
    without the longer history make its limits, and no others.
    """
    at = [source.keys.index(table.keys[row]) for row in rows]
    older = guard_volumes(source.only(at), definitions)
    reached = ends[rows] + len(source.axis) - len(table.axis)
    periods = max(found.values.shape[1], int(reached.max()) + 1)
    longer = take_history(older, definitions, reached, periods=periods)
    judged = np.minimum(found.values.shape[1], ends[rows] + 1)
    return replace(
        longer,
        seasons=found.seasons.of(np.array(rows)),
        fractions=replace(longer.fractions, charts=found.fractions.charts[rows]),
        chosen=longer.chosen and longer.chosen.last_ones(judged),
    )
