"""How long the cases of a period stay open, counting those that still are."""

from callboard.access import Actor
from callboard.services.drilling.cases_begun import CasesBegun, read_begun, seen_at, unit_in
from callboard.services.drilling.waiting_words import (
    NOT_COUNTED,
    age_text,
    alt_text,
    note,
    settled_sentence,
    too_few,
)
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_feed_states
from callboard.views import OpenShare, Waiting
from metrics.calendar import calendar_for
from metrics.model import Grain, Metric
from metrics.survival import (
    Begun,
    Curve,
    at_risk_after,
    closed_within,
    curve_of,
    open_after,
    quantile,
)

_SPOKEN = (1 / 24, 1 / 12, 1 / 6, 1 / 3, 1 / 2, 1, 2, 3, 5, 7, 14, 21, 28, 56, 91)  # days
_PROMISED = (1, 2, 3, 7, 14, 28, 56, 91)  # days
_MOSTLY = 0.75


def read_waiting(
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
) -> Waiting | None:
    """Return how long the cases of a period (None: the latest complete one) stay open.

    None for a metric whose definition does not say what is still open, and for a feed that was
    never read. NotAllowed for a touchpoint outside the actor's scope, and for no metric.
    """
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    definition = require_metric(runtime, metric)
    if not definition.open:
        return None
    with snapshot(runtime.store) as connection:
        states = read_feed_states(connection)
        as_of = seen_at(states, definition)
        if as_of is None:
            return None
        coverages = Coverages(runtime, states)
        latest = calendar_for(grain).last_complete(coverages.of(definition, touchpoint).last)
        told = choose_period(period, latest)
        found = read_begun(
            runtime,
            connection,
            coverages,
            metric=definition,
            touchpoint=touchpoint,
            period=told,
            is_latest=told == latest,
            as_of=as_of,
        )
    return _told(runtime, definition, touchpoint, found)


def _told(runtime: Runtime, metric: Metric, touchpoint: str, found: CasesBegun | None) -> Waiting:
    name = runtime.definitions.touchpoints[touchpoint].name
    if found is None:
        return _waiting(metric, touchpoint, name, sentence=NOT_COUNTED)
    zone = runtime.definitions.zone(touchpoint)
    if found.count < metric.min_n:
        sentence = too_few(metric, found)
        return _waiting(metric, touchpoint, name, sentence=sentence, note=note(found, zone))
    curve = curve_of(found.groups)
    halfway = quantile(curve, 0.5)
    promised = closed_within(found.groups, unit_in(metric, _promise(metric, curve)))
    sentence = settled_sentence(
        metric, found, halfway=halfway, most=quantile(curve, 0.9).age, promised=promised
    )
    return _waiting(
        metric,
        touchpoint,
        name,
        sentence=sentence,
        note=note(found, zone),
        steps=_steps(metric, curve),
        ages=_ages(metric, curve, found.groups),
        longest=curve.longest,
        median=halfway.age,
    )


def _waiting(  # noqa: PLR0913 - the parts of the view, by keyword
    metric: Metric,
    touchpoint: str,
    name: str,
    *,
    sentence: str,
    note: str = "",
    steps: tuple[OpenShare, ...] = (),
    ages: tuple[OpenShare, ...] = (),
    longest: float = 0.0,
    median: float | None = None,
) -> Waiting:
    return Waiting(
        metric=metric.code,
        metric_name=metric.name,
        touchpoint=touchpoint,
        touchpoint_name=name,
        unit_text=metric.unit.value,
        sentence=sentence,
        note=note,
        steps=steps,
        ages=ages,
        longest=longest,
        median=median,
        alt=alt_text(metric, name, sentence),
    )


def _promise(metric: Metric, curve: Curve) -> float:
    """The fewest days that people speak of within which most are settled, as far as is known."""
    followed = [day for day in _PROMISED if unit_in(metric, day) <= curve.longest] or [_PROMISED[0]]
    settled = (day for day in followed if 1 - open_after(curve, unit_in(metric, day))[0] >= _MOSTLY)
    return next(settled, followed[-1])


def _steps(metric: Metric, curve: Curve) -> tuple[OpenShare, ...]:
    columns = (curve.ages, curve.open_share, curve.low, curve.high, curve.at_risk)
    rows = zip(*(each.tolist() for each in columns), strict=True)
    return tuple(
        _share(metric, age, (share, low, high), round(at_risk))
        for age, share, low, high, at_risk in rows
    )


def _ages(metric: Metric, curve: Curve, groups: tuple[Begun, ...]) -> tuple[OpenShare, ...]:
    """The curve at ages that people speak of, until nobody is followed or open any more."""
    told = []
    for days in _SPOKEN:
        age = unit_in(metric, days)
        if age > curve.longest:
            break
        shares = open_after(curve, age)
        told.append(_share(metric, age, shares, at_risk_after(groups, age)))
        if shares[0] == 0:
            break
    return tuple(told)


def _share(
    metric: Metric, age: float, shares: tuple[float, float, float], at_risk: int
) -> OpenShare:
    share, low, high = (100 * each for each in shares)
    return OpenShare(
        age=age,
        age_text=age_text(metric, age),
        share=share,
        low=low,
        high=high,
        at_risk=at_risk,
    )
