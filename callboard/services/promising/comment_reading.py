"""What people say of figures, read for tiles and charts: only what stands, the newest first."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from callboard import figures
from callboard.services.defining.definitions import Definitions
from callboard.storage.comments import Comment, read_comments, standing
from callboard.storage.engine import Connection
from callboard.storage.series_table import SeriesKey
from callboard.views import CommentRow, Note
from metrics.model import Grain

NoteKey = tuple[str, str, date]


def read_notes(
    connection: Connection, told: Mapping[SeriesKey, date], *, grain: Grain
) -> dict[NoteKey, Note]:
    """The notes of some tiles, in one query; `told` is the first day of each one's period."""
    if not told:
        return {}
    found = standing(
        read_comments(
            connection,
            scope={key.touchpoint for key in told},
            metrics={key.metric for key in told},
            grain=grain.value,
            starts=(min(told.values()), max(told.values())),
        )
    )
    by_key: dict[NoteKey, list[Comment]] = {}
    for each in found:
        by_key.setdefault((each.touchpoint, each.metric, each.start), []).append(each)
    return {key: _note(comments) for key, comments in by_key.items()}


def _note(comments: list[Comment]) -> Note:
    newest = comments[0]
    return Note(text=newest.reason, actor=newest.actor, at=newest.at, more=len(comments) - 1)


def read_said(
    connection: Connection,
    definitions: Definitions,
    key: SeriesKey,
    *,
    grain: Grain,
    starts: tuple[date, date],
) -> tuple[CommentRow, ...]:
    """The comments on the periods of a chart, with their earlier versions, the newest first."""
    found = read_comments(
        connection,
        scope=[key.touchpoint],
        metrics=[key.metric],
        grain=grain.value,
        starts=starts,
    )
    return rows_of(definitions, found)


def rows_of(definitions: Definitions, versions: Collection[Comment]) -> tuple[CommentRow, ...]:
    """The comments that stand among these, each with the versions before it."""
    by_id = {each.id: each for each in versions}
    return tuple(
        _row(definitions, each, earlier=_before(each, by_id)) for each in standing(versions)
    )


def _before(of: Comment, by_id: Mapping[int, Comment]) -> Iterable[Comment]:
    while of.replaces is not None and of.replaces in by_id:
        of = by_id[of.replaces]
        yield of


def _row(definitions: Definitions, of: Comment, *, earlier: Iterable[Comment] = ()) -> CommentRow:
    place, metric = definitions.touchpoints.get(of.touchpoint), definitions.metrics.get(of.metric)
    grain = Grain(of.grain)
    return CommentRow(
        id=of.id,
        touchpoint=of.touchpoint,
        touchpoint_name=place.name if place else of.touchpoint,
        metric=of.metric,
        metric_name=metric.name if metric else of.metric,
        grain=grain,
        start=of.start,
        period_label=figures.period_label(grain, of.start),
        text=of.reason,
        actor=of.actor,
        at=of.at,
        earlier=tuple(_row(definitions, each) for each in earlier),
    )
