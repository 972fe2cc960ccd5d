"""The pages there are, read from the folder: a new file is a new entry."""

import ast
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import streamlit as st

from callboard.ui import address
from callboard.ui.labels import plain_label

ROOT = Path(__file__).parents[2]
_ALSO = "\n\nAlso called:"
_GROUPS = {"watch": 0, "measure": 18, "keep": 30}
_TAKES = {
    "overview": ("grain",),
    "touchpoint": ("touchpoint", "metric", "grain"),
    "journey": ("grain",),
    "compare": ("metric", "grain"),
    "targets": ("grain",),
    "competitors": ("metric",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page in the navigation: its name in the address, title, file, and whom it stands beside."""

    name: str
    title: str
    file: str
    group: str


@cache
def list_entries() -> tuple[Entry, ...]:
    """Return the overview, then the files of `pages/` in the order of their numbers."""
    files = sorted((ROOT / "pages").glob("[0-9]*_*.py"), key=lambda path: path.name)
    return (
        Entry(name="overview", title="Overview", file="dashboard.py", group="watch"),
        *(_entry(path) for path in files),
    )


def name_of(file: str) -> str:
    """Return a page's name in the address: `pages/40_data_trust.py` -> `data_trust`."""
    path = Path(file)
    return "overview" if path.name == "dashboard.py" else path.stem.partition("_")[2]


def file_of(name: str) -> str:
    """Return the file of a page for links. StopIteration for a name there is no page of."""
    return next(entry.file for entry in list_entries() if entry.name == name)


def title_of(name: str) -> str:
    """Return the title of a page, or its name where there is no such page."""
    return next((entry.title for entry in list_entries() if entry.name == name), name)


@cache
def question_of(entry: Entry) -> str:
    """Return the question that a page answers: the first line of its file."""
    return _said_by(entry).partition("\n")[0]


@cache
def other_names_of(entry: Entry) -> tuple[str, ...]:
    """Return what people may call a page, as its file says after `Also called:`."""
    _, _, told = _said_by(entry).partition(_ALSO)
    return tuple(" ".join(each.split()) for each in told.rstrip(".").split(",") if each.strip())


def _said_by(entry: Entry) -> str:
    text = (ROOT / entry.file).read_text(encoding="utf-8")
    return ast.get_docstring(ast.parse(text)) or ""


def takes(name: str) -> tuple[str, ...]:
    """Return the filters that a link to a page takes along from the page it stands on."""
    return _TAKES.get(name, ())


def _entry(path: Path) -> Entry:
    name = name_of(str(path))
    title = name.replace("_", " ").capitalize()
    return Entry(name=name, title=title, file=f"pages/{path.name}", group=_group_of(path))


def _group_of(path: Path) -> str:
    """The tens of a page's number say what it is for: to watch, to measure by, to keep up."""
    number = int(path.stem.partition("_")[0])
    return list(_GROUPS)[bisect_right(list(_GROUPS.values()), number) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The links to all pages as they stand on one of them, with what they take along."""

    current: str
    carried: tuple[tuple[str, str], ...] = ()


def links_here(current: str) -> Links:
    """Return the links to all pages, each with the filters that it understands of those here."""
    kept = address.carried(address.SHARED)
    return Links(current=current, carried=tuple(sorted(kept.items())))


def draw_navigation(_page: object, links: Links) -> None:
    """Draw the links in a row, in their groups."""
    with st.container(key="cb-nav", horizontal=True, gap=None):
        for group, entries in groupby(list_entries(), key=lambda entry: entry.group):
            with st.container(key=f"cb-nav-{group}", horizontal=True, gap=None, width="content"):
                _draw_links(entries, links)


def draw_menu(_page: object, links: Links) -> None:
    """Draw the same links behind a button that names the page: for where a row has no room."""
    title = plain_label(title_of(links.current))
    with st.popover(f"Menu · {title}", key=f"cb-menu-{links.current}"):
        _draw_links(list_entries(), links)


def _draw_links(entries: Iterable[Entry], links: Links) -> None:
    """Draw a link each; the style finds the page one is on by its bold name."""
    kept = dict(links.carried)
    for entry in entries:
        title = plain_label(entry.title)
        st.page_link(
            entry.file,
            label=f"**{title}**" if entry.name == links.current else title,
            query_params={key: kept[key] for key in takes(entry.name) if key in kept},
        )
