"""A metric that one follows: the button beside its chart, and the filter of the overview."""

from collections.abc import Callable

import streamlit as st

from callboard.errors import CallboardError
from callboard.services.catalogue_view import read_definitions
from callboard.services.following import follow, is_followed, list_followed, unfollow
from callboard.ui import address, links
from callboard.ui.cache import read
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page

_ALL, _FOLLOWED = "", "1"
_OF = "follow"


@tells_errors
def offer_following(page: Page, *, touchpoint: str, metric: str) -> None:
    """Let a metric at a touchpoint be followed, or followed no more."""
    followed = is_followed(page.runtime, page.actor, touchpoint=touchpoint, metric=metric)
    st.button(
        "Following" if followed else "Follow",
        key="cb-follow",
        icon=":material/star:",
        type="tertiary",
        help="Follow it no more" if followed else "Find it under Followed on the overview",
        on_click=_change,
        args=(page, unfollow if followed else follow, touchpoint, metric),
    )
    tell_outcome(_OF, seen="")


def explain(page: Page, metric: str) -> None:
    """Let the metric's definition be opened beside its name, by key, pointer or touch."""
    definition = next(
        (each for each in read(page, read_definitions) if each.metric == metric), None
    )
    if definition is None:
        return
    there = links.address("definitions", {"metric": metric})
    with st.popover("What it means", icon=":material/info:", type="tertiary", key="cb-meaning"):
        show(
            tag(
                "div",
                tag("p", definition.question, css="cb-meaning-question")
                + tag("p", definition.description)
                + tag("p", f"Computed as: {definition.formula}")
                + tag("p", tag("a", "The whole definition, with its SQL", href=there)),
                css="cb-meaning",
            )
        )


def pick_followed(page: Page) -> tuple[str, ...] | None:
    """Let only what is followed be chosen, as `touchpoint/metric`; None means everything.

    The choice is offered to who follows something, and to whom a link leads to it.
    """
    followed = list_followed(page.runtime, page.actor)
    if not followed and address.given("followed") != _FOLLOWED:
        return None
    options = {_ALL: "All", _FOLLOWED: f"Followed ({len(followed)})"}
    if address.choose_in_row("Metrics", "followed", options) == _ALL:
        return None
    return tuple(f"{each.touchpoint}/{each.metric}" for each in followed)


def tell_nothing_followed(only: tuple[str, ...] | None) -> None:
    """Say where to begin where there is nothing to show of what is followed."""
    if only == ():
        told = (
            "You follow nothing yet. Open a tile, and press Follow beside the title of its chart."
        )
        show(tag("p", told, css="cb-note"))


def _change(page: Page, act: Callable[..., None], touchpoint: str, metric: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    try:
        act(page.runtime, page.actor, touchpoint=touchpoint, metric=metric)
    except CallboardError as error:
        keep_outcome(_OF, FAILED, str(error))
