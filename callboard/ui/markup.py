"""The only door for HTML of our own; texts of users enter it escaped, by `Markup.format`."""

import re
from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from markupsafe import Markup

NOTHING = Markup("")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|(?:ms|s|min|h|pts)(?![\w(-]))")


def show(markup: Markup) -> None:
    """Put our own HTML on the page. TypeError for a plain string, which could be anybody's.

    No line ends between a number and its percent sign or short unit.
    """
    if not isinstance(markup, Markup):
        raise TypeError(f"only Markup may be shown as HTML, not {type(markup).__name__}")
    if markup:
        st.html(_BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", str(markup)))


def show_style(rules: str | Path) -> None:
    """Put style rules of our own on the page, as they are; those of a file are sent the soonest."""
    st.html(rules if isinstance(rules, Path) else f"<style>{rules}</style>")


def joined(parts: Iterable[Markup]) -> Markup:
    """Return the parts one after the other."""
    return NOTHING.join(parts)


def tag(name: str, content: Markup | str, *, css: str = "", **attributes: str) -> Markup:
    """Return an element; content and attribute values are escaped unless they are Markup."""
    if css:
        attributes = {"class": css} | attributes
    written = joined(
        Markup(' {}="{}"').format(key.replace("_", "-"), value)
        for key, value in attributes.items()
        if value
    )
    return Markup("<{}{}>{}</{}>").format(Markup(name), written, content, Markup(name))  # noqa: S704
