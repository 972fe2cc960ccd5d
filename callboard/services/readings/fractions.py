"""What the values of many series are made of, and on which kind of chart each is judged."""

from typing import cast

import numpy as np

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.period_windows import last_periods
from callboard.services.readings.series import OK, ReadingTable
from metrics.laney import Fractions, choose_charts
from metrics.limits import Floats, Ints, Mask
from metrics.model import Form


def fractions_of(
    table: ReadingTable, definitions: Definitions, *, ends: Ints, periods: int
) -> Fractions:
    """Numerators and denominators of the `periods` up to each series' own end, NaN elsewhere."""
    is_sound = table.status == OK
    numerator = last_periods(np.where(is_sound, table.numerator, np.nan), ends, periods)
    denominator = last_periods(np.where(is_sound, table.denominator, np.nan), ends, periods)
    metrics = [definitions.metrics[key.metric] for key in table.keys]
    return Fractions(
        numerator=numerator,
        denominator=denominator,
        scale=np.array([metric.scale for metric in metrics], dtype=float),
        charts=choose_charts(
            numerator,
            denominator,
            is_share=_of_form(table, definitions, Form.RATIO) & ~_exceeds(numerator, denominator),
            is_rate=_of_form(table, definitions, Form.RATE),
        ),
    )


def _of_form(table: ReadingTable, definitions: Definitions, form: Form) -> Mask:
    forms = [definitions.metrics[key.metric].form is form for key in table.keys]
    return np.array(forms, dtype=bool)


def _exceeds(numerator: Floats, denominator: Floats) -> Mask:
    """Whether any numerator is more than its denominator or negative: that is no share."""
    with np.errstate(invalid="ignore"):
        found = ((numerator > denominator) | (numerator < 0)).any(axis=1)
    return cast(Mask, found)
