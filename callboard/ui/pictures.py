"""A chart saved as a picture from its own button: its name, and the two lines at its foot."""

from dataclasses import dataclass

from callboard.services.tiles.overview import read_overview
from callboard.ui.cache import read
from callboard.ui.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a saved picture is called, and what it says of itself."""

    name: str
    first: str
    second: str


def picture_of(page: Page, *, title: str, period: str, stem: str, state: str = "") -> Picture:
    """Return how a chart leaves as a picture: what it shows, of whom, and how sound the data is."""
    view = read(page, read_overview, grain=page.runtime.workspace.calendar.grain)
    notice = page.runtime.workspace.notice
    told = (
        page.runtime.workspace.name,
        notice,
        f"complete to {view.complete_to}",
        f"publication {view.publication}",
        f"data: {state or view.data_state}",
    )
    return Picture(
        name=f"callboard-{stem}",
        first=" · ".join(filter(None, (title, period))),
        second=" · ".join(filter(None, told)),
    )
