"""The example data of a workspace: filled, made anew, and published beside its competitors'."""

from callboard.access import Action, Actor, require
from callboard.demo.benchmarks import make_benchmark_files
from callboard.demo.canonical import BenchmarkFile
from callboard.demo.flights import make_flight_benchmarks, read_flights
from callboard.errors import CallboardError
from callboard.services.examples.flights import load_flights, open_flights
from callboard.services.examples.story import (
    Filled,
    OnProgress,
    Options,
    fill_story,
    open_feeds,
    read_told_story,
)
from callboard.services.publishing.benchmarks import publish
from callboard.services.runtime import Runtime
from callboard.views import SubmissionRow
from callboard.workspace import Sample

__all__ = ["Filled", "OnProgress", "Options", "fill", "publish_benchmarks", "reset"]
NOTE = "Comes with the example"


def fill(
    runtime: Runtime,
    actor: Actor,
    *,
    options: Options | None = None,
    on_progress: OnProgress | None = None,
) -> Filled:
    """Bring the workspace's example data up to now; what is there already is left as it is.

    CallboardError for a workspace without example data: other people's databases are only read.
    """
    require(actor, Action.REFRESH)
    if _sample(runtime) is Sample.NYC_FLIGHTS:
        return load_flights(runtime, on_progress)
    return fill_story(runtime, options or Options(), on_progress)


def reset(runtime: Runtime, actor: Actor) -> None:
    """Drop the example data. Fill, then refresh in full, to see the new ones."""
    require(actor, Action.REFRESH)
    is_flights = _sample(runtime) is Sample.NYC_FLIGHTS
    (open_flights(runtime) if is_flights else open_feeds(runtime)).drop()


def publish_benchmarks(runtime: Runtime, actor: Actor) -> tuple[SubmissionRow, ...]:
    """Publish the example's competitors the way an analyst would, after `fill`.

    The files stay in the folder `benchmarks` of CALLBOARD_HOME. A second time changes nothing.
    """
    require(actor, Action.PUBLISH)
    folder = runtime.settings.home / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for file in _benchmark_files(runtime):
        (folder / file.name).write_bytes(file.content)
        rows.append(publish(runtime, actor, name=file.name, content=file.content, note=NOTE))
    return tuple(rows)


def _benchmark_files(runtime: Runtime) -> tuple[BenchmarkFile, ...]:
    if _sample(runtime) is Sample.NYC_FLIGHTS:
        return make_flight_benchmarks(read_flights())
    plan = read_told_story(runtime)
    if plan is None:
        raise CallboardError("The demo has no data yet. Make them with: callboard demo")
    return make_benchmark_files(plan.story.seed, plan.last_day)


def _sample(runtime: Runtime) -> Sample:
    if runtime.workspace.sample is None:
        raise CallboardError(
            "workspace.yaml: sample: found nothing; expected 'story' or 'nyc_flights'. Example "
            "data are only written for a workspace that asks for them, never into other databases."
        )
    return runtime.workspace.sample
