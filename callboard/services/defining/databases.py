"""Addresses of databases and of those who are told: `${NAME}` filled in from the settings."""

import re
from collections.abc import Mapping

from callboard.settings import Settings
from definition_files import Problem

STORE = "store"
"""What feeds call Callboard's own store; its address is in the settings and in no file."""

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def fill_in_databases(
    databases: Mapping[str, str], settings: Settings, *, shown_as: str
) -> tuple[dict[str, str], list[Problem]]:
    """Return the addresses with each `${NAME}` replaced, and a problem for every unknown one.

    A database may not be called as the store is.
    """
    keys = {f"databases.{name}": address for name, address in databases.items()}
    filled, problems = fill_in(keys, settings, shown_as=shown_as)
    if STORE in databases:
        problems.append(
            Problem(
                file=shown_as,
                key=f"databases.{STORE}",
                found="the name of Callboard's own store",
                expected="another name for another database",
            )
        )
    return dict(zip(databases, filled.values(), strict=True)), problems


def fill_in(
    addresses: Mapping[str, str], settings: Settings, *, shown_as: str
) -> tuple[dict[str, str], list[Problem]]:
    """The same for addresses by the keys under which they stand in the file."""
    known = {
        **settings.environment,
        "CALLBOARD_HOME": str(settings.home),
        "CALLBOARD_WORKSPACE": str(settings.workspace),
    }
    problems = [
        Problem(
            file=shown_as,
            key=key,
            found=f"${{{name}}}, which the environment does not have",
            expected=f"a value in the environment variable {name}",
        )
        for key, address in addresses.items()
        for name in _NAME.findall(address)
        if name not in known
    ]
    filled = {
        key: _NAME.sub(lambda match: known.get(match[1], match[0]), address)
        for key, address in addresses.items()
    }
    return filled, problems
