"""What people still have to do about signals, soonest first."""

from collections.abc import Iterable
from datetime import date

from callboard import figures
from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.signalling.following import follow_up
from callboard.storage.engine import snapshot
from callboard.storage.signal_acts import SignalAct, SignalKey, read_signal_acts
from callboard.views.signalling import Assignment

SIGNAL_WORDS = {
    "concern": "concern",
    "improvement": "improvement",
    "high": "unusually high",
    "low": "unusually low",
}


def read_assigned(
    runtime: Runtime, actor: Actor, *, touchpoints: tuple[str, ...] = (), assignee: str = ""
) -> tuple[Assignment, ...]:
    """Return the open assignments within the scope, soonest due first, then those without a day.

    `touchpoints` and `assignee` (a name, in capitals or not) narrow them. NotAllowed for a
    touchpoint outside the scope. An assignment stays until it is done, also where its signal is
    over.
    """
    within = narrow(open_scope(runtime, actor), touchpoints)
    today = runtime.clock.today(runtime.workspace.time_zone)
    with snapshot(runtime.store) as connection:
        acts = read_signal_acts(connection, scope=within)
    found = [
        _assignment(runtime, key, mine, today=today) for key, mine in acts_by_key(acts).items()
    ]
    wanted = [
        each
        for each in found
        if each is not None and assignee.casefold() in ("", each.assignee.casefold())
    ]
    return tuple(sorted(wanted, key=lambda each: (each.due or date.max, each.assigned_at)))


def acts_by_key(acts: Iterable[SignalAct]) -> dict[SignalKey, list[SignalAct]]:
    """The acts on each signal, in their order."""
    found: dict[SignalKey, list[SignalAct]] = {}
    for act in acts:
        found.setdefault(act.key, []).append(act)
    return found


def _assignment(
    runtime: Runtime, key: SignalKey, acts: list[SignalAct], *, today: date
) -> Assignment | None:
    now = follow_up(acts, today=today)
    if not now.is_assigned or now.assigned_at is None:
        return None
    definitions, signal = runtime.definitions, acts[-1].signal
    metric = definitions.metrics.get(key.metric)
    metric_name = metric.name if metric else key.metric
    touchpoint_name = definitions.touchpoints[key.touchpoint].name
    since = figures.format_day(key.since, near=today)
    told = SIGNAL_WORDS.get(signal, signal)
    return Assignment(
        touchpoint=key.touchpoint,
        touchpoint_name=touchpoint_name,
        metric=key.metric,
        metric_name=metric_name,
        grain=key.grain,
        since=key.since,
        signal=signal,
        what=f"{metric_name}, {touchpoint_name}: {told} since {since}",
        assignee=now.assignee,
        due=now.due,
        is_overdue=now.is_overdue,
        task=now.task,
        assigned_by=now.assigned_by,
        assigned_at=now.assigned_at,
    )
