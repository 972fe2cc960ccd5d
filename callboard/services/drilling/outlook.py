"""What a metric's past says of its future: since the signal, at year's end, until the target."""

from dataclasses import dataclass

from callboard import figures
from callboard.access import Actor
from callboard.services.comparing.comparability import peers_among
from callboard.services.comparing.standing import (
    Ranked,
    for_touchpoint,
    rank_tiles,
    read_published,
)
from callboard.services.drilling.excess import read_excess
from callboard.services.drilling.trajectory_words import Aimed
from callboard.services.drilling.trend import MOST_PERIODS
from callboard.services.drilling.way_to import Points, tell_way_to
from callboard.services.drilling.year_end_words import tell_year_end
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.judging import judge_table
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.process_parts import SPECIAL, ProcessParts
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import Wanted, read_table
from callboard.services.readings.targets import targets_of
from callboard.services.readings.year_ends import find_year_end
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import Outlook, OutlookItem
from metrics.calendar import Period, calendar_for
from metrics.model import Grain, Metric
from metrics.peer_gaps import Against
from metrics.peers import PeerBand, spreads
from metrics.year_end import year_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """All that a metric's outlook at a touchpoint is told from."""

    runtime: Runtime
    key: SeriesKey
    parts: ProcessParts
    ranked: Ranked | None
    bands: tuple[PeerBand, ...]

    @property
    def metric(self) -> Metric:
        """The metric."""
        return self.parts.metric


def read_outlook(  # noqa: PLR0913 - the question of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
    periods: int | None = None,
) -> Outlook:
    """Return what can be said at a period (None: the latest complete one) of what comes.

    The same history is judged as on the control chart of `periods`. NotAllowed for a touchpoint
    outside the actor's scope, and for a metric there is not.
    """
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    back = min(periods or history_of(grain), MOST_PERIODS)
    definition, key = require_metric(runtime, metric), SeriesKey(touchpoint, metric, "")
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        latest = calendar_for(grain).last_complete(coverages.of(definition, touchpoint).last)
        told = choose_period(period, latest)
        wanted = _wanted(key, told, back)
        table = read_table(runtime, connection, wanted, coverages)
        days = read_rare_days(runtime, connection, table, coverages, until=told.start)
        pairs = [key[:2]]
        ranked = rank_tiles(runtime, connection, pairs, coverages=coverages, scope=scope)
        published = read_published(runtime, connection, metrics=[metric])[metric]
    row = table.find(key)
    judged = judge_table(table, runtime.definitions, until=told.start, periods=back, days=days)
    if row is None or judged.ends[row] < 0:
        return Outlook(items=())
    return _outlook(
        _Known(
            runtime=runtime,
            key=key,
            parts=ProcessParts(metric=definition, judged=judged, row=row),
            ranked=ranked.get(key[:2]),
            bands=spreads(peers_among(for_touchpoint(published, touchpoint))),
        )
    )


def _wanted(key: SeriesKey, told: Period, periods: int) -> Wanted:
    """The periods that are judged, and the year back to its beginning."""
    calendar = calendar_for(told.grain)
    first = told
    for _ in range(periods - 1):
        first = calendar.previous(first)
    return Wanted(
        touchpoints=frozenset({key.touchpoint}),
        metrics=[key.metric],
        grain=told.grain,
        first=min(first.start, year_of(told)[0].start),
        last=told.start,
    )


def _outlook(known: _Known) -> Outlook:
    excess = read_excess(known.parts)
    items = (excess, _year_end(known), _to_target(known), _to_peers(known))
    return Outlook(
        items=tuple(item for item in items if item is not None),
        excess=excess.sentence if excess else "",
    )


def _year_end(known: _Known) -> OutlookItem | None:
    """Where the year ends against the target in force at its end; nothing of a year with gaps."""
    parts, metric = known.parts, known.metric
    first, last = year_of(parts.period)
    targets = targets_of(parts.judged.table, known.runtime.definitions)
    target = targets.on(known.key.touchpoint, metric.code, last.end)
    found = find_year_end(parts, target, parts.year_so_far(first))
    return found and tell_year_end(metric, found.end, aim=found.aim, year=found.year)


def _to_target(known: _Known) -> OutlookItem | None:
    parts, target = known.parts, float(known.parts.judged.targets[known.parts.row])
    if target != target:  # noqa: PLR0124 - NaN is not itself
        return None
    words = f"the target of {figures.format_value(known.metric, target)}"
    aimed = Aimed(
        words=words, topic="Target", value=target, kept=parts.judged.assurances[parts.row]
    )
    return _to_goal(known, aimed)


def _to_peers(known: _Known) -> OutlookItem | None:
    """The next rung among peers of the same touchpoint: the middle one, or what the leaders do."""
    ranked = known.ranked
    if ranked is None or ranked.standing.is_company:
        return None
    behind = [
        ranked.gaps[each]
        for each in (Against.MEDIAN, Against.ACHIEVABLE)
        if each in ranked.gaps and ranked.gaps[each].gap < 0
    ]
    if not behind:
        return None
    value, is_middle = behind[0].value, behind[0].against is Against.MEDIAN
    whose = "the middle peer" if is_middle else "what the leading peers achieve"
    told = f"{figures.format_value(known.metric, value)}, {ranked.standing.period_label}"
    aimed = Aimed(words=f"{whose} ({told})", topic="Peers", value=value)
    return _to_goal(known, aimed, past=_middles(known) if is_middle else ())


def _to_goal(
    known: _Known, aimed: Aimed, *, past: tuple[tuple[float, float], ...] = ()
) -> OutlookItem | None:
    """How the gap to a goal develops; days are not asked, whose weekdays would be taken for it."""
    parts, metric = known.parts, known.metric
    if parts.period.grain is Grain.DAY:
        return None
    points = Points(
        values=parts.values, trials=parts.base, noun=parts.period.grain.value, base=parts.usual_base
    )
    is_steady = parts.judged.variations[parts.row].signal not in SPECIAL
    return tell_way_to(metric, points, aimed, past=past, is_steady=is_steady)


def _middles(known: _Known) -> tuple[tuple[float, float], ...]:
    """The middle peer's past values, each at its place on the axis of our periods."""
    period = known.parts.period
    return tuple(
        (
            ((band.start - period.start).days + (band.end - band.start).days / 2) / period.days,
            band.middle,
        )
        for band in known.bands
        if band.end <= period.end
    )
