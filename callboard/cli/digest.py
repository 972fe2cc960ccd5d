"""`callboard digest`: the last whole week by e-mail, or as a file to look at first."""

from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.printing import say
from callboard.cli.session import session_of

app = typer.Typer(
    help="The last whole week, told by e-mail.", rich_markup_mode=None, no_args_is_help=True
)


@app.command()
def show(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Option(help="Write the e-mail to this .eml file; else print its text.")
    ] = None,
) -> None:
    """Show the digest as it would be sent now; nobody gets it.

    \b
    Example: callboard digest show --to digest.eml
    """
    session = session_of(context)
    from callboard.sending.mail import as_file
    from callboard.services.digest.scheduling import make_letter

    letter = make_letter(session.runtime(), session.actor)
    if to is None:
        typer.echo(letter.text)
        return
    to.write_bytes(as_file(letter))
    say(f"Wrote {to}, with {len(letter.pictures)} pictures inside.")


@app.command()
def send(context: typer.Context) -> None:
    """Send the digest now. The refresh process sends it by itself when it is due.

    \b
    Example: callboard digest send
    """
    session = session_of(context)
    from callboard.services.digest.scheduling import send_digest

    told = send_digest(session.runtime(), session.actor)
    if told.error:
        say(f"Not sent: {told.error}.")
        raise typer.Exit(1)
    say("Sent.")
