"""p' and u' charts: limits for shares and rates whose denominators vary.

After D. B. Laney, "Improved control charts for attributes", *Quality Engineering* 14 (2002): the
limits of a p- or u-chart, stretched by how much more (or less) the series varies than chance alone
would have it. The plain chart, which calls every point of a large sample a signal, is not here.
"""

from dataclasses import dataclass

import numpy as np

from metrics.limits import CHARTS, Baseline, Chart, Floats, Ints, LimitArrays, Mask, mean_ranges
from metrics.profiles import Method
from metrics.segments import counts_of, sums_of

_MEAN_RANGE = 1.128  # mean moving range of two normal values, in sigma
_UNEVEN, _FEW = 0.25, 5
_SHARE, _RATE = CHARTS.index(Chart.P_PRIME), CHARTS.index(Chart.U_PRIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fractions:
    """What values are made of: value = scale x numerator / denominator, series x points.

    `scale` and `charts` (an index into `CHARTS`) have one entry per series; the fractions of a
    series on another chart than p' or u' are not looked at, and may be NaN.
    """

    numerator: Floats
    denominator: Floats
    scale: Floats
    charts: Ints

    def of(self, rows: Mask) -> "Fractions":
        """Those of some series."""
        return Fractions(
            numerator=self.numerator[rows],
            denominator=self.denominator[rows],
            scale=self.scale[rows],
            charts=self.charts[rows],
        )


def choose_charts(numerator: Floats, denominator: Floats, *, is_share: Mask, is_rate: Mask) -> Ints:
    """The kind of chart of each series, an index into `CHARTS`.

    A share or a rate is judged on a p'- or u'-chart where its denominators lie more than 25 % from
    their mean, or where fewer than 5 cases (for shares: or 5 others) are to be expected in a
    period. Everything else is XmR, and `run` where there are fewer than 8 points. Rare events are
    not judged by periods at all, see `metrics.rare_events`.
    """
    known = ~(np.isnan(numerator) | np.isnan(denominator)) & (denominator > 0)
    cases, base = np.where(known, numerator, 0.0), np.where(known, denominator, 0.0)
    points = known.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = base.sum(axis=1) / points
        share = cases.sum(axis=1) / base.sum(axis=1)
    smallest = np.where(known, denominator, np.inf).min(axis=1, initial=np.inf)
    off = np.where(known, np.abs(denominator - mean[:, None]), 0.0).max(axis=1, initial=0.0)
    rarer = np.where(is_share, np.minimum(share, 1 - share), share)
    is_prime = (off > _UNEVEN * mean) | (smallest * rarer < _FEW)
    charts = np.full(len(numerator), CHARTS.index(Chart.XMR))
    charts[is_share & is_prime] = _SHARE
    charts[is_rate & is_prime] = _RATE
    charts[(is_share | is_rate) & (points < 8)] = CHARTS.index(Chart.RUN)
    return charts


def prime_limits(
    values: Floats, fractions: Fractions, baseline: Baseline, *, method: Method
) -> LimitArrays:
    """The p'- or u'-limits of each segment of each series, wider where the denominator is small.

    The centre is Σ numerator / Σ denominator of the points that make the limits, not the mean of
    their values. A point without a denominator has the limits of its segment's mean denominator.
    Limits end where the scale does: at 0, and for shares at 1; none lies beyond, so no value is
    missed.
    """
    groups, scale = baseline.groups, fractions.scale[:, None]
    is_share = (fractions.charts == _SHARE)[:, None]
    share, size = _pooled(fractions, baseline)
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = np.sqrt(share * np.where(is_share, 1 - share, 1.0) / size)
        scores = np.where(baseline.feeds, (values / scale - share) / chance, np.nan)
    ranges = mean_ranges(scores, groups, method=method)
    ranges = np.where(baseline.is_enough, np.nan_to_num(ranges), np.nan)[groups]
    sigma_z = ranges / _MEAN_RANGE
    centre = scale * share
    sigma = scale * chance * sigma_z
    top = np.where(is_share, scale, np.inf)
    return LimitArrays(
        groups=groups,
        centre=centre,
        mean_range=ranges,
        sigma=sigma,
        sigma_z=sigma_z,
        lower=np.maximum(centre - 3 * sigma, 0.0),
        upper=np.minimum(centre + 3 * sigma, top),
        near_lower=np.maximum(centre - 2 * sigma, 0.0),
        near_upper=np.minimum(centre + 2 * sigma, top),
        footing=baseline.footing[groups],
        feeds=baseline.feeds,
        points=baseline.points[groups],
        charts=fractions.charts,
    )


def _pooled(fractions: Fractions, baseline: Baseline) -> tuple[Floats, Floats]:
    """Each point's pooled share, and its denominator or, where it has none, the mean one."""
    groups, feeds = baseline.groups, baseline.feeds
    cases = sums_of(np.where(feeds, fractions.numerator, np.nan), groups)
    base = sums_of(np.where(feeds, fractions.denominator, np.nan), groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(baseline.is_enough, cases / base, np.nan)[groups]
        mean = (base / counts_of(feeds, groups))[groups]
    own = fractions.denominator
    return share, np.where(np.isnan(own) | (own <= 0), mean, own)
