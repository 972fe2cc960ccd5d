"""What people say of a metric's periods, beside its chart; who may adds and edits."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.promising import comments as commenting
from callboard.ui.folds import folded
from callboard.ui.markup import NOTHING, joined, show, tag
from callboard.ui.moments import short_day
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page

_COUNT = "cb_comment_count"
_NEW = 0
_LONG = 180  # letters of a comment that are shown at once
_MOST = 50  # comments on other periods that can be opened beside the chart


def show_comments(page: Page, view: views.ControlChart) -> None:
    """Tell what people say of the period that the chart tells, then of those before."""
    told = next((each for each in view.points if each.start.isoformat() == view.period), None)
    if told is None or view.dimension:
        return
    mine = tuple(each for each in view.comments if each.start == told.start)
    others = tuple(each for each in view.comments if each.start != told.start)[:_MOST]
    may_write = is_allowed(page.actor, Action.COMMENT)
    if not (mine or others or may_write):
        return
    show(tag("h3", f"What people say of {told.label}", css="cb-said-of"))
    tell_outcome("comment", seen="It stands on the tile, beside the chart and in its CSV.")
    if mine:
        show(_listed(mine, page.zone))
    else:
        show(tag("p", "Nothing yet.", css="cb-small"))
    if may_write:
        _offer_form(page, view, mine)
    if others:
        title = tag("summary", f"Of other periods on the chart ({len(others)})")
        listed = _listed(others, page.zone, named=True)
        show(tag("details", title + listed, css="cb-small"))


def _listed(said: tuple[views.CommentRow, ...], zone: str, *, named: bool = False) -> Markup:
    return tag("ul", joined(_item(each, zone, named=named) for each in said), css="cb-said")


def _item(each: views.CommentRow, zone: str, *, named: bool) -> Markup:
    by = f"{each.actor}, {short_day(each.at, zone)}"
    where = f"{each.period_label} · {by}" if named else by
    return tag("li", _text(each.text) + tag("small", where) + _versions(each, zone))


def _text(text: str) -> Markup:
    """What was said; a long one is opened, so that it does not push the page apart."""
    if len(text) <= _LONG:
        return tag("span", text)
    begun = tag("span", f"{text[:_LONG].rsplit(' ', 1)[0]} …")
    return tag("details", tag("summary", begun) + tag("span", text), css="cb-said-long")


def _versions(each: views.CommentRow, zone: str) -> Markup:
    if not each.earlier:
        return NOTHING
    texts = joined(
        tag("p", f"{old.text} ({old.actor}, {short_day(old.at, zone)})") for old in each.earlier
    )
    return tag("details", tag("summary", "Edited: what it said before") + texts)


def _offer_form(page: Page, view: views.ControlChart, mine: tuple[views.CommentRow, ...]) -> None:
    options = {_NEW: "A new comment"} | {each.id: f"Edit: {each.text[:60]}" for each in mine}
    texts = {each.id: each.text for each in mine}
    key = f"{view.touchpoint}-{view.metric}-{view.period}-{st.session_state.get(_COUNT, 0)}"
    with folded("comment", "Say something", icon="add_comment", width=None):
        chosen = _NEW
        if mine:
            chosen = int(
                st.selectbox(
                    "What to write",
                    list(options),
                    format_func=options.__getitem__,
                    key=f"cb-comment-which-{key}",
                )
            )
        st.text_area(
            "What is there to say?",
            value=texts.get(chosen, ""),
            key=f"cb-comment-text-{key}-{chosen}",
            max_chars=commenting.LONGEST,
            height=160,
            help="Up to 600 characters. Everybody who may see the figure sees it.",
        )
        _offer_acts(page, view, key, chosen)


def _offer_acts(page: Page, view: views.ControlChart, key: str, chosen: int) -> None:
    with st.container(horizontal=True):
        st.button(
            "Save the comment",
            key=f"cb-comment-save-{key}",
            type="primary",
            on_click=partial(_save, page, view, f"cb-comment-text-{key}-{chosen}", chosen),
        )
        if chosen != _NEW:
            st.button(
                "Take it back",
                key=f"cb-comment-back-{key}",
                on_click=partial(_take_back, page, chosen),
            )


def _save(page: Page, view: views.ControlChart, field: str, chosen: int) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    try:
        row = commenting.write_comment(
            page.runtime,
            page.actor,
            touchpoint=view.touchpoint,
            metric=view.metric,
            grain=view.grain,
            period=view.period,
            text=str(st.session_state.get(field, "")),
            replaces=chosen or None,
        )
    except CallboardError as error:
        keep_outcome("comment", FAILED, str(error))
        return
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    title = "Comment changed" if chosen else "Comment kept"
    keep_outcome("comment", title, f"Of {row.period_label}, by {row.actor}.")


def _take_back(page: Page, number: int) -> None:
    """Runs before the page, like `_save`."""
    try:
        commenting.take_back(
            page.runtime, page.actor, number=number, note="Taken back beside the chart"
        )
    except CallboardError as error:
        keep_outcome("comment", FAILED, str(error))
        return
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    keep_outcome("comment", "Comment taken back", "The audit trail keeps what it said.")
