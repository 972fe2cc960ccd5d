"""`callboard check`: is every definition file right?"""

from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.printing import count_of, say
from callboard.cli.session import session_of


def check(
    context: typer.Context,
    schemas: Annotated[
        Path | None,
        typer.Option(help="Also write the JSON Schemas of all definition files to this folder."),
    ] = None,
) -> None:
    """Check every definition file and print each problem found.

    Exits 1 where there is any.

    \b
    Example: callboard check --workspace examples/demo
    """
    settings = session_of(context).settings
    from callboard.services.defining.definitions import load_definitions
    from callboard.services.defining.endings import read_endings
    from callboard.services.defining.schemas import write_schemas

    if schemas is not None:
        written = write_schemas(schemas)
        say(f"Wrote {len(written)} schemas to {schemas}.")
    definitions, problems = load_definitions(settings)
    for problem in problems:
        typer.echo(str(problem))
    if definitions is None:
        say(f"{count_of(len(problems), 'problem')} in {settings.workspace}.")
        raise typer.Exit(1)
    for warning in read_endings(definitions):
        say(f"Warning: {warning}")
    counts = {
        "metric": definitions.metrics,
        "touchpoint": definitions.touchpoints,
        "feed": definitions.contracts,
    }
    if definitions.journeys:
        counts["journey"] = definitions.journeys
    found = ", ".join(count_of(len(each), name) for name, each in counts.items())
    say(f"{definitions.workspace.name}: {found}; no problem found.")
