"""The questions of `callboard connect`: table by table, until each is taken or left."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from callboard.cli.offer_text import tell_fit, tell_offer
from callboard.cli.printing import say
from callboard.errors import CallboardError
from data_contracts.model import Clock

if TYPE_CHECKING:
    from callboard.services.connecting import Offer
    from callboard.services.database_address import DatabaseAddress
    from callboard.services.table_matching import Fit
    from callboard.services.workspace_ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in the place of a feed, as far as the conversation about it has come."""

    ground: "Ground"
    address: "DatabaseAddress"
    fit: "Fit"
    clock: Clock = Clock.UTC


def take_safe(table: Table, taken: list["Offer"]) -> "Offer | None":
    """Take a table that may be taken without a person's look; say why another is left."""
    offer = _offer(table, taken)
    if offer is None:
        return None
    tell_offer(offer)
    if offer.is_safe and not offer.replaces:
        return offer
    why = "it would replace what is connected" if offer.replaces else "it needs a person's look"
    say(f"Left out, for {why}. Connect without --yes to take it.")
    return None


def ask_about(table: Table, taken: list["Offer"]) -> "Offer | None":
    """Talk about a table until it is taken or left."""
    while True:
        offer = _offer(table, taken)
        if offer is not None:
            tell_offer(offer)
        answer = _ask(offer)
        if answer == "n":
            return None
        if answer == "y" and offer is not None:
            return offer
        table = _changed(table, answer)


def _offer(table: Table, taken: list["Offer"]) -> "Offer | None":
    from callboard.services.connecting import make_offer

    try:
        return make_offer(table.ground, table.address, table.fit, clock=table.clock, taken=taken)
    except CallboardError as error:
        tell_fit(table.fit)
        say(str(error))
        return None


def _ask(offer: "Offer | None") -> str:
    choices = {"y": "yes", "n": "no", "c": "change a column", "f": "another feed"}
    if offer is None:
        choices = {"c": "change a column", "f": "another feed", "n": "leave it out"}
    elif offer.asks_clock:
        other = "UTC" if offer.contract.clock is Clock.LOCAL else "local"
        choices["l"] = f"its times are {other}"
    told = ", ".join(f"[{key}] {words}" for key, words in choices.items())
    first = next(iter(choices))
    while True:
        answer: str = typer.prompt(f"\nConnect it? {told}", default=first, err=True)
        if answer.strip().lower()[:1] in choices:
            return answer.strip().lower()[:1]


def _changed(table: Table, answer: str) -> Table:
    """The table after a change that a person asked for."""
    from callboard.services.connecting import change_column, change_feed

    if answer == "l":
        return replace(table, clock=Clock.UTC if table.clock is Clock.LOCAL else Clock.LOCAL)
    if answer == "f":
        feed = _choose("Which feed", list(table.ground.feeds))
        return replace(table, fit=change_feed(table.ground, table.fit.facts, feed))
    column = _choose("Which of the feed's columns", [m.column.name for m in table.fit.matches])
    names = [each.name for each in table.fit.facts.columns]
    found = _choose("Which of yours (none leaves it out)", ["none", *names])
    chosen = "" if found == "none" else found
    return replace(table, fit=change_column(table.ground, table.fit, column=column, found=chosen))


def _choose(question: str, words: list[str]) -> str:
    from definition_files import nearest

    say(", ".join(words))
    while True:
        answer: str = typer.prompt(question, err=True).strip()
        if answer in words:
            return answer
        say(f"There is no {answer!r}. {nearest(answer, words)}".rstrip())
