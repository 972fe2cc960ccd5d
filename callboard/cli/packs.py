"""`callboard pack`: board packs by one command, for a scheduler as for a person."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.printing import OutputFormat, count_of, say, write_data
from callboard.cli.session import session_of
from callboard.errors import CallboardError

app = typer.Typer(
    help="Board packs: views kept together, built into one file.", no_args_is_help=True
)
_COLUMNS = ("name", "views", "owner", "changed")
LATEST = "latest"


@app.command("list")
def list_all(
    context: typer.Context,
    *,
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """List the board packs there are.

    \b
    Example: callboard pack list --format csv
    """
    session = session_of(context)
    from callboard.services.taking.packs import list_packs

    found = [each for each in list_packs(session.runtime(), session.actor) if not each.is_deleted]
    rows = ((each.name, len(each.views), each.owner, each.at) for each in found)
    write_data(_COLUMNS, rows, output)
    if not found:
        say("There is no board pack. Make one on the page Board pack.")


@app.command()
def build(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the pack is called.")],
    *,
    to: Annotated[Path, typer.Option(help="The file: .pptx, .html or .xlsx.")],
    period: Annotated[
        str,
        typer.Option(
            help="Of all views: latest, or the first day of a period; else what each view says."
        ),
    ] = "",
) -> None:
    """Build a board pack into one file, stamped with what it is and how sound the data is.

    Each view tells the latest complete period unless it names one.

    \b
    Example: callboard pack build "Monthly board" --to board.pptx --period latest
    """
    session = session_of(context)
    from callboard.services.taking.files import form_of
    from callboard.services.taking.packs import build_pack

    form, told = form_of(to.name), _period(period)
    content = build_pack(session.runtime(), session.actor, name=name, form=form, period=told)
    to.write_bytes(content)
    say(f"Built {to}: {count_of(len(content), 'byte')}.")


def _period(said: str) -> str | None:
    """None leaves what each view says, "" is the latest; CallboardError for what is no day."""
    if not said:
        return None
    if said == LATEST:
        return ""
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise CallboardError(
            f"--period: found {said!r}; expected latest, or a day such as 2026-11-09."
        ) from None
