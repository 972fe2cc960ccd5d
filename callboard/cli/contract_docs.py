"""`callboard contracts docs`: contracts as pages to be read in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.printing import count_of, say
from callboard.cli.session import session_of


def write_docs(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Option("--to", metavar="DIR", file_okay=False, help="The folder to write into."),
    ],
) -> None:
    """Write a page about every contract, and an index of them.

    What is promised, by whom, every rule in words, the last run's counts, and the SQL of the
    metrics that stand on it. The pages load nothing and hold no value of any row.

    \b
    Example: callboard contracts docs --to contract-pages
    """
    session = session_of(context)
    from callboard.services.contracts.documenting import write_pages

    index, *pages = write_pages(session.runtime(), session.actor, folder=folder)
    say(f"Wrote {index} and {count_of(len(pages), 'page')}.")
