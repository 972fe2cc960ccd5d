"""`callboard demo`: the made-up data of the example workspace."""

from typing import Annotated

import typer

from callboard.cli.preparing import compute_figures, fill_example, set_aside_example
from callboard.cli.printing import say
from callboard.cli.session import session_of


def demo(
    context: typer.Context,
    reset: Annotated[bool, typer.Option("--reset", help="Drop the example data first.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Another seed, another story.")] = None,
    months: Annotated[int, typer.Option(min=1, max=60, help="How far back the data begin.")] = 26,
) -> None:
    """Fill the example workspace to now, and compute its figures.

    Its competitors come with it. Run again, it adds what happened since. Other people's databases
    are never written to.

    \b
    Example: callboard demo --reset --seed 7
    """
    session = session_of(context)
    from callboard.services.examples.demo import Options
    from callboard.services.examples.demo import reset as drop

    runtime = session.runtime()
    if reset:
        drop(runtime, session.actor)
        say("Dropped the example data.")
    fill_example(session, runtime, Options(seed=seed, months=months), anew=reset)
    compute_figures(session, runtime, full=reset)
    set_aside_example(session, runtime)
