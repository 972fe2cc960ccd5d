"""What can still be said of a workspace whose own file is wrong in places.

Its other files are then checked together all the same, so that one wrong word does not hide the
problems of every other file.
"""

from pathlib import Path

from pydantic import ValidationError

from callboard.workspace import Workspace
from definition_files import load_yaml, nearest

_STAND_INS = {"name": "?", "time_zone": "UTC", "ourselves": {"name": "?"}}
# What others refer to: where one of these is wrong, what refers to it is not known to be.
_REFERRED_TO = frozenset({"databases", "feeds", "metrics", "pillars", "keys", "peer_sets"})


def read_what_is_right(path: Path) -> Workspace | None:
    """The workspace with the wrong parts of its file left out; None where others refer to those."""
    document, _ = load_yaml(path)
    if not isinstance(document, dict):
        return None
    wrong = _wrong_keys(document)
    if _REFERRED_TO & {_meant(key) for key in wrong}:
        return None
    kept = {key: value for key, value in document.items() if str(key) not in wrong}
    try:
        return Workspace.model_validate({**_STAND_INS, **kept})
    except ValidationError:
        return None


def _wrong_keys(document: dict[object, object]) -> set[str]:
    try:
        Workspace.model_validate(document)
    except ValidationError as error:
        return {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
    return set()


def _meant(key: str) -> str:
    """The key that a misspelt one is nearest to."""
    hint = nearest(key, Workspace.model_fields)
    return next((each for each in Workspace.model_fields if repr(each) in hint), key)
