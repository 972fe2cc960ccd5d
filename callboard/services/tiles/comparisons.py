"""The chips of a tile: one number against another, which way it went and what that means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from callboard import figures
from callboard.services.comparing.standing import Ranked
from callboard.services.readings.breaks import tell_breaks
from callboard.services.readings.meaning import meaning_of, movement_of
from callboard.services.readings.seasons import adds_up
from callboard.services.readings.series import Status
from callboard.storage.breaks import SeriesBreak
from callboard.views import Chip, Meaning, Movement
from metrics.calendar import Period
from metrics.changes import change_between
from metrics.differences import Estimate, interval_of_difference
from metrics.intervals import Interval, interval_of
from metrics.model import Better, Form, Metric
from metrics.peer_gaps import Against
from metrics.value import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The value of a period, or why there is none; `days` is the length of the period.

    `weight` is how many ordinary days it is worth, where weekdays are known not to be alike.
    `sums` are what it was made of, for telling how much of a difference may be sampling error.
    `is_reweighted`: a composite to which a component lacks. `period` is the first of several.
    """

    value: float | None
    status: Status
    n: float = 0.0
    days: int = 1
    sums: Parts | None = None
    is_reweighted: bool = False
    period: Period | None = None
    weight: float | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the value may be compared."""
        return self.value is not None and self.status is Status.OK

    @property
    def is_shown(self) -> bool:
        """Whether the value may be shown."""
        return self.value is not None and self.status in (Status.OK, Status.COLLAPSED)


NOTHING = Reading(value=None, status=Status.NO_DATA)
UNCLEAR = "no clear difference"
TOO_FEW = "too few to tell"
OTHER_WEIGHTS = "other weights"
_WAYS = {
    Movement.UP: "higher",
    Movement.DOWN: "lower",
    Movement.LEVEL: "level",
    Movement.UNKNOWN: "",
}
_WORDS = {
    Meaning.GOOD: "better",
    Meaning.BAD: "worse",
    Meaning.NONE: "level",
}


def compare(metric: Metric, now: Reading, before: Reading, *, label: str) -> Chip:
    """Return the chip against another period; it names the period that has no value.

    Counts of periods of different lengths are compared per day, per ordinary day where the
    weekdays are known not to be alike. A difference that sampling error alone could make is neither
    good nor bad, nor is one of which that is not known; its interval is told on a closer look.
    """
    refused = _refusal(metric, now, before, label)
    if refused is not None or now.value is None or before.value is None:
        return refused or _without(label, "nothing to compare")
    then = before.value * _stretch(metric, now, before)
    interval = difference_interval(metric, now, before)
    chip = _difference(
        metric,
        now.value,
        then,
        label=label,
        detail=f"{label}: {figures.format_value(metric, before.value)}"
        + length_note(metric, now, before)
        + (f"; difference {figures.format_gap_interval(metric, *interval)}" if interval else ""),
    )
    if chip.meaning is Meaning.NONE:
        return chip
    doubt = _doubt(metric, now, before, interval) or _untested(chip, interval)
    return replace(chip, meaning=Meaning.NEUTRAL, word=doubt) if doubt else chip


def _refusal(metric: Metric, now: Reading, before: Reading, label: str) -> Chip | None:
    """What stands where two periods may not be compared."""
    if not now.is_sound:
        return _without(label, _nothing_to_compare(now))
    if not before.is_sound:
        return _without(label, why_not(metric, before, label))
    if now.period is None or before.period is None:
        return None
    change = change_between(metric, before.period, now.period)
    if change is None:
        return None
    told = f"not compared: the definition changed on {figures.format_day(change.day)}"
    return replace(_without(label, told), detail=f"{change.metric}: {change.what}")


def _doubt(metric: Metric, now: Reading, before: Reading, interval: Interval | None) -> str:
    """Why a difference is neither good nor bad; nothing where it is one of them."""
    if now.is_reweighted != before.is_reweighted:
        return OTHER_WEIGHTS
    if interval is None:
        return TOO_FEW if metric.form is Form.PERCENTILE else ""
    return UNCLEAR if interval[0] <= 0 <= interval[1] else ""


def _untested(chip: Chip, interval: Interval | None) -> str:
    """Which way a difference went that has no interval: a score, a backlog, a sum of amounts."""
    if interval is not None:
        return ""
    return _WAYS[chip.movement]


def difference_interval(metric: Metric, now: Reading, before: Reading) -> Interval | None:
    """The 95 % interval of `now` less `before`, counts of other lengths taken per day."""
    return interval_of_difference(
        _estimate(metric, now), _estimate(metric, before, _stretch(metric, now, before))
    )


def across(chip: Chip, breaks: Sequence[SeriesBreak], *, near: date) -> Chip:
    """Return the chip of two periods as it is where breaks lie between them.

    The process is another one since, so the difference is neither good nor bad.
    """
    if not breaks or chip.movement is Movement.UNKNOWN:
        return chip
    detail = f"{chip.detail}; a break lies between: {breaks[-1].reason}"
    word = f"across {tell_breaks(breaks, near=near, longest=24)}"
    return replace(chip, meaning=Meaning.NEUTRAL, word=word, detail=detail)


def _estimate(metric: Metric, reading: Reading, stretch: float = 1.0) -> Estimate:
    interval = interval_of(metric, reading.sums) if reading.sums is not None else None
    return Estimate(
        (reading.value or 0.0) * stretch,
        interval and (interval[0] * stretch, interval[1] * stretch),
    )


def length_note(metric: Metric, now: Reading, before: Reading) -> str:
    """What was done about periods of other lengths or other weekdays; empty for nothing."""
    if _stretch(metric, now, before) == 1:
        return ""
    if now.days != before.days:
        per = "ordinary day" if _weights(now, before) else "day"
        return f", {before.days} days against {now.days}: compared per {per}"
    return ", other weekdays or holidays: compared per ordinary day"


def _stretch(metric: Metric, now: Reading, before: Reading) -> float:
    if not adds_up(metric):
        return 1.0
    weights = _weights(now, before) or (float(now.days), float(before.days))
    return weights[0] / weights[1]


def _weights(now: Reading, before: Reading) -> tuple[float, float] | None:
    known = now.weight is not None and before.weight is not None
    return (now.weight or 0.0, before.weight or 0.0) if known else None


def why_not(metric: Metric, reading: Reading, label: str) -> str:
    """Why a period has no value that can be compared."""
    match reading.status:
        case Status.SUPPRESSED if reading.n >= metric.min_n and not metric.is_composite:
            return "hidden: it would give a small one away"
        case Status.SUPPRESSED:
            return too_few(metric, reading, f" for {label}")
        case Status.NO_ACTIVITY:
            return f"no activity for {label}"
        case Status.PARTIAL:
            return f"{label} is not whole"
        case Status.COLLAPSED:
            return f"the volume of {label} collapsed"
        case _:
            return f"no value for {label}"


def _nothing_to_compare(now: Reading) -> str:
    return "not judged" if now.status is Status.COLLAPSED else "nothing to compare"


def too_few(metric: Metric, reading: Reading, where: str = "") -> str:
    """That a value is hidden, and how many cases it lacks."""
    if metric.is_composite:
        return f"too few cases of a component{where}"
    return f"too few cases{where}: {reading.n:g} of at least {metric.min_n}"


def compare_with_target(metric: Metric, now: Reading, target: float | None) -> Chip | None:
    """Return the chip against the promise, None where there is none."""
    if target is None or metric.better is Better.NEUTRAL:
        return None
    label = f"target {figures.format_value(metric, target)}"
    if now.value is None or not now.is_sound:
        return _without(label, _nothing_to_compare(now))
    is_met = now.value >= target if metric.better is Better.HIGHER else now.value <= target
    gap = figures.format_gap(metric, now.value - target)
    if gap.startswith("±") and now.value != target:
        gap = "just over" if now.value > target else "just under"
    return Chip(
        label=label,
        text=gap,
        movement=movement_of(metric, now.value, target),
        meaning=Meaning.GOOD if is_met else Meaning.BAD,
        word="met" if is_met else "missed",
    )


def compare_with_peers(metric: Metric, ranked: Ranked | None) -> Chip | None:
    """Return the chip that tells the rank among peers, None where there are none.

    The first and last quartile mean something only where more than sampling error parts us from
    the middle peer.
    """
    if ranked is None:
        return None
    standing, middle = ranked.standing, ranked.gaps.get(Against.MEDIAN)
    others = standing.peers - 1
    is_unclear = middle is not None and middle.is_clear is False
    return Chip(
        label=f"{'company, ' if standing.is_company else 'peers, '}{standing.period_label}",
        text=f"{standing.rank} of {standing.peers}",
        movement=Movement.UNKNOWN,
        meaning=Meaning.NEUTRAL
        if is_unclear
        else _RANKS.get(standing.quartile or 0, Meaning.NEUTRAL),
        word=f"behind {standing.rank - 1} of {others}" if standing.rank > 1 else "best",
        detail="; ".join(_beside(metric, ranked)),
    )


def _beside(metric: Metric, ranked: Ranked) -> Iterator[str]:
    """Our value over the peers' days, and the two benchmarks to hold it against."""
    whose = "All our touchpoints together" if ranked.standing.is_company else "Ours"
    yield f"{whose} over the same days {figures.format_value(metric, ranked.own)}"
    for against, name in ((Against.ACHIEVABLE, "achievable"), (Against.MEDIAN, "middle peer")):
        if against in ranked.gaps:
            yield f"{name} {figures.format_value(metric, ranked.gaps[against].value)}"


_RANKS = {1: Meaning.GOOD, 4: Meaning.BAD}


def _difference(metric: Metric, now: float, before: float, *, label: str, detail: str) -> Chip:
    movement, meaning = movement_of(metric, now, before), meaning_of(metric, now, before)
    return Chip(
        label=label,
        text=figures.format_change(metric, now, before),
        movement=movement,
        meaning=meaning,
        word=_WORDS.get(meaning, _WAYS[movement]),
        detail=detail,
    )


def _without(label: str, word: str) -> Chip:
    return Chip(
        label=label,
        text=figures.NO_VALUE,
        movement=Movement.UNKNOWN,
        meaning=Meaning.NONE,
        word=word,
    )
