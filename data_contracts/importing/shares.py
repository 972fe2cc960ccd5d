"""Which values might be shares of 1 where percentages are told; a person says whether they are."""

import numpy as np

from data_contracts.benchmarks.known import Known
from data_contracts.importing.coded import Mask, Sheet
from data_contracts.importing.decimals import Numbers
from data_contracts.importing.units import units_of
from data_contracts.parsing.headers import plain

_GAP = 20.0  # as the judge parts two scales


def find_shares(sheet: Sheet, numbers: Numbers, among: Mask, known: Known) -> Mask:
    """Return the rows of percent metrics whose values are up to 1 where others are far above.

    So are all the values of a metric that has none above 1. A percent sign settles it.
    """
    values = numbers.values()
    unsigned = numbers.column.where(lambda word: "%" not in word)
    small = among & unsigned & (values > 0) & (values <= 1)
    found = np.zeros(sheet.rows, dtype=np.bool_)
    if not small.any() or {"numerator", "denominator"} <= sheet.fields():
        return found
    is_percent = units_of(sheet).where(lambda unit: unit == "percent")
    codes = known.metric_codes()
    metrics = sheet.column("metric").changed(lambda word: codes.get(plain(word), ""))
    percent = {each.code for each in known.metrics if each.unit == "percent"}
    for metric in {metrics.words[code] for code in np.unique(metrics.codes[small]).tolist()}:
        if metric not in percent:
            continue
        own = is_percent & metrics.where(lambda word, metric=metric: word == metric)  # type: ignore[misc]
        shares = own & small
        large = values[own & (values > 1)]
        others = [*large.tolist(), *([known.levels[metric]] if metric in known.levels else [])]
        if shares.any() and (not len(large) or min(others) >= _GAP * values[shares].max()):
            found |= shares
    return found
