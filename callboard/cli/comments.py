"""`callboard comments`: what people say of a metric in a period."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.session import session_of
from metrics.model import Grain

if TYPE_CHECKING:
    from callboard.views import CommentRow

app = typer.Typer(
    help="What people say of a figure, on its tile and chart.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
COLUMNS = (
    *("id", "touchpoint", "metric", "grain", "start", "period_label", "text", "actor", "at"),
    "edits",
)
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]


@app.command(name="list")
def show_list(
    context: typer.Context,
    touchpoint: Annotated[str, typer.Option("--touchpoint", help="Its code; else all.")] = "",
    metric: Annotated[str, typer.Option("--metric", help="Its code; else all.")] = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """List the comments that stand, the newest first.

    \b
    Example: callboard comments list --metric otd --format csv
    """
    session = session_of(context)
    from callboard.services.promising.comments import list_comments

    found = list_comments(session.runtime(), session.actor, touchpoint=touchpoint, metric=metric)
    write_data(COLUMNS, [_comment(each) for each in found], output)
    if not found:
        say("Nobody has said anything of these figures.")


@app.command()
def write(  # noqa: PLR0913 - arguments, each given by its name
    context: typer.Context,
    touchpoint: Annotated[str, typer.Argument(help="The code of the touchpoint.")],
    metric: Annotated[str, typer.Argument(help="The code of the metric, such as otd.")],
    text: Annotated[str, typer.Argument(help="What there is to say, up to 600 characters.")],
    *,
    day: Annotated[
        date, typer.Option("--on", parser=parse_day, metavar="DATE", help="A day of the period.")
    ],
    grain: Annotated[Grain, typer.Option("--grain", help="How long a period is.")] = Grain.WEEK,
    replaces: Annotated[
        int | None, typer.Option(metavar="COMMENT", help="Say it in place of this comment.")
    ] = None,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Say something of the period that holds a day; everybody who sees the figure sees it.

    \b
    Example: callboard comments write field_delivery otd "Two vans broke down" --on 2026-11-11
    """
    session = session_of(context)
    from callboard.services.promising.comments import write_comment

    row = write_comment(
        session.runtime(),
        session.actor,
        touchpoint=touchpoint,
        metric=metric,
        grain=grain,
        period=day.isoformat(),
        text=text,
        replaces=replaces,
    )
    write_data(COLUMNS, [_comment(row)], output)
    say(f"Comment {row.id} stands on {row.period_label}.")


@app.command(name="take-back")
def take_back(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="COMMENT", help="As `list` shows it.")],
    note: Annotated[str, typer.Option(help="Why; the audit trail keeps it.")],
) -> None:
    """Let a comment stand no more.

    \b
    Example: callboard comments take-back 3 --note "It was another week"
    """
    session = session_of(context)
    from callboard.services.promising.comments import take_back

    take_back(session.runtime(), session.actor, number=number, note=note)
    say(f"Comment {number} is taken back.")


def _comment(row: "CommentRow") -> tuple[Cell, ...]:
    told = tuple(getattr(row, name) for name in COLUMNS[:-1])
    return (*told[:3], row.grain.value, *told[4:], len(row.earlier))
