"""Hours in which nothing was counted although the feed was there: zero, not blank. Pure."""

import numpy as np

from callboard.storage.series_table import Series
from metrics.calendar import Days


def with_empty_hours(found: Series, days: Days) -> Series:
    """The hours of a count, and a zero for each hour of `days` that has none.

    Days that have an hour already are told of, whether they are among `days` or not.
    """
    known = np.unique(found.start.astype("datetime64[D]"))
    every = np.union1d(days.astype("datetime64[D]"), known).astype("datetime64[h]")
    hours = (every[:, None] + np.arange(24).astype("timedelta64[h]")).ravel()
    empty = hours[~np.isin(hours, found.start)]
    zeros, blank = np.zeros(len(empty)), np.full(len(empty), np.nan)
    return Series(
        start=np.concatenate([found.start, empty]),
        numerator=np.concatenate([found.numerator, zeros]),
        denominator=np.concatenate([found.denominator, blank]),
        n=np.concatenate([found.n, zeros]),
        sumsq=np.concatenate([found.sumsq, blank]),
        days=np.concatenate([found.days, np.ones(len(empty))]),
        last=np.concatenate([found.last, zeros]),
        sketch=(*found.sketch, *(None,) * len(empty)),
    )
