"""Where the year will end against its target, as sentences and as numbers. Pure."""

from callboard import figures
from callboard.services.readings.year_ends import Year
from callboard.views import OutlookItem
from metrics.calendar import calendar_for
from metrics.model import Better, Metric
from metrics.year_end import Aim, Outcome, YearEnd

TOPIC = "Year end"


def tell_year_end(metric: Metric, found: YearEnd, *, aim: Aim, year: Year) -> OutlookItem:
    """Return where a year will end, or has ended, against its target."""
    finer = fine_enough(metric, found, aim)
    target = figures.format_short(metric, aim.target)
    if not found.left:
        word = "met" if found.outcome is Outcome.KEPT else "missed"
        ended = figures.format_value(finer, found.so_far)
        sentence = f"{year.name} ended at {ended}: the target of {target} was {word}."
    else:
        parts = (
            f"{year.name} will end {_span(finer, found)}{_if_signal_stays(finer, found, year)} "
            f"(target {target}): {_outcome(metric, found, aim, year.noun)}.",
            _rest(metric, found, aim, year.noun),
        )
        sentence = " ".join(part for part in parts if part)
    return OutlookItem(topic=TOPIC, sentence=sentence, numbers=_numbers(metric, found, aim, year))


def fine_enough(metric: Metric, found: YearEnd, aim: Aim) -> Metric:
    """The metric with a decimal more, where rounding would put the year's end on the target."""
    ends = (found.so_far,) if not found.left else (found.low, found.high)
    target = figures.format_value(metric, aim.target)
    if all(figures.format_value(metric, end) != target for end in ends):
        return metric
    return metric.model_copy(update={"decimals": metric.decimals + 1})


def _span(metric: Metric, found: YearEnd) -> str:
    low = figures.format_number(found.low, metric.decimals)
    if low == figures.format_number(found.high, metric.decimals):
        return f"at {figures.format_value(metric, found.low)}"
    return f"between {low} and {figures.format_value(metric, found.high)}"


def _if_signal_stays(metric: Metric, found: YearEnd, year: Year) -> str:
    """What each end stands on while a signal says that the process may have left its limits."""
    if found.as_lately is None:
        return ""
    noun, end = year.noun, figures.format_short(metric, found.as_lately)
    return (
        f" if the {noun}s left are like the {found.points} behind the limits, "
        f"and at {end} if they are like those since the signal began"
    )


def _outcome(metric: Metric, found: YearEnd, aim: Aim, noun: str) -> str:
    match found.outcome:
        case Outcome.KEPT:
            return f"safe, even with every {noun} left at the bad end of its usual range"
        case Outcome.LIKELY_KEPT:
            return "it will most likely be met"
        case Outcome.OPEN:
            return "too close to call"
        case Outcome.LIKELY_MISSED:
            return "it will most likely be missed"
        case Outcome.MISSED if _is_impossible(found, aim):
            end = aim.highest if aim.better is Better.HIGHER else aim.lowest
            whole = metric.model_copy(update={"decimals": 0})
            value = figures.format_short(whole, end)
            return f"out of reach, even {value} for the rest of the year would not do"
        case Outcome.MISSED:
            return f"out of reach, even with every {noun} left at the good end of its usual range"


def _is_impossible(found: YearEnd, aim: Aim) -> bool:
    """Whether what the rest must average lies beyond what the metric can be."""
    if found.required is None:
        return False
    if aim.better is Better.HIGHER:
        return aim.highest is not None and found.required > aim.highest
    return aim.lowest is not None and found.required < aim.lowest


def _rest(metric: Metric, found: YearEnd, aim: Aim, noun: str) -> str:
    """What the rest must average; nothing where that could be anything, or cannot be."""
    if found.required is None or found.outcome is Outcome.KEPT or _is_impossible(found, aim):
        return ""
    required = figures.format_short(metric, found.required)
    usual = f"{figures.format_short(metric, found.usual)} is usual"
    if found.lately is not None:
        usual = f"since the signal began it is {figures.format_short(metric, found.lately)}"
    left = _left(found.left, noun)
    if found.outcome is Outcome.LIKELY_KEPT:
        bound = "at least" if aim.better is Better.HIGHER else "at most"
        return f"That holds as long as {left} average {bound} {required}; {usual}."
    bound = "or more" if aim.better is Better.HIGHER else "or less"
    return f"{left[:1].upper()}{left[1:]} would have to average {required} {bound}; {usual}."


def _left(periods: int, noun: str) -> str:
    return f"the {periods} {noun}s left" if periods > 1 else f"the {noun} left"


def _numbers(metric: Metric, found: YearEnd, aim: Aim, year: Year) -> tuple[tuple[str, str], ...]:
    noun, calendar = year.noun, calendar_for(year.told.grain)
    rows = [
        (
            f"So far, from {calendar.label(year.first_known)}",
            figures.format_value(metric, found.so_far),
        ),
        (f"Last {noun} of the year", calendar.label(year.last)),
        (f"{noun[:1].upper()}{noun[1:]}s left", str(found.left)),
    ]
    if found.required is not None:
        worst, best = (figures.format_value(metric, each) for each in (found.worst, found.best))
        rows += [
            ("Usual, and expected of the rest", figures.format_value(metric, found.usual)),
            ("Usual is taken from", f"{found.points} {noun}s"),
            ("Year end, 95 % range", figures.format_interval(metric, found.low, found.high)),
            ("Year end at the worst to be expected", worst),
            ("Year end at the best to be expected", best),
            *_lately(metric, found, noun),
            ("The rest must average", _required(metric, found, aim)),
        ]
    return (*rows, ("Target", figures.format_value(metric, aim.target)))


def _required(metric: Metric, found: YearEnd, aim: Aim) -> str:
    needed = figures.format_value(metric, found.required)
    return f"{needed}, which cannot be" if _is_impossible(found, aim) else needed


def _lately(metric: Metric, found: YearEnd, noun: str) -> list[tuple[str, str]]:
    if found.as_lately is None:
        return []
    end = figures.format_value(metric, found.as_lately)
    return [(f"Year end if the {noun}s left are like those since the signal began", end)]
