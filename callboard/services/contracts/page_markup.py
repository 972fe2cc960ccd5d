"""HTML of pages that are kept as files: no script, nothing from elsewhere, every text escaped."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NOTHING = Markup("")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; min-width: 6rem; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
pre { border: 1px solid; padding: .75rem; overflow-x: auto; }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    "<main>\n{body}\n</main>\n</body>\n</html>\n"
)


def page(title: str, body: Markup) -> str:
    """Return a whole document that may load nothing and run nothing."""
    style = Markup(_STYLE)  # noqa: S704 - our own text, above
    return str(_PAGE.format(policy=_POLICY, title=seen(title), style=style, body=body))


def seen(text: str) -> str:
    """Return a text without what no eye sees and what turns the direction of writing."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def joined(parts: Iterable[Markup]) -> Markup:
    """Return the parts one below the other."""
    return Markup("\n").join(each for each in parts if each)


def heading(text: str) -> Markup:
    """Return the title of a page."""
    return Markup("<h1>{}</h1>").format(seen(text))


def section(title: str, *parts: Markup) -> Markup:
    """Return a part of a page under its own heading; nothing where it has nothing in it."""
    body = joined(parts)
    return (
        Markup("<section>\n<h2>{}</h2>\n{}\n</section>").format(seen(title), body) if body else body
    )


def words(text: str | Markup) -> Markup:
    """Return a paragraph; nothing for no text."""
    return Markup("<p>{}</p>").format(_text(text)) if text else _NOTHING


def code(text: str) -> Markup:
    """Return a text as it stands, to be read, not run."""
    return Markup('<pre tabindex="0"><code>{}</code></pre>').format(seen(text))


def link(target: str, text: str) -> Markup:
    """Return a link to another page of the same folder."""
    return Markup('<a href="{}">{}</a>').format(target, seen(text))


def facts(pairs: Iterable[tuple[str, str | Markup]]) -> Markup:
    """Return what is known, by name; a fact without a text is left out."""
    told = joined(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, _text(value))
        for name, value in pairs
        if value
    )
    return Markup("<dl>\n{}\n</dl>").format(told) if told else told


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str | Markup]]) -> Markup:
    """Return a table, nothing without rows; a cell of digits alone stands on the right."""
    lines = joined(Markup("<tr>{}</tr>").format(_NOTHING.join(map(_cell, row))) for row in rows)
    if not lines:
        return lines
    heads = _NOTHING.join(Markup('<th scope="col">{}</th>').format(each) for each in columns)
    return Markup(
        '<div class="wide" tabindex="0" role="region" aria-label="{}">\n<table>\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>\n</div>"
    ).format(seen(title), heads, lines)


def _cell(value: str | Markup) -> Markup:
    is_number = value.replace(",", "").isdecimal()
    form = '<td class="number">{}</td>' if is_number else "<td>{}</td>"
    return Markup(form).format(_text(value))  # noqa: S704 - one of the two forms above


def _text(value: str | Markup) -> str | Markup:
    return value if isinstance(value, Markup) else seen(value)
