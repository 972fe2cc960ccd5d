"""The achievable benchmark: what the best-performing tenth of all cases shows to be possible.

After Kiefe, Weissman, Allison et al. (International Journal for Quality in Health Care 10, 1998)
and Weissman et al. (Journal of Evaluation in Clinical Practice 5, 1999). A raw best value rewards
small samples; this does not.
"""

from collections.abc import Sequence

from metrics.model import Better
from metrics.peer_ranking import Chance, Contender, Ruler

SHARE_OF_CASES = 0.10


def leaders(contenders: Sequence[Contender], ruler: Ruler) -> tuple[Contender, ...]:
    """The best of those whose counts are known, until they hold a tenth of all counted cases.

    Ordered by a fraction that pulls small samples to the middle, see `adjusted_fraction`; of
    equals the larger comes first. Empty without counts, and for a band.
    """
    counted = [each for each in contenders if each.is_counted(ruler)]
    if ruler.band is not None or ruler.chance is Chance.OTHER or not counted:
        return ()
    sign = -1 if ruler.better is Better.HIGHER else 1
    prior = _prior(counted, ruler)
    ordered = sorted(
        counted,
        key=lambda each: (
            sign * adjusted_fraction(each, prior),
            -(each.denominator or 0.0),
            each.entity,
        ),
    )
    needed = SHARE_OF_CASES * sum(each.denominator or 0.0 for each in counted)
    found: list[Contender] = []
    held = 0.0
    for each in ordered:
        if held >= needed:
            break
        found.append(each)
        held += each.denominator or 0.0
    return tuple(found)


def adjusted_fraction(contender: Contender, prior: float) -> float:
    """(x + 1) / (n + `prior`): one more case of each outcome, where the prior is 2."""
    return ((contender.numerator or 0.0) + 1) / ((contender.denominator or 0.0) + prior)


def _prior(counted: Sequence[Contender], ruler: Ruler) -> float:
    """2 for shares, as published; for rates the exposure in which one event is expected.

    The exposure of a rate has no natural unit, so that a plain 2 would depend on it.
    """
    if ruler.chance is Chance.SHARE:
        return 2.0
    events = sum(each.numerator or 0.0 for each in counted)
    exposure = sum(each.denominator or 0.0 for each in counted)
    return exposure / max(events, 1.0)
