"""Published rows under the names that count now: one competitor has one line, whatever it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callboard.services.defining.told_names import Steps, entity_on
from callboard.storage.benchmark_columns import SEPARATOR
from callboard.storage.benchmark_rows import NATURAL_KEY, BenchmarkRow
from callboard.workspace import PeerSet, Workspace
from data_contracts.parsing.headers import plain

_ENTITY, _END = NATURAL_KEY.index("entity"), NATURAL_KEY.index("period_end")
NAMED = "named"


def as_named_now(rows: Sequence[BenchmarkRow], steps: Steps) -> tuple[BenchmarkRow, ...]:
    """Return rows, each of the entity that its name stands for on its period's last day.

    Where two rows say something of the same thing then, the one that was published under the
    entity's own name counts, of two old names the later published.
    """
    if not steps:
        return tuple(rows)
    spelling = {plain(each.entity): each.entity for each in rows}
    found: dict[str, tuple[tuple[bool, int], BenchmarkRow]] = {}
    for row in rows:
        entity = entity_on(steps, row.entity, row.period_end)
        is_own = plain(entity) == plain(row.entity)
        entity = row.entity if is_own else spelling.get(plain(entity), entity)
        named = row if is_own else replace(row, entity=entity)
        key, weight = named.natural_key, (is_own, row.id)
        if key not in found or weight > found[key][0]:
            found[key] = weight, named
    kept = (row for _, row in found.values())
    return tuple(sorted(kept, key=lambda row: (row.metric, row.entity, row.period_end, row.id)))


def with_names(current: "pa.Table", steps: Steps) -> "pa.Table":
    """Return what counts now with the text `named`: each row's key by the names that count now.

    A row that `as_named_now` leaves out keeps its own key, so that nothing is found under it twice.
    """
    if not steps or not current.num_rows:
        return current.append_column(NAMED, current["key"])
    keys = current["key"].to_pylist()
    parts = pc.list_flatten(pc.split_pattern(current["key"], SEPARATOR)).combine_chunks()
    places = np.arange(_ENTITY, len(parts), len(NATURAL_KEY))
    words = parts.take(pa.array(places)).dictionary_encode()
    is_renamed = np.array([plain(each) in steps for each in words.dictionary.to_pylist()])
    taken = set(keys)
    spelling = {plain(each): each for each in words.dictionary.to_pylist()}
    ids = current["id"].to_pylist()
    renamed = np.flatnonzero(is_renamed[words.indices.to_numpy()]).tolist()
    for at in sorted(renamed, key=lambda at: ids[at], reverse=True):
        named = _named(keys[at], steps, spelling)
        if named not in taken:
            taken.add(named)
            keys[at] = named
    return current.append_column(NAMED, pa.chunked_array([pa.array(keys, type=pa.string())]))


def with_heirs(workspace: Workspace, steps: Steps) -> Workspace:
    """Return the workspace whose peer sets also name what their members stand for at any time."""
    if not steps:
        return workspace
    found = tuple(_with_heirs(each, steps) for each in workspace.peer_sets)
    return workspace.model_copy(update={"peer_sets": found})


def peers_on(workspace: Workspace, steps: Steps, day: date) -> tuple[str, ...]:
    """Return the declared peers by the names that they have on a day, each once."""
    names = (entity_on(steps, name, day) for each in workspace.peer_sets for name in each.entities)
    return tuple({plain(name): name for name in names}.values())


def _with_heirs(peers: PeerSet, steps: Steps) -> PeerSet:
    heirs = (heir for name in peers.entities for heir, _ in steps.get(plain(name), ()))
    names = {plain(name): name for name in (*heirs, *peers.entities)}
    return peers.model_copy(update={"entities": tuple(names.values())})


def _named(key: str, steps: Steps, spelling: Mapping[str, str]) -> str:
    told = key.split(SEPARATOR)
    entity = entity_on(steps, told[_ENTITY], date.fromisoformat(told[_END]))
    if plain(entity) != plain(told[_ENTITY]):
        told[_ENTITY] = spelling.get(plain(entity), entity)
    return SEPARATOR.join(told)
