"""How the charts of a touchpoint's metric leave as pictures: which part, of whom, how sound."""

import re

from callboard import views
from callboard.ui.glyphs import badge_word
from callboard.ui.page import Page
from callboard.ui.pictures import Picture, picture_of


def picture_of_reading(
    page: Page, view: views.ControlChart, part: str = "", *, period: str | None = None
) -> Picture:
    """Return the picture of a metric's chart; `part` says which one, `period` another span."""
    labels = (each.label for each in view.points if each.start.isoformat() == view.period)
    name = f"{view.metric_name}, {view.touchpoint_name}"
    stem = f"{view.metric}-{view.touchpoint}-{view.period}"
    return picture_of(
        page,
        title=f"{name}: {part}" if part else name,
        period=next(labels, "") if period is None else period,
        stem=f"{stem}-{_plain(part)}" if part else stem,
        state=badge_word(view.trust.badge).lower(),
    )


def _plain(part: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")
