"""`callboard contracts`: what each feed's data has to be, and what its past runs made of that."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.contract_docs import write_docs
from callboard.cli.contract_history import show_contracts, show_history
from callboard.cli.contract_replay import show_replay
from callboard.cli.contract_suites import write_suite
from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data, write_document
from callboard.errors import DefinitionError

if TYPE_CHECKING:
    from callboard.services.contracts.diffing import DefinitionDiff

app = typer.Typer(
    help="What feeds promise, and what another promise would change.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.command("list")(show_contracts)
app.command("history")(show_history)
app.command("docs")(write_docs)
app.command("gx")(write_suite)
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
DIFF_COLUMNS = ("definition", "name", "where", "weight", "needs", "edit")


_WHAT = "a contract, a metric, or a folder of them."
Old = Annotated[
    Path, typer.Argument(metavar="OLD", exists=True, help=f"The version before: {_WHAT}")
]
New = Annotated[
    Path, typer.Argument(metavar="NEW", exists=True, help=f"The version after: {_WHAT}")
]


@app.command("diff")
def show_diff(old: Old, new: New, output: Format = OutputFormat.TABLE) -> None:
    """Show what a new version of contracts and metrics promises otherwise.

    Also rules that are gone or milder, wider tolerances, later promises, other units and formulas.
    Exits 1 where something breaks or less is promised and the version does not say so, 2 where the
    two cannot be compared.

    \b
    Example: callboard contracts diff before/contacts.odcs.yaml data_contracts/contacts.odcs.yaml
    """
    from callboard.services.contracts.diffing import NotComparable, diff_definitions

    try:
        diffs = diff_definitions(old, new)
    except (DefinitionError, NotComparable) as error:
        say(str(error))
        raise typer.Exit(2) from None
    if output is OutputFormat.JSON:
        write_document([asdict(each) for each in diffs])
    elif diffs or output is OutputFormat.CSV:
        write_data(DIFF_COLUMNS, _edit_rows(diffs), output)
    _tell(diffs)
    if not all(each.is_told for each in diffs):
        raise typer.Exit(1)


def _edit_rows(diffs: Sequence["DefinitionDiff"]) -> Iterator[tuple[Cell, ...]]:
    for diff in diffs:
        for each in diff.edits:
            told = (each.where, each.weight.value, each.level.value, each.sentence)
            yield (diff.kind.value, diff.name, *told)


def _tell(diffs: Sequence["DefinitionDiff"]) -> None:
    for diff in diffs:
        say(f"{diff.kind.value} {diff.name}: {count_of(len(diff.edits), 'edit')}{_versions(diff)}.")
    if not diffs:
        say("Nothing is promised otherwise.")


def _versions(diff: "DefinitionDiff") -> str:
    if not (diff.old_version and diff.new_version):
        return ""
    versions = f", version {diff.old_version} to {diff.new_version}"
    if diff.is_told:
        return versions
    return f"{versions}, which has to be {diff.needed_version} or later"


app.command("replay")(show_replay)
