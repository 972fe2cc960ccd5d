"""What the week or the year looks like at a touchpoint, and the same period a year before."""

from dataclasses import dataclass

import numpy as np

from callboard import figures
from callboard.access import Actor
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.seasons import (
    read_cycle,
    read_weekday_effects,
    seasons_of,
)
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.tiles.comparisons import (
    Reading,
    compare,
    difference_interval,
    length_note,
)
from callboard.services.tiles.past import Past
from callboard.storage.engine import Connection, snapshot
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import Movement, Rhythm, RhythmPlace
from metrics.calendar import Period, calendar_for
from metrics.limits import Floats, Ints
from metrics.model import Grain, Metric
from metrics.season import Seasons

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The season of one series and the values it was made of."""

    metric: Metric
    grain: Grain
    seasons: Seasons
    table: ReadingTable
    values: Floats
    places: Ints
    row: int

    @property
    def names(self) -> tuple[str, ...]:
        return _MONTHS if self.table.grain is Grain.MONTH else _DAYS

    @property
    def noun(self) -> str:
        return "month" if self.table.grain is Grain.MONTH else "weekday"


def read_rhythm(
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
) -> Rhythm:
    """Return the rhythm up to a period (None: the latest complete one): of months, the year's.

    Of days and of weeks it is the week's. NotAllowed for a touchpoint outside the actor's scope,
    and for a metric there is not.
    """
    open_scope(runtime, actor).require(touchpoint)
    definition = require_metric(runtime, metric)
    key = SeriesKey(touchpoint, metric, "")
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        latest = calendar_for(grain).last_complete(coverages.of(definition, touchpoint).last)
        told = choose_period(period, latest)
        table, values, places, ends = read_cycle(
            runtime,
            connection,
            coverages,
            grain=Grain.MONTH if grain is Grain.MONTH else Grain.DAY,
            touchpoints=frozenset({touchpoint}),
            metrics=[metric],
            until=told.end,
        )
        same_period = _same_period(runtime, connection, coverages, definition, key, told)
    row = table.find(key)
    if row is None:
        return Rhythm(noun="", title="", sentence="", same_period="")
    found = _Found(
        metric=definition,
        grain=grain,
        seasons=seasons_of(table, runtime.definitions, values, places, ends=ends),
        table=table,
        values=values,
        places=places,
        row=row,
    )
    return _rhythm(found, touchpoint, same_period)


def _rhythm(found: _Found, touchpoint: str, same_period: str) -> Rhythm:
    is_clear = bool(found.seasons.is_clear[found.row])
    places = _places(found) if is_clear else ()
    sentence = _sentence(found, places)
    cycle = "year" if found.noun == "month" else "week"
    return Rhythm(
        noun=found.noun,
        title=f"What the {cycle} looks like",
        sentence=sentence,
        same_period=same_period,
        places=places,
        is_relative=bool(found.seasons.is_relative[found.row]),
        unit_text=figures.unit_text(found.metric),
        span=_span(found) if is_clear else "",
        alt=f"{found.metric.name} by {found.noun}. {sentence}",
        metric=found.metric.code,
        touchpoint=touchpoint,
    )


def _places(found: _Found) -> tuple[RhythmPlace, ...]:
    seasons, row = found.seasons, found.row
    base = slice(int(seasons.first[row]), int(seasons.last[row]) + 1)
    values, places = found.values[row, base], found.places[row, base]
    counts = [int((~np.isnan(values[places == at])).sum()) for at in range(len(found.names))]
    is_relative = bool(seasons.is_relative[row])
    level = float(np.nanmean(values))
    return tuple(
        RhythmPlace(
            name=name,
            effect=100 * effect if is_relative else effect,
            effect_text=_effect_text(found, effect),
            usual=(usual := level * (1 + effect) if is_relative else level + effect),
            usual_text=figures.format_value(found.metric, usual),
            counted=count,
        )
        for name, effect, count in zip(
            found.names, seasons.effects[row].tolist(), counts, strict=True
        )
        if count
    )


def _effect_text(found: _Found, effect: float) -> str:
    if found.seasons.is_relative[found.row]:
        return f"{figures.format_signed(100 * effect, 0)} %"
    return figures.format_gap(found.metric, effect)


def _span(found: _Found) -> str:
    starts, row = found.table.starts(), found.row
    offset = int(found.values.shape[1]) - len(starts)
    calendar = calendar_for(found.table.grain)
    ends = (found.seasons.first[row] - offset, found.seasons.last[row] - offset)
    first, last = (calendar.period_of(starts[int(each)]) for each in ends)
    return figures.format_span(first.start, last.end)


def _sentence(found: _Found, places: tuple[RhythmPlace, ...]) -> str:
    strength = float(found.seasons.strength[found.row])
    if strength != strength:  # noqa: PLR0124 - NaN is not itself
        return _TOO_SHORT[found.noun]
    if not places:
        return f"No {found.noun} differs from the others by more than chance alone would make it."
    high = max(places, key=lambda each: each.effect)
    low = min(places, key=lambda each: each.effect)
    at = "in" if found.noun == "month" else "on"
    return (
        f"Highest {at} {high.name} ({high.effect_text}), lowest {at} {low.name} "
        f"({low.effect_text}). The {found.noun} explains {100 * strength:.0f} % of the variation "
        f"around the trend: {_consequence(found)}"
    )


_TOO_SHORT = {
    "weekday": "",
    "month": "With less than two years of history a month is compared with the same month of the "
    "year before, and nothing is adjusted.",
}


def _consequence(found: _Found) -> str:
    if not found.seasons.is_strong[found.row]:
        return "too little to adjust for."
    if found.grain is Grain.WEEK:
        return "each week holds one of each, so weeks need no adjusting."
    return (
        f"{found.grain.value}s are judged without it, and limits that are not plain follow the "
        f"{found.noun}."
    )


def _same_period(
    runtime: Runtime,
    connection: Connection,
    coverages: Coverages,
    metric: Metric,
    key: SeriesKey,
    told: Period,
) -> str:
    """How a period compares with the same one a year before; empty without both."""
    ago = calendar_for(told.grain).same_last_year(told)
    tables = [
        read_table(
            runtime,
            connection,
            Wanted(
                touchpoints=frozenset({key.touchpoint}),
                metrics=[key.metric],
                grain=told.grain,
                first=first,
                last=last,
            ),
            coverages,
        )
        for first, last in (
            (told.start, told.start),
            (min(ago.periods).start, max(ago.periods).start),
        )
    ]
    effects = read_weekday_effects(runtime, connection, [key], until=told.end, coverages=coverages)
    past = Past(tables=tables, weekdays=effects, holidays=frozenset(runtime.workspace.holidays))
    now, before = past.reading(key, told), past.year_ago(metric, key, ago)
    if not (now.is_sound and before.is_sound):
        return ""
    return _compared(metric, now, before, label=ago.label)


def _compared(metric: Metric, now: Reading, before: Reading, *, label: str) -> str:
    chip = compare(metric, now, before, label=label)
    if chip.movement is Movement.UNKNOWN:
        return f"{label}: {chip.word}."
    interval = difference_interval(metric, now, before)
    within = (
        f" (95 % interval {figures.format_gap_interval(metric, *interval)})" if interval else ""
    )
    was = figures.format_value(metric, before.value)
    return (
        f"{label}: {was}{length_note(metric, now, before)}. Now "
        f"{figures.format_value(metric, now.value)}: {chip.text}, {chip.word}{within}."
    )
