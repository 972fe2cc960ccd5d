"""The address of a database as a person gives it -> as workspace.yaml may keep it: no password."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from callboard.errors import CallboardError
from callboard.services.defining.databases import STORE, fill_in_databases
from callboard.settings import Settings

_PARTS = re.compile(  # as SQLAlchemy takes an address apart
    r"(?P<head>[\w+]+://[^:/@]*)(?::(?P<password>[^@]*))?(?P<tail>@.*)", re.DOTALL
)
_QUERY = re.compile(r"(?P<name>[?&](?:ssl)?password=)(?P<password>[^&]*)", re.IGNORECASE)
_VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
_SQLITE, _POSTGRESQL = "sqlite:///", ("postgresql://", "postgres://")
_OURS = "CALLBOARD_"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAddress:
    """Where a database is. `url` opens it and may hold a password; `written` never does.

    `variables` are environment variables that `written` needs and the environment lacks.
    """

    name: str
    url: str = field(repr=False)
    written: str
    is_known: bool = False
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)


def read_address(given: str, settings: Settings, known: Mapping[str, str]) -> DatabaseAddress:
    """The address `given`, or that of a SQLite file; `known` are the workspace's own, as written.

    CallboardError for an address of another kind, or one with a variable that is not set.
    """
    text = _as_address(given.strip())
    filled, problems = fill_in_databases({"given": text}, settings, shown_as="the address")
    if problems:
        raise CallboardError("\n".join(str(each) for each in problems))
    url = filled["given"]
    if url.startswith(_SQLITE):
        url = f"{_SQLITE}{Path(url.removeprefix(_SQLITE)).expanduser().resolve()}"
        text = _portable(url, settings)
    elif not url.startswith(_POSTGRESQL):
        raise CallboardError(
            "The address: found another kind of database; expected sqlite:///path/to/file.db or "
            "postgresql://user@host/database."
        )
    url = url.replace("postgres://", "postgresql://", 1)
    text = text.replace("postgres://", "postgresql://", 1)
    if (name := _known_as(url, settings, known)) is not None:
        return DatabaseAddress(name=name, url=url, written=known[name], is_known=True)
    name = _free(_name(url), {*known, STORE})
    written, variables = _without_password(text, name, settings)
    return DatabaseAddress(name=name, url=url, written=written, variables=variables)


def shown(url: str) -> str:
    """An address for people, with no password in it."""
    return _hide(url, "•••")


def _as_address(given: str) -> str:
    if "://" not in given and Path(given).expanduser().is_file():
        return f"{_SQLITE}{given}"
    if given and not set(given) & set(":@$"):  # nothing that could be, or name, a password
        raise CallboardError(f"{given}: found no such file; expected a SQLite file or an address.")
    return given


def _portable(url: str, settings: Settings) -> str:
    """A file inside the workspace moves with it."""
    path = Path(url.removeprefix(_SQLITE))
    if path.is_relative_to(settings.workspace):
        inside = path.relative_to(settings.workspace).as_posix()
        return f"{_SQLITE}${{CALLBOARD_WORKSPACE}}/{inside}"
    return f"{_SQLITE}{path.as_posix()}"


def _known_as(url: str, settings: Settings, known: Mapping[str, str]) -> str | None:
    filled, _ = fill_in_databases(known, settings, shown_as="workspace.yaml")
    return next((name for name, each in filled.items() if _hide(each, "") == _hide(url, "")), None)


def _name(url: str) -> str:
    """What the database is called itself, in small letters, digits and _."""
    last = url.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
    bare = last.rsplit("@", 1)[-1]
    stem = bare.rsplit(".", 1)[0] if url.startswith(_SQLITE) else bare
    words = "_".join(re.findall(r"[a-z0-9]+", stem.lower()))[:40]
    return words if words[:1].isalpha() else f"db_{words}".rstrip("_")


def _free(name: str, known: Collection[str]) -> str:
    tried, number = name, 1
    while tried in known:
        number += 1
        tried = f"{name}_{number}"
    return tried


def _without_password(text: str, name: str, settings: Settings) -> tuple[str, dict[str, str]]:
    """The address with a variable for its password, and the variable's value if it is not set."""
    passwords = {each for each in _passwords(text) if not _VARIABLE.search(each)}
    if not passwords:
        return text, {}
    if len(passwords) > 1:
        raise CallboardError("The address: found two passwords; write ${NAME} for each of them.")
    (password,) = passwords
    variable = f"{name.upper()}_DB_PASSWORD"
    variable = f"MY_{variable}" if variable.startswith(_OURS) else variable
    is_set = settings.environment.get(variable) == password
    return _hide(text, f"${{{variable}}}"), {} if is_set else {variable: password}


def _passwords(text: str) -> list[str]:
    parts = _PARTS.fullmatch(text)
    if parts and "@" in parts["tail"][1:].split("/", maxsplit=1)[0]:
        raise CallboardError("The address: found @ in the password; write %40 for it.")
    found = [parts["password"] if parts else "", *(each[1] for each in _QUERY.findall(text))]
    return [each for each in found if each]


def _hide(text: str, instead: str) -> str:
    """The address with `instead` in place of every password."""
    if (parts := _PARTS.fullmatch(text)) and parts["password"]:
        text = f"{parts['head']}:{instead}{parts['tail']}"
    return _QUERY.sub(lambda found: f"{found['name']}{instead}", text)
