"""What has to be there before a workspace can be shown: a store, example data, first figures."""

from typing import TYPE_CHECKING

from callboard.cli.printing import count_of, say
from callboard.cli.progress import showing
from callboard.cli.rounds import Order, refresh_once
from callboard.cli.session import Session

if TYPE_CHECKING:
    from callboard.services.examples.demo import Options
    from callboard.services.runtime import Runtime


def prepare(session: Session) -> str:
    """Make ready what is missing, and return what the workspace calls itself.

    Where everything is there, it only looks: the refresh process brings it up to date.
    """
    from callboard.services.status import read_status

    with showing("Opening the workspace"):
        runtime = session.runtime()
        is_empty = read_status(runtime, session.actor).series == 0
    if is_empty:
        if runtime.workspace.sample is not None:
            fill_example(session, runtime)
        compute_figures(session, runtime)
        if runtime.workspace.sample is not None:
            set_aside_example(session, runtime)
    return runtime.workspace.name


def fill_example(
    session: Session, runtime: "Runtime", options: "Options | None" = None, *, anew: bool = False
) -> None:
    """Bring the example data up to now; with the first of them come the competitors."""
    from callboard.services.examples.demo import fill, publish_benchmarks
    from callboard.services.publishing.benchmarks import read_history

    with showing("Filling the example workspace") as tell:
        filled = fill(
            runtime,
            session.actor,
            options=options,
            on_progress=lambda done, total: tell(f"{100 * done // max(total, 1)} %"),
        )
    say(f"{count_of(filled.rows, 'row')} written, up to {filled.until:%Y-%m-%d %H:%M}.")
    if anew or not read_history(runtime, session.actor):
        with showing("Publishing the example's competitors"):
            publish_benchmarks(runtime, session.actor)


def set_aside_example(session: Session, runtime: "Runtime") -> None:
    """Set aside what the example's engineer would, once its figures are there."""
    from callboard.services.examples.set_aside import set_aside

    if count := set_aside(runtime, session.actor):
        say(f"The weeks of a bad release make no limits of {count_of(count, 'figure')}.")


def compute_figures(session: Session, runtime: "Runtime", *, full: bool = False) -> None:
    """Refresh once, and say how it went."""
    with showing("Computing the figures") as tell:
        report = refresh_once(session, runtime, Order(full=full), tell)
    for feed in report.feeds:
        say(feed.sentence)
