"""A few periods far off what is usual, over again: they bend the limits that the others have.

A strike or a storm in the baseline makes every ordinary week look better than usual. Proposes what
could be set aside; a person decides. See docs/method.md, baselines.
"""

import numpy as np

from metrics.limits import Floats, Ints

MOST = 4  # periods in a row: what lasts longer is a level, and perhaps a break
LEAST_LEFT = 12  # points that full limits stand on
_REACH = 4 / 3 * 3.145  # four sigma in median moving ranges (Wheeler, *Making Sense of Data*)


def find_far(values: Floats, *, segments: Ints | None = None) -> tuple[int, int] | None:
    """The first and last point of the run farthest from the median of a series' last segment.

    `values` are oldest first, NaN where there is none. All points of the run lie on one side, four
    sigma or more away, sigma being that of the median moving range, which a few points far off do
    not move. None where there is no such run, where it has more than four points, still runs at the
    newest point, or leaves fewer than twelve others.
    """
    mine = np.ones(len(values), dtype=bool) if segments is None else segments == segments[-1]
    told = np.flatnonzero(mine & ~np.isnan(values))
    known = values[told]
    if len(known) < LEAST_LEFT + 1:
        return None
    off = known - np.median(known)
    usual = float(np.median(np.abs(np.diff(known))))
    sides = np.where(np.abs(off) > _REACH * usual, np.sign(off), 0.0) if usual > 0 else 0.0 * off
    if not sides.any():
        return None
    at = int(np.argmax(np.abs(off) * (sides != 0)))
    first = last = at
    while first > 0 and sides[first - 1] == sides[at]:
        first -= 1
    while last + 1 < len(known) and sides[last + 1] == sides[at]:
        last += 1
    run = last - first + 1
    if run > MOST or last + 1 == len(known) or len(known) - run < LEAST_LEFT:
        return None
    return int(told[first]), int(told[last])
