"""Where what is said of a name or a peer set stands, and whether it counts, in words."""

from callboard.services.acting import tell_withdrawal
from callboard.storage.entity_names import NameEdit
from callboard.storage.peer_set_edits import PeerSetEdit


def standing_of_edit(edit: NameEdit | PeerSetEdit, *, is_latest: bool) -> str:
    """Say why an edit does not count; an empty string where it does."""
    if not edit.holds:
        return tell_withdrawal(edit.acts[-1])
    return "" if is_latest else "a later edit counts"


def standing_in_file(file: str, *, agrees: bool) -> str:
    """Say in which file of the workspace it stands, and whether an edit has overtaken it."""
    return file if agrees else f"{file}; an edit counts instead"
