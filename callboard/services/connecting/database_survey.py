"""Looks through a stranger's database, table by table, and says which feed each could be."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, FeedUnavailable
from callboard.services.connecting.database_address import DatabaseAddress
from callboard.services.connecting.name_likeness import read_name
from callboard.services.connecting.table_facts import TableFacts
from callboard.services.connecting.table_matching import Fit, TableChoice, choose_tables, fit_table
from callboard.services.connecting.workspace_ground import Ground
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.table_inspection import SeenTable, list_schemas, list_tables
from callboard.storage.feeds.table_sampling import Sample, read_sample
from definition_files import nearest

OnProgress = Callable[[int, int], None]
SAMPLED_ROWS, MOST_TABLES = 2_000, 100
LIST_SECONDS, TABLE_SECONDS = 60.0, 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a database holds. `unreadable` says by table why it could not be looked at.

    `left_out` tables were too many to look at; `schemas` are those that were not asked for.
    """

    choices: tuple[TableChoice, ...]
    unreadable: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    schemas: tuple[str, ...] = ()


def survey_database(
    ground: Ground,
    actor: Actor,
    address: DatabaseAddress,
    *,
    schema: str = "",
    on_progress: OnProgress | None = None,
) -> Survey:
    """Look at every table and view of a schema ("" is the database's own default).

    FeedUnavailable where the database does not answer; CallboardError for a schema it lacks.
    """
    require(actor, Action.CONNECT)
    tables, broken, schemas = _list(address, schema)
    likely = _likely(ground, tables)
    unreadable = dict.fromkeys(broken, "the view cannot be read.")
    fits = []
    for at, table in enumerate(likely):
        if on_progress is not None:
            on_progress(at, len(likely))
        try:
            facts = TableFacts(table=table, sample=_sample(address, table))
        except FeedUnavailable as error:
            unreadable[table.shown] = str(error).removeprefix(f"{table.shown}: ")
            continue
        fits.append(list(fits_of(ground, facts)))
    return Survey(
        choices=choose_tables(fits),
        unreadable=unreadable,
        left_out=len(tables) - len(likely),
        schemas=schemas,
    )


def fits_of(ground: Ground, facts: TableFacts) -> Iterator[Fit]:
    """How well a table fits each of the standard feeds."""
    for contract in ground.feeds.values():
        yield fit_table(contract, facts, ground.metrics.values(), places=ground.places)


def _list(
    address: DatabaseAddress, schema: str
) -> tuple[tuple[SeenTable, ...], tuple[str, ...], tuple[str, ...]]:
    with read_feed(open_feed(address.url), address.name, seconds=LIST_SECONDS) as conn:
        default, schemas = list_schemas(conn)
        if schema and schema not in schemas:
            there = f"one of {', '.join(schemas)}" if schemas else "none: SQLite has no schemas"
            hint = nearest(schema, schemas)
            raise CallboardError(f"Schema: found {schema!r}; expected {there}. {hint}".rstrip())
        chosen = "" if schema == default else schema
        found = list_tables(conn, chosen)
    others = tuple(each for each in schemas if each != (schema or default))
    return found.tables, found.unreadable, others


def _sample(address: DatabaseAddress, table: SeenTable) -> Sample:
    with read_feed(open_feed(address.url), table.shown, seconds=TABLE_SECONDS) as conn:
        return read_sample(conn, table, SAMPLED_ROWS)


def _likely(ground: Ground, tables: tuple[SeenTable, ...]) -> list[SeenTable]:
    """All tables; of very many, those with most columns that are called as in some feed."""
    columns = [column for each in ground.feeds.values() for column in each.columns]
    known = {read_name(name).words for each in columns for name in (each.name, *each.synonyms)}

    def promise(table: SeenTable) -> int:
        return sum(read_name(each.name).words in known for each in table.columns)

    chosen = sorted(tables, key=promise, reverse=True)[:MOST_TABLES]
    return sorted(chosen, key=lambda each: each.name)
