"""The rules in words, and where each stands, for a person: of the touchpoints they may see."""

from collections.abc import Iterable, Mapping, Sequence

from callboard.access import Actor, Scope
from callboard.alert_rules import AlertOn, AlertRule
from callboard.services.alerting.words import amount, tell_now
from callboard.services.notifying.listing import is_alert_readable
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.tiles.board import Asked, read_board
from callboard.storage.alerts import AlertKey, StandingAlert, read_standing
from callboard.storage.engine import Connection, snapshot
from callboard.views.alerts import AlertRow, StandingRow
from callboard.workspace import channel_names
from metrics.model import Metric

_ON = {
    AlertOn.CONCERN: "shows a concern",
    AlertOn.IMPROVEMENT: "shows an improvement",
    AlertOn.TARGET: "is worse than its target",
    AlertOn.PEERS: "is behind the middle of its peers",
}
NOBODY = "nobody; it stands in the list only"


def list_alerts(runtime: Runtime, actor: Actor) -> tuple[AlertRow, ...]:
    """Return every rule of the workspace, in its order, with where it stands."""
    scope = open_scope(runtime, actor)
    rules = [
        rule
        for rule in runtime.workspace.alerts
        if not rule.touchpoints or scope.touchpoints & frozenset(rule.touchpoints)
    ]
    rows: list[AlertRow] = []
    with snapshot(runtime.store) as conn:
        standing = read_standing(conn)
        for rule in rules:
            mine = [each for key, each in standing.items() if key[0] == rule.alert]
            seen = _seen(runtime, scope, rule, mine)
            newest = _newest(runtime, conn, rule, scope=scope, standing=seen)
            rows.append(_row(runtime, rule, scope=scope, seen=seen, newest=newest))
    return tuple(rows)


def _seen(
    runtime: Runtime, scope: Scope, rule: AlertRule, found: Iterable[StandingAlert]
) -> list[StandingAlert]:
    if not is_alert_readable(runtime, scope, rule.alert):
        return []
    return [each for each in found if each.touchpoint in scope.touchpoints]


def _newest(
    runtime: Runtime,
    conn: Connection,
    rule: AlertRule,
    *,
    scope: Scope,
    standing: Sequence[StandingAlert],
) -> Mapping[AlertKey, str]:
    """The newest figure of each, in words: what was told is of another day."""
    metrics = tuple({each.metric for each in standing} & set(runtime.definitions.metrics))
    if not metrics:
        return {}
    asked = Asked(
        grain=rule.grain or runtime.workspace.calendar.grain,
        period=None,
        scope=scope,
        touchpoints=frozenset(each.touchpoint for each in standing),
        metrics=metrics,
        only=frozenset(f"{each.touchpoint}/{each.metric}" for each in standing),
    )
    board = read_board(runtime, conn, asked)
    return {
        (rule.alert, tile.touchpoint, tile.metric): tell_now(tile)
        for tile in board.tiles(board.rows).values()
    }


def _row(
    runtime: Runtime,
    rule: AlertRule,
    *,
    scope: Scope,
    seen: Iterable[StandingAlert],
    newest: Mapping[AlertKey, str],
) -> AlertRow:
    known = channel_names(runtime.definitions.notifications)
    told = rule.channels or known
    return AlertRow(
        alert=rule.alert,
        name=rule.name,
        told_when=tell_rule(runtime, rule, scope),
        told_to=", ".join(told) or NOBODY,
        standing=tuple(_standing(runtime, each, newest.get(each.key, "")) for each in seen),
    )


def _standing(runtime: Runtime, of: StandingAlert, newest: str) -> StandingRow:
    metrics, touchpoints = runtime.definitions.metrics, runtime.definitions.touchpoints
    metric, place = metrics.get(of.metric), touchpoints.get(of.touchpoint)
    return StandingRow(
        metric=of.metric,
        touchpoint=of.touchpoint,
        metric_name=metric.name if metric else of.metric,
        touchpoint_name=place.name if place else of.touchpoint,
        since=of.since,
        sentence=of.sentence,
        now="" if newest in of.sentence else newest,
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
