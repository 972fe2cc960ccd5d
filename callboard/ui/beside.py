"""The same metric at another touchpoint that the reader picks, on the same scales."""

from dataclasses import dataclass

from callboard import views
from callboard.charts import beside_chart
from callboard.services.drilling.beside import list_beside, read_beside
from callboard.ui import address, links
from callboard.ui.annotation_table import flag_list
from callboard.ui.cache import draw, read
from callboard.ui.figures_drawn import show_figure
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.reading_picture import picture_of_reading
from callboard.ui.touchpoint import TouchpointQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideQuestion:
    """What is looked at, and the touchpoint it is put beside."""

    of: TouchpointQuestion
    other: str


@tells_errors
def show_beside(page: Page, question: TouchpointQuestion) -> None:
    """Offer the other touchpoints that have the metric; draw the one that is picked below."""
    if not question.metric:
        return
    others = dict(read(page, list_beside, metric=question.metric, touchpoint=question.touchpoint))
    if not others:
        return
    options = {"": "No other touchpoint"} | others
    other = address.choose("Compare with", "beside", options, width=260)
    if other:
        draw(page, _draw, BesideQuestion(of=question, other=other))


def _read(page: Page, question: BesideQuestion) -> views.Beside:
    asked = question.of
    return read(
        page,
        read_beside,
        metric=asked.metric,
        touchpoint=asked.touchpoint,
        other=question.other,
        grain=asked.grain,
        period=asked.period or None,
        periods=asked.periods,
        in_season=not asked.is_plain,
    )


def _draw(page: Page, question: BesideQuestion) -> None:
    view = _read(page, question)
    title = f"Beside {view.other.touchpoint_name}"
    show(
        tag("div", tag("h2", title), css="cb-h2")
        + tag("p", f"{view.other.verdict}. {view.sentence}", css="cb-lead")
    )
    if any(point.value is not None for point in view.other.points):
        picture = picture_of_reading(page, view.ours, title)
        show_figure(beside_chart(view), alt=view.alt, key="cb-beside", picture=picture)
        show(flag_list(view.other.annotations))
    query = {"metric": view.ours.metric, "grain": view.ours.grain.value}
    words = "Compare all touchpoints of this metric"
    show(tag("p", tag("a", words, href=links.address("compare", query)), css="cb-small"))
