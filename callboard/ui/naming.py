"""Names, peer sets, reminders below the steps: what counts, who said it, the way to the files."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.naming.writing import diff_workspace_files, write_workspace_files
from callboard.ui.edits import do
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.names import NAMES, show_names
from callboard.ui.outcomes import tell_outcome
from callboard.ui.page import Page
from callboard.ui.peer_sets import PEERS, show_peer_sets
from callboard.ui.reminders import REMINDERS, show_reminders

_FILES = "files"
_SEEN = "The table shows it."


@tells_errors
def show_naming(page: Page) -> None:
    """Offer names, peer sets, reminders and files; they are read once it is opened."""
    box = st.expander("Names, peer sets, reminders", key="cb-naming", on_change="rerun")
    if not box.open:
        return
    with box:
        is_editor = is_allowed(page.actor, Action.EDIT_NAMES)
        last = ["The workspace's files"] if is_editor else []
        titles = ["Names", "Peer sets", "Reminders", *last]
        names, peers, reminders, *files = st.tabs(titles, key="cb-naming-tabs")
        with names:
            tell_outcome(NAMES, seen=_SEEN)
            show_names(page)
        with peers:
            tell_outcome(PEERS, seen=_SEEN)
            show_peer_sets(page)
        with reminders:
            tell_outcome(REMINDERS, seen=_SEEN)
            show_reminders(page)
        for each in files:
            with each:
                tell_outcome(_FILES, seen="Commit them where their history is kept.")
                _show_files(page)


def _show_files(page: Page) -> None:
    """What would be written where the files do not say yet what counts."""
    try:
        told = diff_workspace_files(page.runtime, page.actor)
    except CallboardError as error:
        show(tag("p", str(error), css="cb-lead", role="status"))
        return
    if not told:
        show(tag("p", "entities.yaml and workspace.yaml say all that counts.", css="cb-small"))
        return
    text = (
        "What was said here counts already. Written to entities.yaml and workspace.yaml it is also "
        "kept where the workspace's history is. Comments and everything else stay as they are."
    )
    show(tag("p", text, css="cb-small"))
    show(_diff(told))
    st.button("Write it to the files", key="cb-files-write", on_click=_write, args=(page,))


def _diff(told: str) -> Markup:
    what = "What would change in the files"
    code = tag("pre", tag("code", told))
    return tag("div", code, css="cb-diff", tabindex="0", role="region", aria_label=what)


def _write(page: Page) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    do(_FILES, "Written", partial(_write_files, page))


def _write_files(page: Page) -> str:
    written = write_workspace_files(page.runtime, page.actor)
    names = " and ".join(each.name for each in written)
    return f"Wrote {names}." if written else "The files say it already. Nothing was written."
