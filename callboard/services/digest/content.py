"""What a digest tells: the overview's own sentence and tiles, of the last whole week. Figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from callboard import figures
from callboard.access import Actor
from callboard.services.alerting.listing import list_alerts
from callboard.services.runtime import Runtime
from callboard.services.signalling.assigned import read_assigned
from callboard.services.tiles.headlines import is_improving, is_of_concern
from callboard.services.tiles.overview import read_overview
from callboard.views import Overview, Tile
from callboard.views.alerts import StandingRow
from callboard.views.signalling import Assignment
from metrics.model import Grain

MOST = 12
"""How many tiles of each kind a message tells; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A week in words and tiles. `alerts` are sentences; `left_out` counts what is not told.

    `due` is what people still have to do that is overdue or due within a week, soonest first.
    """

    workspace: str
    period_label: str
    headline: str
    concerns: tuple[Tile, ...]
    improvements: tuple[Tile, ...]
    alerts: tuple[str, ...]
    due: tuple[Assignment, ...]
    complete_to: str
    data_state: str
    publication: int
    left_out: int

    @property
    def subject(self) -> str:
        """What stands above the message: `Harbour Stores, week 46, 2026: 2 promises at risk, …`."""
        week = f"{self.period_label[:1].lower()}{self.period_label[1:]}"
        first = self.headline.partition(".")[0].partition(";")[0]
        return f"{self.workspace}, {week}: {first}"


def read_digest(runtime: Runtime, actor: Actor) -> Digest:
    """Return the digest of the last whole week, within the actor's scope."""
    view = read_overview(runtime, actor, grain=Grain.WEEK, limit=10_000)
    concerns, improvements = _of(view, is_of_concern), _of(view, is_improving)
    standing = (each for rule in list_alerts(runtime, actor) for each in rule.standing)
    zone, due = runtime.workspace.time_zone, _due(runtime, actor)
    return Digest(
        workspace=runtime.workspace.name,
        period_label=dict(view.periods).get(view.period, ""),
        headline=view.headline,
        concerns=concerns[:MOST],
        improvements=improvements[:MOST],
        alerts=tuple(dict.fromkeys(_as_told(each, zone) for each in standing)),
        due=due[:MOST],
        complete_to=view.complete_to,
        data_state=view.data_state,
        publication=view.publication,
        left_out=sum(max(len(each) - MOST, 0) for each in (concerns, improvements, due)),
    )


def _due(runtime: Runtime, actor: Actor) -> tuple[Assignment, ...]:
    until = runtime.clock.today(runtime.workspace.time_zone) + timedelta(weeks=1)
    return tuple(each for each in read_assigned(runtime, actor) if each.due and each.due <= until)


def _as_told(row: StandingRow, zone: str) -> str:
    """What was so when it went off, then the newest figure: they are of different days."""
    day = figures.format_day(row.since.astimezone(ZoneInfo(zone)).date())
    return f"{row.sentence} Went off on {day}{f'; now {row.now}' if row.now else ''}."


def _of(view: Overview, is_told: Callable[[Tile], bool]) -> tuple[Tile, ...]:
    """The tiles that are told of, that which needs a look most first."""
    found = (tile for lane in view.lanes for tile in lane.tiles if is_told(tile))
    return tuple(sorted(found, key=lambda tile: -tile.concern))


def value_of(tile: Tile) -> str:
    """The value with its unit."""
    return " ".join(filter(None, (tile.value_text, tile.unit_text)))
