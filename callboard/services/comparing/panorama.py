"""How we stand over all metrics at once: the quadrant, one competitor, and what is not known."""

from callboard.access import Actor, Scope
from callboard.errors import NotAllowed
from callboard.services.comparing.comparability import plain_name
from callboard.services.comparing.compared_metrics import Compared, compare_metrics
from callboard.services.comparing.passports import make_passports
from callboard.services.comparing.profile import entities_of, make_profile
from callboard.services.comparing.quadrant import make_quadrant
from callboard.services.comparing.unknowns import list_unknowns, unknown_sentence
from callboard.services.naming.holding import as_it_stands
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import Connection, snapshot
from callboard.views import Panorama, Profile


def read_panorama(runtime: Runtime, actor: Actor) -> Panorama:
    """Return our level and direction on every metric, and of which metrics nothing is known."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        compared = _compare(runtime, connection, scope)
    metrics = runtime.definitions.metrics
    unknowns = list_unknowns(metrics, compared)
    return Panorama(
        quadrant=make_quadrant(compared),
        unknowns=unknowns,
        unknown_sentence=unknown_sentence(unknowns, len(metrics)),
        entities=entities_of(compared),
    )


def read_profile(runtime: Runtime, actor: Actor, *, entity: str) -> Profile:
    """Return one competitor over all metrics. NotAllowed for one of whom nothing is published."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        compared = _compare(runtime, connection, scope)
        shown = [
            each
            for found in compared
            for each in found.league.shown
            if plain_name(each.row.entity) == plain_name(entity)
        ]
        if not shown:
            raise NotAllowed(f"There is no competitor {entity!r} with published values.")
        return make_profile(entity, compared, make_passports(runtime, connection, shown))


def _compare(runtime: Runtime, connection: Connection, scope: Scope) -> tuple[Compared, ...]:
    """Every metric that is on and has published values, by name."""
    runtime = as_it_stands(runtime, connection)
    metrics = runtime.definitions.metrics
    codes = {row.metric for row in read_current(connection)} & set(metrics)
    chosen = sorted((metrics[code] for code in codes), key=lambda each: each.name)
    return compare_metrics(runtime, connection, chosen, scope)
