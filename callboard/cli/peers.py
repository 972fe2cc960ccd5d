"""`callboard peers`: our place among the peers of a file, for use outside the dashboard."""

from dataclasses import astuple, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import OutputFormat, say, write_data, write_table
from metrics.funnel_exact import Kind
from metrics.model import Better

if TYPE_CHECKING:
    from callboard.services.analysing.peers_file import PeersFile


class Direction(StrEnum):
    """Which way is good; a ranking needs one."""

    HIGHER = Better.HIGHER.value
    LOWER = Better.LOWER.value


def peers(  # noqa: PLR0913 - options, each given by its name
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file, one row an entity.")],
    *,
    ourselves: Annotated[str, typer.Option("--self", help="Which entity is ours.")],
    better: Annotated[Direction, typer.Option(help="Which way is good.")],
    kind: Annotated[
        Kind, typer.Option(help="Cases of cases (binomial), or events in an exposure (Poisson).")
    ] = Kind.PROPORTION,
    per: Annotated[
        float, typer.Option(min=1e-9, help="Tell values for so many: 100 for percent.")
    ] = 1.0,
    min_n: Annotated[
        float, typer.Option(min=0, help="Cases an entity needs to be the best_large.")
    ] = 30.0,
    strata: Annotated[
        str, typer.Option(help="The column of kinds of cases to allow for; one row each.")
    ] = "",
    entity: Annotated[str, typer.Option(help="The column of names; else entity.")] = "",
    numerator: Annotated[str, typer.Option(help="The column; else numerator.")] = "",
    denominator: Annotated[str, typer.Option(help="The column; else denominator.")] = "",
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """Rank us among the peers of a file, with gaps and intervals.

    One row an entity, in the order of the file; "gap" is ours to that entity. Our own row also
    holds our gaps to the achievable (the best who hold a tenth of all cases), the best, the best of
    enough cases, the median and the pooled rest. A gap below zero is behind. Empty counts are "not
    published", never zero.

    \b
    Example: callboard peers airlines.csv --self United --better higher --per 100 --format csv
    """
    from callboard.services.analysing.peer_counts import Asked
    from callboard.services.analysing.peers_file import rank_file

    asked = Asked(
        ourselves=ourselves,
        better=Better(better.value),
        kind=kind,
        per=per,
        min_n=min_n,
        strata=strata,
        entity=entity,
        numerator=numerator,
        denominator=denominator,
    )
    found = rank_file(file, asked)
    if output is OutputFormat.TABLE:
        _write_for_people(found, has_strata=bool(strata))
    else:
        _write_for_programs(found, output)
    for sentence in found.sentences:
        say(sentence)


def _write_for_programs(found: "PeersFile", output: OutputFormat) -> None:
    """One flat table, always with the same columns."""
    from callboard.services.analysing.peers_file import GAP_COLUMNS, PeerRow

    columns = [*(each.name for each in fields(PeerRow)), *GAP_COLUMNS]
    write_data(columns, ((*astuple(row), *found.gap_cells(row)) for row in found.rows), output)


def _write_for_people(found: "PeersFile", *, has_strata: bool) -> None:
    """The entities, then our gaps below them."""
    from callboard.services.analysing.peers_file import CASE_MIX, GAP_TABLE, PeerRow

    columns = [each.name for each in fields(PeerRow) if has_strata or each.name not in CASE_MIX]
    write_table(columns, ([getattr(row, name) for name in columns] for row in found.rows))
    write_table(GAP_TABLE, found.gap_table())
