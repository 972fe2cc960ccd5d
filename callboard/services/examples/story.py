"""Fills the demo workspace's feeds from its story, up to now; a later call adds what is new."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import ValidationError

from callboard.demo.drawing import draw_story
from callboard.demo.generator import MAKERS, Plan, days_to_make, make_columns
from callboard.demo.story import STORY_FILE, Story, read_story
from callboard.errors import CallboardError
from callboard.services.runtime import Runtime
from callboard.storage.feeds.sample_feeds import SampleFeeds

OnProgress = Callable[[int, int], None]
SAMPLE = "story"
DEFAULT_SEED = 1
_DAYS_AT_ONCE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How much is made: `seed` None takes the workspace's written story; `scale` thins volumes."""

    seed: int | None = None
    months: int = 26
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What filling did: rows written, whether these were the first, and up to which moment."""

    rows: int
    is_first: bool
    until: datetime


def fill_story(runtime: Runtime, options: Options, on_progress: OnProgress | None = None) -> Filled:
    """Bring the demo's feeds up to the present moment; CallboardError for another seed's data.

    `on_progress` is told how many days are made, of how many.
    """
    feeds = open_feeds(runtime)
    feeds.create()
    until = runtime.clock.now(runtime.workspace.time_zone)
    known = feeds.read_plan(SAMPLE)
    if known is None:
        plan = _new_plan(runtime, options, until.date())
        feeds.write_plan(SAMPLE, plan.model_dump_json(), None)
    else:
        plan = _known_plan(runtime, options, known[0])
    since = known[1] if known else None
    rows = 0
    if since is None or until > since:
        rows = _write_days(feeds, plan, since, until, on_progress)
        feeds.write_plan(SAMPLE, plan.model_dump_json(), until)
    return Filled(rows=rows, is_first=since is None, until=until)


def open_feeds(runtime: Runtime) -> SampleFeeds:
    """The demo's feeds, in the one SQLite database that all of them are connected to."""
    definitions = runtime.definitions
    contracts = [each for feed, each in definitions.contracts.items() if feed in MAKERS]
    servers = sorted({contract.server for contract in contracts})
    if len(servers) != 1:
        raise CallboardError(
            f"workspace.yaml: feeds: found the databases {', '.join(servers) or 'none'} for the "
            "demo's feeds; expected one database for all of them."
        )
    return SampleFeeds(definitions.databases[servers[0]], contracts)


def read_told_story(runtime: Runtime) -> Plan | None:
    """Return the plan that the demo's feeds are filled by, None before they are."""
    known = open_feeds(runtime).read_plan(SAMPLE)
    return Plan.model_validate_json(known[0]) if known else None


def _new_plan(runtime: Runtime, options: Options, today: date) -> Plan:
    last_day = today - timedelta(days=1)
    return Plan(
        story=_story(runtime, options.seed),
        first_day=_months_before(last_day, options.months),
        last_day=last_day,
        zone=runtime.workspace.time_zone,
        touchpoints=frozenset(runtime.definitions.touchpoints),
        scale=options.scale,
    )


def _story(runtime: Runtime, seed: int | None) -> Story:
    path = runtime.settings.workspace / STORY_FILE
    if seed is None and path.exists():
        return read_story(path)
    return draw_story(DEFAULT_SEED if seed is None else seed)


def _known_plan(runtime: Runtime, options: Options, document: str) -> Plan:
    try:
        plan = Plan.model_validate_json(document)
    except ValidationError as error:
        raise CallboardError(
            "The demo's data were made by another version of Callboard. "
            "Make them anew with: callboard demo --reset"
        ) from error
    if options.seed not in (None, plan.story.seed):
        raise CallboardError(
            f"Found demo data of seed {plan.story.seed}; expected seed {options.seed}. "
            "Make them anew with: callboard demo --reset --seed " + str(options.seed)
        )
    touchpoints = frozenset(runtime.definitions.touchpoints)
    return plan.model_copy(update={"touchpoints": touchpoints})


def _months_before(day: date, months: int) -> date:
    """The first of the month that is `months` before the day's."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _write_days(
    feeds: SampleFeeds,
    plan: Plan,
    since: datetime | None,
    until: datetime,
    on_progress: OnProgress | None,
) -> int:
    days = list(days_to_make(plan, since, until))
    rows = 0
    for start in range(0, len(days), _DAYS_AT_ONCE):
        chosen = days[start : start + _DAYS_AT_ONCE]
        blocks = {feed: _join(plan, feed, chosen, since, until) for feed in feeds.names}
        rows += feeds.write_rows({feed: block for feed, block in blocks.items() if block})
        if on_progress is not None:
            on_progress(min(start + _DAYS_AT_ONCE, len(days)), len(days))
    return rows


def _join(
    plan: Plan, feed: str, days: Sequence[date], since: datetime | None, until: datetime
) -> dict[str, list[object]]:
    joined: dict[str, list[object]] = {}
    for day in days:
        for name, cells in make_columns(plan, feed, day, since=since, until=until).items():
            joined.setdefault(name, []).extend(cells)
    return joined
