"""A workspace to begin with: files that check out, and made-up feeds so that it runs at once."""

import json
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo, available_timezones

from callboard.clock import Clock
from callboard.demo.generator import Plan, make_columns
from callboard.demo.story import Direction, Effect, Event, Happening, Story
from callboard.errors import CallboardError, DefinitionError
from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.settings import load_settings
from callboard.storage.feeds.sample_feeds import SampleFeeds

TEMPLATE = Path(__file__).parent / "new_workspace"
DAYS, SCALE, SEED = 420, 0.3, 7
_RENAMED = {"gitignore": ".gitignore"}


def create_workspace(folder: Path, *, name: str, time_zone: str, clock: Clock) -> tuple[Path, ...]:
    """Write a new workspace and its sample feed up to yesterday; return the files written.

    CallboardError where the folder has something in it already, or the time zone is unknown.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CallboardError(
            f"{folder}: found files in it; expected a folder that is new or empty."
        )
    if time_zone not in available_timezones():
        raise CallboardError(
            f"Time zone: found {time_zone!r}; expected an IANA name such as Europe/London."
        )
    quoted = json.dumps(name, ensure_ascii=False)
    words = {"name": quoted, "title": name, "time_zone": time_zone}
    sources = sorted(path for path in TEMPLATE.rglob("*") if path.is_file())
    written = [_write(source, folder, words) for source in sources]
    definitions = _load(folder)
    _fill(definitions, clock.today(time_zone) - timedelta(days=1))
    return tuple(written)


def _write(source: Path, folder: Path, words: dict[str, str]) -> Path:
    place = source.relative_to(TEMPLATE)
    target = folder / place.with_name(_RENAMED.get(place.name, place.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    text = Template(source.read_text(encoding="utf-8")).substitute(words)
    target.write_text(text, encoding="utf-8")
    return target


def _load(folder: Path) -> Definitions:
    definitions, problems = load_definitions(load_settings({}, workspace=folder))
    if definitions is None:
        raise DefinitionError(problems)
    return definitions


def _fill(definitions: Definitions, last_day: date) -> None:
    """Write every day's rows as they stand at the end of the last day."""
    contracts = definitions.contracts
    plan = Plan(
        story=_story(),
        first_day=last_day - timedelta(days=DAYS - 1),
        last_day=last_day,
        zone=definitions.workspace.time_zone,
        touchpoints=frozenset(definitions.touchpoints),
        scale=SCALE,
    )
    feeds = SampleFeeds(definitions.databases["sample"], contracts.values())
    feeds.create()
    feeds.write_rows({feed: _columns(plan, feed) for feed in contracts})


def _columns(plan: Plan, feed: str) -> dict[str, list[object]]:
    until = datetime.combine(plan.last_day + timedelta(days=1), time(), ZoneInfo(plan.zone))
    columns: dict[str, list[object]] = defaultdict(list)
    for number in range(DAYS):
        day = plan.first_day + timedelta(days=number)
        for name, values in make_columns(plan, feed, day, since=None, until=until).items():
            columns[name] += values
    return columns


def _story() -> Story:
    """Fewer callers give up since the desk answers in turns: something for the charts to find."""
    fewer = Effect(metric="abandon", direction=Direction.DOWN, points=3.5)
    shorter = Effect(metric="asa", direction=Direction.DOWN, times=1.6)
    turns = Event(
        name="Answering in turns",
        kind=Happening.PROCESS_CHANGE,
        touchpoint="service_desk",
        days_before=75,
        effects=(fewer, shorter),
    )
    return Story(seed=SEED, events=(turns,))
