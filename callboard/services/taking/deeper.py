"""What stands below a metric's history on its page, as sections in the order of the page."""

from collections.abc import Iterator

from callboard.access import Actor
from callboard.services.drilling.backstage import read_backstage
from callboard.services.drilling.composition import read_composition
from callboard.services.drilling.hours import read_hour_map
from callboard.services.drilling.outlook import read_outlook
from callboard.services.drilling.rhythm import read_rhythm
from callboard.services.drilling.waiting import read_waiting
from callboard.services.runtime import Runtime
from callboard.services.taking.asking import ViewAsked
from callboard.services.taking.backstage_section import backstage_section
from callboard.services.taking.composition_sections import composition_sections
from callboard.services.taking.hours_section import hours_section
from callboard.services.taking.outlook_section import outlook_section
from callboard.services.taking.reading import reading_of
from callboard.services.taking.rhythm_section import rhythm_section
from callboard.services.taking.waiting_section import waiting_section
from callboard.views import ControlChart, ReportSection


def sections_ahead(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, chart: ControlChart
) -> Iterator[ReportSection]:
    """What comes, and what a composite is made of: before the parts of the reading."""
    reading, periods = reading_of(asked, chart), asked.number("history", 0) or None
    ahead = read_outlook(runtime, actor, **reading, periods=periods)
    found = outlook_section(ahead, chart)
    if found is not None:
        yield found
    if runtime.definitions.metrics[chart.metric].is_composite:
        parts = read_composition(runtime, actor, **reading, periods=periods)
        yield from composition_sections(parts, chart)


def sections_behind(
    runtime: Runtime, actor: Actor, asked: ViewAsked, *, chart: ControlChart
) -> Iterator[ReportSection]:
    """Its rhythm, its hours, what moves before it, how long its cases wait: after the parts."""
    reading = reading_of(asked, chart)
    hours = read_hour_map(runtime, actor, metric=chart.metric, touchpoint=chart.touchpoint)
    sections = (
        rhythm_section(read_rhythm(runtime, actor, **reading), chart),
        hours_section(hours, chart),
        backstage_section(read_backstage(runtime, actor, **reading), chart),
        waiting_section(read_waiting(runtime, actor, **reading), chart),
    )
    yield from (each for each in sections if each is not None)
