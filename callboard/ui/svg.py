"""Our own drawings as pictures: Streamlit strips inline SVG, an image of it keeps its text.

A picture sees the page's light or dark scheme through `prefers-color-scheme`.
"""

from urllib.parse import quote

from markupsafe import Markup

from callboard.charts.theme import DARK, LIGHT, Ink

_NAMES = {
    "improvement": Ink.IMPROVEMENT,
    "concern": Ink.CONCERN,
    "neutral": Ink.NEUTRAL,
    "common": Ink.COMMON,
    "target": Ink.TARGET,
    "faint": Ink.NEAR,
}


def _rules(colours: tuple[str, ...]) -> str:
    inks = tuple(Ink)
    return "".join(
        f".{name}{{stroke:{colours[inks.index(ink)]};color:{colours[inks.index(ink)]}}}"
        for name, ink in _NAMES.items()
    )


_STYLE = (
    "<style>*{fill:none}.full{fill:currentColor}"
    f"{_rules(LIGHT)}@media(prefers-color-scheme:dark){{{_rules(DARK)}}}</style>"
)


def picture(shapes: str, *, width: int, height: int, alt: str, css: str = "") -> Markup:
    """Return an image element of our own shapes; their classes name colours, `full` fills them.

    `shapes` is drawn by us from numbers, never from anybody's text; `alt` is escaped.
    """
    document = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' "
        f"width='{width}' height='{height}'>{_STYLE}{shapes}</svg>"
    )
    return Markup('<img class="{}" width="{}" height="{}" alt="{}" src="{}">').format(
        css, width, height, alt, f"data:image/svg+xml,{quote(document, safe=_SAFE)}"
    )


def stretched(shapes: str, *, css: str) -> Markup:
    """Return a picture that says nothing, drawn in percent of the room that it fills."""
    document = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' "
        f"preserveAspectRatio='none'>{_STYLE}{shapes}</svg>"
    )
    return Markup('<img class="{}" alt="" src="{}">').format(
        css, f"data:image/svg+xml,{quote(document, safe=_SAFE)}"
    )


_SAFE = " ='/:;,.@(){}*-_"
