"""A reading by one dimension: segments that add up to the whole, and what each changed in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from callboard import figures
from callboard.access import Actor
from callboard.services.readings.breaks import breaks_between, tell_breaks
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.segments import read_segments
from callboard.services.readings.series import ReadingTable, Status, Wanted
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.tiles.comparisons import NOTHING, UNCLEAR, Reading, across, compare, why_not
from callboard.services.tiles.past import Past
from callboard.storage.breaks import SeriesBreak
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import Breakdown, Segment
from metrics.calendar import Period, calendar_for
from metrics.model import Form, Grain, Metric
from metrics.value import Parts, is_shown, value_of

REST = "not assigned"
_LAST = ("other", "unknown", REST)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """The readings and parts of every segment, and of the whole (under ""), in one period."""

    readings: Mapping[str, Reading]
    parts: Mapping[str, Parts]

    def reading(self, segment: str) -> Reading:
        """The reading of a segment, nothing where it has none."""
        return self.readings.get(segment, NOTHING)


def read_breakdown(  # noqa: PLR0913 - the question of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
    dimension: str,
) -> Breakdown:
    """Return a period (None: the latest complete one) by segments, each beside the one before.

    NotAllowed for a touchpoint outside the actor's scope, and for a metric there is not.
    """
    open_scope(runtime, actor).require(touchpoint)
    definition = require_metric(runtime, metric)
    calendar = calendar_for(grain)
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        latest = calendar.last_complete(coverages.of(definition, touchpoint).last)
        now = choose_period(period, latest)
        before = calendar.previous(now)
        wanted = Wanted(
            touchpoints=frozenset({touchpoint}),
            metrics=[metric],
            grain=grain,
            first=before.start,
            last=now.start,
            dimension=dimension,
        )
        read = read_segments(runtime, connection, wanted, coverages)
        tables = (read.wholes, read.segments)
    found = [_in_period(definition, tables, each) for each in (now, before)]
    key = SeriesKey(touchpoint, metric, "")
    parted = breaks_between(read.wholes, key, after=before.start, until=now.start)
    told = _breakdown(definition, dimension, now=now, found=(found[0], found[1]))
    return _across(told, parted, now) if parted else told


def _across(told: Breakdown, parted: Sequence[SeriesBreak], now: Period) -> Breakdown:
    """The breakdown where a break lies between its period and the one before."""
    segments = [
        replace(each, chip=across(each.chip, parted, near=now.start)) for each in told.segments
    ]
    sentence = f"{told.sentence} The change is across {tell_breaks(parted, near=now.start)}."
    return replace(told, segments=tuple(segments), sentence=sentence)


def _in_period(metric: Metric, tables: Sequence[ReadingTable], period: Period) -> _Period:
    past = Past(tables=tables)
    keys = [key for table in tables for key in table.keys]
    readings = {key.segment: past.reading(key, period) for key in keys}
    parts = {key.segment: past.parts(key, period) for key in keys}
    rest = _rest(metric, parts)
    if rest is not None:
        value = value_of(metric, rest)
        shown = is_shown(metric, rest.n) and not _gives_away(metric, readings)
        status = Status.OK if shown else Status.SUPPRESSED
        parts[REST] = rest
        readings[REST] = Reading(value=value, status=status, n=rest.n, days=period.days)
    return _Period(readings=readings, parts=parts)


def _gives_away(metric: Metric, readings: Mapping[str, Reading]) -> bool:
    """Whether what is left of the whole beside the rest are too few cases to be known."""
    hidden = sum(each.n for each in readings.values() if each.status is Status.SUPPRESSED)
    return 0 < hidden < metric.min_n


def _rest(metric: Metric, parts: Mapping[str, Parts]) -> Parts | None:
    """What of the whole no segment holds; None where they add up, and for percentiles."""
    if metric.form is Form.PERCENTILE or "" not in parts or len(parts) == 1:
        return None
    cut = [each for segment, each in parts.items() if segment]
    n = parts[""].n - sum(each.n for each in cut)
    if n <= 0:
        return None
    return Parts(
        numerator=_difference(parts[""].numerator, [each.numerator for each in cut]),
        denominator=_difference(parts[""].denominator, [each.denominator for each in cut]),
        n=n,
        days=parts[""].days,
    )


def _difference(whole: float | None, cut: Sequence[float | None]) -> float | None:
    return None if whole is None else whole - sum(each or 0.0 for each in cut)


def _breakdown(
    metric: Metric, dimension: str, *, now: Period, found: tuple[_Period, _Period]
) -> Breakdown:
    calendar = calendar_for(now.grain)
    label = calendar.label(calendar.previous(now), near=now)
    names = {
        each for period in found for each in period.readings if each and _has_cases(found, each)
    }
    contributions = contributions_to_change(metric, found[0].parts, found[1].parts)
    unsorted = (
        _segment(metric, name, found, label=label, contribution=contributions.get(name))
        for name in names
    )
    segments = tuple(sorted(unsorted, key=_biggest_first))
    whole = found[0].reading("")
    return Breakdown(
        dimension=dimension,
        period_label=calendar.label(now),
        segments=segments,
        sentence=_sentence(metric, segments, found, label=label),
        period=now.start.isoformat(),
        whole_text=_text(metric, whole, calendar.label(now)),
    )


def _biggest_first(segment: Segment) -> tuple[int, int, str]:
    """What is no segment of its own comes last."""
    place = _LAST.index(segment.name) + 1 if segment.name in _LAST else 0
    return place, -segment.n, segment.name


def _has_cases(found: tuple[_Period, _Period], name: str) -> bool:
    return any(period.reading(name).n or period.reading(name).value for period in found)


def _segment(
    metric: Metric,
    name: str,
    found: tuple[_Period, _Period],
    *,
    label: str,
    contribution: float | None,
) -> Segment:
    now, before = (period.reading(name) for period in found)
    if Status.SUPPRESSED in (now.status, before.status):
        contribution = None  # it would tell the value that is not shown
    total = found[0].reading("").n or sum(
        each.n for segment, each in found[0].readings.items() if segment
    )
    return Segment(
        name=name,
        value=now.value if now.is_sound else None,
        value_text=_text(metric, now, "this period"),
        before=before.value if before.is_sound else None,
        before_text=_text(metric, before, label),
        n=int(now.n),
        share=now.n / total if total else 0.0,
        chip=compare(metric, now, before, label=label),
        contribution=contribution,
        contribution_text="" if contribution is None else figures.format_gap(metric, contribution),
    )


def contributions_to_change(
    metric: Metric, now: Mapping[str, Parts], before: Mapping[str, Parts]
) -> dict[str, float]:
    """Return what each segment did to the change of the whole; the parts add up to it.

    A segment's part is how far it lies from the old whole, weighed by its share of the cases, now
    less before; so a segment that only grew does not count as a change of its own. Empty for
    percentiles, and where a whole lacks.
    """
    names = {name for each in (now, before) for name in each if name}
    if metric.form is Form.PERCENTILE or "" not in now or "" not in before or not names:
        return {}
    if metric.form is Form.COUNT:
        values = {
            name: [_count(metric, each.get(name)) for each in (now, before)] for name in names
        }
        return {name: new - old for name, (new, old) in values.items()}
    old_whole = value_of(metric, before[""])
    if old_whole is None or value_of(metric, now[""]) is None:
        return {}
    return {
        name: _pull(metric, now.get(name), now[""], old_whole)
        - _pull(metric, before.get(name), before[""], old_whole)
        for name in names
    }


def _count(metric: Metric, parts: Parts | None) -> float:
    return (value_of(metric, parts) or 0.0) if parts is not None else 0.0


def _pull(metric: Metric, part: Parts | None, whole: Parts, reference: float) -> float:
    """How far a segment pulls the whole away from `reference`."""
    value = value_of(metric, part) if part is not None else None
    if part is None or value is None or not whole.denominator or part.denominator is None:
        return 0.0
    return (value - reference) * part.denominator / whole.denominator


def _alike(one: Segment, known: Sequence[Segment]) -> str:
    """A segment with its value, and how many more have the same one."""
    others = sum(each.value_text == one.value_text for each in known) - 1
    more = f" and {others} other{'s' if others > 1 else ''}" if others else ""
    return f"{one.name}{more}, {one.value_text}"


def _sentence(
    metric: Metric, segments: Sequence[Segment], found: tuple[_Period, _Period], *, label: str
) -> str:
    known = [each for each in segments if each.value is not None]
    known = [each for each in known if each.name not in _LAST] or known
    if not known:
        return "No segment has enough to show."
    low, high = min(known, key=_value), max(known, key=_value)
    told = f"Highest: {_alike(high, known)}. Lowest: {_alike(low, known)}."
    if high.value_text == low.value_text:
        told = f"{_alike(low, known)}."
    now, before = found[0].reading(""), found[1].reading("")
    parts = [each for each in segments if each.contribution is not None]
    if (
        not (parts and now.is_sound and before.is_sound)
        or now.value is None
        or before.value is None
    ):
        return told
    change = now.value - before.value
    gap = figures.format_gap(metric, change)
    if compare(metric, now, before, label=label).word == UNCLEAR:
        return f"{told} The change since {label}, {gap}, is no clear difference."
    most = max(parts, key=lambda each: (each.contribution or 0.0) * (1 if change >= 0 else -1))
    if abs(most.contribution or 0.0) > abs(change):
        return (
            f"{told} The whole changed by {gap} since {label}: {most.name} added "
            f"{most.contribution_text}, and others took some of it back."
        )
    return (
        f"{told} Of the change since {label}, {gap}, "
        f"{most.name} accounts for {most.contribution_text}."
    )


def _value(segment: Segment) -> float:
    return segment.value or 0.0


def _text(metric: Metric, reading: Reading, label: str) -> str:
    if reading.is_sound:
        return figures.format_value(metric, reading.value)
    return why_not(metric, reading, label)
