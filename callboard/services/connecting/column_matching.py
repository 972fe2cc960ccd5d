"""Which column of a table is which of a feed's contract, with a confidence and its reason.

A confidence is between 0 and 1: likeness of names and evidence of the values, times the share of
the sampled values that keep the contract's rules. It is a rule of thumb, not a probability.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from callboard.services.connecting.column_evidence import Evidence, Wanted, weigh, weigh_choice
from callboard.services.connecting.table_facts import TableFacts
from data_contracts.model import Column, Contract

PROPOSED, SURE = 0.4, 0.75
_FIRST_CHOICE = 0.05  # what essential columns are ahead of others that want the same column


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A column of a contract and the table's column that stands for it, "" where none does.

    `why` says what speaks for it or, without one, what the nearest lacks. `is_chosen`: by a person.
    """

    column: Column
    found: str
    confidence: float
    why: str
    is_chosen: bool = False


def essential_columns(contract: Contract) -> frozenset[str]:
    """The columns a feed cannot be without: key, time and touchpoint."""
    return frozenset({*contract.key, contract.time, contract.touchpoint})


def match_columns(
    contract: Contract, facts: TableFacts, *, places: frozenset[str] = frozenset()
) -> tuple[Match, ...]:
    """The best use of the table's columns, each once; `places` are the touchpoints' known names."""
    columns = [Wanted(contract=contract, column=each) for each in contract.columns]
    weighed = {
        (wanted.column.name, found.name): weigh(wanted, found, facts, places=places)
        for wanted in columns
        for found in facts.columns
    }
    taken = _take(weighed, essential_columns(contract))
    return tuple(_match(each, taken.get(each.name, ""), weighed) for each in contract.columns)


def choose_column(
    contract: Contract, facts: TableFacts, matches: tuple[Match, ...], *, column: str, found: str
) -> tuple[Match, ...]:
    """The same matches with one changed by a person; another that used the column loses it."""
    wanted = Wanted(contract=contract, column=contract.column(column))
    chosen = Match(
        column=wanted.column, found="", confidence=0.0, why="left out by you", is_chosen=True
    )
    if found:
        weight = weigh_choice(wanted, facts.table.column(found), facts)
        chosen = replace(chosen, found=found, confidence=weight.confidence, why=weight.reason)
    freed = (
        replace(each, found="", confidence=0.0, why=f"its column is {column} now")
        if found and each.found == found
        else each
        for each in matches
    )
    return tuple(chosen if each.column.name == column else each for each in freed)


Weighed = Mapping[tuple[str, str], Evidence]


def _take(weighed: Weighed, essential: frozenset[str]) -> dict[str, str]:
    """The pairs of highest confidence first; of equals, the one the feed needs more."""

    def rank(pair: tuple[str, str]) -> float:
        return weighed[pair].confidence + _FIRST_CHOICE * (pair[0] in essential)

    taken: dict[str, str] = {}
    for wanted, found in sorted(weighed, key=rank, reverse=True):
        is_free = wanted not in taken and found not in taken.values()
        if is_free and weighed[wanted, found].confidence >= PROPOSED:
            taken[wanted] = found
    return taken


def _match(wanted: Column, found: str, weighed: Weighed) -> Match:
    if found:
        weight = weighed[wanted.name, found]
        return Match(column=wanted, found=found, confidence=weight.confidence, why=weight.reason)
    near = [each for pair, each in weighed.items() if pair[0] == wanted.name and each.obstacle]
    best = max(near, key=lambda each: each.likeness, default=None)
    why = best.obstacle if best else "no column is like it"
    return Match(column=wanted, found="", confidence=0.0, why=why)
