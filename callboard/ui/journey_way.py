"""A journey drawn by our own HTML: stages left to right, the line of visibility, threads."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count
from callboard.ui import links
from callboard.ui.glyphs import worst_glyph
from callboard.ui.journey_flow import flow
from callboard.ui.journey_sheet import notes_of, zoom_of
from callboard.ui.journey_threads import Thread, thread, threads_of
from callboard.ui.journey_ways import links_of
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.tables import Column, Row, draw_table

Query = dict[str, str]
_NOBODY = "Nobody is met here yet."
_LIT = ".cb-way:has(.cb-at-{key}:is(:hover,:focus-within)) .cb-of-{key}{{opacity:1}}"
_NEAR = (
    ".cb-way:has(.cb-at-{key}:is(:hover,:focus-within)) .cb-at-{other}"
    "{{border-color:var(--cb-ink)}}"
)
_SHEET = "@page{size:A3 landscape;margin:10mm}"
_COLUMNS = (
    *(Column(title="Stage"), Column(title="Met there")),
    *(Column(title="Worst verdict"), Column(title="Metrics"), Column(title="Behind it")),
)
_THEN = Column(title="Then, cases")
_FEW = "others: too few to tell"


def styles(view: views.JourneyMap) -> Markup:
    """Return the rules that light the threads of a node, and the sheet that the page prints on."""
    rules = [_SHEET]
    tied = [(each.front, each.back) for each in threads_of(view)]
    tied += [(origin.key, to.key) for origin, to, _ in links_of(view)]
    for pair in tied:
        for key, other in (pair, pair[::-1]):
            rules += [_LIT.format(key=key), _NEAR.format(key=key, other=other)]
    text = "".join(dict.fromkeys(rules))
    return Markup("<style>") + Markup(text) + Markup("</style>")  # noqa: S704 - of our own keys


def way(view: views.JourneyMap, *, query: Query) -> Markup:
    """Return the whole journey: front stage, ways, threads, services, room for notes."""
    names = {each.key: each.name for each in view.behind}
    stages = joined(_stage(each, at, query, names) for at, each in enumerate(view.parts, 1))
    parts = [tag("ol", stages, css="cb-way-front", aria_label="Stages of the journey"), flow(view)]
    if view.behind:
        parts += [_line(), _threads(threads_of(view)), _services(view, query)]
    parts.append(_notes(view))
    columns = Markup("--cb-stages:{};--cb-services:{};--cb-sheet:{};--cb-notes:{}px").format(
        len(view.parts),
        max(len(view.behind), 1),
        f"{zoom_of(view):.2f}",
        f"{notes_of(view):.0f}",
    )
    inner = tag("div", joined(parts), css="cb-way", style=columns)
    return tag("div", inner, css="cb-scroll", tabindex="0", role="region", aria_label=view.name)


def way_table(view: views.JourneyMap, *, query: Query) -> Markup:
    """Return the same as a table: a row for each step, then one for each service behind them.

    All ways from a step stand in it, also those that no line is drawn for.
    """
    rows = [*_front_rows(view, query), *_back_rows(view, query)]
    if not links_of(view):
        rows = [Row(cells=row.cells[: len(_COLUMNS)]) for row in rows]
    return draw_table(
        (*_COLUMNS, _THEN)[: len(rows[0].cells)] if rows else _COLUMNS,
        rows,
        caption=f"{view.name}, {view.period_label}",
    )


def _stage(part: views.JourneyPart, at: int, query: Query, names: Mapping[str, str]) -> Markup:
    question = tag("p", part.question) if part.question else NOTHING
    head = tag("header", tag("small", str(at)) + tag("h2", part.name) + question)
    nodes = joined(_front_node(each, query, names) for each in part.nodes)
    met = tag("ul", nodes) if part.nodes else NOTHING
    lacking = joined(tag("p", each, css="cb-way-nobody") for each in _lacking(part))
    return tag(
        "li",
        head + tag("div", met + lacking),
        css="cb-way-stage" + " cb-way-hurts" * part.is_hurting,
    )


def _lacking(part: views.JourneyPart) -> tuple[str, ...]:
    """Who is not met in a stage: touchpoints that are no more, or nobody at all."""
    gone = tuple(f"{code} is not in the workspace any more." for code in part.gone)
    return gone or (() if part.nodes else (_NOBODY,))


def _front_node(node: views.JourneyNode, query: Query, names: Mapping[str, str]) -> Markup:
    """A step; where there is no room for threads, it says in words what stands behind it."""
    behind = ", ".join(names[key] for key in node.services)
    told = tag("p", f"Behind it: {behind}", css="cb-way-behind") if behind else NOTHING
    return _node(node, query, level="h3", below=told)


def _node(node: views.JourneyNode, query: Query, *, level: str, below: Markup = NOTHING) -> Markup:
    name = tag(level, tag("a", node.name, href=_address(node, query)))
    verdict = worst_of(node)
    figures = joined(_figure(node, each, query) for each in node.figures)
    rest = f"and {node.more} more" if node.more and node.figures else ""
    css = f"cb-way-node cb-at-{node.key}" + " cb-way-hurts" * node.is_hurting
    listed = tag("ul", figures) if figures else NOTHING
    more = tag("small", rest) if rest else NOTHING
    return tag("li", tag("div", name + verdict) + listed + more + below, css=css)


def worst_of(node: views.JourneyNode) -> Markup:
    """Return the worst verdict of a node, as sign and word."""
    if not node.figures:
        return tag("span", "No readings", css="cb-small")
    return _sign(node.figures[0])


def _figure(node: views.JourneyNode, figure: views.JourneyFigure, query: Query) -> Markup:
    link = tag("a", figure.name, href=_address(node, query, metric=figure.metric))
    sign = tag("span", _sign(figure), css="cb-way-sign")
    return tag("li", sign + link + tag("em", figure.value_text))


def _sign(figure: views.JourneyFigure) -> Markup:
    return worst_glyph(figure.variation, figure.assurance, is_lost=figure.is_lost)


def _address(node: views.JourneyNode, query: Query, *, metric: str = "") -> str:
    asked = {"touchpoint": node.touchpoint, "metric": metric} | query
    return links.address("touchpoint", asked)


def _line() -> Markup:
    return tag("div", tag("span", "Line of visibility"), css="cb-way-line")


def _threads(found: tuple[Thread, ...]) -> Markup:
    return tag("div", joined(map(thread, found)), css="cb-way-threads", aria_hidden="true")


def _services(view: views.JourneyMap, query: Query) -> Markup:
    nodes = joined(_node(each, query, level="h2") for each in view.behind)
    return tag("ul", nodes, css="cb-way-back", aria_label="Services behind the stages")


def _notes(view: views.JourneyMap) -> Markup:
    boxes = joined(tag("div", tag("b", "Notes") + tag("small", each.name)) for each in view.parts)
    return tag("div", boxes, css="cb-way-notes", aria_hidden="true")


def _front_rows(view: views.JourneyMap, query: Query) -> Iterator[Row]:
    names = {each.key: each.name for each in view.behind}
    for part in view.parts:
        for told in _lacking(part):
            yield Row(cells=(part.name, told, "", "", "", ""))
        for node in part.nodes:
            behind = ", ".join(names[key] for key in node.services)
            yield _row(part.name, node, behind, query)


def _back_rows(view: views.JourneyMap, query: Query) -> Iterator[Row]:
    for node in view.behind:
        yield _row("Behind the line", node, "", query)


def _row(stage: str, node: views.JourneyNode, behind: str, query: Query) -> Row:
    met = tag("a", node.name, href=_address(node, query))
    metrics = joined(
        tag("div", Markup("{} {}").format(_metric_link(node, each, query), each.value_text))
        for each in node.figures
    )
    told = [f"{each.name} {format_count(each.cases)}" for each in node.onward]
    then = joined(tag("div", each) for each in (*told, *[_FEW] * node.hides_onward))
    return Row(cells=(stage, met, worst_of(node), metrics, behind, then))


def _metric_link(node: views.JourneyNode, figure: views.JourneyFigure, query: Query) -> Markup:
    return tag("a", figure.name, href=_address(node, query, metric=figure.metric))
