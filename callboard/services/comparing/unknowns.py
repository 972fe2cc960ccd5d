"""What is not known: metrics without a benchmark that compares, and what would be needed."""

from collections import Counter
from collections.abc import Mapping, Sequence

from callboard import figures
from callboard.services.comparing.comparability import Published
from callboard.services.comparing.compared_metrics import Compared
from callboard.views import Unknown
from metrics.grades import Aspect, Grade
from metrics.model import Form, Metric

_MOST_NAMED = 4
_NEEDED = {
    Aspect.STATISTIC: "each competitor's own value, {statistic}",
    Aspect.DEFINITION: "values by the version of the definition that we follow",
    Aspect.PERIOD: "the first and the last day of their period, and our readings of those days",
    Aspect.CLOCK: "values in {clock} hours",
    Aspect.SCOPE: "values of the whole, not of a part",
    Aspect.AGE: "a newer edition",
    Aspect.UNIT: "values {unit}, or in a unit that converts",
    Aspect.BASE: "values per {base}",
}


def list_unknowns(
    metrics: Mapping[str, Metric], compared: Sequence[Compared]
) -> tuple[Unknown, ...]:
    """Return the metrics that nobody's value compares with, those with a value at all first.

    What has the same cause stands together.
    """
    by_code = {each.metric.code: each for each in compared}
    found = [
        _unknown(metric, by_code.get(code))
        for code, metric in metrics.items()
        if code not in by_code or not by_code[code].league.peers
    ]
    return tuple(sorted(found, key=lambda each: (not each.has_any, each.why, each.name)))


def unknown_sentence(unknowns: Sequence[Unknown], metrics: int) -> str:
    """Return for how many metrics it is not known how others do."""
    if not unknowns:
        return f"Every one of {metrics} metrics has a benchmark of a competitor that compares."
    published = sum(each.has_any for each in unknowns)
    some = f"; of {published} of them something is published that does not compare"
    return (
        f"For {len(unknowns)} of {metrics} metrics we do not know how a competitor does"
        f"{some if published else ''}."
    )


def _unknown(metric: Metric, found: Compared | None) -> Unknown:
    theirs = [each for each in found.published if not each.is_us] if found else []
    if not theirs:
        why = "nobody has published a value that is known here"
        return _make(metric, why, _told(metric, ()), has_any=False)
    rivals = [each for each in theirs if each.is_competitor]
    if not rivals:
        why = "only values of an industry, a region or all are published"
        return _make(metric, why, _told(metric, (Aspect.STATISTIC,)), has_any=True)
    reasons = Counter(each.note or each.too_old for each in rivals)
    why = "; ".join(reason for reason, _ in reasons.most_common(_MOST_NAMED) if reason)
    return _make(metric, why, _told(metric, _aspects(rivals)), has_any=True)


def _make(metric: Metric, why: str, needed: str, *, has_any: bool) -> Unknown:
    return Unknown(metric=metric.code, name=metric.name, why=why, needed=needed, has_any=has_any)


def _aspects(published: Sequence[Published]) -> tuple[Aspect, ...]:
    """What stands in the way, of the value that lacks the least."""
    lacks = [
        tuple(reason.aspect for reason in each.graded.reasons if reason.grade in (Grade.C, Grade.D))
        for each in published
    ]
    return min(lacks, key=len)


def _told(metric: Metric, aspects: Sequence[Aspect]) -> str:
    words = {
        "statistic": _statistic(metric),
        "clock": metric.clock,
        "unit": _in_unit(metric),
        "base": metric.base,
    }
    needed = [_NEEDED[each].format(**words) for each in aspects if each in _NEEDED]
    if not needed:
        return f"a competitor's value {words['unit']}, {words['statistic']}, with its period"
    return "; ".join(needed)


def _statistic(metric: Metric) -> str:
    if metric.form is Form.PERCENTILE and metric.percentile is not None:
        median = metric.percentile == 50
        return "as the median" if median else f"as percentile {metric.percentile:g}"
    return "over all cases"


def _in_unit(metric: Metric) -> str:
    """`in %`, `per 100 orders`."""
    unit = figures.unit_text(metric) or metric.unit.value
    return unit if unit.startswith("per ") else f"in {unit}"
