"""A page's first words: the verdict as its heading, and below it what more there is to say."""

from markupsafe import Markup

from callboard.ui.markup import NOTHING, tag


def draw_headline(
    told: str, *, above: Markup = NOTHING, below: Markup = NOTHING, css: str = ""
) -> Markup:
    """Return the first sentence as the heading, the others smaller below it."""
    _, _, more = told.partition(". ")
    lead = tag("p", more, css="cb-further") if more else NOTHING
    parts = above + tag("h1", first_sentence(told)) + lead + below
    return tag("div", parts, css=f"cb-headline {css}".rstrip())


def first_sentence(told: str) -> str:
    """Return a text up to the end of its first sentence."""
    first, _, more = told.partition(". ")
    return f"{first}." if more else told
