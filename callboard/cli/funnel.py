"""`callboard funnel`: units of a file compared, for use outside the dashboard."""

from dataclasses import astuple, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.printing import OutputFormat, say, write_data
from metrics.funnel import Basis
from metrics.funnel_exact import Kind
from metrics.model import Better


class Direction(StrEnum):
    """Which way is good, of the ways that a file can say."""

    HIGHER = Better.HIGHER.value
    LOWER = Better.LOWER.value
    NEUTRAL = Better.NEUTRAL.value


def funnel(  # noqa: PLR0913 - options, each given by its name
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file, one row a unit.")],
    *,
    kind: Annotated[
        Kind, typer.Option(help="Cases of cases (binomial), or events in an exposure (Poisson).")
    ] = Kind.PROPORTION,
    better: Annotated[Direction, typer.Option(help="Which way is good.")] = Direction.NEUTRAL,
    per: Annotated[
        float, typer.Option(min=1e-9, help="Tell values for so many: 100 for percent.")
    ] = 1.0,
    limits: Annotated[
        Basis, typer.Option(help="Of chance alone, or allowing for real differences.")
    ] = Basis.AUTO,
    unit: Annotated[str, typer.Option(help="The column of names; else unit.")] = "",
    numerator: Annotated[str, typer.Option(help="The column; else numerator.")] = "",
    denominator: Annotated[str, typer.Option(help="The column; else denominator.")] = "",
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """Compare the units of a file, each by limits of its size.

    The target is the sum of numerators over the sum of denominators. Limits are exact, and wider
    where ten units or more differ more than by chance (phi above 1). Needs five units.

    \b
    Example: callboard funnel airlines.csv --better higher --per 100 --format csv
    """
    from callboard.services.analysing.funnel_file import Asked, FunnelRow, read_funnel

    asked = Asked(
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        kind=kind,
        better=Better(better.value),
        per=per,
        basis=limits,
    )
    rows, sentences = read_funnel(file, asked)
    write_data([each.name for each in fields(FunnelRow)], (astuple(row) for row in rows), output)
    for sentence in sentences:
        say(sentence)
