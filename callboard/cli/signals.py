"""`callboard signals`: limits and signals of any file's series, for use outside the dashboard."""

from dataclasses import fields
from math import isfinite
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

from callboard.cli.funnel import Direction
from callboard.cli.printing import OutputFormat, say, write_data
from callboard.services.analysing.grain_choice import GrainChoice
from metrics.model import Better
from metrics.profiles import Profile


def signals(  # noqa: PLR0913 - options, each given by its name
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file, one row a period (and group).")
    ],
    *,
    date: Annotated[
        str, typer.Option(help="The column of dates; else date, or the only one.")
    ] = "",
    value: Annotated[
        str, typer.Option(help="The column of values; else value, or the only one.")
    ] = "",
    group: Annotated[str, typer.Option(help="The column that parts series; else group.")] = "",
    better: Annotated[Direction, typer.Option(help="Which way is good.")] = Direction.NEUTRAL,
    target: Annotated[float | None, typer.Option(help="What is promised, for all groups.")] = None,
    target_column: Annotated[
        str, typer.Option(help="The column of targets; that of a group's last row counts.")
    ] = "",
    break_column: Annotated[
        str, typer.Option(help="The column with 1 on the first row of a new segment.")
    ] = "",
    baseline_points: Annotated[
        int | None,
        typer.Option(min=12, help="Take limits from so many first points of each segment."),
    ] = None,
    profile: Annotated[
        Profile, typer.Option(help="Which published method; docs/method.md tells them apart.")
    ] = Profile.CALLBOARD,
    grain: Annotated[
        GrainChoice, typer.Option(help="How long a period is, to find gaps; of callboard only.")
    ] = GrainChoice.AUTO,
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.CSV,
) -> None:
    """Find limits and signals in the series of any file.

    A row of the answer for each row of the file, in its order of groups, by date, with its limits,
    the rule that caught it, and whether the target is kept. A signal is an improvement or a concern
    once --better says which way is good, else high or low. An empty value has no_data; the profiles
    mdc, mdc_excel and strict call it none and never fill gaps.

    \b
    Example: callboard signals waits.csv --better lower --target 15 --format table
    """
    _refuse_contradictions(target=target, target_column=target_column, profile=profile, grain=grain)
    from callboard.services.analysing.file_series import ColumnNames
    from callboard.services.analysing.file_signals import SignalQuestion, SignalRow, find_signals

    question = SignalQuestion(
        names=ColumnNames(
            date=date, value=value, group=group, target=target_column, breaks=break_column
        ),
        better=Better(better.value),
        profile=profile,
        grain=grain,
        target=target,
        baseline_points=baseline_points,
    )
    rows, sentences = find_signals(file, question)
    columns = [each.name for each in fields(SignalRow)]
    write_data(columns, map(attrgetter(*columns), rows), output)
    for sentence in sentences:
        say(sentence)


def _refuse_contradictions(
    *, target: float | None, target_column: str, profile: Profile, grain: GrainChoice
) -> None:
    if target is not None and not isfinite(target):
        raise typer.BadParameter(f"--target {target}: expected a finite number.")
    if target is not None and target_column:
        raise typer.BadParameter("--target and --target-column: give one of them.")
    if profile is not Profile.CALLBOARD and grain not in (GrainChoice.AUTO, GrainChoice.NONE):
        raise typer.BadParameter(
            f"--grain {grain.value}: the profile {profile.value} takes rows as they stand and "
            "fills no gap. Leave --grain out, or take --profile callboard."
        )
