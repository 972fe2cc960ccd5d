"""Which table fits which standard feed, and how well.

A table's confidence is that of its essential columns, times what else speaks for the feed: the
other columns it has, the metrics it lights up, its name. Below 0.4 nothing is proposed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callboard.services.connecting.column_matching import Match, essential_columns, match_columns
from callboard.services.connecting.metric_reach import reach
from callboard.services.connecting.name_likeness import best_likeness, read_name
from callboard.services.connecting.table_facts import TableFacts
from data_contracts.model import Contract
from metrics.model import Metric

FITS, FITS_WELL = 0.4, 0.6
_BASE, _COLUMNS, _METRICS, _NAME = 0.3, 0.35, 0.2, 0.15  # add up to 1
_OPTIONAL = 0.5  # the weight of a column that may be missing
_SYNONYM = 0.95
_NOTHING_TO_SHOW = 0.3
_INCOMPLETE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A table in the place of a feed: its columns, and a confidence between 0 and 1."""

    contract: Contract
    facts: TableFacts
    matches: tuple[Match, ...]
    confidence: float

    @property
    def columns(self) -> dict[str, str]:
        """The table's columns by the contract's names."""
        return {each.column.name: each.found for each in self.matches if each.found}

    @property
    def lacking(self) -> tuple[Match, ...]:
        """The columns that the contract requires and the table lacks."""
        return tuple(each for each in self.matches if each.column.required and not each.found)

    @property
    def is_complete(self) -> bool:
        """Whether key, time and touchpoint are there, without which there is no feed."""
        return essential_columns(self.contract) <= set(self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """A table with the feed proposed for it, None where none fits, and the other feeds it fits.

    `better` names the table that a feed was given to before this one, by feed.
    """

    facts: TableFacts
    fit: Fit | None
    others: tuple[Fit, ...] = ()
    better: Mapping[str, str] | None = None


def fit_table(
    contract: Contract,
    facts: TableFacts,
    metrics: Iterable[Metric],
    *,
    places: frozenset[str] = frozenset(),
) -> Fit:
    """How well a table fits a feed."""
    matches = match_columns(contract, facts, places=places)
    return weigh_table(contract, facts, matches, metrics=metrics)


def weigh_table(
    contract: Contract,
    facts: TableFacts,
    matches: tuple[Match, ...],
    *,
    metrics: Iterable[Metric],
) -> Fit:
    """The fit of a table with these columns."""
    essential = essential_columns(contract)
    found = {each.column.name: each.confidence for each in matches if each.found}
    columns = {contract.feed: frozenset(found)}
    light = reach(contract.feed, metrics, columns).share
    other = (
        _BASE
        + _COLUMNS * _rest(matches, essential)
        + _METRICS * light
        + _NAME * _name_likeness(contract, facts)
    )
    confidence = other * sum(found.get(each, 0.0) for each in essential) / len(essential)
    if not essential <= set(found):
        confidence *= _INCOMPLETE
    if not light:
        confidence = min(confidence, _NOTHING_TO_SHOW)
    return Fit(contract=contract, facts=facts, matches=matches, confidence=round(confidence, 2))


def choose_tables(fits: Iterable[Sequence[Fit]]) -> tuple[TableChoice, ...]:
    """Give each feed the table that fits it best, and each table one feed; `fits` is by table."""
    by_table = [sorted(each, key=lambda fit: -fit.confidence) for each in fits]
    given: dict[str, Fit] = {}
    ranked = sorted((fit for each in by_table for fit in each), key=lambda fit: -fit.confidence)
    for fit in ranked:
        is_free = all(other.facts is not fit.facts for other in given.values())
        if fit.confidence >= FITS and fit.contract.feed not in given and is_free:
            given[fit.contract.feed] = fit
    return tuple(_choice(each, given) for each in by_table if each)


def _choice(fits: list[Fit], given: Mapping[str, Fit]) -> TableChoice:
    facts = fits[0].facts
    own = next((each for each in given.values() if each.facts is facts), None)
    others = [each for each in fits if each is not own and each.confidence >= FITS]
    better = {
        each.contract.feed: given[each.contract.feed].facts.table.shown
        for each in others
        if each.contract.feed in given
    }
    return TableChoice(facts=facts, fit=own, others=tuple(others), better=better)


def _rest(matches: tuple[Match, ...], essential: frozenset[str]) -> float:
    """The confidence of the other columns together; what may be missing weighs half."""
    others = [each for each in matches if each.column.name not in essential]
    weights = [1.0 if each.column.required else _OPTIONAL for each in others]
    told = sum(each.confidence * weight for each, weight in zip(others, weights, strict=True))
    return told / sum(weights) if weights else 1.0


def _name_likeness(contract: Contract, facts: TableFacts) -> float:
    wanted = [(read_name(each), _SYNONYM) for each in contract.synonyms]
    wanted.append((read_name(contract.feed), 1.0))
    return best_likeness([read_name(facts.table.name)], wanted)
