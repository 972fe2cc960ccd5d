"""`callboard alerts`: what somebody wants to be told of, where it is so, what would be told now."""

from typing import Annotated

import typer

from callboard.cli.printing import OutputFormat, count_of, say, write_data
from callboard.cli.session import session_of

app = typer.Typer(
    help="Alerts on signals, targets and peers.", rich_markup_mode=None, no_args_is_help=True
)
_NONE = "workspace.yaml has no alerts. See `alerts` in docs/operations.md."


@app.command()
def rules(
    context: typer.Context,
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """List the rules of the workspace in words.

    \b
    Example: callboard alerts rules
    """
    session = session_of(context)
    from callboard.services.alerting.listing import list_alerts

    found = list_alerts(session.runtime(), session.actor)
    rows = [
        (each.alert, each.name, len(each.standing), each.told_to, each.told_when) for each in found
    ]
    write_data(("alert", "name", "standing", "told_to", "told_when"), rows, output)
    if not found:
        say(_NONE)


@app.command(name="list")
def show_list(
    context: typer.Context,
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """List the alerts that have gone off and are not over: as they were told, and as it is now.

    \b
    Example: callboard alerts list --format json
    """
    session = session_of(context)
    from callboard.services.alerting.listing import list_alerts

    rows = [
        (rule.alert, each.touchpoint, each.metric, each.since, each.sentence, each.now)
        for rule in list_alerts(session.runtime(), session.actor)
        for each in rule.standing
    ]
    write_data(("alert", "touchpoint", "metric", "since", "sentence", "now"), rows, output)
    if not rows:
        say("No alert stands.")


@app.command(name="try")
def try_now(context: typer.Context) -> None:
    """Say what would go off, and what would be over, now; tell nobody.

    The refresh process looks after every round, and tells.

    \b
    Example: callboard alerts try
    """
    session = session_of(context)
    from callboard.services.alerting.watching import try_alerts

    runtime = session.runtime()
    changes = try_alerts(runtime, session.actor)
    for each in changes:
        say(f"{'Goes off' if each.is_off else 'Is over'}: {each.sentence}")
    if not runtime.workspace.alerts:
        say(_NONE)
    elif not changes:
        say("Nothing would change.")
    else:
        say(f"{count_of(len(changes), 'change')}; nobody was told.")
