"""Step three of an import: what the words of the naming columns mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np

from data_contracts.benchmarks.entities import group_of
from data_contracts.benchmarks.known import MOST_ADVISED, Known
from data_contracts.benchmarks.statistic_words import statistic_of
from data_contracts.benchmarks.units import UNITS, read_unit
from data_contracts.findings import Reason
from data_contracts.importing.answers import Answers, ValueAnswer
from data_contracts.importing.coded import Coded, Mask, Sheet
from data_contracts.importing.constants import UNIT_OF_METRIC
from data_contracts.importing.evidence import allowed_words
from data_contracts.importing.footnotes import without_footnote
from data_contracts.importing.groups import KINDS
from data_contracts.importing.header_units import read_header_unit
from data_contracts.importing.matches import ValueMatch
from data_contracts.model import Contract
from data_contracts.parsing.cells import Issue, Trouble
from data_contracts.parsing.close_words import CloseWords
from data_contracts.parsing.headers import plain
from data_contracts.parsing.plain_words import plain_words

MOST_WORDS = 1000  # of a column; a file of other words is not mapped word by word
_CLOSE = 0.75
_OTHER_WORD, _BARE = 0.97, 0.95
_DISTINCT = 2  # letters of a part that tells two names apart: Comp Z and Comp D
_NAMING = ("metric", "entity", "touchpoint", "unit")
_OTHER_WORDS = {
    "entity_type": {
        "company": "competitor",
        "peer": "competitor",
        "sector": "industry",
        "country": "region",
        "all_others": "all",
        "others": "all",
    },
    "method": {"questionnaire": "survey", "poll": "survey", "measured": "system"},
    "clock": {"calendar_hours": "calendar", "business_hours": "business"},
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word seems to mean, how sure that is, and why."""

    means: str = ""
    confidence: float = 0.0
    evidence: str = "no name that is close"


class Vocabulary:
    """The names that each naming column may hold, by their plain words."""

    def __init__(self, contract: Contract, known: Known) -> None:
        self.names: dict[str, Mapping[str, str]] = {
            "metric": known.metric_codes(),
            "entity": known.entity_names(),
            "touchpoint": known.touchpoint_codes(),
            "unit": {plain(unit): unit for unit in UNITS},
        }
        for field, words in allowed_words(contract).items():
            self.names[field] = {plain(word): word for word in words}
        self._close: dict[str, CloseWords] = {}

    def is_exact(self, field: str, word: str, plain_word: str) -> bool:
        """Whether a word needs nobody to say what it means."""
        if field == "unit":
            return bool(read_unit(word)[0]) or word == UNIT_OF_METRIC
        if field == "statistic" and statistic_of(word):
            return True
        return plain_word in self.names[field]

    def meaning(self, field: str, word: str) -> Meaning:
        """What a word that is not exact seems to mean; one name or none."""
        names = self.names[field]
        if other := _OTHER_WORDS.get(field, {}).get(plain(word)):
            return Meaning(other, _OTHER_WORD, "another word for it")
        bare = read_header_unit(word) if field == "metric" else None
        if bare and (code := names.get(plain(bare.bare))):
            return Meaning(code, _BARE, f"its name, with the unit {bare.sign}")
        return self._only_close(field, plain(bare.bare if bare else word))

    def _only_close(self, field: str, word: str) -> Meaning:
        names = self.names[field]
        if field not in self._close:
            self._close[field] = CloseWords(tuple(names))
        return _meaning(word, self._close[field].close_to(word, most=4, cutoff=_CLOSE), names)


def _meaning(word: str, close: Sequence[str], names: Mapping[str, str]) -> Meaning:
    """The one thing that all close names mean; a letter that parts two names is no slip."""
    close = [name for name in close if not _are_told_apart(word, name)]
    meant = {names[name] for name in close}
    if len(meant) > 1:
        return Meaning(evidence=f"several close names: {', '.join(sorted(meant))}")
    if not meant:
        return Meaning()
    alike = SequenceMatcher(None, word, close[0]).ratio()
    return Meaning(meant.pop(), round(min(alike, 0.94), 2), "the one close name")


def _are_told_apart(word: str, name: str) -> bool:
    """Whether two names differ in a number or a short part only: Region 1 and Region 2."""
    one, other = set(word.split("_")), set(name.split("_"))
    parts = (one - other, other - one)
    is_short = all(len(each) <= _DISTINCT for part in parts for each in part)
    has_digit = any(letter.isdigit() for part in parts for each in part for letter in each)
    return bool(parts[0] or parts[1]) and (is_short or has_digit)


def match_words(sheet: Sheet, vocabulary: Vocabulary, answers: Answers) -> tuple[ValueMatch, ...]:
    """Say of every word that is not exact what it seems, or was answered, to mean."""
    given = {(each.field, plain(each.word)): each for each in answers.values}
    new = {plain(name) for name in answers.new_names}
    found: list[ValueMatch] = []
    for field in vocabulary.names:
        if field in sheet and _has_open_words(sheet, vocabulary, field):
            found += _matches(field, sheet.column(field), vocabulary, given, new)
    return tuple(_without_groups(found, sheet))


def _without_groups(matches: Iterable[ValueMatch], sheet: Sheet) -> Iterator[ValueMatch]:
    """A whole group needs no name that is known here: nobody has to say what it means."""
    kinds = {plain(word) for word in sheet.words("entity_type")} if "entity_type" in sheet else {""}
    are_groups = kinds <= {*KINDS, "all", "sector"}
    notes = sheet.table.reading.skipped_below if sheet.table.reading else ()
    for each in matches:
        bare = without_footnote(each.word, notes) if each.field == "entity" else ""
        is_group = are_groups or bool(group_of(each.word))
        if bare and not each.is_answered:
            yield replace(each, means=bare, confidence=0.9, evidence="its footnote stands below")
        elif each.field == "entity" and not each.is_answered and is_group:
            yield replace(
                each, means=each.word, confidence=1.0, evidence="a whole group", is_answered=True
            )
        else:
            yield each


def _has_open_words(sheet: Sheet, vocabulary: Vocabulary, field: str) -> bool:
    words = sheet.words(field)
    pairs = zip(words, plain_words(words), strict=True)
    return any(word and not vocabulary.is_exact(field, word, same) for word, same in pairs)


def _matches(
    field: str,
    column: Coded,
    vocabulary: Vocabulary,
    given: Mapping[tuple[str, str], ValueAnswer],
    new: set[str],
) -> Iterator[ValueMatch]:
    rows: dict[str, int] = {}
    plains = plain_words(column.words)
    for word, same, count in zip(column.words, plains, column.counts().tolist(), strict=True):
        answer = given.get((field, same))
        if word and (answer or not vocabulary.is_exact(field, word, same)):
            rows[word] = rows.get(word, 0) + count
    for number, (word, count) in enumerate(rows.items()):
        if number >= MOST_WORDS:
            return
        answer = given.get((field, plain(word)))
        is_new = field == "entity" and bool(new & {plain(word), "*"})
        if answer:
            said = "left out, as you said" if not answer.means else "as you said"
            meaning = Meaning(answer.means, 1.0, said)
        elif is_new:
            meaning = Meaning(word, 1.0, "a new name, as you said")
        else:
            meaning = vocabulary.meaning(field, word) if number < MOST_ADVISED else Meaning()
        yield ValueMatch(
            field=field,
            word=word,
            means=meaning.means,
            rows=count,
            confidence=meaning.confidence,
            evidence=meaning.evidence,
            is_answered=answer is not None or is_new,
        )


def put_words(sheet: Sheet, answers: Answers) -> tuple[Issue, ...]:
    """Put what was answered in the place of the words; rows that are left out become issues."""
    left_out = np.zeros(sheet.rows, dtype=np.bool_)
    found: list[Issue] = []
    for field in dict.fromkeys(each.field for each in answers.values):
        means = {plain(each.word): each.means for each in answers.values if each.field == field}
        if field not in sheet or field == "period":
            continue
        column = sheet.column(field)
        if not any(plain(word) in means for word in column.words):
            continue
        out = column.where(lambda word, means=means: means.get(plain(word)) == "") & ~left_out  # type: ignore[misc]
        found += left_out_issues(column, out, field)
        left_out |= out
        sheet.put(field, column.changed(lambda word, means=means: means.get(plain(word)) or word))  # type: ignore[misc]
    return tuple(found)


def left_out_issues(column: Coded, mask: Mask, field: str) -> Iterator[Issue]:
    """Yield an issue for every row that a person left out because of a word."""
    trouble = Trouble(
        reason=Reason.NOT_ALLOWED,
        expected="a row to publish; it was left out by you",
        suggestion="Say what the word means to publish its rows.",
    )
    for at in np.flatnonzero(mask):
        word = column.words[column.codes[at]]
        yield Issue(position=int(at), column=field, found=word, trouble=trouble)
