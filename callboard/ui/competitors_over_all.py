"""How we stand over all metrics: level and direction, one competitor, and what is not known."""

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from callboard import views
from callboard.charts import quadrant_chart
from callboard.services.comparing.panorama import read_panorama, read_profile
from callboard.services.competitor_export import profile_csv, quadrant_csv, unknowns_csv
from callboard.ui import address, competitor_tables, filters, links, states
from callboard.ui.cache import draw, read
from callboard.ui.downloads import offer_csv
from callboard.ui.figures_drawn import show_figure
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.pictures import picture_of

_HOW_TO_READ = (
    "To the right we are ahead of the peers, upwards we gain on the middle one; only of metrics "
    "with peers of grade A or B. Hollow: the move may be chance."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileQuestion:
    """Which competitor is looked at."""

    entity: str


@tells_errors
def show_quadrant(page: Page) -> None:
    """Draw our level against our direction, one dot a metric, with its table and download."""
    draw(page, _draw_quadrant, None)
    view = _panorama(page).quadrant
    if view.dots:
        offer_csv(page, "Download CSV", "quadrant", partial(quadrant_csv, view))


@tells_errors
def show_profile(page: Page) -> None:
    """Let a competitor be chosen and show it over all metrics beside us."""
    entities = _panorama(page).entities
    if not entities:
        return
    show(tag("div", tag("h2", "One competitor over all metrics"), css="cb-h2"))
    options = {each: each for each in entities}
    question = ProfileQuestion(entity=address.choose("Competitor", "competitor", options))
    filters.tell_missing("competitor", "competitor", options, shown=question.entity)
    draw(page, _draw_profile, question)
    view = read(page, read_profile, entity=question.entity)
    offer_csv(page, "Download CSV", "competitor", partial(profile_csv, view))


@tells_errors
def show_unknowns(page: Page) -> None:
    """List the metrics of which it is not known how a competitor does, and what it would take."""
    draw(page, _draw_unknowns, None)
    unknowns = _panorama(page).unknowns
    if unknowns:
        offer_csv(page, "Download CSV", "unknown", partial(unknowns_csv, unknowns))


def _panorama(page: Page) -> views.Panorama:
    return read(page, read_panorama)


def _draw_quadrant(page: Page, _question: None) -> None:
    view = _panorama(page).quadrant
    title = tag("h2", "Level and direction, all metrics") + tag("span", _HOW_TO_READ)
    show(tag("div", title, css="cb-h2"))
    show(tag("p", view.sentence, css="cb-lead"))
    if not view.dots:
        states.show_state(
            "No metric to place",
            "A dot needs five periods that two comparable competitors and we have.",
            next_step=_to_publish("Publish earlier editions of a benchmark"),
        )
        return
    name = "Level and direction, all metrics"
    picture = picture_of(page, title=name, period="", stem="level-and-direction")
    show_figure(quadrant_chart(view), alt=view.alt, key="cb-quadrant", picture=picture)
    show(competitor_tables.quadrant_table(view))
    if view.left_out:
        told = "; ".join(f"{name} ({why})" for name, why in view.left_out)
        show(tag("p", f"Not placed: {told}.", css="cb-small"))


def _draw_profile(page: Page, question: ProfileQuestion) -> None:
    view = read(page, read_profile, entity=question.entity)
    show(tag("p", view.sentence, css="cb-lead"))
    if view.rows:
        show(competitor_tables.profile_table(view, zone=page.zone))


def _draw_unknowns(page: Page, _question: None) -> None:
    view = _panorama(page)
    show(tag("div", tag("h2", "What we do not know"), css="cb-h2"))
    show(tag("p", view.unknown_sentence, css="cb-lead"))
    if view.unknowns:
        show(competitor_tables.draw_unknowns(view.unknowns))
        show(tag("p", _to_publish("Publish a benchmark file"), css="cb-small"))


def _to_publish(words: str) -> Markup:
    return Markup('<a href="{}">{}</a>.').format(links.address("publish", {}), words)
