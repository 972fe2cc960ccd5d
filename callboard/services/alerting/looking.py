"""Where a series is against the lines of an alert, by the very judgement that its tile shows."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from callboard.access import Scope
from callboard.alert_rules import AlertOn, AlertRule
from callboard.services.comparing.standing import Ranked, rank_tiles
from callboard.services.readings.targets import targets_of
from callboard.services.runtime import Runtime
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.storage.engine import Connection
from metrics.alerting import Position, behind_peers, behind_target
from metrics.calendar import calendar_for
from metrics.limits import FOOTINGS, Footing
from metrics.model import Grain, Metric
from metrics.peer_gaps import Against
from metrics.signals import SIGNALS, Signal

_SIGNAL_OF = {AlertOn.CONCERN: Signal.CONCERN, AlertOn.IMPROVEMENT: Signal.IMPROVEMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One series under one rule: where its last periods are, oldest first, and what is at hand."""

    rule: AlertRule
    board: Board
    row: int
    positions: tuple[Position, ...]
    ranked: Ranked | None = None

    @property
    def metric(self) -> Metric:
        """The metric of the series."""
        return self.board.runtime.definitions.metrics[self.board.judged.table.keys[self.row].metric]

    @property
    def touchpoint(self) -> str:
        """The touchpoint of the series."""
        return self.board.judged.table.keys[self.row].touchpoint


def look(
    runtime: Runtime, connection: Connection, rules: tuple[AlertRule, ...], scope: Scope
) -> Iterator[Looked]:
    """Every series within `scope` that has a complete period, under every rule that means it.

    Readings of one length of period are read and judged once, whatever the number of rules. Where
    peers are compared with the company as a whole, that is one alert, at the first touchpoint.
    """
    usual = runtime.workspace.calendar.grain
    for grain in Grain:
        chosen = [each for each in rules if (each.grain or usual) is grain]
        if chosen:
            yield from _look_at(runtime, connection, chosen, scope, grain)


def _look_at(
    runtime: Runtime, connection: Connection, rules: list[AlertRule], scope: Scope, grain: Grain
) -> Iterator[Looked]:
    asked = Asked(
        grain=grain,
        period=None,
        scope=scope,
        touchpoints=scope.touchpoints,
        metrics=tuple(runtime.definitions.metrics),
    )
    board = read_board(runtime, connection, asked)
    ranked = _rank(board, rules)
    for rule in rules:
        told: set[str] = set()
        for row in board.rows:
            key = board.judged.table.keys[row]
            found = ranked.get((key.touchpoint, key.metric))
            is_again = rule.when is AlertOn.PEERS and key.metric in told
            if _is_meant(rule, key.touchpoint, key.metric) and not is_again:
                positions = tuple(_positions(rule, board, row, found))
                yield Looked(rule=rule, board=board, row=row, positions=positions, ranked=found)
                told |= {key.metric} if found is not None and found.standing.is_company else set()


def _is_meant(rule: AlertRule, touchpoint: str, metric: str) -> bool:
    is_place = not rule.touchpoints or touchpoint in rule.touchpoints
    return is_place and (not rule.metrics or metric in rule.metrics)


def _rank(board: Board, rules: list[AlertRule]) -> Mapping[tuple[str, str], Ranked]:
    wanted = [each for each in rules if each.when is AlertOn.PEERS]
    keys = [board.judged.table.keys[row] for row in board.rows] if wanted else []
    pairs = {
        (key.touchpoint, key.metric)
        for key in keys
        if any(_is_meant(rule, key.touchpoint, key.metric) for rule in wanted)
    }
    return rank_tiles(
        board.runtime, board.connection, pairs, coverages=board.coverages, scope=board.scope
    )


def _positions(
    rule: AlertRule, board: Board, row: int, ranked: Ranked | None
) -> Iterator[Position]:
    match rule.when:
        case AlertOn.TARGET:
            yield from _by_target(rule, board, row)
        case AlertOn.PEERS:
            yield _by_peers(rule, ranked)
        case _:
            yield from _by_signal(rule, board, row)


def _by_peers(rule: AlertRule, ranked: Ranked | None) -> Position:
    """A gap that sampling error alone could make sets nothing off, as it is not told on a tile."""
    gap = ranked.gaps.get(Against.MEDIAN) if ranked else None
    found = behind_peers(gap.gap if gap else None, by=rule.by, rearm_by=rule.rearm_by)
    is_noise = gap is not None and gap.is_clear is False
    return Position.BETWEEN if is_noise and found is Position.BEYOND else found


def _by_signal(rule: AlertRule, board: Board, row: int) -> Iterator[Position]:
    """The newest period as its verdict has it, those before by their points.

    Of rare events only the newest is known: they are judged by what lies between them.
    """
    judged, wanted, now = board.judged, _SIGNAL_OF[rule.when], board.judged.variations[row]
    is_rare = now.between is not None
    before = slice(-rule.rearm_periods, -1)
    signals = judged.found.signals[row, before].tolist()
    footings = judged.found.limits.footing[row, before].tolist()
    for signal, footing in zip(signals, footings, strict=True):
        told = now.signal if is_rare else SIGNALS[signal]
        yield _of_signal(told, wanted, is_judged=is_rare or _stands(FOOTINGS[footing]))
    is_judged = not now.is_suspended and (is_rare or _stands(now.footing))
    yield _of_signal(now.signal, wanted, is_judged=is_judged)


def _stands(footing: Footing) -> bool:
    """Whether there are limits to judge by: too few periods since a break make no signal end."""
    return footing not in (Footing.NONE, Footing.GAPS)


def _of_signal(signal: Signal, wanted: Signal, *, is_judged: bool) -> Position:
    if signal is Signal.NO_DATA or not is_judged:
        return Position.UNKNOWN
    return Position.BEYOND if signal is wanted else Position.BACK


def _by_target(rule: AlertRule, board: Board, row: int) -> Iterator[Position]:
    judged, definitions = board.judged, board.runtime.definitions
    targets = targets_of(judged.table, definitions)
    key, calendar = judged.table.keys[row], calendar_for(board.period.grain)
    metric = definitions.metrics[key.metric]
    count = max(rule.periods, rule.rearm_periods)
    values, starts = judged.values[row, -count:].tolist(), judged.starts(row)[-count:]
    for place, (value, start) in enumerate(zip(values, starts, strict=True)):
        is_newest = place == len(values) - 1
        off = math.isnan(value) or (is_newest and judged.variations[row].is_suspended)
        yield behind_target(
            None if off else value,
            better=metric.better,
            target=targets.on(key.touchpoint, metric.code, calendar.period_of(start).end),
            band=metric.band,
            by=rule.by,
            rearm_by=rule.rearm_by,
        )
