"""Whether each of many series keeps its promise as it runs now, and how often it did so far."""

import numpy as np

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.series import ReadingTable
from metrics.limits import FOOTINGS, Floats, Footing, Ints, LimitArrays, Limits, Mask
from metrics.verdict import Assurance, assure, good_range


def promises_of(
    table: ReadingTable,
    definitions: Definitions,
    limits: LimitArrays,
    *,
    targets: Floats,
    values: Floats,
    signals: Ints,
) -> tuple[Assurance, ...]:
    """The assurance of each series by the limits at its last period; `targets` NaN for none."""
    numbers = zip(
        *(
            getattr(limits, name)[:, -1].tolist()
            for name in ("centre", "lower", "upper", "sigma", "footing")
        ),
        strict=True,
    )
    wanted = [None if np.isnan(target) else float(target) for target in targets]
    is_met, known = _kept(table, definitions, limits, wanted=wanted, values=values)
    lasting = _lasting(signals, limits.groups)
    counts = [(is_met & among).sum(axis=1).tolist() for among in (known, lasting)] + [
        among.sum(axis=1).tolist() for among in (known, known & lasting)
    ]
    assurances = []
    for row, (*levels, footing) in enumerate(numbers):
        metric = definitions.metrics[table.keys[row].metric]
        assurances.append(
            assure(
                _limits(*levels, footing=FOOTINGS[footing]),
                better=metric.better,
                target=wanted[row],
                band=metric.band,
                met=(counts[0][row], counts[2][row]),
                met_since=(counts[1][row], counts[3][row]),
            )
        )
    return tuple(assurances)


def _kept(
    table: ReadingTable,
    definitions: Definitions,
    limits: LimitArrays,
    *,
    wanted: list[float | None],
    values: Floats,
) -> tuple[Mask, Mask]:
    """Which periods since the last break met the target of today, and which have a value."""
    metrics = [definitions.metrics[key.metric] for key in table.keys]
    ranges = [
        good_range(metric.better, target=target, band=metric.band) or (np.nan, np.nan)
        for metric, target in zip(metrics, wanted, strict=True)
    ]
    low, high = np.array(ranges, dtype=float).reshape(-1, 2).T
    known = ~np.isnan(values) & (limits.groups == limits.groups[:, -1:])
    with np.errstate(invalid="ignore"):
        is_met = known & (values >= low[:, None]) & (values <= high[:, None])
    return is_met, known


def _lasting(signals: Ints, groups: Ints) -> Mask:
    """Which periods belong to the unbroken run of the last one's signal, within its segment."""
    is_other = (signals != signals[:, -1:]) | (groups != groups[:, -1:])
    found: Mask = ~np.logical_or.accumulate(is_other[:, ::-1], axis=1)[:, ::-1]
    return found


def _limits(centre: float, lower: float, upper: float, sigma: float, *, footing: Footing) -> Limits:
    known = centre == centre  # noqa: PLR0124 - NaN is not itself
    return Limits(
        centre=centre if known else None,
        lower=lower if known else None,
        upper=upper if known else None,
        near_lower=None,
        near_upper=None,
        footing=footing,
        points=0,
        sigma=sigma if known else None,
    )
