"""The outlook: what a signal amounts to, where the year will end, how long a gap takes to close."""

from collections.abc import Iterable

from markupsafe import Markup

from callboard import views
from callboard.services.drilling.outlook import read_outlook
from callboard.ui.cache import draw, read
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.touchpoint import TouchpointQuestion

_NUMBERS = (Column(title="What"), Column(title="How much", is_number=True))


@tells_errors
def show_outlook(page: Page, question: TouchpointQuestion) -> None:
    """Say what can be said of what comes, the numbers one click deeper; else draw nothing."""
    if question.metric and outlook_of(page, question).items:
        draw(page, _draw, question)


def outlook_of(page: Page, question: TouchpointQuestion) -> views.Outlook:
    """Return the outlook of the metric that is asked for."""
    return read(
        page,
        read_outlook,
        metric=question.metric,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
        periods=question.periods,
    )


def _draw(page: Page, question: TouchpointQuestion) -> None:
    items = outlook_of(page, question).items
    show(tag("div", tag("h2", "Outlook"), css="cb-h2") + draw_items(items))


def draw_items(items: Iterable[views.OutlookItem]) -> Markup:
    """Return the items one under the other, the numbers behind each one click deeper."""
    return tag("div", joined(_draw_item(item) for item in items), css="cb-outlook")


def _draw_item(item: views.OutlookItem) -> Markup:
    rows = [Row(cells=cells) for cells in item.numbers]
    table = draw_table(_NUMBERS, rows, caption=f"{item.topic}: the numbers behind it")
    return tag(
        "section",
        tag("h3", item.topic)
        + tag("p", item.sentence)
        + tag("details", tag("summary", "The numbers behind it") + table),
    )
