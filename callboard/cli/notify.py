"""`callboard notify`: who is told that data broke its contract, and whether that works."""

from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data
from callboard.cli.rounds import tell_people
from callboard.cli.session import session_of

if TYPE_CHECKING:
    from callboard.views import NoticeRow

app = typer.Typer(
    help="Who is told of data that broke, stopped, or is well.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
COLUMNS = ("id", "at", "kind", "feed_name", "where", "badge", "delivered", "sentence")
_NOBODY = (
    "workspace.yaml names nobody to tell: notices stand in the list only. "
    "See `notifications` in docs/operations.md."
)


@app.command(name="list")
def show_list(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, the newest first.")] = 50,
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """List what people were told, and how far it has come.

    \b
    Example: callboard notify list --limit 10
    """
    session = session_of(context)
    from callboard.services.notifying.listing import list_notices

    found = list_notices(session.runtime(), session.actor, limit=limit)
    write_data(COLUMNS, [_notice(each) for each in found], output)
    if not found:
        say("Nothing has changed yet that anybody would have to be told.")


@app.command(name="test")
def send_a_test(
    context: typer.Context,
    channel: Annotated[str, typer.Option(help="Only this one; else all.")] = "",
) -> None:
    """Send a test to every channel, in quiet hours too, and say how it went.

    Exits 1 where one does not take it, or there is none.

    \b
    Example: callboard notify test --channel e-mail
    """
    session = session_of(context)
    from callboard.services.notifying.testing import send_test

    tried = list(send_test(session.runtime(), session.actor, channel=channel))
    for each in tried:
        say(f"{each.channel}: " + (f"not sent, {each.error}." if each.error else "sent."))
    if not tried:
        say(_NOBODY)
    if not tried or any(each.error for each in tried):
        raise typer.Exit(1)


@app.command()
def send(context: typer.Context) -> None:
    """Look at the data's states now, and send what is due.

    The refresh process does the same after every round. Exits 1 where a channel fails.

    \b
    Example: callboard notify send
    """
    session = session_of(context)
    told = tell_people(session, session.runtime())
    sent = [each for each in told if not each.error]
    for each in sent:
        say(f"{each.channel}: sent, with {count_of(each.notices, 'notice')}.")
    if not told:
        say("Nothing is due.")
    if len(sent) < len(told):
        raise typer.Exit(1)


def _notice(row: "NoticeRow") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)
