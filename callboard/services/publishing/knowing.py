"""What a workspace and its store know that a row of a file may speak of."""

from callboard.access import Scope
from callboard.services.defining.definitions import Definitions
from callboard.services.defining.told_names import Steps
from callboard.services.publishing.counting import levels_now, spellings_now
from callboard.storage.engine import Connection
from data_contracts.benchmarks import Known, KnownMetric
from metrics.model import Unit


def known_of(
    connection: Connection, definitions: Definitions, scope: Scope, *, aliases: Steps
) -> Known:
    """Return the metrics, the touchpoints in scope, and the words and levels published so far.

    `aliases` are the names that stand for others.
    """
    workspace = definitions.workspace
    spellings = spellings_now(connection)
    named = {name for each in workspace.peer_sets for name in each.entities}
    named |= {entity for steps in aliases.values() for entity, _ in steps}
    return Known(
        metrics=tuple(
            KnownMetric(
                code=code,
                names=(each.name, *each.synonyms),
                unit=each.unit.value,
                per=each.per if each.unit is Unit.PER else None,
            )
            for code, each in definitions.metrics.items()
        ),
        touchpoints={
            name: code
            for code, each in definitions.touchpoints.items()
            if code in scope.touchpoints
            for name in (each.name, *each.aliases, code)
        },
        ourselves=(workspace.ourselves.name, *workspace.ourselves.aliases),
        off=definitions.off,
        spellings={**spellings, "entity": named.union(spellings["entity"])},
        aliases=aliases,
        levels=levels_now(connection),
    )
