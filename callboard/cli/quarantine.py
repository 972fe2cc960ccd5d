"""`callboard quarantine`: rows that broke their contract, and what was done about them."""

import typer

app = typer.Typer(
    help="Rows that broke their contract: look, correct, waive, read again.",
    rich_markup_mode=None,
    no_args_is_help=True,
    hidden=True,  # until it has a command
)
