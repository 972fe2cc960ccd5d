"""`callboard benchmarks`: competitors' published values, from files."""

import typer

from callboard.cli.benchmark_acts import original, rejected, restore, show_list, values, withdraw
from callboard.cli.benchmark_files import check, diff, publish
from callboard.cli.benchmark_shapes import mapping, template
from callboard.cli.benchmark_upkeep import add_upkeep

app = typer.Typer(
    help="Competitors' published values, from files.", rich_markup_mode=None, no_args_is_help=True
)
for command in (check, mapping, diff, publish, values, withdraw, restore, original, rejected):
    app.command()(command)
app.command(name="list")(show_list)
app.command()(template)
add_upkeep(app)
