"""From a table that fits a feed to an offer a person can judge, and from offers to files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, FeedUnavailable
from callboard.services.connecting.column_evidence import MANY_PLACES
from callboard.services.connecting.column_matching import choose_column, essential_columns
from callboard.services.connecting.contract_writing import Copy, read_copy, write_contract
from callboard.services.connecting.database_address import DatabaseAddress
from callboard.services.connecting.metric_reach import Reach, columns_of, reach, silent_metrics
from callboard.services.connecting.place_names import Place, merge_places, propose_places
from callboard.services.connecting.sample_judging import (
    SampleVerdict,
    judge_sample,
    sample_frame,
    shown_rows,
)
from callboard.services.connecting.table_facts import TableFacts
from callboard.services.connecting.table_matching import FITS_WELL, Fit, fit_table, weigh_table
from callboard.services.connecting.workspace_ground import Ground
from callboard.services.connecting.workspace_writing import Change, plan_changes, try_out
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.table_sampling import read_distinct
from data_contracts.model import Clock, ColumnType, Contract

SHOWN_ROWS = 3
_PLACES_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A table in a feed's place as it would be written, and what would come of it.

    `contract` promises what the table has, `text` is its file. `places` are touchpoints that have
    to be written for it. `silent` metrics are lit, but no sampled row is among those they count.
    `notes` are sentences a person should know; `replaces` says where the
    feed comes from now, "" where it is not connected.
    """

    fit: Fit
    contract: Contract
    text: str
    places: tuple[Place, ...]
    verdict: SampleVerdict
    rows: tuple[Mapping[str, str], ...]
    reach: Reach
    silent: frozenset[str]
    notes: tuple[str, ...]
    asks_clock: bool
    replaces: str = ""

    @property
    def feed(self) -> str:
        """The standard feed."""
        return self.contract.feed

    @property
    def is_safe(self) -> bool:
        """Whether it may be taken without a person's look."""
        lights = bool(self.reach.lit or self.reach.waiting)
        return self.fit.confidence >= FITS_WELL and lights and not self.verdict.is_held_back


def make_offer(
    ground: Ground,
    address: DatabaseAddress,
    fit: Fit,
    *,
    clock: Clock = Clock.UTC,
    taken: Sequence[Offer] = (),
) -> Offer:
    """What connecting a table would mean, beside the offers `taken` before it.

    CallboardError where the table lacks an essential column, or its name cannot be written.
    FeedUnavailable where the database does not answer.
    """
    _refuse_unusable(fit)
    copy = _copy(fit, address, clock)
    contract, feed = read_copy(copy), fit.contract.feed
    found, is_short = _place_names(address, fit)
    column = fit.columns[contract.touchpoint]
    places = propose_places(found, ground.touchpoints, feed=feed, column=column)
    names = {name for each in places for name in (each.code, *each.aliases)}
    connected = [*ground.connected.values(), *(each.contract for each in taken), contract]
    now = ground.settings.clock.now(ground.time_zone)
    told = reach(feed, ground.metrics.values(), columns_of(connected))
    return Offer(
        fit=fit,
        contract=contract,
        text=write_contract(copy),
        places=places,
        verdict=judge_sample(contract, fit.facts, places=ground.places | names, now=now),
        rows=shown_rows(contract, fit.facts, SHOWN_ROWS),
        reach=told,
        silent=silent_metrics(told, feed, sample_frame(contract, fit.facts)),
        notes=(*_notes(fit, copy), *_notes_of(ground, feed), *([_MANY_PLACES] if is_short else [])),
        asks_clock=_asks_clock(fit, copy),
        replaces=_replaced(ground, contract),
    )


def change_column(ground: Ground, fit: Fit, *, column: str, found: str) -> Fit:
    """The same table with one column of the contract mapped by a person ("" leaves it out)."""
    matches = choose_column(fit.contract, fit.facts, fit.matches, column=column, found=found)
    return weigh_table(fit.contract, fit.facts, matches, metrics=ground.metrics.values())


def change_feed(ground: Ground, facts: TableFacts, feed: str) -> Fit:
    """The table in the place of another feed."""
    contract = ground.feeds[feed]
    return fit_table(contract, facts, ground.metrics.values(), places=ground.places)


def plan_connection(
    ground: Ground, actor: Actor, address: DatabaseAddress, offers: Iterable[Offer]
) -> tuple[Change, ...]:
    """The changes that connect the tables offered, tried out: `callboard check` would pass them.

    DefinitionError with every problem they would make.
    """
    require(actor, Action.CONNECT)
    taken = list(offers)
    places = merge_places(place for each in taken for place in each.places)
    contracts = {each.feed: each.text for each in taken}
    changes = plan_changes(ground, address, contracts, places)
    try_out(ground, address, changes)
    return changes


def _refuse_unusable(fit: Fit) -> None:
    table = fit.facts.table
    if not fit.is_complete:
        needed = essential_columns(fit.contract) - set(fit.columns)
        lacking = ", ".join(each.name for each in fit.contract.columns if each.name in needed)
        raise CallboardError(
            f"{table.shown} lacks what {fit.contract.feed} cannot be without; choose columns for "
            f"{lacking}, or make a view that has them."
        )
    if "." in table.name:
        raise CallboardError(
            f"{table.shown}: a contract cannot name a table with a dot in its name; make a view."
        )


def _copy(fit: Fit, address: DatabaseAddress, clock: Clock) -> Copy:
    contract, facts, columns = fit.contract, fit.facts, fit.columns
    days: frozenset[str] = frozenset()
    if contract.clock is not Clock.DATE and facts.holds_days(columns[contract.time]):
        moments = _moments(fit)
        days = frozenset(name for name in moments if facts.holds_days(columns[name]))
    is_by_day = contract.clock is Clock.DATE or contract.time in days
    return Copy(
        feed=contract.feed,
        server=address.name,
        table=facts.table.shown,
        columns=columns,
        clock=Clock.DATE if is_by_day else clock,
        days=days,
        personal=frozenset(n for n, found in columns.items() if found in facts.personal),
        is_view=facts.table.is_view,
    )


def _moments(fit: Fit) -> tuple[str, ...]:
    """The columns of moments that are compared with each other: not the watermark."""
    return tuple(
        each.column.name
        for each in fit.matches
        if each.found
        and each.column.type is ColumnType.TIMESTAMP
        and each.column.name != fit.contract.watermark
    )


def _asks_clock(fit: Fit, copy: Copy) -> bool:
    return copy.clock is not Clock.DATE and not fit.facts.says_zone(fit.columns[fit.contract.time])


def _place_names(address: DatabaseAddress, fit: Fit) -> tuple[dict[str, int], bool]:
    """What rows call their touchpoints, and whether that is not all of it."""
    table, column = fit.facts.table, fit.columns[fit.contract.touchpoint]
    try:
        with read_feed(open_feed(address.url), table.shown, seconds=_PLACES_SECONDS) as conn:
            found = read_distinct(conn, table, column, limit=MANY_PLACES + 1)
    except FeedUnavailable:
        return dict(fit.facts.counts(column).most_common(MANY_PLACES)), True
    return dict(list(found.items())[:MANY_PLACES]), len(found) > MANY_PLACES


_MANY_PLACES = (
    f"There may be more touchpoints than the {MANY_PLACES} at most that are written here; rows of "
    "the others are rejected until they have a file."
)


def _notes(fit: Fit, copy: Copy) -> Iterable[str]:
    contract, columns, facts = fit.contract, fit.columns, fit.facts
    if contract.watermark not in columns:
        yield (
            "No column says when a row was last written, so corrections of old rows are noticed "
            "by a full refresh only."
        )
    if _asks_clock(fit, copy):
        said = "UTC" if copy.clock is Clock.UTC else "local time"
        yield f"{columns[contract.time]} says no time zone; it is read as {said}."
    by_day = [columns[name] for name in _moments(fit) if facts.holds_days(columns[name])]
    others = [columns[name] for name in _moments(fit) if columns[name] not in by_day]
    if by_day and others:
        yield (
            f"{', '.join(by_day)} holds days, {', '.join(others)} moments: what happens in the "
            "course of such a day counts as after it."
        )
    for name in sorted(copy.personal):
        yield f"{columns[name]} looks personal; it is read, but never shown."


def _notes_of(ground: Ground, feed: str) -> Iterable[str]:
    if ground.definitions and feed in ground.definitions.workspace.feeds:
        yield (
            f"workspace.yaml names {feed} under feeds; the contract of its own counts from now on, "
            "so the line can go."
        )


def _replaced(ground: Ground, contract: Contract) -> str:
    """Where a feed comes from now, if not from this very table."""
    now = ground.connected.get(contract.feed)
    if now is None or now.sha256 == contract.sha256:
        return ""
    return f"{now.table} in {now.server}"
