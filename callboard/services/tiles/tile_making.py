"""Tiles: everything one of them shows, put together from judged series. Decides nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from callboard import figures
from callboard.services.comparing.standing import Ranked
from callboard.services.defining.definitions import Definitions
from callboard.services.defining.formulas import describe
from callboard.services.promising.comment_reading import NoteKey
from callboard.services.readings.breaks import breaks_between
from callboard.services.readings.judging import Judged
from callboard.services.readings.series import Status
from callboard.services.readings.volumes import tell_collapse
from callboard.services.tiles.badges import FeedTrusts, doubted
from callboard.services.tiles.comparisons import (
    Reading,
    across,
    compare,
    compare_with_peers,
    compare_with_target,
    too_few,
    why_not,
)
from callboard.services.tiles.past import Past
from callboard.storage.series_table import SeriesKey
from callboard.views import Chip, Note, Sparkline, Tile, TodaySoFar, Trust
from metrics.calendar import Period, calendar_for
from metrics.concerns import with_lost_year
from metrics.model import Form, Metric
from metrics.verdict import verdict_sentence

SPARK = 26


class _Subject(NamedTuple):
    """What a tile is about, and the reading it tells."""

    row: int
    key: SeriesKey
    metric: Metric
    period: Period
    now: Reading
    ranked: Ranked | None
    target: float | None

    @property
    def shown(self) -> float | None:
        """The value, where it may be shown."""
        return self.now.value if self.now.is_shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMaker:
    """Makes tiles of judged series; `past` must hold the periods compared with."""

    definitions: Definitions
    judged: Judged
    past: Past
    trusts: FeedTrusts
    ranked: Mapping[tuple[str, str], Ranked]
    today: Mapping[SeriesKey, TodaySoFar]
    notes: Mapping[NoteKey, Note] = field(default_factory=dict)
    lost: frozenset[int] = frozenset()

    def make(self, row: int) -> Tile | None:
        """The tile of one series, None where none of its periods is complete."""
        start = self.judged.period_start(row)
        if start is None:
            return None
        key = self.judged.table.keys[row]
        period = calendar_for(self.judged.table.grain).period_of(start)
        target = float(self.judged.targets[row])
        tile = self._tile(
            _Subject(
                row=row,
                key=key,
                metric=self.definitions.metrics[key.metric],
                period=period,
                now=self.past.reading(key, period),
                ranked=self.ranked.get((key.touchpoint, key.metric)),
                target=None if np.isnan(target) else target,
            )
        )
        note = self.notes.get((key.touchpoint, key.metric, start))
        return replace(tile, note=note, is_lost=row in self.lost)

    def _tile(self, of: _Subject) -> Tile:
        metric, shown, text = of.metric, of.shown, figures.format_tile(of.metric, of.shown)
        return Tile(
            metric=metric.code,
            metric_name=metric.name,
            touchpoint=of.key.touchpoint,
            touchpoint_name=self.definitions.touchpoints[of.key.touchpoint].name,
            pillar=metric.pillar,
            key=metric.key,
            better=metric.better,
            value=shown,
            value_text=text[0],
            unit_text=text[1],
            value_full=figures.format_full(metric, shown),
            period_label=figures.period_label(of.period.grain, of.period.start),
            n_text=_n_text(metric, of),
            chips=self._chips(of),
            sparkline=self._sparkline(of),
            variation=self.judged.variation(of.row),
            assurance=self.judged.assurances[of.row],
            verdict=self._verdict(of),
            trust=doubted(self._trust(of), self._collapse(of)),
            concern=self._concern(of.row),
            today=self.today.get(of.key),
            help=describe(metric),
            grain=of.period.grain,
            period=of.period.start.isoformat(),
            status=plain_status(of.now.status),
            standing=of.ranked.standing if of.ranked else None,
            is_fresh=self.judged.is_fresh[of.row],
        )

    def _concern(self, row: int) -> float:
        score = float(self.judged.concerns[row])
        return with_lost_year(score, self.judged.variations[row]) if row in self.lost else score

    def _chips(self, of: _Subject) -> tuple[Chip, ...]:
        calendar = calendar_for(of.period.grain)
        previous, year_ago = calendar.previous(of.period), calendar.same_last_year(of.period)
        before = self.past.reading(of.key, previous)
        a_year_ago = self.past.year_ago(of.metric, of.key, year_ago)
        label = calendar.label(previous, near=of.period)
        since = compare(of.metric, of.now, before, label=f"{label[:1].upper()}{label[1:]}")
        in_a_year = compare(of.metric, of.now, a_year_ago, label=year_ago.label)
        chips = (
            self._across(since, of, previous),
            self._across(in_a_year, of, year_ago.periods[0]),
            compare_with_target(of.metric, of.now, of.target),
            compare_with_peers(of.metric, of.ranked),
        )
        return tuple(chip for chip in chips if chip is not None)

    def _across(self, chip: Chip, of: _Subject, then: Period) -> Chip:
        table, now = self.judged.table, of.period.start
        return across(chip, breaks_between(table, of.key, after=then.start, until=now), near=now)

    def _sparkline(self, of: _Subject) -> Sparkline:
        values = self.judged.values[of.row, -SPARK:].tolist()
        segments = self.judged.found.limits.groups[of.row, -SPARK:]
        return Sparkline(
            values=tuple(None if value != value else value for value in values),  # noqa: PLR0124 - NaN
            target=of.target,
            centre=self.judged.limits(of.row).centre,
            signal_at_end=self.judged.variations[of.row].signal,
            breaks=tuple((np.flatnonzero(np.diff(segments)) + 1).tolist()),
        )

    def _trust(self, of: _Subject) -> Trust:
        return self.trusts.of(of.metric.feeds, touchpoint=of.key.touchpoint, metric=of.metric.code)

    def _collapse(self, of: _Subject) -> str:
        return self.judged.collapse(of.row, self.definitions)

    def _verdict(self, of: _Subject) -> str:
        if of.now.status in (Status.SUPPRESSED, Status.NO_ACTIVITY):
            told = why_not(
                of.metric, of.now, figures.period_label(of.period.grain, of.period.start)
            )
            return f"{told[:1].upper()}{told[1:]}"
        if collapse := self._collapse(of):
            return tell_collapse(collapse)
        return verdict_sentence(
            self.judged.variation(of.row),
            assurance=self.judged.assurances[of.row],
            standing=of.ranked.standing if of.ranked else None,
            period=of.period,
            target_text=target_text(of.metric, of.target),
        )


def target_text(metric: Metric, target: float | None) -> str:
    """The promise in words: a target, or a band; empty where there is neither."""
    if metric.band is not None:
        return figures.format_interval(metric, *metric.band)
    return figures.format_value(metric, target) if target is not None else ""


def plain_status(status: Status) -> str:
    """The status as views tell it: no activity is a kind of no data."""
    return Status.NO_DATA.value if status is Status.NO_ACTIVITY else status.value


def _n_text(metric: Metric, of: _Subject) -> str:
    match of.now.status:
        case Status.OK if metric.form is Form.COUNT:
            return ""
        case Status.OK | Status.COLLAPSED:
            return counted(metric, of.now)
        case Status.SUPPRESSED:
            return too_few(metric, of.now)
        case Status.NO_ACTIVITY:
            return "no activity"
        case _:
            return "no value"


def counted(metric: Metric, reading: Reading) -> str:
    """What a value was made of: `n = 877`; where amounts are divided, `3 in 50,126 hours worked`.

    There n counts the rows that held the amounts, which says nothing to a reader.
    """
    if metric.is_composite:
        without = ", reweighted: a component has no value" if reading.is_reweighted else ""
        return f"n = {figures.format_count(reading.n)} or more in every component{without}"
    divided_by, sums = metric.denominator, reading.sums
    if divided_by is None or divided_by.sum is None or sums is None or not sums.denominator:
        return f"n = {figures.format_count(reading.n)}"
    count, amount = (
        figures.format_count(sums.numerator or 0),
        figures.format_count(sums.denominator),
    )
    return f"{count} {'in' if metric.form is Form.RATE else 'of'} {amount} {metric.base}".rstrip()
