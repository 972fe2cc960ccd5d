"""What every service stands on: settings, definitions, the store, the clock."""

from dataclasses import dataclass, field
from datetime import datetime, time

from callboard.clock import Clock
from callboard.errors import DefinitionError
from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.settings import Settings
from callboard.storage.engine import Engine, open_store, snapshot
from callboard.storage.migrations import migrate
from callboard.storage.publications import latest_publication
from callboard.workspace import Workspace


@dataclass(slots=True)
class Pulse:
    """When the store last answered this process, by the machine's own clock; None before that."""

    last: datetime | None = None

    def beat(self) -> None:
        """Note that the store has answered just now."""
        self.last = Clock().now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """One workspace over one store; made once for a process and shared by its threads."""

    settings: Settings
    workspace: Workspace
    definitions: Definitions
    store: Engine
    clock: Clock
    pulse: Pulse = field(default_factory=Pulse, compare=False)

    def publication(self) -> int:
        """The number of the newest publication, 0 before the first; every cache is keyed by it."""
        with snapshot(self.store) as connection:
            newest = latest_publication(connection)
        self.pulse.beat()
        return newest


def open_runtime(settings: Settings) -> Runtime:
    """Load the definitions and open the store, brought up to date.

    DefinitionError carries all problems; StoreUnavailable where the store does not answer.
    """
    definitions, problems = load_definitions(settings)
    if definitions is None:
        raise DefinitionError(problems)
    store = open_store(settings.store_url)
    migrate(store)
    return Runtime(
        settings=settings,
        workspace=definitions.workspace,
        definitions=definitions,
        store=store,
        clock=_clock(settings, definitions.workspace),
    )


def _clock(settings: Settings, workspace: Workspace) -> Clock:
    """The environment's fixed time wins over the workspace's, and that over the machine's."""
    if settings.clock.fixed is None and workspace.today is not None:
        return Clock(datetime.combine(workspace.today, time()))
    return settings.clock
