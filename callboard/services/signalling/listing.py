"""The page of signals: what changed lately, good and bad alike, and what people did about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from callboard import figures
from callboard.access import Actor, Scope
from callboard.errors import CallboardError
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.signalling.cards import Followed, follow_all, make_cards
from callboard.services.signalling.choices import Kind, Standing
from callboard.services.signalling.explaining import Written, explain
from callboard.services.signalling.grouping import Explained, group_cards
from callboard.services.signalling.lately import Beginning, beginnings, first_period
from callboard.services.signalling.wording import (
    NOTHING_YET,
    Counted,
    tell_chance,
    tell_none,
    tell_signals,
    tell_span,
)
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.storage.annotations import read_annotations
from callboard.storage.baselines import read_baselines
from callboard.storage.breaks import read_breaks
from callboard.storage.engine import Connection, snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.signal_acts import read_signal_acts
from callboard.views.signalling import FollowUp, SignalGroup, SignalsPage
from metrics.beginnings import expected_false_beginnings
from metrics.calendar import calendar_for
from metrics.model import Grain
from metrics.signals import Signal

MOST_PERIODS = 26


_KINDS = {Kind.GOOD: (Signal.IMPROVEMENT,), Kind.BAD: (Signal.CONCERN,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Which signals of the scope are wanted; `touchpoints` are within it."""

    touchpoints: frozenset[str]
    pillar: str
    kind: Kind

    def has(self, board: Board, row: int) -> bool:
        """Whether a series is among those that are looked at."""
        key = board.judged.table.keys[row]
        pillar = board.runtime.definitions.metrics[key.metric].pillar
        return key.touchpoint in self.touchpoints and self.pillar in ("", pillar)

    def fits(self, board: Board, found: Beginning) -> bool:
        """Whether a signal is wanted."""
        return (
            found.is_lately
            and self.has(board, found.row)
            and found.signal in _KINDS.get(self.kind, tuple(Signal))
        )


def read_changes(  # noqa: PLR0913 - the filters of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    grain: Grain | None = None,
    periods: int = 12,
    since: str = "",
    touchpoints: tuple[str, ...] = (),
    pillar: str = "",
    kind: Kind = Kind.BOTH,
    standing: Standing = Standing.ALL,
    limit: int = 0,
    named: str = "",
) -> SignalsPage:
    """Return the signals that began, or were first seen, in the last periods, newest first.

    The one that is `named` by its id is told after them, uncounted, if it stands since before.

    An ISO day `since` stands for the periods from the one that holds it. With a `limit`, so many of
    the newest are told; all of them are counted. CallboardError for more than 26 periods;
    NotAllowed for a touchpoint outside the actor's scope.
    """
    scope = open_scope(runtime, actor)
    choice = _Choice(touchpoints=narrow(scope, touchpoints), pillar=pillar, kind=Kind(kind))
    with snapshot(runtime.store) as connection:
        publication = latest_publication(connection)
        board = _read(runtime, connection, scope, grain or runtime.workspace.calendar.grain)
        many = _periods(board, periods, since)
        found = beginnings(board, periods=many)
        followed = _followed(board, connection, choice, found)
        shown = [each for each in followed if _stands(each.follow, Standing(standing))]
        told = sorted(shown, key=lambda each: each.found.since, reverse=True)[: limit or None]
        older = _named(board, connection, choice, found, named) if named else ()
        groups = _groups(board, connection, found, (*told, *older))
    span = tell_span(many, board.period.grain)
    first_day = first_period(board, many).start
    counted = [Counted(each.found.signal, each.found.since, each.follow) for each in followed]
    headline = tell_signals(counted, first_day=first_day, span=span)
    if not counted:
        headline = _tell_none(board, choice, found, span)
    return SignalsPage(
        headline=headline if board.rows else NOTHING_YET,
        count=len(followed),
        chance=_chance(board, choice, many, span),
        groups=groups,
        hidden_count=len(shown) - len(told),
        first_day=first_day,
        period_label=figures.period_label(board.period.grain, board.period.start),
        publication=publication,
        has_readings=bool(board.rows),
    )


def _read(runtime: Runtime, connection: Connection, scope: Scope, grain: Grain) -> Board:
    """All that the reader may see: what is not chosen may explain what is."""
    asked = Asked(
        grain=grain,
        period=None,
        scope=scope,
        touchpoints=scope.touchpoints,
        metrics=tuple(runtime.definitions.metrics),
    )
    return read_board(runtime, connection, asked)


def _periods(board: Board, periods: int, since: str) -> int:
    noun, many = board.period.grain.value, periods
    if since:
        try:
            day = date.fromisoformat(since)
        except ValueError:
            raise CallboardError(f"Found {since!r}; expected a day such as 2026-10-05.") from None
        many = len(calendar_for(board.period.grain).periods(day, board.period.end))
    if not 1 <= many <= MOST_PERIODS:
        first = first_period(board, MOST_PERIODS).start
        raise CallboardError(
            f"Found {since or periods}; expected 1 to {MOST_PERIODS} {noun}s back, which is a day "
            f"from {first} to {board.period.end}."
        )
    return many


def _followed(
    board: Board, connection: Connection, choice: _Choice, found: Sequence[Beginning]
) -> tuple[Followed, ...]:
    """The wanted signals with what people did about them."""
    wanted = {place: each for place, each in enumerate(found) if choice.fits(board, each)}
    acts = read_signal_acts(connection, scope=choice.touchpoints)
    return follow_all(board, wanted, acts)


def _named(
    board: Board,
    connection: Connection,
    choice: _Choice,
    found: Sequence[Beginning],
    named: str,
) -> tuple[Followed, ...]:
    """The signal of that id where it is still on, though it began before the periods asked for."""
    wanted = {
        place: each
        for place, each in enumerate(found)
        if each.until is None and not each.is_lately and choice.has(board, each.row)
    }
    acts = read_signal_acts(connection, scope=choice.touchpoints)
    followed = follow_all(board, wanted, acts)
    return tuple(each for each in followed if each.id == named)


def _groups(
    board: Board, connection: Connection, found: Sequence[Beginning], told: Sequence[Followed]
) -> tuple[SignalGroup, ...]:
    """The signals told, by what may explain them; what is not told may explain what is."""
    scope = board.scope.touchpoints
    written = Written(
        breaks=read_breaks(connection, scope=scope),
        annotations=read_annotations(connection, scope=scope),
        baselines=read_baselines(connection, scope=scope),
    )
    causes, words = explain(board, found, written)
    cards = make_cards(board, told)
    explained = [
        Explained(card, *causes[each.place]) for each, card in zip(told, cards, strict=True)
    ]
    return group_cards(explained, words)


def _stands(follow: FollowUp, standing: Standing) -> bool:
    if standing is Standing.ALL:
        return True
    return follow.is_acknowledged == (standing is Standing.ACKNOWLEDGED)


def _tell_none(board: Board, choice: _Choice, found: Sequence[Beginning], span: str) -> str:
    others = [each.signal for each in found if each.is_lately and choice.has(board, each.row)]
    is_narrow = bool(choice.pillar) or choice.touchpoints != board.scope.touchpoints
    return tell_none(choice.kind, others, span=span, is_narrow=is_narrow)


def _chance(board: Board, choice: _Choice, periods: int, span: str) -> str:
    rows = [row for row in board.rows if choice.has(board, row)]
    if not rows:
        return ""
    expected = expected_false_beginnings(board.judged.correlations[rows], periods)
    share = 1.0 if choice.kind is Kind.BOTH else 0.5
    return tell_chance(len(rows), share * expected, span=span)
