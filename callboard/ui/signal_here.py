"""Under a metric's verdict: who has its signal, what was said of it, and the way to act on it."""

from callboard.access import Action, is_allowed
from callboard.services.signalling.here import read_signal_here
from callboard.ui import links
from callboard.ui.cache import draw, read
from callboard.ui.markup import NOTHING, show, tag
from callboard.ui.page import Page
from callboard.ui.signal_cards import draw_follow
from callboard.ui.touchpoint import TouchpointQuestion

_FARTHEST = "26"  # as far back as the page of signals looks


def show_signal_here(page: Page, question: TouchpointQuestion) -> None:
    """Tell what people do about the signal that stands; nothing of an earlier period."""
    is_usual = question.grain is page.runtime.workspace.calendar.grain
    if is_usual and not question.period:
        draw(page, _draw, question)


def _draw(page: Page, question: TouchpointQuestion) -> None:
    here = read(page, read_signal_here, metric=question.metric, touchpoint=question.touchpoint)
    if here is None:
        return
    there = links.address("signals", {"back": _FARTHEST, "signal": here.id})
    may_act = is_allowed(page.actor, Action.ACT_ON_SIGNALS)
    way = tag("p", tag("a", "Act on it", href=there)) if may_act else NOTHING
    show(tag("div", draw_follow(here.follow, page.zone) + way, css="cb-signal-here cb-small"))
