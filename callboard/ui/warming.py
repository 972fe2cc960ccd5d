"""What everybody opens is read before they do, as soon as something was published.

It is read as those who have opened a page within the last hour, by the page's own readings and
under their keys: nobody is shown what is not theirs, and a server that nobody visits reads nothing.
"""

import time
from threading import Event

from callboard.errors import CallboardError
from callboard.ui.journey import read_usual_way
from callboard.ui.overview import read_usual_overview
from callboard.ui.page import Page, make_page
from callboard.ui.trust import read_feeds

_VISITED = 3600.0  # seconds for which somebody who has opened a page may open the next
_PAUSE = 2.0
_MOST = 8  # reaches that are read for: those who came last
_READERS: dict[str, Page] = {}  # the latest page of each


def remember(page: Page) -> None:
    """Note who looks, to read for them what is published next."""
    _READERS.pop(page.reach, None)
    _READERS[page.reach] = page
    for reach in list(_READERS)[:-_MOST]:
        _READERS.pop(reach, None)


def keep_warm(stopped: Event) -> None:
    """Look every other second whether something was published, until `stopped` is set."""
    while not stopped.wait(_PAUSE):
        catch_up()


def catch_up() -> None:
    """Read what is new for those who were here within the hour, and forget the others."""
    for reach, page in list(_READERS.items()):
        if time.monotonic() - page.opened > _VISITED:
            _READERS.pop(reach, None)
            continue
        try:
            _read_for(page)
        except CallboardError:
            continue  # it is told to whoever opens the page


def _read_for(page: Page) -> None:
    """One who has been read for is known by the stamp, which is of the publication and the hour."""
    now = make_page(page.name, page.runtime, page.actor, opened=page.opened)
    if now.stamp == page.stamp:
        return
    if _READERS.get(page.reach) is page:
        _READERS[page.reach] = now
    read_usual_overview(now)
    read_usual_way(now)
    read_feeds(now)
