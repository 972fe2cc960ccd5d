"""What one call of the command line stands on: its options, the settings, the person."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from callboard.access import LOCAL_USER, Actor
from callboard.logs import log_to_file
from callboard.settings import Settings, load_settings

if TYPE_CHECKING:
    from callboard.services.runtime import Runtime


@dataclass(frozen=True, kw_only=True)
class Session:
    """The global options of a call, which win over the environment."""

    workspace: Path | None = None
    home: Path | None = None
    actor: Actor = LOCAL_USER

    @cached_property
    def settings(self) -> Settings:
        """The settings in force; from the first look on, technical text goes to the log file."""
        settings = load_settings(workspace=self.workspace, home=self.home)
        log_to_file(settings)
        return settings

    def runtime(self) -> "Runtime":
        """Open the workspace and its store; DefinitionError carries every problem."""
        from callboard.services.runtime import open_runtime

        return open_runtime(self.settings)

    def child_environment(self) -> dict[str, str]:
        """The environment that makes another process of Callboard see the same settings."""
        places = {"WORKSPACE": self.settings.workspace, "HOME": self.settings.home}
        ours = {f"CALLBOARD_{name}": str(place) for name, place in places.items()}
        return {**self.settings.environment, **ours}


def session_of(context: typer.Context) -> Session:
    """Return the session that the global options of this call made, its settings read.

    CallboardError where a setting is unknown or unusable.
    """
    session = context.find_object(Session) or Session()
    assert session.settings
    return session
