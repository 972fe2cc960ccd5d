"""Mends the sources of the demo, as their owners would: rows are put right, what is missing comes."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from callboard.access import LOCAL_USER
from callboard.demo.story import STORY_FILE
from callboard.services.defining.databases import STORE
from callboard.services.examples import demo
from callboard.services.runtime import Runtime
from data_contracts.model import Contract
from tests.workspaces.filling import open_workspace
from tests.workspaces.places import DEMO

FAULTS = ("silences:", "dirt:", "jumps:")
Rows = dict[tuple[object, ...], dict[str, object]]


def without_faults(folder: Path) -> Path:
    """The demo's workspace with the same story, but nothing broken in it."""
    place = shutil.copytree(DEMO, folder / "well", ignore=shutil.ignore_patterns(".callboard"))
    told = (place / STORY_FILE).read_text("utf-8")
    assert [told.count(f"\n{each}") for each in FAULTS] == [1, 1, 1]
    (place / STORY_FILE).write_text(told.partition(f"\n{FAULTS[0]}")[0] + "\n", "utf-8")
    return place


def mend(runtime: Runtime, folder: Path, *, now: str, options: demo.Options) -> int:
    """Bring the demo's feeds to what they would be without faults; how many rows were put right.

    A row that is put right says that it was written now, where the feed has such a column.
    """
    well = open_workspace(without_faults(folder), folder / "well_home", now=now)
    demo.fill(well, LOCAL_USER, options=options)
    written = runtime.clock.now().strftime("%Y-%m-%d %H:%M:%S")
    right = 0
    with closing(sqlite3.connect(runtime.settings.home / "demo.db")) as feeds, feeds:
        feeds.row_factory = sqlite3.Row
        with closing(sqlite3.connect(folder / "well_home" / "demo.db")) as source:
            source.row_factory = sqlite3.Row
            for contract in runtime.definitions.contracts.values():
                if contract.server != STORE:
                    right += _mend(feeds, source, contract, written)
    return right


def _mend(
    feeds: sqlite3.Connection, source: sqlite3.Connection, contract: Contract, written: str
) -> int:
    keys = [contract.column(each).physical_name for each in contract.key]
    there, well = _rows(feeds, contract.table, keys), _rows(source, contract.table, keys)
    changed = [key for key in there if key in well and there[key] != well[key]]
    for key in {*changed, *(well.keys() - there.keys())}:
        row = well[key]
        if key in there and contract.watermark == "updated_at":
            row = row | {"updated_at": written}
        _put(feeds, contract.table, keys, row)
    return len(changed)


def _rows(conn: sqlite3.Connection, table: str, keys: Sequence[str]) -> Rows:
    found = (dict(row) for row in conn.execute(f'SELECT * FROM "{table}"'))
    return {tuple(row[each] for each in keys): row for row in found}


def _put(conn: sqlite3.Connection, table: str, keys: Sequence[str], row: dict[str, object]) -> None:
    same = " AND ".join(f'"{each}" = ?' for each in keys)
    conn.execute(f'DELETE FROM "{table}" WHERE {same}', [row[each] for each in keys])
    names, marks = ", ".join(f'"{each}"' for each in row), ", ".join("?" * len(row))
    conn.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))
