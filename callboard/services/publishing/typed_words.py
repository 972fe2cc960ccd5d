"""What the words of a published number can be where it is typed: names and codes to choose from."""

from collections.abc import Mapping

from callboard.access import Action, Actor, require
from callboard.services.naming.holding import aliases_of, as_it_stands
from callboard.services.publishing.knowing import known_of
from callboard.services.publishing.lab_fields import list_names
from callboard.services.publishing.own_contract import contract_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.engine import snapshot
from callboard.views.lab import Choices


def list_words(runtime: Runtime, actor: Actor) -> Mapping[str, Choices]:
    """Return by field the words that are known for it; who publishes first may be a new name."""
    require(actor, Action.CHECK_FILE)
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        definitions = as_it_stands(runtime, connection).definitions
        aliases = aliases_of(runtime, connection)
        known = known_of(connection, definitions, scope, aliases=aliases)
    return list_names(contract_of(runtime), known)
