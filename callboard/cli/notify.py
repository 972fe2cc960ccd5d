"""`callboard notify`: who is told that data broke its contract, and whether that works."""

import typer

app = typer.Typer(
    help="Who is told that data broke its contract, came late, or is well again.",
    rich_markup_mode=None,
    no_args_is_help=True,
    hidden=True,  # until it has a command
)
