"""`callboard quarantine waive-rule` and its like: rules that hold nothing back for a while."""

from datetime import date
from typing import Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import OutputFormat, say, write_data
from callboard.cli.session import session_of

WAIVER_COLUMNS = (
    *("id", "feed", "rule_id", "slice_key", "until", "state", "reason", "owner"),
    *("actor", "at"),
)
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
Why = Annotated[str, typer.Option("--why", help="Why; it stands beside the waiver.")]


def add_waiver_commands(app: typer.Typer) -> None:
    """Put the commands about waivers of rules into a group."""
    app.command("waive-rule")(waive_rule)
    app.command("withdraw")(withdraw)
    app.command("waivers")(show_waivers)


def waive_rule(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    feed: Annotated[str, typer.Argument(metavar="FEED", help="The feed whose rule it is.")],
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Its id, as Data trust shows it.")],
    *,
    until: Annotated[
        date, typer.Option(parser=parse_day, metavar="DATE", help="The last day it holds.")
    ],
    why: Why,
    where: Annotated[
        str, typer.Option(help="A touchpoint, or touchpoint/metric; else everywhere.")
    ] = "",
    owner: Annotated[str, typer.Option(help="Who answers for it; else you.")] = "",
) -> None:
    """Let a broken rule hold no data back up to and with a day.

    Rows that break rules stay out of the figures all the same.

    \b
    Example: callboard quarantine waive-rule contacts slice.scale --where call_centre/aht
        --until 2026-12-01 --why "Handle time is told in minutes from now on"
    """
    session = session_of(context)
    from callboard.services.trusting.waiving import waive_rule as waive

    asked = {"feed": feed, "rule": rule, "slice_key": where, "why": why, "owner": owner}
    row = waive(session.runtime(), session.actor, until=until, **asked)
    say(f"Waiver {row.id}: {row.rule_id} holds nothing back until {row.until}.")


def withdraw(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="WAIVER", help="As `waivers` shows it.")],
    why: Why,
) -> None:
    """End a waiver before its day; it stays in the list.

    \b
    Example: callboard quarantine withdraw 2 --why "The source is mended"
    """
    session = session_of(context)
    from callboard.services.trusting.waiving import withdraw_waiver

    row = withdraw_waiver(session.runtime(), session.actor, number=number, why=why)
    say(f"Withdrew waiver {row.id} ({row.rule_id}).")


def show_waivers(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(metavar="[FEED]", help="One feed; else all.")] = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """List waivers of rules, those that have ended among them.

    \b
    Example: callboard quarantine waivers contacts --format csv
    """
    session = session_of(context)
    from callboard.services.trusting.waiving import list_waivers

    found = list_waivers(session.runtime(), session.actor, feed=feed)
    rows = [tuple(getattr(each, name) for name in WAIVER_COLUMNS) for each in found]
    write_data(WAIVER_COLUMNS, rows, output)
    if not found:
        say("No rule is waived.")
