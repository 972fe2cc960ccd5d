"""What has to be there before a workspace can be shown: a store, example data, first figures."""

from typing import TYPE_CHECKING

from callboard.cli.printing import count_of, say
from callboard.cli.progress import showing
from callboard.cli.session import Session

if TYPE_CHECKING:
    from callboard.services.demo import Options
    from callboard.services.runtime import Runtime


def prepare(session: Session) -> str:
    """Make ready what is missing, and return what the workspace calls itself.

    A second time there is nothing to do but to look.
    """
    runtime = session.runtime()
    if runtime.workspace.sample is not None:
        fill_example(session, runtime)
    if runtime.publication() == 0 or not _has_readings(session, runtime):
        compute_figures(session, runtime)
    return runtime.workspace.title or runtime.workspace.name


def fill_example(session: Session, runtime: "Runtime", options: "Options | None" = None) -> None:
    """Bring the example data up to now; with the first of them come the competitors."""
    from callboard.services.demo import fill, publish_benchmarks
    from callboard.services.publishing import read_history

    with showing("Filling the example workspace") as on_progress:
        filled = fill(runtime, session.actor, options=options, on_progress=on_progress)
    say(f"{count_of(filled.rows, 'row')} written, up to {filled.until:%Y-%m-%d %H:%M}.")
    if not read_history(runtime, session.actor):
        with showing("Publishing the example's competitors"):
            publish_benchmarks(runtime, session.actor)
