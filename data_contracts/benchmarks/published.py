"""Rows that are published already just so: that their periods overlap is no news."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from data_contracts.benchmarks.keys import KEY
from data_contracts.benchmarks.known import Known
from data_contracts.benchmarks.sheet import Sheet
from data_contracts.findings import Reason
from data_contracts.parsing.cells import Entry

_SAYS = (*KEY, "value", "unit", "per")


def without_published(entries: Iterable[Entry], sheet: Sheet, known: Known) -> Iterator[Entry]:
    """Yield the entries without rows that were published one by one and are in one file now.

    Only overlaps, which are judged beside other rows; the store is asked where there is any.
    """
    for entry in entries:
        is_beside = entry.reason is Reason.OVERLAP
        if known.are_published is None or not is_beside or not len(entry.positions):
            yield entry
            continue
        asked = np.zeros(sheet.rows, dtype=np.bool_)
        asked[entry.positions] = True
        positions = np.flatnonzero(asked)
        is_new = ~known.are_published(sheet.frame(_SAYS, asked))
        yield replace(entry, positions=positions[is_new])
