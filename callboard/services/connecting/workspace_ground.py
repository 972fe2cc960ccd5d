"""What a workspace says before something is added to it; a folder without one says little."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import available_timezones

from callboard.errors import CallboardError, DefinitionError
from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.settings import Settings
from callboard.workspace import WORKSPACE_FILE
from data_contracts.catalogue import BENCHMARKS, CONTRACT_RUNS, LIBRARY, SUFFIX, read_contract
from data_contracts.model import Contract
from definition_files import nearest
from metrics.catalogue import load_catalogue
from metrics.model import Metric
from metrics.touchpoint import Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A workspace to add to. `definitions` is None where there is none yet.

    `name` and `time_zone` are what it is to be called and to count its days in, `feeds` the
    library's contracts, `metrics` those that may be on.
    """

    settings: Settings
    name: str
    time_zone: str
    feeds: Mapping[str, Contract]
    metrics: Mapping[str, Metric]
    definitions: Definitions | None = None

    @property
    def folder(self) -> Path:
        """Where it is, or will be."""
        return self.settings.workspace

    @property
    def databases(self) -> Mapping[str, str]:
        """The addresses as workspace.yaml writes them."""
        return self.definitions.workspace.databases if self.definitions else {}

    @property
    def touchpoints(self) -> Mapping[str, Touchpoint]:
        """The touchpoints it has."""
        return self.definitions.touchpoints if self.definitions else {}

    @property
    def connected(self) -> Mapping[str, Contract]:
        """The contracts of the feeds it has."""
        return self.definitions.contracts if self.definitions else {}

    @property
    def places(self) -> frozenset[str]:
        """Every name that a row may give to a touchpoint."""
        known = self.touchpoints.values()
        return frozenset(name for each in known for name in (each.code, *each.aliases))


def open_ground(settings: Settings, *, name: str = "", time_zone: str = "") -> Ground:
    """The workspace in `settings`, or a new one of this name and zone.

    DefinitionError carries every problem of a workspace that is there; CallboardError for a zone
    that is unknown.
    """
    ground = Ground(
        settings=settings,
        name=name or "My organisation",
        time_zone=time_zone or "UTC",
        feeds=_standard_feeds(),
        metrics=load_catalogue(settings.workspace).metrics,
    )
    if ground.time_zone not in available_timezones():
        raise CallboardError(
            f"Time zone: found {time_zone!r}; expected an IANA name such as Europe/London. "
            f"{nearest(time_zone, available_timezones())}".rstrip()
        )
    if not (settings.workspace / WORKSPACE_FILE).exists():
        return ground
    definitions, problems = load_definitions(settings)
    if definitions is None:
        raise DefinitionError(problems)
    said = definitions.workspace
    listed = {c: m for c, m in ground.metrics.items() if said.metrics is None or c in said.metrics}
    return replace(
        ground,
        definitions=definitions,
        name=said.name,
        time_zone=said.time_zone,
        metrics=listed,
    )


def _standard_feeds() -> dict[str, Contract]:
    read = (read_contract(path)[0] for path in sorted(LIBRARY.glob(f"*{SUFFIX}")))
    others = (BENCHMARKS, CONTRACT_RUNS)  # in no database of an organisation
    return {each.feed: each for each in read if each is not None and each.feed not in others}
