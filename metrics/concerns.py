"""What needs a look first: a verdict as one number to sort by."""

from metrics.limits import Footing
from metrics.signals import Signal
from metrics.standing import Standing
from metrics.verdict import Assurance, Promise, Variation

_WORST_FIRST = {
    Promise.NEVER: 30.0,
    Promise.SOMETIMES: 10.0,
    Promise.NONE: 5.0,
    Promise.ALWAYS: 0.0,
}


def concern(variation: Variation, assurance: Assurance, standing: Standing | None = None) -> float:
    """How much a metric needs a look, to sort by: the higher, the sooner.

    In this order: a concern signal (never keeps its target, sometimes, has none, always keeps it),
    a target never kept without such a signal, no data, a target sometimes kept, none, always kept.
    Trial limits weigh a little less, an improvement less than no change; of equals the one that
    stands lower among peers comes first.
    """
    score = _WORST_FIRST[assurance.promise]
    match variation.signal:
        case Signal.CONCERN:
            score += 70 if variation.footing is Footing.FULL else 67
        case Signal.NO_DATA:
            score = 25
        case Signal.HIGH | Signal.LOW:
            score += 2
        case Signal.IMPROVEMENT:
            score -= 2
        case _:
            pass
    return score + (_lag(standing) if standing else 0.0)


def with_lost_year(score: float, variation: Variation) -> float:
    """A year out of reach of its target needs a look as much as a target never kept.

    Of years that are lost alike, the one of which the figure gets better comes last.
    """
    lost = _WORST_FIRST[Promise.NEVER] + score / 100
    return max(score, lost - (variation.signal is Signal.IMPROVEMENT))


def _lag(standing: Standing) -> float:
    return (standing.rank - 1) / max(standing.peers - 1, 1)
