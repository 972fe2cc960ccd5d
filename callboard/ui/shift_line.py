"""The newest note to the next shift, as a line in the head of its touchpoint's page."""

from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from callboard.services.shift.notes import note_of_today
from callboard.ui import links
from callboard.ui.cache import draw, read
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import time_of_day
from callboard.ui.page import Page
from callboard.ui.touchpoint import TouchpointQuestion

_SHOWN = 160
_LINE = Markup('<b>Hand-over</b> {by}: {note} <a href="{href}">{way}</a>')


@tells_errors
def show_note_of_today(page: Page, question: TouchpointQuestion, place: DeltaGenerator) -> None:
    """Write today's newest note under the headline in `place`; nothing where there is none."""
    with place:
        draw(page, _draw, question.touchpoint)


def _draw(page: Page, touchpoint: str) -> None:
    note = read(page, note_of_today, touchpoint=touchpoint)
    if note is None:
        return
    zone = page.runtime.definitions.zone(touchpoint)
    is_cut = len(note.note) > _SHOWN
    line = _LINE.format(
        by=f"{note.author}, {time_of_day(note.at, zone)}",
        note=f"{note.note[:_SHOWN].rstrip()} …" if is_cut else note.note,
        href=links.address("my_touchpoints", {"touchpoints": [touchpoint]}),
        way="Read all of it" if is_cut else "Open the shift",
    )
    show(tag("p", line, css="cb-small cb-shift-line"))
