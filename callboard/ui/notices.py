"""What people were told of the data: every change of a badge, and how far the message has come."""

from markupsafe import Markup

from callboard import views
from callboard.services.notifying.listing import count_open, list_notices
from callboard.ui import links, states
from callboard.ui.cache import read
from callboard.ui.glyphs import badge_glyph
from callboard.ui.markup import NOTHING, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table

_NOTICES = (
    Column(title="Feed and place"),
    Column(title="When"),
    Column(title="What"),
    Column(title="State"),
    Column(title="In words"),
    Column(title="Told"),
)
_MOST = 100
_TALL = 20


@tells_errors
def show_notices(page: Page, feed: str = "") -> None:
    """List the latest changes of a feed (or all) and its touchpoints, newest first."""
    found = list_notices(page.runtime, page.actor, feed=feed, limit=_MOST)
    show(tag("div", tag("h2", "What has changed"), css="cb-h2"))
    if not found:
        states.show_state(
            "Nothing has changed yet",
            "A feed that breaks its contract, stops, or is well again is told of here.",
            next_step="Who else is told stands in workspace.yaml, under notifications.",
        )
        return
    rows = [_row(each, page.zone) for each in found]
    caption = "Every change of a badge, the newest first"
    show(draw_table(_NOTICES, rows, caption=caption, is_tall=len(rows) > _TALL, is_stacked=True))


def tell_open(page: Page) -> Markup:
    """Return how many feeds and parts of them are not well, with a link; nothing for none."""
    count = read(page, count_open)
    if not count:
        return NOTHING
    noun = "notice" if count == 1 else "notices"
    return Markup(" · {}").format(
        tag("a", f"{count} open {noun}", href=links.address("data_trust", {}))
    )


def _row(notice: views.NoticeRow, zone: str) -> Row:
    place = tag("small", notice.where) if notice.where else NOTHING
    return Row(
        cells=(
            Markup("{}{}").format(notice.feed_name, place),
            day_and_time(notice.at, zone),
            notice.kind,
            badge_glyph(notice.badge) if notice.badge else NOTHING,
            notice.sentence,
            notice.delivered,
        )
    )
