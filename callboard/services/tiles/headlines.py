"""The sentence a page begins with, built by rules from what its tiles were judged to be. Pure."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from callboard import figures
from callboard.views import Tile
from metrics.limits import Footing
from metrics.model import Grain
from metrics.rare_words import tell_spacing
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation

NOTHING_YET = (
    "No readings yet. Connect a feed with `callboard connect`, then run `callboard refresh`."
)
NOTHING_HERE = "No readings for this choice yet. Choose other touchpoints, or another pillar."


class Kept(StrEnum):
    """What becomes of a promise: every judged tile is exactly one of these."""

    AT_RISK = "at_risk"
    IMPROVING = "improving"
    UNUSUAL = "unusual"
    STEADY = "steady"
    UNKNOWN = "unknown"
    SUSPENDED = "suspended"


def kept(variation: Variation, assurance: Assurance) -> Kept:
    """Say what becomes of a promise: at risk is a concern, or a target that is never met.

    Unusually high or low, where neither is good, is no risk but not steady. What could not be
    judged, for want of values or of history, is not steady either; nor is what
    was not judged because its volume collapsed.
    """
    if variation.is_suspended:
        return Kept.SUSPENDED
    is_judged = variation.footing not in (Footing.NONE, Footing.GAPS)
    if variation.signal is Signal.NO_DATA or not is_judged:
        return Kept.UNKNOWN
    if variation.signal is Signal.CONCERN:
        return Kept.AT_RISK
    if variation.signal is Signal.IMPROVEMENT:
        return Kept.IMPROVING
    if variation.signal in (Signal.HIGH, Signal.LOW):
        return Kept.UNUSUAL
    return Kept.AT_RISK if assurance.promise is Promise.NEVER else Kept.STEADY


_REST = {
    Kept.IMPROVING: "improving",
    Kept.UNUSUAL: "unusually high or low",
    Kept.STEADY: "steady",
    Kept.UNKNOWN: "without enough data",
    Kept.SUSPENDED: "not judged after a collapse in volume",
}


def headline(counts: Sequence[Kept], worst: Tile | None, *, with_touchpoint: bool = True) -> str:
    """Return `3 promises at risk, 2 improving, 31 steady. Worst: …`."""
    if not counts:
        return NOTHING_HERE
    at_risk = sum(each is Kept.AT_RISK for each in counts)
    risk = "No promise at risk" if not at_risk else f"{at_risk} {_promises(at_risk)} at risk"
    rest = [(sum(each is kind for each in counts), word) for kind, word in _REST.items()]
    sentence = ", ".join((risk, *(f"{count} {word}" for count, word in rest if count))) + "."
    if worst is None or not at_risk:
        return sentence
    where = f", {worst.touchpoint_name}" if with_touchpoint else ""
    return f"{sentence} Worst: {in_a_sentence(worst.metric_name)}{where}: {tell(worst)}."


def tell(tile: Tile) -> str:
    """What is the matter with a tile: `falling since 3 Oct, behind 5 of 6 peers`."""
    parts = [_change(tile)]
    if not parts[0] and tile.assurance.promise is Promise.NEVER:
        parts = ["does not meet its target"]
    if tile.standing is not None and tile.standing.rank > 1:
        whose = "the company " if tile.standing.is_company else ""
        parts.append(f"{whose}behind {tile.standing.rank - 1} of {tile.standing.peers - 1} peers")
    return ", ".join(part for part in parts if part)


_CHANGES = {
    Rule.OUTSIDE_ABOVE: "far above usual",
    Rule.OUTSIDE_BELOW: "far below usual",
    Rule.TREND_UP: "rising",
    Rule.TREND_DOWN: "falling",
    Rule.TWO_OF_THREE_ABOVE: "well above usual",
    Rule.TWO_OF_THREE_BELOW: "well below usual",
    Rule.SHIFT_ABOVE: "above usual",
    Rule.SHIFT_BELOW: "below usual",
}


def _change(tile: Tile) -> str:
    began = tile.variation.since
    if tile.variation.rule is Rule.NONE or began is None:
        return ""
    told = date.fromisoformat(tile.period) if tile.period else None
    if tile.variation.between is not None:
        return f"{tell_spacing(tile.variation.rule)} since {figures.format_day(began, near=told)}"
    when = "on" if tile.grain is Grain.DAY and began == told else "since"
    return f"{_CHANGES[tile.variation.rule]} {when} {figures.format_day(began, near=told)}"


def _promises(count: int) -> str:
    return "promise" if count == 1 else "promises"


def in_a_sentence(name: str) -> str:
    """`On-time delivery` as it stands inside a sentence; `SLA attainment` keeps its capitals."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"
