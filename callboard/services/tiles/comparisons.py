"""The chips of a tile: one number against another, which way it went and what that means."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from callboard import figures
from callboard.services.comparing.standing import Ranked
from callboard.services.readings.meaning import meaning_of, movement_of
from callboard.services.readings.series import Status
from callboard.views import Chip, Meaning, Movement
from metrics.differences import Estimate, interval_of_difference
from metrics.intervals import Interval, interval_of
from metrics.model import Better, Form, Metric
from metrics.peer_gaps import Against
from metrics.value import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The value of a period, or why there is none; `days` is the length of the period.

    `sums` are what it was made of, for telling how much of a difference may be sampling error.
    """

    value: float | None
    status: Status
    n: float = 0.0
    days: int = 1
    sums: Parts | None = None

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
_WORDS = {
    Meaning.GOOD: "better",
    Meaning.BAD: "worse",
    Meaning.NONE: "level",
}


def compare(metric: Metric, now: Reading, before: Reading, *, label: str) -> Chip:
    """Return the chip against another period; it names the period that has no value.

    Counts of periods of different lengths are compared per day. A difference that sampling error
    alone could make, or one of percentiles of too few values to say so, is neither good nor bad;
    its interval is told on a closer look.
    """
    if now.value is None or not now.is_sound:
        return _without(label, _nothing_to_compare(now))
    if before.value is None or not before.is_sound:
        return _without(label, why_not(metric, before, label))
    stretch = _stretch(metric, now, before)
    then = before.value * stretch
    per_day = f", {before.days} days against {now.days}: compared per day" if stretch != 1 else ""
    interval = difference_interval(metric, now, before)
    chip = _difference(
        metric,
        now.value,
        then,
        label=label,
        detail=f"{label}: {figures.format_value(metric, before.value)}{per_day}"
        + (f"; difference {figures.format_gap_interval(metric, *interval)}" if interval else ""),
    )
    has_few = metric.form is Form.PERCENTILE and interval is None
    is_unclear = interval is not None and interval[0] <= 0 <= interval[1]
    if chip.meaning is Meaning.NONE or not (has_few or is_unclear):
        return chip
    return replace(chip, meaning=Meaning.NEUTRAL, word=TOO_FEW if has_few else UNCLEAR)


def difference_interval(metric: Metric, now: Reading, before: Reading) -> Interval | None:
    """The 95 % interval of `now` less `before`, counts of other lengths taken per day."""
    return interval_of_difference(
        _estimate(metric, now), _estimate(metric, before, _stretch(metric, now, before))
    )


def _estimate(metric: Metric, reading: Reading, stretch: float = 1.0) -> Estimate:
    interval = interval_of(metric, reading.sums) if reading.sums is not None else None
    return Estimate(
        (reading.value or 0.0) * stretch,
        interval and (interval[0] * stretch, interval[1] * stretch),
    )


def _stretch(metric: Metric, now: Reading, before: Reading) -> float:
    adds_up = metric.form is Form.COUNT and metric.stock is None
    return now.days / before.days if adds_up else 1.0


def why_not(metric: Metric, reading: Reading, label: str) -> str:
    """Why a period has no value that can be compared."""
    match reading.status:
        case Status.SUPPRESSED if reading.n >= metric.min_n:
            return f"not shown for {label}: it would tell of a segment with too few"
        case Status.SUPPRESSED:
            return f"too few in {label}: {reading.n:g} of at least {metric.min_n}"
        case Status.NO_ACTIVITY:
            return f"no activity in {label}"
        case Status.PARTIAL:
            return f"{label} is not whole"
        case Status.COLLAPSED:
            return f"the volume collapsed in {label}"
        case _:
            return f"no value for {label}"


def _nothing_to_compare(now: Reading) -> str:
    return "not judged" if now.status is Status.COLLAPSED else "nothing to compare"


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
    whose = "all our touchpoints together" if ranked.standing.is_company else "ours"
    yield f"{whose} over the same days: {figures.format_value(metric, ranked.own)}"
    for against, name in ((Against.ACHIEVABLE, "achievable"), (Against.MEDIAN, "middle peer")):
        if against in ranked.gaps:
            yield f"{name}: {figures.format_value(metric, ranked.gaps[against].value)}"


_RANKS = {1: Meaning.GOOD, 4: Meaning.BAD}


def _difference(metric: Metric, now: float, before: float, *, label: str, detail: str) -> Chip:
    movement, meaning = movement_of(metric, now, before), meaning_of(metric, now, before)
    higher = {Movement.UP: "higher", Movement.DOWN: "lower"}.get(movement, "level")
    return Chip(
        label=label,
        text=figures.format_change(metric, now, before),
        movement=movement,
        meaning=meaning,
        word=_WORDS.get(meaning, higher),
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
