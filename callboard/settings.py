"""Every setting, typed, from the environment (prefix CALLBOARD_). The only reader of os.environ."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from callboard.clock import Clock, parse_moment
from callboard.errors import CallboardError

HOURLY_DAYS = 13 * 7 + 1  # thirteen whole weeks, and today
_DEMO = Path(__file__).parent.parent / "examples" / "demo"
_KNOWN = frozenset(
    {
        "CALLBOARD_WORKSPACE",
        "CALLBOARD_HOME",
        "CALLBOARD_STORE_URL",
        "CALLBOARD_TODAY",
        "CALLBOARD_MAX_UPLOAD_MB",
        "CALLBOARD_MAX_UPLOAD_ROWS",
        "CALLBOARD_MAX_UPLOAD_COLUMNS",
        "CALLBOARD_QUARANTINE_CAP",
        "CALLBOARD_LOG_LEVEL",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are and how much is allowed. Sizes in megabytes, rows and columns.

    `environment` is what `${NAME}` in a workspace file is taken from; it may hold secrets, so it is
    never printed.
    """

    workspace: Path
    home: Path
    store_url: str
    clock: Clock
    max_upload_mb: int = 100
    max_upload_rows: int = 1_000_000
    max_upload_columns: int = 200
    quarantine_cap: int = 10_000
    log_level: str = "INFO"
    environment: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)


def load_settings(
    environment: Mapping[str, str] | None = None,
    *,
    workspace: Path | None = None,
    home: Path | None = None,
) -> Settings:
    """Read the settings; CallboardError names an unknown or unusable one.

    `workspace` and `home` win over the environment, which is the process's own unless it is given.
    """
    env = dict(os.environ if environment is None else environment)
    _refuse_unknown(env)
    workspace = _folder(workspace or env.get("CALLBOARD_WORKSPACE") or _DEMO)
    home = _folder(home or env.get("CALLBOARD_HOME") or workspace / ".callboard")
    return Settings(
        workspace=workspace,
        home=home,
        store_url=env.get("CALLBOARD_STORE_URL") or f"sqlite:///{home / 'store.db'}",
        clock=_clock(env.get("CALLBOARD_TODAY", "")),
        max_upload_mb=_whole(env, "CALLBOARD_MAX_UPLOAD_MB", 100),
        max_upload_rows=_whole(env, "CALLBOARD_MAX_UPLOAD_ROWS", 1_000_000),
        max_upload_columns=_whole(env, "CALLBOARD_MAX_UPLOAD_COLUMNS", 200),
        quarantine_cap=_whole(env, "CALLBOARD_QUARANTINE_CAP", 10_000),
        log_level=env.get("CALLBOARD_LOG_LEVEL", "INFO"),
        environment=env,
    )


def _refuse_unknown(env: Mapping[str, str]) -> None:
    unknown = sorted(
        name
        for name in env
        if name.startswith("CALLBOARD_")
        and not name.startswith("CALLBOARD_TEST_")
        and name not in _KNOWN
    )
    if unknown:
        raise CallboardError(
            f"Environment: found {', '.join(unknown)}; expected one of {', '.join(sorted(_KNOWN))}."
        )


def _folder(place: str | Path) -> Path:
    return Path(place).expanduser().resolve()


def _clock(text: str) -> Clock:
    if not text:
        return Clock()
    try:
        return Clock(parse_moment(text))
    except ValueError as error:
        raise CallboardError(
            f"CALLBOARD_TODAY: found {text!r}; expected an ISO date such as "
            "2026-11-22 or a datetime such as 2026-11-22T14:30."
        ) from error


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or int(text) == 0:
        raise CallboardError(f"{name}: found {text!r}; expected a whole number above zero.")
    return int(text)
