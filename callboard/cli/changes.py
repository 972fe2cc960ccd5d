"""`callboard changes`: what changed lately, good and bad alike, as the page of signals tells it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data
from callboard.cli.session import session_of
from callboard.services.signalling.choices import Kind, Standing
from metrics.model import Grain

if TYPE_CHECKING:
    from callboard.views.signalling import SignalsPage

_EYES = ("signal", "metric", "touchpoint", "when", "amount", "standing")


def changes(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    *,
    touchpoint: Annotated[
        list[str] | None, typer.Option(help="Its code; may be given more than once. Else all.")
    ] = None,
    pillar: Annotated[str, typer.Option(help="Its name; else all.")] = "",
    kind: Annotated[Kind, typer.Option(help="Good ones, bad ones, or both.")] = Kind.BOTH,
    standing: Annotated[
        Standing, typer.Option(help="Open ones, those acknowledged, or all.")
    ] = Standing.ALL,
    grain: Annotated[
        Grain | None, typer.Option(help="How long a period is; else the workspace's.")
    ] = None,
    periods: Annotated[int, typer.Option(min=1, max=26, help="How many periods back.")] = 12,
    since: Annotated[
        date | None,
        typer.Option(parser=parse_day, metavar="DATE", help="From the period with this day."),
    ] = None,
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
    is_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """List what changed lately, good and bad alike, newest first.

    These are the signals that began, or were first seen, in the last periods. Each says how far it
    is off what is usual, what may be behind it, and what people did about it. `callboard signals`
    judges a file; this judges the store.

    \b
    Example: callboard changes --since 2026-10-05 --touchpoint field_delivery --json
    """
    session = session_of(context)
    from callboard.services.signalling.export import COLUMNS, change_rows
    from callboard.services.signalling.listing import read_changes

    view = read_changes(
        session.runtime(),
        session.actor,
        grain=grain,
        periods=periods,
        since=since.isoformat() if since else "",
        touchpoints=tuple(touchpoint or ()),
        pillar=pillar,
        kind=kind,
        standing=standing,
    )
    output = OutputFormat.JSON if is_json else output
    if output is OutputFormat.TABLE:
        write_data(_EYES, _for_eyes(view), output)
    else:
        write_data(COLUMNS, change_rows(view), output)
    say(view.headline)
    for group in view.groups:
        if group.title:
            say(f"{group.title}: {count_of(len(group.every), 'signal')}. {group.reason}")
    if view.chance:
        say(view.chance)


def _for_eyes(view: "SignalsPage") -> list[tuple[Cell, ...]]:
    return [
        (
            *(card.signal.value, card.metric_name, card.touchpoint_name),
            f"{card.when}{', still on' if card.is_on else ''}",
            card.amount,
            _standing(card.follow.assignee, card.follow.done_by, card.follow.acknowledged_by),
        )
        for card in view.cards
    ]


def _standing(assignee: str, done_by: str, acknowledged_by: str) -> str:
    if done_by:
        return f"done, said {done_by}"
    if assignee:
        return f"{assignee} has it"
    return f"acknowledged by {acknowledged_by}" if acknowledged_by else "not acknowledged"
