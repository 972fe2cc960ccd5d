"""How a series is judged, in the few words of a preview: what is usual, by chance, the verdict."""

from dataclasses import dataclass

from callboard import figures
from callboard.services.readings.judging import Judged
from callboard.services.readings.signal_words import usual_span
from callboard.services.tiles.tile_making import target_text
from metrics.breaks import LEAST
from metrics.calendar import calendar_for
from metrics.model import Metric
from metrics.verdict import verdict_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Centre, limits and verdict of a series at its newest period, in words."""

    centre: str
    limits: str
    verdict: str


def tell_judged(metric: Metric, judged: Judged, row: int) -> Told:
    """Return how a series is judged at its newest period."""
    limits, noun = judged.limits(row), judged.table.grain.value
    none_yet = f"none yet: {limits.points} of {LEAST} {noun}s"
    return Told(
        centre=figures.format_value(metric, limits.centre),
        limits=none_yet if limits.lower is None else usual_span(metric, limits),
        verdict=_verdict(metric, judged, row),
    )


def counted(number: int, noun: str) -> str:
    """Return `1 week`, `12 weeks`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _verdict(metric: Metric, judged: Judged, row: int) -> str:
    start = judged.period_start(row)
    if start is None:
        return ""
    assurance = judged.assurances[row]
    return verdict_sentence(
        judged.variation(row),
        assurance=assurance,
        standing=None,
        period=calendar_for(judged.table.grain).period_of(start),
        target_text=target_text(metric, assurance.target),
    )
