"""A reading by one dimension: segments that add up to the whole, and what each changed in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from callboard import figures
from callboard.access import Actor
from callboard.services.drilling.change_base import Base, find_base
from callboard.services.drilling.change_words import LAST, tell_extremes, tell_mover
from callboard.services.drilling.segment_spans import Span, span_of
from callboard.services.readings.breaks import breaks_between, tell_breaks
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.seasons import adds_up
from callboard.services.readings.segments import Segmented, read_segments
from callboard.services.readings.series import Status, Wanted
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.tiles.comparisons import (
    UNCLEAR,
    Reading,
    across,
    compare,
    length_note,
    why_not,
)
from callboard.storage.breaks import SeriesBreak
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import Breakdown, ChangeBase, Segment
from metrics.calendar import Period, calendar_for
from metrics.changes import change_between
from metrics.decomposition import Effect, adds_up_to_change, has_mix, split_change
from metrics.model import Grain, Metric

_OTHER_DAYS = (
    "The segments were last counted on other days than the whole, so parts of the change do not "
    "add up to it, and none are told: each segment beside its own value before."
)
_NO_PARTS = (
    "Parts of a change of a percentile do not add up to it, so none are told: each segment beside "
    "its own value before."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The metric, where, the period taken apart, by what, and what it is compared with."""

    metric: Metric
    touchpoint: str
    now: Period
    base: Base
    dimension: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was read of both; `change` is that of the whole, None where they do not compare.

    `effects` are those of the segments that are shown, `hidden` what the others did together.
    `is_uneven`: the two compare, and what the segments did does not add up to the change.
    """

    now: Span
    before: Span
    change: float | None
    effects: Mapping[str, Effect]
    hidden: float | None
    is_uneven: bool = False


def read_breakdown(  # noqa: PLR0913 - the question of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
    dimension: str,
    against: str = ChangeBase.PREVIOUS,
) -> Breakdown:
    """Return a period (None: the latest complete one) by segments, each beside what was before.

    `against` is a ChangeBase: the period before unless it says another. CallboardError where there
    is no signal to look before. NotAllowed for a touchpoint outside the actor's scope, and for a
    metric there is not.
    """
    open_scope(runtime, actor).require(touchpoint)
    definition = require_metric(runtime, metric)
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        latest = calendar_for(grain).last_complete(coverages.of(definition, touchpoint).last)
        now = choose_period(period, latest)
        base = find_base(
            runtime,
            actor,
            metric=definition,
            touchpoint=touchpoint,
            now=now,
            against=ChangeBase(against),
        )
        wanted = Wanted(
            touchpoints=frozenset({touchpoint}),
            metrics=[metric],
            grain=grain,
            first=base.first.start,
            last=now.start,
            dimension=dimension,
        )
        read = read_segments(runtime, connection, wanted, coverages)
    asked = _Asked(
        metric=definition, touchpoint=touchpoint, now=now, base=base, dimension=dimension
    )
    told = replace(_breakdown(asked, _found(asked, read)), against=ChangeBase(against))
    key = SeriesKey(touchpoint, metric, "")
    parted = breaks_between(read.wholes, key, after=base.last.start, until=now.start)
    return _across(told, parted, now) if parted else told


def _across(told: Breakdown, parted: Sequence[SeriesBreak], now: Period) -> Breakdown:
    """The breakdown where a break lies between its period and what it is compared with."""
    segments = [
        replace(each, chip=across(each.chip, parted, near=now.start)) for each in told.segments
    ]
    sentence = f"{told.sentence} The change is across {tell_breaks(parted, near=now.start)}."
    return replace(told, segments=tuple(segments), sentence=sentence)


def _found(asked: _Asked, read: Segmented) -> _Found:
    metric, tables, days = asked.metric, (read.wholes, read.segments), asked.now.days
    now = span_of(metric, tables, (asked.now,), days=days)
    before = span_of(metric, tables, asked.base.periods, days=days)
    change = _change(asked, now.reading(""), before.reading(""))
    effects = {} if change is None else split_change(metric, now.parts, before.parts)
    hidden = {
        name
        for name in effects  # what it did would tell the value that is not shown
        if Status.SUPPRESSED in (now.reading(name).status, before.reading(name).status)
    }
    return _Found(
        now=now,
        before=before,
        change=change if effects else None,
        effects={name: each for name, each in effects.items() if name not in hidden},
        hidden=sum(effects[name].total for name in hidden) if hidden else None,
        is_uneven=change is not None and not effects and len(now.parts) > 1,
    )


def _change(asked: _Asked, now: Reading, before: Reading) -> float | None:
    """The change of the whole, of a sum per day, where both are known and of one definition."""
    if not (now.is_sound and before.is_sound) or now.value is None or before.value is None:
        return None
    if change_between(asked.metric, asked.base.first, asked.now) is not None:
        return None
    stretch = now.days / before.days if adds_up(asked.metric) else 1.0
    return now.value - before.value * stretch


def _breakdown(asked: _Asked, found: _Found) -> Breakdown:
    metric, label = asked.metric, calendar_for(asked.now.grain).label(asked.now)
    names = {name for each in (found.now, found.before) for name in each.readings if name}
    unsorted = (_segment(asked, found, name) for name in names if _has_cases(found, name))
    segments = tuple(sorted(unsorted, key=_biggest_first))
    whole, before = found.now.reading(""), found.before.reading("")
    return Breakdown(
        metric=metric.code,
        touchpoint=asked.touchpoint,
        unit_text=figures.unit_text(metric),
        change_unit=figures.gap_unit(metric),
        change_decimals=figures.gap_decimals(metric),
        per=metric.per,
        dimension=asked.dimension,
        period_label=label,
        segments=segments,
        sentence=_sentence(asked, found, segments),
        period=asked.now.start.isoformat(),
        whole=whole.value if whole.is_sound else None,
        whole_before=before.value if before.is_sound else None,
        whole_n=int(whole.n),
        whole_text=_text(metric, whole, label),
        base_label=asked.base.label,
        change=found.change,
        change_text=_gap(metric, found.change),
        hidden=found.hidden,
        hidden_text=_gap(metric, found.hidden),
        has_mix=has_mix(metric),
        unsplit=_unsplit(metric, found),
    )


def _unsplit(metric: Metric, found: _Found) -> str:
    if not adds_up_to_change(metric):
        return _NO_PARTS
    return _OTHER_DAYS if found.is_uneven else ""


def _biggest_first(segment: Segment) -> tuple[int, int, str]:
    """What is no segment of its own comes last."""
    place = LAST.index(segment.name) + 1 if segment.name in LAST else 0
    return place, -segment.n, segment.name


def _has_cases(found: _Found, name: str) -> bool:
    both = (found.now.reading(name), found.before.reading(name))
    return any(each.n or each.value for each in both)


def _segment(asked: _Asked, found: _Found, name: str) -> Segment:
    metric, label = asked.metric, asked.base.label
    now, before = found.now.reading(name), found.before.reading(name)
    total = found.now.reading("").n or sum(
        each.n for segment, each in found.now.readings.items() if segment
    )
    effect = found.effects.get(name)
    is_split = effect is not None and has_mix(metric)
    return Segment(
        name=name,
        value=now.value if now.is_sound else None,
        value_text=_text(metric, now, "this period"),
        before=before.value if before.is_sound else None,
        before_text=_text(metric, before, label),
        n=int(now.n),
        share=now.n / total if total else 0.0,
        chip=compare(metric, now, before, label=label),
        contribution=effect.total if effect else None,
        contribution_text=_gap(metric, effect.total if effect else None),
        rate=effect.rate if effect and is_split else None,
        rate_text=_gap(metric, effect.rate if effect and is_split else None),
        mix=effect.mix if effect and is_split else None,
        mix_text=_gap(metric, effect.mix if effect and is_split else None),
    )


def _sentence(asked: _Asked, found: _Found, segments: Sequence[Segment]) -> str:
    told, metric, label = tell_extremes(segments), asked.metric, asked.base.label
    if found.change is None:
        return told
    whole = compare(metric, found.now.reading(""), found.before.reading(""), label=label)
    gap = figures.format_gap(metric, found.change)
    if whole.word == UNCLEAR and not gap.startswith("±"):
        return f"{told} The change against {label}, {gap}, is no clear difference."
    mover = tell_mover(metric, found.effects, found.change, label=label)
    days = length_note(metric, found.now.reading(""), found.before.reading(""))
    return " ".join(filter(None, (told, mover, days and f"{days.removeprefix(', ')}.")))


def _gap(metric: Metric, difference: float | None) -> str:
    return "" if difference is None else figures.format_gap(metric, difference)


def _text(metric: Metric, reading: Reading, label: str) -> str:
    if reading.is_sound:
        return figures.format_value(metric, reading.value)
    return why_not(metric, reading, label)
