"""Columns whose every word is plain: numbers and ISO days that can be read one way only.

They are read all at once. A column with any other word is left to the careful reading.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data_contracts.parsing.distinct import Distinct

# `$` is the end of the text here, line breaks included; figures beyond 15 are read with care.
_NUMBER = r"^-?(?:0?\.[0-9]{1,15}|[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4,15}))?)$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def clear_numbers(words: Distinct) -> NDArray[np.float64] | None:
    """Return the number of each word, None where one of them needs a closer look."""
    read = _cast(words, _NUMBER, pa.float64())
    return None if read is None else np.asarray(read.to_numpy(zero_copy_only=False))


def clear_days(words: Distinct) -> NDArray[np.datetime64] | None:
    """Return the day of each word, None where one of them needs a closer look."""
    read = _cast(words, _DAY, pa.date32())
    if read is None:
        return None
    days = read.cast(pa.int32()).to_numpy(zero_copy_only=False)
    return np.asarray(days.astype("M8[D]").astype("M8[us]"))


def _cast(words: Distinct, pattern: str, kind: pa.DataType) -> pa.Array | None:
    if not words.are_all(pattern):
        return None
    try:
        return pc.cast(words.arrow, kind)
    except pa.ArrowInvalid:  # a day that there is not
        return None
