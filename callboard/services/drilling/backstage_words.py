"""What was found backstage, in sentences: associated, not caused. Pure."""

from collections.abc import Mapping, Sequence

from callboard.figures import format_count, format_number, format_signed
from callboard.storage.series_table import SeriesKey
from callboard.views import BackstagePair, LagPoint
from metrics.association import LEAST_PAIRS, Association, Lag, TooShort
from metrics.model import Better, Metric

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
_NOT_CAUSED = "Associated, not caused."


def summary_sentence(front: Metric, pairs: Sequence[BackstagePair], weeks: int) -> str:
    """Return how many pairs were looked at and how many of them hold."""
    judged = [each for each in pairs if each.best is not None]
    short = len(pairs) - len(judged)
    if not pairs:
        return "The services behind this touchpoint have no readings to look at."
    if not judged:
        return (
            f"{LEAST_PAIRS + 1} weeks in a row with a value on both sides are needed to look for "
            f"what moves before “{front.name}”; it has {format_count(weeks)}."
        )
    held = sum(each.holds for each in judged)
    together = "moves together" if held < 2 else "move together"
    of = f"{_pairs(len(judged))} looked at; {format_count(held) if held else 'none'} {together}"
    rest = f" {_pairs(short)} more {_have(short)} too little history." if short else ""
    return f"{of} more than chance would.{rest}"


def method_sentence(until: str) -> str:
    """Return in plain words what was compared."""
    return (
        "Compared are changes from week to week, less what the season explains, those backstage up "
        f"to eight weeks ahead{f'; to {until.lower()}' if until else ''}. Of what is told to move "
        "together, at most about one in twenty is expected to be chance."
    )


def make_pair(
    front: Metric,
    behind: Metric,
    services: Mapping[str, str],
    key: SeriesKey,
    found: Association | TooShort,
) -> BackstagePair:
    """Return a pair with its sentence and its lags."""
    service = services[key.touchpoint]
    name = f"“{behind.name}” at {service}"
    lags = tuple(map(_point, found.lags)) if isinstance(found, Association) else ()
    best = _point(found.best) if isinstance(found, Association) else None
    sentence = _sentence(front, behind, name, found)
    return BackstagePair(
        touchpoint=key.touchpoint,
        touchpoint_name=service,
        metric=behind.code,
        metric_name=behind.name,
        holds=isinstance(found, Association) and found.holds,
        sentence=sentence,
        lags=lags,
        best=best,
        halves_text=_halves(found) if isinstance(found, Association) else "",
        alt=f"Rank correlation of {name} with “{front.name}” by lag in weeks. {sentence}",
    )


def _point(lag: Lag) -> LagPoint:
    return LagPoint(lag=lag.lag, rho=lag.rho, low=lag.low, high=lag.high, pairs=lag.pairs)


def _sentence(front: Metric, behind: Metric, name: str, found: Association | TooShort) -> str:
    if isinstance(found, TooShort):
        return (
            f"{name}: {format_count(found.pairs)} weekly changes that both have; "
            f"{LEAST_PAIRS} are needed."
        )
    if not found.holds:
        return f"{name} and “{front.name}” here do not move together more than chance would."
    falls = behind.better is Better.HIGHER
    rises = (found.best.rho > 0) is not falls
    told = (
        f"When {name} {'falls' if falls else 'rises'}, “{front.name}” here tends to "
        f"{'rise' if rises else 'fall'} {_later(found.best.lag)}: "
        f"{format_count(found.best.pairs)} weeks, ρ {_rho(found.best)}."
    )
    return " ".join(filter(None, (told, _doubts(found), _NOT_CAUSED)))


def _doubts(found: Association) -> str:
    """What speaks against it, where something does."""
    doubts = []
    if not found.is_stable:
        doubts.append(f"It does not show in both halves of that time ({_halves(found)}).")
    if not found.has_direction:
        doubts.append("The other way round it is as strong, so which of them leads is open.")
    return " ".join(doubts)


def _halves(found: Association) -> str:
    earlier, later = (format_signed(each, 2) for each in found.halves)
    return f"{earlier}, then {later}"


def _rho(lag: Lag) -> str:
    low, high = format_number(lag.low, 2), format_number(lag.high, 2)
    return f"{format_number(lag.rho, 2)} ({low} to {high})"


def _later(lag: int) -> str:
    if lag == 0:
        return "in the same week"
    return f"{_NUMBERS[lag]} week{'s' * (lag > 1)} later"


def _pairs(count: int) -> str:
    return f"{format_count(count)} pair{'s' * (count != 1)}"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
