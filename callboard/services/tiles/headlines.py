"""The sentence a page begins with, built by rules from what its tiles were judged to be. Pure."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

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
_WEEK = 7
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


LOST = "out of reach of the year’s target"


class Fate(NamedTuple):
    """What becomes of a figure; of a promise (one with a target) whether its year is lost, too."""

    kept: Kept
    is_promise: bool
    is_lost: bool = False

    @property
    def state(self) -> Kept:
        """What it counts as: what is lost for the year is at risk, however it runs now."""
        return Kept.AT_RISK if self.is_lost else self.kept

    @property
    def is_of_concern(self) -> bool:
        """Whether it needs a look: the one answer for pages, files and messages."""
        return self.state is Kept.AT_RISK

    @property
    def is_at_risk(self) -> bool:
        """Whether it is a promise of concern."""
        return self.is_promise and self.is_of_concern


def state_of(tile: Tile) -> Kept:
    """What a tile counts as, the same as in the sentence of its page."""
    return Kept.AT_RISK if tile.is_lost else kept(tile.variation, tile.assurance)


def is_of_concern(tile: Tile) -> bool:
    """Whether a tile needs a look: it gets worse, misses its target, or its year is lost."""
    return state_of(tile) is Kept.AT_RISK


def is_improving(tile: Tile) -> bool:
    """Whether a tile gets better: good news even where its year is lost."""
    return kept(tile.variation, tile.assurance) is Kept.IMPROVING


LOOKS = {
    Kept.AT_RISK: "of concern",
    Kept.IMPROVING: "improving",
    Kept.UNUSUAL: "unusually high or low",
    Kept.STEADY: "steady",
    Kept.UNKNOWN: "without enough data",
    Kept.SUSPENDED: "not judged after a collapse in volume",
}


def headline(
    fates: Sequence[Fate],
    worst: Tile | None,
    *,
    with_touchpoint: bool = True,
    muted: int = 0,
    reach: str = "",
) -> str:
    """Return `3 of 34 promises at risk, 4 other figures of concern, 31 steady; … Worst: …`.

    Whose year is lost and what is worst stand in sentences of their own. `worst` is the first
    of concern; `muted` says how many of the others that improve do so below a concern of a higher
    key.
    """
    if not fates:
        return NOTHING_HERE
    told = _others(fates, muted=muted)
    reached = f"; data complete to {reach}" if reach else ""
    counted = ", ".join(filter(None, (_risk(fates), *told))) + f"{reached}."
    named = _worst(worst, with_touchpoint=with_touchpoint) if worst else ""
    return " ".join(filter(None, (counted, _lost(fates), named)))


def _worst(tile: Tile, *, with_touchpoint: bool) -> str:
    what = in_a_sentence(tile.metric_name)
    if with_touchpoint:
        what = name_at(tile.metric_name, tile.touchpoint_name)
    return f"Worst: {', '.join(filter(None, (what, tell(tile))))}."


def _risk(fates: Sequence[Fate]) -> str:
    """How many of the promises are at risk, as the targets' page counts them."""
    promised = sum(each.is_promise for each in fates)
    at_risk = sum(each.is_at_risk for each in fates)
    if not promised:
        return "" if any(each.is_of_concern for each in fates) else "No figure of concern"
    if promised == 1:
        return "1 promise at risk" if at_risk else "No promise at risk"
    return f"{at_risk or 'None'} of {promised} promises at risk"


def _lost(fates: Sequence[Fate]) -> str:
    """How many promises the year is lost for, and how many of those improve all the same."""
    at_risk = [each for each in fates if each.is_at_risk]
    lost = sum(each.is_lost for each in at_risk)
    if not lost:
        return ""
    better = sum(each.kept is Kept.IMPROVING for each in at_risk)
    if len(at_risk) == 1:
        return f"It is {LOST}{', improving all the same' if better else ''}."
    whole = "Both" if lost == 2 else f"All {lost}"
    them = whole if lost == len(at_risk) else f"{lost} of the {len(at_risk)}"
    told = f"{them} {'is' if lost == 1 else 'are'} {LOST}"
    who = "" if lost == 1 else f"{better} of them "
    return f"{told}, {who}improving all the same." if better else f"{told}."


def _others(fates: Sequence[Fate], *, muted: int) -> list[str]:
    """What becomes of all that is no promise at risk, the first of it with its noun."""
    rest = [each for each in fates if not each.is_at_risk]
    counts = {kind: sum(each.kept is kind for each in rest) for kind in Kept}
    has_promises = any(each.is_promise for each in fates)
    below = {Kept.IMPROVING: f", {muted} of them below a concern"} if muted else {}
    told = [
        f"{counts[kind]} {word}{below.get(kind, '')}"
        for kind, word in LOOKS.items()
        if counts[kind]
    ]
    if told:
        count, word = told[0].split(" ", 1)
        other = "other " if has_promises and counts[Kept.AT_RISK] else ""
        told[0] = f"{count} {other}{'figure' if count == '1' else 'figures'} {word}"
    return told


def tell_all(tile: Tile) -> str:
    """A tile's verdict, and of its year that it is lost: `Steady; out of reach of …`."""
    return f"{tile.verdict}; {LOST}" if tile.is_lost else tile.verdict


def tell(tile: Tile) -> str:
    """What is the matter with a tile: `falling since 3 Oct, behind 5 of 6 peers`."""
    parts = [_change(tile)]
    if not parts[0] and tile.assurance.promise is Promise.NEVER:
        parts = ["does not meet its target"]
    match kept(tile.variation, tile.assurance):
        case Kept.IMPROVING if tile.is_lost:
            parts[0] = f"{LOST} though better, {parts[0]}"
        case found if tile.is_lost and found is not Kept.AT_RISK:
            parts.insert(0, LOST)
        case _:
            pass
    if tile.standing is not None and tile.standing.rank > 1:
        whose = "with the company " if tile.standing.is_company else ""
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


def reach_in_words(day: date, today: date) -> str:
    """How far the data reaches: `Sunday` within the last week, `Sun 21 Nov` before that."""
    if 0 <= (today - day).days < _WEEK:
        return f"{day:%A}"
    return figures.period_label(Grain.DAY, day, near=today)


def name_at(metric: str, touchpoint: str) -> str:
    """What a sentence is about, as people say it: `page load (75th percentile) at Web store`."""
    return f"{in_a_sentence(metric)} at {touchpoint}"


def in_a_sentence(name: str) -> str:
    """`On-time delivery` as it stands inside a sentence; `SLA attainment` keeps its capitals.

    What stands after a comma is put in brackets, so that the sentence keeps its commas to itself.
    """
    first, comma, more = name.partition(", ")
    said = first if first[1:2].isupper() else f"{first[:1].lower()}{first[1:]}"
    return f"{said} ({more})" if comma and "(" not in more else f"{said}{comma}{more}"
