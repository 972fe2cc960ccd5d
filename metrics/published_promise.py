"""Whether a process keeps its target by the letter of the published method.

`metrics.verdict.assure` is what screens tell; this is what Making Data Count's own icon would show.
"""

from metrics.model import Better
from metrics.verdict import Promise


def promise_by_the_letter(
    *, lower: float | None, upper: float | None, target: float | None, better: Better
) -> Promise:
    """The promise of a target against the last segment's limits, both sides strict.

    A target on a limit is met sometimes, and so is one where there are no limits. No promise
    without a target, nor where neither way is good.
    """
    if target is None or better not in (Better.HIGHER, Better.LOWER):
        return Promise.NONE
    if upper is not None and target > upper:
        return Promise.NEVER if better is Better.HIGHER else Promise.ALWAYS
    if lower is not None and target < lower:
        return Promise.ALWAYS if better is Better.HIGHER else Promise.NEVER
    return Promise.SOMETIMES
