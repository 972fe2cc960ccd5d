"""What the numbers propose to lay down, told beneath the chart; its sections stand far below."""

from markupsafe import Markup

from callboard.ui.baselines import proposed_aside
from callboard.ui.breaks import proposed_break
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.touchpoint import TouchpointQuestion


@tells_errors
def show_proposals(page: Page, question: TouchpointQuestion) -> None:
    """Tell the step and the far-off periods that are proposed, each with the way to its section."""
    if not question.metric:
        return
    told = (
        ("breaks", "See Breaks", proposed_break(page, question)),
        ("baseline", "See Baseline", proposed_aside(page, question)),
    )
    show(joined(_line(each.sentence, way, anchor) for anchor, way, each in told if each))


def _line(sentence: str, way: str, anchor: str) -> Markup:
    link = tag("a", way, href=f"#{anchor}")
    return tag("p", Markup("{} {}").format(sentence, link), css="cb-proposal")
