"""`callboard contracts`: what each feed's data has to be, and what its past runs made of that."""

import typer

app = typer.Typer(
    help="What each feed's data has to be: suites, differences, past runs, pages.",
    rich_markup_mode=None,
    no_args_is_help=True,
    hidden=True,  # until it has a command
)
