"""A touchpoint: its verdict, its tiles as a strip, and the choice of one metric to look into."""

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from callboard import views
from callboard.errors import NotAllowed
from callboard.services.readings.signal_words import chance_sentence
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.ui import address, filters, links, states
from callboard.ui.cache import draw, read
from callboard.ui.glyphs import badge_glyph, variation_glyph, variation_name
from callboard.ui.headline import draw_headline
from callboard.ui.labels import plain_label
from callboard.ui.markup import NOTHING, joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page
from metrics.model import Grain

_MINI = Markup(
    '<a class="cb-mini cb-edge-{edge}" href="{href}"{here}><span class="cb-mini-name">{name}</span>'
    '<span class="cb-mini-value">{value} <small>{unit}</small></span>'
    '<span class="cb-mini-signs">{glyph}{badge}</span></a>'
)
_HERE = Markup(' aria-current="true"')

_USABLE = frozenset({views.Badge.VERIFIED, views.Badge.WARNINGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointQuestion:
    """What is looked at, and how many periods back; `metric` is empty where there is none.

    `is_plain`: a season is left in the judgement.
    """

    touchpoint: str
    metric: str
    grain: Grain
    period: str
    periods: int = 36
    is_plain: bool = False


@tells_errors
def pick_touchpoint(page: Page) -> TouchpointQuestion:
    """Let the reader choose touchpoint, metric and period; the choice lives in the address."""
    known = filters.list_touchpoints(page)
    if not page.publication or not known:
        states.show_empty(len(page.runtime.definitions.contracts))
        st.stop()
    wanted = address.given("touchpoint")
    if wanted and wanted not in known:
        raise NotAllowed(f"There is no touchpoint “{wanted}”.")
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        touchpoint = address.choose("Touchpoint", "touchpoint", known, width=240)
        names = _names(page, touchpoint)
        metric = address.choose("Metric", "metric", names, width=280) if names else ""
        grain = filters.pick_grain(page)
        period = filters.pick_period(page, grain)
        periods = filters.pick_history(grain)
    if metric:
        filters.tell_missing("metric", "metric", names, shown=metric)
    return TouchpointQuestion(
        touchpoint=touchpoint,
        metric=metric,
        grain=grain,
        period=period,
        periods=periods,
        is_plain=filters.is_plain(),
    )


@tells_errors
def show_touchpoint(page: Page, question: TouchpointQuestion, place: DeltaGenerator) -> None:
    """Write the touchpoint's sentence into `place` and draw its tiles as a strip to choose from."""
    with place:
        draw(page, _draw_headline, question)
    if not question.metric:
        states.show_no_readings_here()
        return
    draw(page, _draw_strip, question)


def show_neighbours(page: Page, question: TouchpointQuestion) -> None:
    """Offer to walk to the metric before and the metric after this one."""
    names = _metric_names(read_of(page, question))
    codes = list(names)
    here = codes.index(question.metric)
    with st.container(horizontal=True, width="content", gap="small"):
        _offer(codes[here - 1], names, is_there=here > 0, sign="arrow_back")
        after = codes[(here + 1) % len(codes)]
        _offer(after, names, is_there=here + 1 < len(codes), sign="arrow_forward")


def _offer(code: str, names: dict[str, str], *, is_there: bool, sign: str) -> None:
    way = "Previous metric" if sign == "arrow_back" else "Next metric"
    st.button(
        plain_label(names[code]) if is_there else way,
        key=f"cb-{sign}",
        icon=f":material/{sign}:",
        icon_position="left" if sign == "arrow_back" else "right",
        help=way,
        type="tertiary",
        disabled=not is_there,
        on_click=address.go_to,
        kwargs={"metric": code},
    )


def _metric_names(view: views.TouchpointPage) -> dict[str, str]:
    return {tile.metric: tile.metric_name for tile in view.tiles}


def _names(page: Page, touchpoint: str) -> dict[str, str]:
    """The metrics that have readings at a touchpoint, before anything else is chosen."""
    asked = TouchpointQuestion(
        touchpoint=touchpoint, metric="", grain=filters.chosen_grain(page), period=""
    )
    return _metric_names(read_of(page, asked))


def read_of(page: Page, question: TouchpointQuestion) -> views.TouchpointPage:
    """Return the touchpoint's tiles and dimensions in the period that is asked for."""
    return read(
        page,
        read_touchpoint,
        touchpoint=question.touchpoint,
        grain=question.grain,
        period=question.period or None,
    )


def _draw_headline(page: Page, question: TouchpointQuestion) -> None:
    view = read_of(page, question)
    kicker = " · ".join(filter(None, (view.name, view.description.rstrip("."), view.owner)))
    behind = Markup(", ").join(_behind(each) for each in view.depends_on)
    stands = tag("p", Markup("Stands on {}.").format(behind)) if behind else NOTHING
    show(draw_headline(view.headline, above=tag("p", kicker, css="cb-kicker"), below=stands))


def _behind(service: views.ServiceBehind) -> Markup:
    """A service as a link to what needs a look first there, with the sign of that."""
    query = {"touchpoint": service.touchpoint, "metric": service.metric}
    link = tag("a", service.name, href=links.address("touchpoint", query))
    if service.variation is None:
        return link + " (no readings)"
    sign = variation_glyph(service.variation)
    return Markup("{} {} ({})").format(link, sign, service.metric_name)


def _draw_strip(page: Page, question: TouchpointQuestion) -> None:
    view = read_of(page, question)
    if len(view.tiles) < 2:
        return
    minis = joined(tag("li", _mini(tile, question)) for tile in view.tiles)
    show(tag("ul", minis, css="cb-strip"))
    told = chance_sentence(len(view.tiles), view.expected_false_signals)
    show(tag("p", told, css="cb-note"))


def _doubt(trust: views.Trust) -> Markup:
    """The badge where the figure is not of the period that was asked for, or not whole."""
    return NOTHING if trust.badge in _USABLE else badge_glyph(trust.badge, sentence=trust.sentence)


def _mini(tile: views.Tile, question: TouchpointQuestion) -> Markup:
    query = {"touchpoint": tile.touchpoint, "metric": tile.metric, "grain": question.grain.value}
    return _MINI.format(
        edge=variation_name(tile.variation),
        href=links.address("touchpoint", query | {"period": question.period}),
        here=_HERE if tile.metric == question.metric else NOTHING,
        name=tile.metric_name,
        value=tile.value_text,
        unit=tile.unit_text,
        glyph=variation_glyph(tile.variation),
        badge=_doubt(tile.trust),
    )
