"""The page of targets: what is promised today of each metric, since when, and how it is kept."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from callboard import figures
from callboard.access import Actor
from callboard.services.promising.asking import row_of, tell_value
from callboard.services.promising.examining import NOT_TOLD
from callboard.services.readings.targets import Targets, targets_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.services.tiles.headlines import NOTHING_YET
from callboard.storage.engine import snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.targets import read_targets
from callboard.views import PromiseRow, Promises
from metrics.how_often import HowOften, how_often
from metrics.model import Grain

# How the headline parts what is promised; whatever is in none of them is not judged yet.
_PARTS = (
    ("nearly always", frozenset({HowOften.ALWAYS, HowOften.NEARLY_ALWAYS})),
    ("mostly", frozenset({HowOften.MOSTLY})),
    ("about half the time", frozenset({HowOften.HALF})),
    ("seldom or never", frozenset({HowOften.SELDOM, HowOften.NEARLY_NEVER, HowOften.NEVER})),
)
_AHEAD = timedelta(days=3650)
Key = tuple[str, str]


class _Said(NamedTuple):
    """Who says a target, since when and until when."""

    since: date | None = None
    until: date | None = None
    source: str = ""
    reason: str = ""
    is_approved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """How a target is kept; it is that of the tiles, by the newest whole period."""

    target: float
    often: HowOften
    met: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What the rows are made of."""

    runtime: Runtime
    targets: Targets
    kept: dict[Key, _Kept]


def read_promises(
    runtime: Runtime, actor: Actor, *, grain: Grain, touchpoints: tuple[str, ...] = ()
) -> Promises:
    """Return what is promised at some touchpoints (none: all), and every target approved there.

    NotAllowed for a touchpoint outside the actor's scope.
    """
    scope = open_scope(runtime, actor)
    places = narrow(scope, touchpoints)
    asked = Asked(
        grain=grain,
        period=None,
        scope=scope,
        touchpoints=places,
        metrics=tuple(runtime.definitions.metrics),
    )
    with snapshot(runtime.store) as connection:
        publication = latest_publication(connection)
        board = read_board(runtime, connection, asked)
        history = read_targets(connection, scope=places)
    targets = targets_of(board.judged.table, runtime.definitions)
    desk = _Desk(runtime=runtime, targets=targets, kept=_kept(board))
    rows = tuple(_row(desk, key) for key in _keys(desk, places))
    return Promises(
        headline=_headline(rows) if publication else NOTHING_YET,
        rows=rows,
        history=tuple(row_of(runtime, each) for each in history),
        grain=grain,
        publication=publication,
    )


def _kept(board: Board) -> dict[Key, _Kept]:
    judged, keys = board.judged, board.judged.table.keys
    return {
        (keys[row].touchpoint, keys[row].metric): _Kept(
            target=float(judged.targets[row]),
            often=how_often(judged.assurances[row]),
            met=judged.assurances[row].met,
        )
        for row in board.rows
        if not np.isnan(judged.targets[row])
    }


def _keys(desk: _Desk, places: Collection[str]) -> list[Key]:
    """What has a target, had one or will have one, by the names of touchpoint and metric."""
    definitions = desk.runtime.definitions
    found = set(desk.kept) | set(desk.targets.approved)
    for place in places:
        found |= {(place, each.metric) for each in definitions.touchpoints[place].targets}
    known = [key for key in found if key[1] in definitions.metrics]
    return sorted(
        known,
        key=lambda key: (
            definitions.touchpoints[key[0]].name,
            definitions.metrics[key[1]].name,
        ),
    )


def _row(desk: _Desk, key: Key) -> PromiseRow:
    definitions = desk.runtime.definitions
    touchpoint, metric = definitions.touchpoints[key[0]], definitions.metrics[key[1]]
    today = desk.runtime.clock.today(definitions.zone(key[0]))
    value, said = desk.targets.on(*key, today), _said(desk, key, today)
    row = PromiseRow(
        touchpoint=key[0],
        touchpoint_name=touchpoint.name,
        metric=key[1],
        metric_name=metric.name,
        unit_text=figures.unit_text(metric),
        target=value,
        target_text="" if value is None else figures.format_value(metric, value),
        since=said.since,
        until=said.until,
        source=said.source,
        reason=said.reason,
        is_approved=said.is_approved,
        promise_text="",
        met=None,
        next_text=_next(desk, key, today, value),
    )
    return _with_kept(row, desk.kept.get(key))


def _with_kept(row: PromiseRow, kept: _Kept | None) -> PromiseRow:
    """How it is kept; a target that is newer than the newest whole period is not judged yet."""
    if row.target is None:
        return row
    if kept is None:
        return replace(row, promise_text="no whole period yet")
    if kept.target != row.target:
        return replace(row, promise_text="judged from the next whole period on")
    met = kept.met if kept.often is not HowOften.NONE else None
    return replace(row, promise_text=kept.often.value or NOT_TOLD, met=met)


def _said(desk: _Desk, key: Key, today: date) -> _Said:
    approved = desk.targets.approved_on(*key, today)
    if approved is not None:
        return _Said(
            approved.day, approved.until, approved.actor, approved.reason, is_approved=True
        )
    definitions = desk.runtime.definitions
    for each in definitions.touchpoints[key[0]].targets:
        is_over = each.end is not None and each.end < today
        if each.metric == key[1] and each.start <= today and not is_over:
            file = definitions.files.get(f"touchpoint:{key[0]}", "")
            return _Said(each.start, each.end, file)
    if definitions.metrics[key[1]].target is not None:
        return _Said(source=definitions.files.get(f"metric:{key[1]}", ""))
    return _Said()


def _next(desk: _Desk, key: Key, today: date, value: float | None) -> str:
    """The first change after today: `97.5 % from 1 Jan 2027 on`."""
    metric = desk.runtime.definitions.metrics[key[1]]
    for day in desk.targets.turns(*key, today, today + _AHEAD)[1:]:
        then = desk.targets.on(*key, day)
        if then != value:
            return f"{tell_value(metric, then)} from {figures.format_day(day)} on"
    return ""


def _headline(rows: Collection[PromiseRow]) -> str:
    promised = [row for row in rows if row.target is not None]
    if not promised:
        return "Nothing is promised yet: no metric has a target today."
    places = len({row.touchpoint for row in promised})
    many = "promise" if len(promised) == 1 else "promises"
    where = "touchpoint" if places == 1 else "touchpoints"
    begun = f"{len(promised)} {many} at {places} {where}"
    planned = sum(1 for row in rows if row.next_text)
    ahead = f" {planned} will change." if planned else ""
    return f"{begun}: {_tell_parts(promised)}.{ahead}"


def _tell_parts(promised: Collection[PromiseRow]) -> str:
    """`5 are kept nearly always, 2 mostly, 1 is not judged yet`: the parts are the whole."""
    kept = Counter(row.promise_text for row in promised)
    parts = [(sum(kept[word] for word in among), words) for words, among in _PARTS]
    told = [f"{count} {words}" for count, words in parts if count]
    if told:
        count, _, words = told[0].partition(" ")
        told[0] = f"{count} {'is' if count == '1' else 'are'} kept {words}"
    if waiting := len(promised) - sum(count for count, _ in parts):
        told.append(f"{waiting} {'is' if waiting == 1 else 'are'} not judged yet")
    return ", ".join(told)
