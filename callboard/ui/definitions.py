"""Every metric in plain words, with the formula and the SQL that compute it."""

from dataclasses import dataclass

from markupsafe import Markup

from callboard import views
from callboard.services.catalogue_view import read_definitions
from callboard.ui import address, filters, states
from callboard.ui.cache import draw, read
from callboard.ui.markup import NOTHING, joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table

_ENTRY = Markup(
    '<details class="cb-entry" id="{code}"{open}><summary><b>{name}</b> <span>{question}</span>'
    "</summary><div>{body}</div></details>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The words to look for, and the metric that is open from the start."""

    words: str
    metric: str


@tells_errors
def show_definitions(page: Page) -> None:
    """List the metrics that match the words in the address; one named there is open."""
    metric = address.given("metric")
    draw(page, _draw_headline, None)
    known = {each.metric: each.name for each in read(page, read_definitions)}
    filters.tell_missing("metric", "metric", known)
    words = address.search("Search", "search", placeholder="Search metrics, feeds, touchpoints")
    draw(page, _draw_definitions, Search(words=words, metric=metric))


def _draw_headline(page: Page, _question: None) -> None:
    count = len(read(page, read_definitions))
    noun = "metric" if count == 1 else "metrics"
    title = f"{count} {noun}, each computed by exactly the SQL or the formula that is printed here."
    show(tag("div", tag("h1", title), css="cb-headline"))


def _draw_definitions(page: Page, search: Search) -> None:
    found = [each for each in read(page, read_definitions) if _matches(each, search.words)]
    if not found:
        states.show_state(
            "No metric matches",
            f"Nothing is called or about “{search.words}”.",
            next_step="Search for another word, or empty the search.",
        )
        return
    for pillar in page.runtime.workspace.pillars:
        entries = joined(_entry(each, search.metric) for each in found if each.pillar == pillar)
        if entries:
            show(tag("div", tag("h2", pillar), css="cb-h2") + entries)


def _matches(definition: views.Definition, words: str) -> bool:
    text = " ".join(
        (
            definition.metric,
            definition.name,
            definition.question,
            definition.description,
            definition.pillar,
            definition.key,
            *definition.feeds,
            *definition.touchpoints,
        )
    ).casefold()
    return all(word in text for word in words.casefold().split())


_COMPONENTS = (
    Column(title="Component"),
    Column(title="Weight", is_number=True),
    Column(title="Scale"),
)


def _components(definition: views.Definition) -> Markup:
    if not definition.components:
        return NOTHING
    rows = [Row(cells=each) for each in definition.components]
    return draw_table(_COMPONENTS, rows, caption=f"What {definition.name} is made of")


def _entry(definition: views.Definition, opened: str) -> Markup:
    body = (
        (tag("p", definition.description) if definition.description else NOTHING)
        + tag("dl", _facts(definition))
        + _components(definition)
        + (
            tag("pre", tag("code", definition.sql), tabindex="0", aria_label="SQL")
            if definition.sql
            else NOTHING
        )
    )
    return _ENTRY.format(
        code=f"metric-{definition.metric}",
        open=Markup(" open") if definition.metric == opened else "",
        name=definition.name,
        question=definition.question,
        body=body,
    )


def _facts(definition: views.Definition) -> Markup:
    facts = (
        ("Formula", definition.formula),
        ("Good is", definition.better),
        ("Unit", definition.unit_text),
        ("Target", definition.target),
        ("Key and pillar", f"{definition.key}, {definition.pillar}"),
        ("Feeds", ", ".join(definition.feeds)),
        ("Broken down by", ", ".join(definition.dimensions)),
        ("Touchpoints", ", ".join(definition.touchpoints)),
        ("Shown", definition.shown_from),
        ("Why these weights", definition.rationale),
        ("Without a value", definition.missing),
        ("Version", f"{definition.version}, {definition.file}"),
        ("Changed", "; ".join(definition.changes)),
    )
    return joined(tag("dt", name) + tag("dd", text) for name, text in facts if text)
