"""How long it takes to close a gap at the present pace, as sentences and as numbers. Pure."""

from dataclasses import dataclass

from callboard import figures
from callboard.services.drilling.counted import counted_by, round_step, rounded
from callboard.views import OutlookItem
from metrics.model import Better, Form, Metric
from metrics.trajectory import HORIZON, Pace, Trajectory
from metrics.verdict import Assurance, Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """What is to be reached: in words (`the target of 95 %`), by name, and in the metric's unit.

    `kept` is of our own target whether it is kept by the process as it is.
    """

    words: str
    topic: str
    value: float
    kept: Assurance | None = None

    @property
    def is_kept_mostly(self) -> bool:
        """Whether the process, as it is, is on the good side of the target more often than not."""
        return self.kept is not None and (self.kept.distance or -1.0) > 0


def tell_trajectory(
    metric: Metric, found: Trajectory, aimed: Aimed, *, noun: str, base: float, is_steady: bool
) -> OutlookItem | None:
    """Return how the gap develops; None where there is none that would be seen.

    `noun` is what a period is called, `base` what one usually has in its denominator.
    `is_steady`: no signal says that the process has left its limits' centre, so what the last
    periods fall short by may be chance.
    """
    behind = _behind(metric, found)
    if found.pace is Pace.MET or not any(digit in behind for digit in "123456789"):
        return None
    if is_steady and aimed.is_kept_mostly:
        sentence = (
            f"The last 3 {noun}s are {behind} worse than {aimed.words}, which chance alone does: "
            f"as it runs now, it is met in most {noun}s."
        )
    else:
        parts = (
            _pace(found, aimed, behind=behind, noun=noun),
            _cases(metric, found, base=base, noun=noun),
            _by_chance(aimed, noun=noun) if is_steady else "",
        )
        sentence = " ".join(part for part in parts if part)
    return OutlookItem(
        topic=aimed.topic,
        sentence=sentence,
        numbers=_numbers(metric, found, aimed, noun=noun),
    )


def _behind(metric: Metric, found: Trajectory) -> str:
    """The gap in words, without a long unit: `1.2 points`, `2.1`."""
    gap = figures.format_gap(metric, found.gap).lstrip("+±").replace(" pt", " point")
    return gap.split(" per ")[0]


def _by_chance(aimed: Aimed, *, noun: str) -> str:
    if aimed.kept is None or aimed.kept.promise is not Promise.SOMETIMES:
        return ""
    return f"As it runs now, single {noun}s meet it by chance."


def _pace(found: Trajectory, aimed: Aimed, *, behind: str, noun: str) -> str:
    over = f"the last {found.points} {noun}s"
    match found.pace:
        case Pace.CLOSING:
            return (
                f"At the pace of {over}, {aimed.words} is reached in "
                f"{_about(found.periods or 0.0, noun)}{_range(found, noun)}."
            )
        case Pace.BEYOND:
            return (
                f"It improves, but at the pace of {over}, {aimed.words} is more than "
                f"{HORIZON} {noun}s away{_soonest(found, noun)}."
            )
        case Pace.GROWING:
            return f"{_gap(behind, aimed, noun)} has grown over {over}."
        case _:
            return (
                f"{_gap(behind, aimed, noun)} is not closing: "
                f"there is no reliable improvement over {over}."
            )


def _gap(behind: str, aimed: Aimed, noun: str) -> str:
    """The gap with what it lies between: one period alone is not where the process stands."""
    return f"The gap of {behind} from the mean of the last 3 {noun}s to {aimed.words}"


def _about(periods: float, noun: str) -> str:
    whole = max(round(periods), 1)
    return f"about {whole} {noun}{'s' if whole > 1 else ''}"


def _range(found: Trajectory, noun: str) -> str:
    soonest = max(round(found.soonest or 0.0), 1)
    if found.latest is None:
        return f", but anything from {soonest} to more than {HORIZON} is possible"
    latest = max(round(found.latest), 1)
    return f" ({soonest} to {latest} {noun}s)" if latest > soonest else ""


def _soonest(found: Trajectory, noun: str) -> str:
    return f", {round(found.soonest)} {noun}s at the earliest" if found.soonest else ""


def _cases(metric: Metric, found: Trajectory, *, base: float, noun: str) -> str:
    """What closing the gap takes each period, in cases at the volume that is usual."""
    cases = found.gap / metric.scale * base
    told = counted_by(metric, cases)
    if told is None or metric.form not in (Form.RATIO, Form.RATE) or cases < 2:
        return ""
    is_fewer = told.are_misses or metric.better is Better.LOWER
    amount = rounded(cases, round_step(cases / 5))
    whole = "" if told.words else f" of {figures.format_count(base)} {metric.base}".rstrip()
    return f"Closing it takes about {told.more(-amount if is_fewer else amount)}{whole} a {noun}."


def _numbers(
    metric: Metric, found: Trajectory, aimed: Aimed, *, noun: str
) -> tuple[tuple[str, str], ...]:
    slope, way = found.slope, 1 if metric.better is Better.HIGHER else -1
    fine = metric.model_copy(update={"decimals": max(metric.decimals, 1) + 1})
    low = figures.format_signed(slope.low, fine.decimals)
    value, high, pace = (
        figures.format_gap(fine, each) for each in (slope.value, slope.high, way * found.required)
    )
    return (
        (aimed.topic, figures.format_value(metric, aimed.value)),
        (f"Mean of the last 3 {noun}s", figures.format_value(metric, found.now)),
        (f"Change a {noun}, over the last {found.points} {noun}s", value),
        ("90 % interval of that", f"{low} to {high}"),
        (f"Needed a {noun} to get there in {HORIZON} {noun}s", pace),
        ("Worked out on", "the logit scale" if found.is_logit else "the plain scale"),
    )
