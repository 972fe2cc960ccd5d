"""`callboard new`: a workspace to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.printing import say
from callboard.cli.progress import showing
from callboard.cli.session import session_of


def new(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    name: Annotated[str, typer.Option(help="What the organisation is called.")] = "My organisation",
    time_zone: Annotated[str, typer.Option(help="The zone its days are counted in.")] = "UTC",
) -> None:
    """Make a workspace that runs at once, with a small sample.

    \b
    Example: callboard new my-board --name "Harbour Stores" --time-zone Europe/London
    """
    clock = session_of(context).settings.clock
    from callboard.services.examples.scaffolding import create_workspace

    with showing("Making the workspace"):
        written = create_workspace(folder, name=name, time_zone=time_zone, clock=clock)
    for path in written:
        typer.echo(path)
    say(f"Next: callboard run --workspace {folder}")
    say(f"Your own data: callboard connect URL --workspace {folder}")
