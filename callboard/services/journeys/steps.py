"""The metrics of the steps of a journey, judged together; what needs a look first is in front."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callboard import figures
from callboard.access import Scope
from callboard.services.runtime import Runtime
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.services.tiles.fates import read_fates
from callboard.services.tiles.headlines import Fate, Kept
from callboard.storage.engine import Connection
from callboard.views import JourneyFigure, Tile
from metrics.calendar import Period
from metrics.model import Grain

_WORST_FIRST = (
    Kept.AT_RISK,
    Kept.UNUSUAL,
    Kept.SUSPENDED,
    Kept.STEADY,
    Kept.IMPROVING,
    Kept.UNKNOWN,
)
Wanted = Sequence[tuple[str, tuple[str, ...] | None, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A series of a step: what becomes of its promise, and how much it needs a look."""

    row: int
    metric: str
    fate: Fate
    concern: float

    @property
    def is_at_risk(self) -> bool:
        """Whether it is of concern, as on every page."""
        return self.fate.is_of_concern


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The series of each touchpoint, what needs a look first in front, and the tiles of some."""

    period: Period
    series: Mapping[str, tuple[Told, ...]]
    tiles: Mapping[int, Tile]

    @property
    def period_label(self) -> str:
        """The period in words."""
        return figures.period_label(self.period.grain, self.period.start)

    def of(self, touchpoint: str, metrics: Sequence[str] | None = None) -> tuple[Told, ...]:
        """The series of a touchpoint, or those of some metrics there."""
        found = self.series.get(touchpoint, ())
        return tuple(each for each in found if metrics is None or each.metric in metrics)

    def figure(self, told: Told) -> JourneyFigure:
        """A series in a line."""
        tile = self.tiles[told.row]
        return JourneyFigure(
            metric=tile.metric,
            name=tile.metric_name,
            value_text=f"{tile.value_text} {tile.unit_text}".strip(),
            variation=tile.variation,
            assurance=tile.assurance,
            is_lost=tile.is_lost,
        )

    def tile(self, touchpoint: str, metric: str) -> Tile:
        """The tile of a series that is told."""
        return next(
            self.tiles[each.row] for each in self.series[touchpoint] if each.metric == metric
        )


def read_steps(  # noqa: PLR0913 - the question, by keyword
    runtime: Runtime,
    connection: Connection,
    scope: Scope,
    *,
    touchpoints: frozenset[str],
    grain: Grain,
    period: str | None,
    wanted: Wanted,
) -> Steps:
    """Judge the metrics of `touchpoints`, and make tiles of as many as each of `wanted` asks for.

    What is wanted is a touchpoint, its metrics (None: all of them), and how many.
    """
    asked = Asked(
        grain=grain,
        period=period,
        scope=scope,
        touchpoints=touchpoints,
        metrics=tuple(runtime.definitions.metrics),
    )
    board = read_board(runtime, connection, asked)
    fates = read_fates(board)
    steps = Steps(period=board.period, series=_series(board, fates), tiles={})
    rows = [told.row for code, metrics, most in wanted for told in steps.of(code, metrics)[:most]]
    tiles = board.tiles(list(dict.fromkeys(rows)), fates) if rows else {}
    return Steps(period=steps.period, series=steps.series, tiles=tiles)


def _series(board: Board, fates: Mapping[int, Fate]) -> dict[str, tuple[Told, ...]]:
    found: dict[str, list[Told]] = {}
    for row, fate in fates.items():
        key = board.judged.table.keys[row]
        told = Told(
            row=row,
            metric=key.metric,
            fate=fate,
            concern=board.concern(row, fate),
        )
        found.setdefault(key.touchpoint, []).append(told)
    return {code: tuple(sorted(told, key=_need)) for code, told in found.items()}


def _need(told: Told) -> tuple[int, float, str]:
    return _WORST_FIRST.index(told.fate.state), -told.concern, told.metric
