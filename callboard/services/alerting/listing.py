"""The rules in words, and where each stands, for a person: of the touchpoints they may see."""

from collections.abc import Iterable

from callboard.access import Actor, Scope
from callboard.alert_rules import AlertOn, AlertRule
from callboard.services.alerting.words import amount
from callboard.services.notifying.listing import is_alert_readable
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.alerts import StandingAlert, read_standing
from callboard.storage.engine import snapshot
from callboard.views.alerts import AlertRow, StandingRow
from callboard.workspace import channel_names
from metrics.model import Metric

_ON = {
    AlertOn.CONCERN: "shows a concern",
    AlertOn.IMPROVEMENT: "shows an improvement",
    AlertOn.TARGET: "is worse than its target",
    AlertOn.PEERS: "is behind the middle of its peers",
}
NOBODY = "nobody: it stands in the list only"


def list_alerts(runtime: Runtime, actor: Actor) -> tuple[AlertRow, ...]:
    """Return every rule of the workspace, in its order, with where it stands."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as conn:
        standing = read_standing(conn)
    return tuple(
        _row(runtime, rule, [each for key, each in standing.items() if key[0] == rule.alert], scope)
        for rule in runtime.workspace.alerts
        if not rule.touchpoints or scope.touchpoints & frozenset(rule.touchpoints)
    )


def _row(
    runtime: Runtime, rule: AlertRule, found: Iterable[StandingAlert], scope: Scope
) -> AlertRow:
    known = channel_names(runtime.definitions.notifications)
    told = rule.channels or known
    return AlertRow(
        alert=rule.alert,
        name=rule.name,
        told_when=tell_rule(runtime, rule, scope),
        told_to=", ".join(told) or NOBODY,
        standing=tuple(
            _standing(runtime, each)
            for each in (found if is_alert_readable(runtime, scope, rule.alert) else ())
            if each.touchpoint in scope.touchpoints
        ),
    )


def _standing(runtime: Runtime, of: StandingAlert) -> StandingRow:
    metrics, touchpoints = runtime.definitions.metrics, runtime.definitions.touchpoints
    metric, place = metrics.get(of.metric), touchpoints.get(of.touchpoint)
    return StandingRow(
        metric=of.metric,
        touchpoint=of.touchpoint,
        metric_name=metric.name if metric else of.metric,
        touchpoint_name=place.name if place else of.touchpoint,
        since=of.since,
        sentence=of.sentence,
    )


def tell_rule(runtime: Runtime, rule: AlertRule, scope: Scope) -> str:
    """When a rule goes off and when it may again: `When … is worse than its target by …`."""
    grain = (rule.grain or runtime.workspace.calendar.grain).value
    metrics = runtime.definitions.metrics
    named = [metrics[each].name for each in rule.metrics if each in metrics]
    what = _either(named) or "any metric"
    places = runtime.definitions.touchpoints
    where = _either([places[each].name for each in rule.touchpoints if each in scope.touchpoints])
    only = metrics.get(rule.metrics[0]) if len(rule.metrics) == 1 else None
    beyond = f" by more than {_amount(only, rule.by)}" if rule.by else ""
    lasting = f", {rule.periods} {grain}s in a row" if rule.periods > 1 else ""
    line = "the target" if rule.when is AlertOn.TARGET else "that peer"
    back = f" and at least {_amount(only, rule.rearm_by)} better than {line}"
    times = f"{rule.rearm_periods} {grain}s" if rule.rearm_periods > 1 else f"a whole {grain}"
    again = f"It may go off again after {times} without{back if rule.rearm_by else ''}."
    at = f" at {where}" if where else ""
    return f"When {what}{at} {_ON[rule.when]}{beyond}{lasting}, by {grain}. {again}"


def _amount(metric: Metric | None, difference: float) -> str:
    return f"{difference:g} of its unit" if metric is None else amount(metric, difference)


def _either(names: list[str]) -> str:
    """`A`, `A or B`, `A, B or C`; nothing for none."""
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
