"""`callboard journeys`: the customer's ways, as files and as they were drawn on screen."""

from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.printing import OutputFormat, say, write_data
from callboard.cli.session import session_of

app = typer.Typer(
    help="The customer's ways: list them, export and import them.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
JOURNEY_COLUMNS = ("journey", "name", "stages", "file", "origin", "version", "told")
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]


@app.command(name="list")
def show_list(context: typer.Context, output: Format = OutputFormat.TABLE) -> None:
    """List the journeys there are, and which version of each is shown.

    \b
    Example: callboard journeys list --format csv
    """
    session = session_of(context)
    from callboard.services.journeys.drawing import list_journeys

    found = list_journeys(session.runtime(), session.actor)
    rows = [tuple(getattr(each, name) for name in JOURNEY_COLUMNS) for each in found]
    write_data(JOURNEY_COLUMNS, rows, output)
    if not found:
        say("There is no journey, and no touchpoint on the front stage to draw one of.")


@app.command(name="export")
def write_file(
    context: typer.Context,
    journey: Annotated[str, typer.Argument(help="Its code; else the first.")] = "",
    to: Annotated[
        Path | None, typer.Option("--to", help="The file to write; else standard output.")
    ] = None,
) -> None:
    """Write a journey as it is shown, as a file for the folder journeys/ of the workspace.

    \b
    Example: callboard journeys export customer --to journeys/customer.yaml
    """
    session = session_of(context)
    from callboard.services.journeys.journey_files import export_journey

    content = export_journey(session.runtime(), session.actor, journey=journey)
    if to is None:
        typer.echo(content.decode(), nl=False)
        return
    to.write_bytes(content)
    say(f"Wrote {to}.")


@app.command(name="import")
def read_file(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The journey's file.")],
    note: Annotated[str, typer.Option(help="What is new; stands beside the version.")] = "",
) -> None:
    """Read a journey's file into the store as the version that is shown from now on.

    \b
    Example: callboard journeys import customer.yaml --note "Drawn with all departments"
    """
    session = session_of(context)
    from callboard.services.journeys.journey_files import import_journey

    changed = import_journey(session.runtime(), session.actor, path=path, note=note)
    say(f"Saved as a new version. {changed}")
