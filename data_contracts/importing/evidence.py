"""What speaks for a column of a file being one of the contract's: its name and its cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from data_contracts.benchmarks.known import Known
from data_contracts.benchmarks.units import read_unit
from data_contracts.importing.header_units import read_header_unit
from data_contracts.model import ColumnType, Contract, Kind
from data_contracts.parsing.dates import Edge, Order, read_date
from data_contracts.parsing.durations import read_duration
from data_contracts.parsing.headers import plain
from data_contracts.parsing.missing_words import meaning_of
from data_contracts.parsing.numbers import read_both_ways
from data_contracts.parsing.pairs import read_pair
from data_contracts.parsing.periods import is_fiscal, read_month, read_period
from data_contracts.parsing.trailing import part_trailing
from definition_files.name_likeness import Name, best_likeness, read_name

PSEUDO = ("period", "year", "quarter", "month")
_SYNONYM, _ALIKE = 0.95, 0.9  # a likeness from here on is another name, not a similar one
_UNREADABLE = 0.3  # with fewer cells that can be read, it is not this column
_VALUE = 0.5  # numbers that are no years may be the value
_READ_WITH_NUMBERS: dict[str, Callable[[str], bool]] = {
    "month": lambda word: read_month(word) > 0,
    "quarter": lambda word: word.upper().removeprefix("Q") in ("1", "2", "3", "4"),
}
_HINTS = {  # what publishers call a column; likely, where the contract's own names are certain
    "entity": "airline carrier provider operator bank brand supplier vendor institution retailer "
    "hospital agency airport insurer utility network member",
    "metric": "question item topic",
    "statistic": "aggregation aggregate",
    "value": "figure amount percentage",
    "sample_size": "responses base participants",
    "segment": "channel service",
    "source_name": "publication report study",
}
_HINT = 0.8
_OTHER_NAMES = {
    "period": ("date", "reporting period", "time period", "quarter", "fiscal year", "week"),
    "year": (),
    "quarter": ("qtr",),
    "month": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How likely it is, 0 to 1, and why, in words."""

    field: str
    confidence: float
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Fields:
    """The contract's columns and the pseudo-columns, with what a file's column is compared with."""

    contract: Contract
    known: Known

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every field that a column can be."""
        return (*(each.name for each in self.contract.columns), *PSEUDO)

    @cached_property
    def contents(self) -> dict[str, tuple[Callable[[str], bool], float, str]]:
        """By field: the test of a word, how much it says alone, and what it says."""
        codes, places = self.known.metric_codes(), self.known.touchpoint_codes()
        entities = self.known.entity_names()
        tests: dict[str, tuple[Callable[[str], bool], float, str]] = {
            "metric": (lambda word: _metric(word) in codes, 0.9, "metrics of this workspace"),
            "entity": (lambda word: plain(word) in entities, 0.88, "names known here"),
            "touchpoint": (lambda word: plain(word) in places, 0.85, "touchpoints"),
            "unit": (lambda word: bool(read_unit(word)[0]), 0.85, "units"),
            "source_url": (
                lambda word: word.startswith(("http://", "https://")),
                0.85,
                "addresses",
            ),
            "period": (_is_period, 0.8, "periods"),
            "year": (_is_year, 0.6, "years"),
            "month": (lambda word: not word.isdigit() and read_month(word) > 0, 0.6, "months"),
            "quarter": (lambda word: word.upper() in ("Q1", "Q2", "Q3", "Q4"), 0.6, "quarters"),
            "value": (_is_value, _VALUE, "numbers"),
        }
        for name, words in allowed_words(self.contract).items():
            plain_words = frozenset(map(plain, words))
            tests[name] = (_one_of(plain_words), 0.85, "words of the contract")
        return tests

    def support(self, header: str, words: Sequence[str]) -> list[Support]:
        """What speaks for a column with this header and these words, the likeliest first."""
        shares = {name: _share(test, words) for name, (test, _, _) in self.contents.items()}
        kinds = {kind: _share(test, words) for kind, test in _READ_AS.items()}
        readable = {name: _share(test, words) for name, test in _READ_WITH_NUMBERS.items()}
        readable = shares | readable
        fits = {
            name: readable[name] if name in PSEUDO else kinds.get(self._kinds[name], 1.0)
            for name in self.names
        }
        found = [self._weigh(name, header, shares, fits[name]) for name in self.names]
        return sorted(found, key=lambda each: -each.confidence)

    def _weigh(self, field: str, header: str, shares: dict[str, float], readable: float) -> Support:
        alike = self._likeness(field, header)
        _, most, told = self.contents.get(field, (None, 0.0, ""))
        content = most * shares.get(field, 0.0)
        fit = readable if readable >= _UNREADABLE else 0.0
        believed = 1 - (1 - alike) * (1 - content)
        reasons = (
            (alike >= _ALIKE, "another name for it"),
            (0 < alike < _ALIKE, "a similar name"),
            (content >= 0.2, f"{100 * shares.get(field, 0):.0f} % of its words are {told}"),
            (fit < 0.995, f"{100 * fit:.0f} % of its cells can be read so"),
        )
        evidence = ", ".join(words for is_so, words in reasons if is_so)
        return Support(field=field, confidence=round(believed * fit, 2), evidence=evidence)

    @cached_property
    def _kinds(self) -> dict[str, ColumnType]:
        return {each.name: each.type for each in self.contract.columns}

    def _likeness(self, field: str, header: str) -> float:
        bare = read_header_unit(header)
        names = [read_name(each) for each in (header, bare.bare if bare else header)]
        return best_likeness(names, self._wanted[field])

    @cached_property
    def _wanted(self) -> dict[str, list[tuple[Name, float]]]:
        wanted = {
            each.name: [
                (read_name(each.name), 1.0),
                (read_name(each.physical_name), 1.0),
                *((read_name(word), _SYNONYM) for word in each.synonyms),
                *((read_name(word), _HINT) for word in _HINTS.get(each.name, "").split()),
            ]
            for each in self.contract.columns
        }
        pseudo = {
            name: [(read_name(name), 1.0), *((read_name(word), _SYNONYM) for word in words)]
            for name, words in _OTHER_NAMES.items()
        }
        return wanted | pseudo


def allowed_words(contract: Contract) -> dict[str, tuple[str, ...]]:
    """The words that each column with a closed list may hold."""
    return {each.column: each.values for each in contract.checks if each.kind is Kind.ONE_OF}


def _share(test: Callable[[str], bool], words: Sequence[str]) -> float:
    return sum(map(test, words)) / len(words) if words else 0.5


def _one_of(words: frozenset[str]) -> Callable[[str], bool]:
    return lambda word: plain(word) in words


def _metric(word: str) -> str:
    unit = read_header_unit(word)
    return plain(unit.bare if unit else word)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2200


def _is_value(word: str) -> bool:
    return _is_number(word) and not _is_year(word)


def _is_number(word: str) -> bool:
    parted = part_trailing(word)
    point, comma, _ = read_both_ways(parted[0] if parted else word)
    is_one = point is not None or comma is not None or bool(meaning_of(word))
    return is_one or read_pair(word) is not None or read_duration(word) is not None


def _is_period(word: str) -> bool:
    return is_fiscal(word) or (not _is_year(word) and read_period(word) is not None)


def _is_date(word: str) -> bool:
    if is_fiscal(word) or meaning_of(word):
        return True
    reading = read_date(word, order=Order.DAY_FIRST, edge=Edge.FIRST)
    return reading.day is not None or (
        reading.trouble is not None and reading.trouble.reason.value != "wrong_type"
    )


_READ_AS = {
    ColumnType.NUMBER: _is_number,
    ColumnType.INTEGER: _is_number,
    ColumnType.DATE: _is_date,
}
