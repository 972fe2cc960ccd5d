"""Changes to the files of a workspace: told before, tried out on a copy, then written all at once.

A file that is there is added to; it is replaced only where the caller says so.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from callboard.errors import CallboardError, DefinitionError
from callboard.services.connecting.database_address import DatabaseAddress
from callboard.services.connecting.place_names import Place, place_file
from callboard.services.connecting.workspace_ground import Ground
from callboard.services.connecting.yaml_extending import add_to_list, add_to_mapping
from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.workspace import WORKSPACE_FILE
from data_contracts.catalogue import SUFFIX

_DEFINITIONS = ("metrics", "touchpoints", "data_contracts")
_HEAD = """\
# What this organisation is called, when its days are, and where its data come from.
# `callboard check` tells what is wrong with this folder; the guide says what else may stand here.
"""
_IGNORED = ".callboard/\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file's text before (None where there is no file) and after; `path` is in the workspace."""

    path: str
    before: str | None
    after: str

    @property
    def is_replacement(self) -> bool:
        """Whether a contract that somebody may have written by hand goes."""
        return self.before is not None and self.path.endswith(SUFFIX)


def plan_changes(
    ground: Ground, address: DatabaseAddress, contracts: Mapping[str, str], places: Iterable[Place]
) -> tuple[Change, ...]:
    """Every file that a workspace gets or that changes; `contracts` are the texts by feed."""
    changes = [
        _workspace_file(ground, address),
        *(_change(ground, f"data_contracts/{f}{SUFFIX}", text) for f, text in contracts.items()),
        *(_touchpoint_file(ground, place) for place in places),
    ]
    if ground.definitions is None and not (ground.folder / ".gitignore").exists():
        changes.append(_change(ground, ".gitignore", _IGNORED))
    return tuple(each for each in changes if each.before != each.after)


def try_out(ground: Ground, address: DatabaseAddress, changes: Sequence[Change]) -> Definitions:
    """The definitions as they would be; DefinitionError with every problem they would have."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        for name in _DEFINITIONS:
            if (ground.folder / name).is_dir():
                copytree(ground.folder / name, folder / name)
        before = read_text(ground.folder / WORKSPACE_FILE)
        texts = {WORKSPACE_FILE: before or "", **{Path(each.path): each.after for each in changes}}
        _write({folder / path: text for path, text in texts.items()})
        environment = {**ground.settings.environment, **address.variables}
        tried = replace(ground.settings, workspace=folder, environment=environment)
        definitions, problems = load_definitions(tried)
    if definitions is None:
        raise DefinitionError(problems)
    return definitions


def diff_of(changes: Iterable[Change]) -> str:
    """What would change, as `diff -u` says it."""
    return "".join(line for each in changes for line in _diff(each))


def write_changes(ground: Ground, changes: Sequence[Change]) -> tuple[Path, ...]:
    """Write the files and return their paths.

    CallboardError, and nothing written, where one of them has changed since it was read.
    """
    return write_to(ground.folder, changes, otherwise="connect again")


def write_to(folder: Path, changes: Sequence[Change], *, otherwise: str) -> tuple[Path, ...]:
    """Write files of a workspace's folder as `write_changes` does; `otherwise` is what to do."""
    for each in changes:
        if read_text(folder / each.path) != each.before:
            raise CallboardError(f"{each.path}: somebody changed it meanwhile; {otherwise}.")
    paths = tuple(folder / each.path for each in changes)
    _write(dict(zip(paths, (each.after for each in changes), strict=True)))
    return paths


def _workspace_file(ground: Ground, address: DatabaseAddress) -> Change:
    path = str(WORKSPACE_FILE)
    before = read_text(ground.folder / path)
    text = before
    if text is None:
        name = json.dumps(ground.name, ensure_ascii=False)
        said = f"name: {name}\ntime_zone: {ground.time_zone}\nourselves: {{name: {name}}}\n"
        text = f"{_HEAD}{said}"
    if not address.is_known:
        text = add_to_mapping(text, "databases", name=address.name, value=address.written)
    return Change(path=path, before=before, after=text)


def _touchpoint_file(ground: Ground, place: Place) -> Change:
    if place.is_new:
        return _change(ground, f"touchpoints/{place.code}.yaml", place_file(place))
    path = f"touchpoints/{place.code}.yaml"
    before = read_text(ground.folder / path)
    if before is None:
        raise CallboardError(f"{path}: expected the file of the touchpoint {place.code!r}.")
    text = before
    for alias in place.aliases:
        text = add_to_list(text, "aliases", value=alias)
    return Change(path=path, before=before, after=text)


def _change(ground: Ground, path: str, text: str) -> Change:
    return Change(path=path, before=read_text(ground.folder / path), after=text)


def read_text(path: Path) -> str | None:
    """Return what a file says, None where there is none; CallboardError where it is unreadable."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise CallboardError(f"{path}: cannot be read.") from error


def _write(texts: Mapping[Path, str]) -> None:
    """Write every file beside its place, then move them there: no reader sees half a file."""
    staged: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = path.with_name(f".{path.name}.new")
            staged[path].write_bytes(text.encode("utf-8"))
        for path, beside in staged.items():
            beside.replace(path)
    except OSError as error:
        for beside in staged.values():
            with suppress(OSError):
                beside.unlink()
        told = error.strerror or "cannot be written"
        raise CallboardError(f"{error.filename or 'workspace'}: {told}.") from error


def _diff(change: Change) -> Iterator[str]:
    before = (change.before or "").splitlines(keepends=True)
    after = change.after.splitlines(keepends=True)
    old = f"a/{change.path}" if change.before is not None else "/dev/null"
    for line in unified_diff(before, after, old, f"b/{change.path}"):
        yield line if line.endswith("\n") else f"{line}\n"
