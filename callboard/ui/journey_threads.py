"""The threads of a journey: which step stands on which service, drawn as lines of our own."""

from dataclasses import dataclass

from markupsafe import Markup

from callboard import views
from callboard.ui.journey_ways import place_across
from callboard.ui.svg import stretched


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A line from a step to a service behind it; places are percent of the width.

    It hurts where something is of concern at both of its ends.
    """

    front: str
    back: str
    start: float
    end: float
    is_hurting: bool


def threads_of(view: views.JourneyMap) -> tuple[Thread, ...]:
    """Return the threads of a journey, from the middle of what stands in each column."""
    services = {each.key: (at, each) for at, each in enumerate(view.behind)}
    return tuple(
        Thread(
            front=node.key,
            back=key,
            start=place_across(view, at, place),
            end=100 * (services[key][0] + 0.5) / len(services),
            is_hurting=node.is_hurting and services[key][1].is_hurting,
        )
        for at, part in enumerate(view.parts)
        for place, node in enumerate(part.nodes)
        for key in node.services
    )


def thread(of: Thread) -> Markup:
    """Return the line as a picture that fills the room between the stages and the services."""
    ink = "concern" if of.is_hurting else "common"
    line = (
        f"<path class='{ink}' stroke-width='{2 if of.is_hurting else 1.25}' "
        f"vector-effect='non-scaling-stroke' "
        f"d='M{of.start:.1f} 0C{of.start:.1f} 55 {of.end:.1f} 45 {of.end:.1f} 100'/>"
    )
    css = f"cb-thread cb-of-{of.front} cb-of-{of.back}"
    return stretched(line, css=css + " cb-thread-hurts" * of.is_hurting)
