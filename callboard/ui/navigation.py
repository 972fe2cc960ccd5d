"""The pages there are, read from the folder: a new file is a new entry."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from callboard.ui import address
from callboard.ui.labels import plain_label

ROOT = Path(__file__).parents[2]
_TAKES = {
    "overview": ("grain",),
    "touchpoint": ("touchpoint", "metric", "grain"),
    "compare": ("metric", "grain"),
    "targets": ("grain",),
    "competitors": ("metric",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page in the navigation: its name in the address, its title and its file."""

    name: str
    title: str
    file: str


@cache
def list_entries() -> tuple[Entry, ...]:
    """Return the overview, then the files of `pages/` in the order of their numbers."""
    files = sorted((ROOT / "pages").glob("[0-9]*_*.py"), key=lambda path: path.name)
    return (
        Entry(name="overview", title="Overview", file="dashboard.py"),
        *(_entry(path) for path in files),
    )


def name_of(file: str) -> str:
    """Return a page's name in the address: `pages/40_data_trust.py` -> `data_trust`."""
    path = Path(file)
    return "overview" if path.name == "dashboard.py" else path.stem.partition("_")[2]


def file_of(name: str) -> str:
    """Return the file of a page for links. StopIteration for a name there is no page of."""
    return next(entry.file for entry in list_entries() if entry.name == name)


def _entry(path: Path) -> Entry:
    name = name_of(str(path))
    title = name.replace("_", " ").capitalize()
    return Entry(name=name, title=title, file=f"pages/{path.name}")


def show_navigation(current: str) -> None:
    """Draw the links to all pages, with the filters each of them understands."""
    with st.container(key="cb-nav", horizontal=True, gap="small", width="content"):
        for entry in list_entries():
            with st.container(
                key=f"cb-nav-{entry.name}{'-here' * (entry.name == current)}", width="content"
            ):
                st.page_link(
                    entry.file,
                    label=plain_label(entry.title),
                    query_params=address.carried(_TAKES.get(entry.name, ())),
                )
