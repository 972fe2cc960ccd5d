"""Which small segments may not be shown, so that they cannot be had by subtraction either."""

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def hide_derivable(n: NDArray[np.float64], hidden: Mask, *, least: int) -> Mask:
    """Hide the smallest of the shown segments, one by one, until those hidden reach `least` cases.

    Whoever knows a whole and all of its segments but one knows that one too (complementary
    suppression: Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001). A
    segment without a case has nothing to hide.
    """
    found = hidden & (n > 0)
    together = n[found].sum()
    for each in np.argsort(n, kind="stable") if found.any() else ():
        if together >= least:
            break
        if not found[each] and n[each] > 0:
            found[each] = True
            together += n[each]
    return found
