"""`callboard annotations`: what happened on which days, written on the charts."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.session import session_of

if TYPE_CHECKING:
    from callboard.views import AnnotationRow

app = typer.Typer(
    help="What happened on which days, written on the charts.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
ANNOTATION_COLUMNS = (
    *("id", "touchpoint", "metric", "first", "last", "tag", "text", "actor", "at"),
    *("holds", "withdrawn"),
)
OfTouchpoint = Annotated[str, typer.Option("--touchpoint", help="Its code; else every one.")]
OfMetric = Annotated[str, typer.Option("--metric", help="Its code, such as otd; else all.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
Number = Annotated[
    int, typer.Argument(metavar="ANNOTATION", help="Its number, as `list` shows it.")
]


@app.command(name="list")
def show_list(
    context: typer.Context,
    touchpoint: OfTouchpoint = "",
    metric: OfMetric = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """List the annotations there are, those withdrawn or edited among them.

    \b
    Example: callboard annotations list --touchpoint field_delivery --format csv
    """
    session = session_of(context)
    from callboard.services.annotating.annotations import list_annotations

    found = list_annotations(session.runtime(), session.actor, touchpoint=touchpoint, metric=metric)
    write_data(ANNOTATION_COLUMNS, [_annotation(each) for each in found], output)
    if not found:
        say("Nothing is annotated. `callboard annotations add` writes on the charts.")


@app.command()
def add(  # noqa: PLR0913 - arguments, each given by its name
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What happened, in 280 letters at most.")],
    *,
    day: Annotated[
        date,
        typer.Option("--day", parser=parse_day, metavar="DATE", help="The day, or the first one."),
    ],
    to: Annotated[
        date | None,
        typer.Option("--to", parser=parse_day, metavar="DATE", help="The last day, if longer."),
    ] = None,
    tag: Annotated[
        str,
        typer.Option(help="change, event, campaign, weather, incident, data or other."),
    ] = "other",
    touchpoint: OfTouchpoint = "",
    metric: OfMetric = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """Write on the charts what happened; it can be edited, withdrawn and brought back.

    Without a touchpoint it stands on the charts of every one, without a metric on those of all.

    \b
    Example: callboard annotations add "New checklist" --day 2026-09-12 --tag change --metric otd
    """
    session = session_of(context)
    from callboard.services.annotating.annotations import add as annotate
    from callboard.views import WrittenAnnotation

    written = WrittenAnnotation(
        touchpoint=touchpoint,
        metric=metric,
        first=day.isoformat(),
        last=to.isoformat() if to else "",
        text=text,
        tag=tag,
    )
    row = annotate(session.runtime(), session.actor, written)
    write_data(ANNOTATION_COLUMNS, [_annotation(row)], output)
    say(f"Annotation {row.id} stands on: {row.about}.")


@app.command()
def edit(  # noqa: PLR0913 - arguments, each given by its name
    context: typer.Context,
    number: Number,
    *,
    text: Annotated[str | None, typer.Option(help="What happened, in 280 letters at most.")] = None,
    day: Annotated[
        date | None,
        typer.Option("--day", parser=parse_day, metavar="DATE", help="The day, or the first one."),
    ] = None,
    to: Annotated[
        date | None,
        typer.Option("--to", parser=parse_day, metavar="DATE", help="The last day."),
    ] = None,
    tag: Annotated[
        str | None,
        typer.Option(help="change, event, campaign, weather, incident, data or other."),
    ] = None,
    touchpoint: Annotated[
        str | None, typer.Option("--touchpoint", help='Its code; "" for every one.')
    ] = None,
    metric: Annotated[
        str | None, typer.Option("--metric", help='Its code, such as otd; "" for all.')
    ] = None,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let a new version stand in an annotation's place; what is not given stays as it is.

    The old version stays in the list. The new one has a number of its own.

    \b
    Example: callboard annotations edit 3 --text "New checklist for the first call" --tag change
    """
    session = session_of(context)
    from callboard.services.annotating.annotations import edit as rewrite
    from callboard.services.annotating.annotations import read_written

    given = {"text": text, "tag": tag, "touchpoint": touchpoint, "metric": metric}
    days = {
        "first": day.isoformat() if day else None,
        "last": to.isoformat() if to else None,
    }
    changed = {name: what for name, what in (given | days).items() if what is not None}
    if not changed:
        raise typer.BadParameter("Nothing was given that differs: give --text, --day or another.")
    old = read_written(session.runtime(), session.actor, number=number)
    row = rewrite(session.runtime(), session.actor, number=number, written=replace(old, **changed))
    write_data(ANNOTATION_COLUMNS, [_annotation(row)], output)
    say(f"Annotation {row.id} stands in place of {number}, on: {row.about}.")


@app.command()
def withdraw(
    context: typer.Context,
    number: Number,
    note: Annotated[str, typer.Option(help="Why; stands in the history.")],
    output: Format = OutputFormat.TABLE,
) -> None:
    """Take an annotation off the charts; it stays in the list.

    \b
    Example: callboard annotations withdraw 3 --note "It was another week"
    """
    session = session_of(context)
    from callboard.services.annotating.annotations import withdraw as take_off

    row = take_off(session.runtime(), session.actor, number=number, note=note)
    write_data(ANNOTATION_COLUMNS, [_annotation(row)], output)
    say(f"Withdrew annotation {row.id} ({row.text}).")


@app.command()
def restore(
    context: typer.Context,
    number: Number,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let an annotation that was withdrawn, or an older version of one, stand again.

    \b
    Example: callboard annotations restore 3
    """
    session = session_of(context)
    from callboard.services.annotating.annotations import restore as bring_back

    row = bring_back(session.runtime(), session.actor, number=number)
    write_data(ANNOTATION_COLUMNS, [_annotation(row)], output)
    say(f"Annotation {row.id} stands again, on: {row.about}.")


def _annotation(row: "AnnotationRow") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in ANNOTATION_COLUMNS)
