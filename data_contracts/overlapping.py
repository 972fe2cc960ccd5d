"""Which rows' times run into each other, among rows that are the same in some columns."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Moments = NDArray[np.datetime64]


def find_overlaps(keys: pd.DataFrame, starts: Moments, ends: Moments) -> Mask:
    """Return where a time, both ends included, touches that of another row with the same `keys`.

    No key and no end may be missing; a time whose end lies before its start touches none.
    """
    touched = np.zeros(len(keys), dtype=np.bool_)
    rows = np.flatnonzero(starts <= ends)
    if not rows.size:
        return touched
    subjects = keys.iloc[rows].groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    first, last = starts[rows].astype("M8[us]"), ends[rows].astype("M8[us]")
    order = np.lexsort((last, first, subjects))
    subjects, first, last = subjects[order], first[order], last[order]
    reached = pd.Series(last.astype(np.int64)).groupby(subjects).cummax().to_numpy()
    is_same = subjects[1:] == subjects[:-1]
    begins = first.astype(np.int64)[1:]
    is_reached = np.append(False, is_same & (reached[:-1] >= begins))
    reaches_next = np.append(is_same & (last.astype(np.int64)[:-1] >= begins), False)
    touched[rows[order]] = is_reached | reaches_next
    return touched
