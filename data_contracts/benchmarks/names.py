"""The names in a file -> our codes and spellings; a name that is not known keeps its row out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data_contracts.benchmarks.known import MOST_ADVISED, Known, matcher_among
from data_contracts.benchmarks.name_rule import name_troubles
from data_contracts.benchmarks.statistic_words import statistic_of
from data_contracts.benchmarks.units import UNITS, base_of, read_unit
from data_contracts.findings import Reason, RowVerdict
from data_contracts.parsing.cells import (
    Entry,
    Positions,
    Told,
    Trouble,
    Words,
    regrouped,
    shared_suggestion,
)
from data_contracts.parsing.headers import plain
from data_contracts.parsing.plain_words import plain_words
from data_contracts.parsing.words import lookalike_troubles

SPELLED = ("entity", "region", "industry", "segment", "source_name")
_CODED: dict[str, dict[str, str]] = {
    "entity_type": {"company": "competitor", "peer": "competitor", "sector": "industry"},
    "method": {},
    "clock": {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Columns with our own names in them, and the bases that stood inside units ("per 1,000").

    `bases` is None where no unit has one.
    """

    texts: Mapping[str, Words]
    bases: NDArray[np.float64] | None
    entries: tuple[Entry, ...]


def name_columns(words: Mapping[str, Words], known: Known) -> Named:
    """Replace the words of naming columns by the codes and spellings that are published."""
    texts = dict(words)
    entries: list[Entry] = []
    bases = None
    for name in (*SPELLED, "metric", "touchpoint", "unit"):
        if name in words:
            entries += words[name].entries(lookalike_troubles(words[name]))
    for name, codes in (("metric", known.metric_codes()), ("touchpoint", known.touchpoint_codes())):
        if name in words:
            texts[name], unknown = _coded(words[name], codes, _advice(name, known))
            entries.append(unknown)
    for name in SPELLED:
        if name in words:
            entries += words[name].entries(name_troubles(words[name]))
            texts[name], respelled = _spelled(words[name], known)
            entries += respelled
    for name, also in _CODED.items():
        if name in words:
            tidy = (also.get(plain(word), plain(word)) for word in words[name].distinct)
            texts[name] = regrouped(words[name], tidy)
    if "statistic" in words:
        told = words["statistic"]
        texts["statistic"] = regrouped(told, (_statistic(word) for word in told.distinct))
    if "unit" in words:
        texts["unit"], bases, unknown = _units(words["unit"])
        entries.append(unknown)
        if "base" not in words:
            texts |= _bases_said(words["unit"])
    return Named(texts=texts, bases=bases, entries=tuple(entries))


def _statistic(word: str) -> str:
    return statistic_of(word) or plain(word)


def _coded(
    words: Words, codes: Mapping[str, str], advice: Callable[[str], str]
) -> tuple[Words, Entry]:
    found = [codes.get(plain(word)) for word in words.distinct]
    unknown = [place for place, code in enumerate(found) if code is None]
    entry = unknown_entry(words, unknown, f"a {words.name} of this workspace", advice)
    tidy = [code or words.distinct[place] for place, code in enumerate(found)]
    return regrouped(words, tidy), entry


def _advice(column: str, known: Known) -> Callable[[str], str]:
    names = known.metric_codes() if column == "metric" else known.touchpoint_codes()
    only_match = matcher_among(names)

    def advise(word: str) -> str:
        why = known.off.get(plain(word)) if column == "metric" else None
        return f"This metric is not on: {why}." if why else only_match(word)

    return advise


def unknown_entry(
    words: Words,
    places: Sequence[int],
    expected: str,
    advice: Callable[[str], str],
    most: int = MOST_ADVISED,
) -> Entry:
    """The rows of unknown words; looking for a close name takes time, so not for all of them."""
    without = Trouble(reason=Reason.UNKNOWN_NAME, expected=expected)
    advised = {
        place: replace(without, suggestion=advice(words.distinct[place])) for place in places[:most]
    }

    def tell(asked: Positions) -> list[Told]:
        codes = words.codes[asked].tolist()
        troubles = (advised.get(code, without) for code in codes)
        return list(zip(words.cells(asked), troubles, strict=True))

    return Entry(
        column=words.name,
        reason=without.reason,
        verdict=without.verdict,
        positions=np.flatnonzero(words.flags(places)),
        tell=tell,
        suggestion=shared_suggestion([*advised.values(), *([without] * (len(places) > most))]),
    )


def _spelled(words: Words, known: Known) -> tuple[Words, Iterator[Entry]]:
    """Say each name as it is published already, else as it stands first in the file.

    One that is written another way is noted with its row.
    """
    is_entity = words.name == "entity"
    spelled = known.spellings.get(words.name, ())
    names = known.entity_names() if is_entity else {plain(name): name for name in spelled}
    plains = zip(plain_words(words.distinct), words.distinct, strict=True)
    tidy = [names.setdefault(compared, word) for compared, word in plains]
    other = {
        place: _written_otherwise(name)
        for place, (word, name) in enumerate(zip(words.distinct, tidy, strict=True))
        if word != name
    }
    return (regrouped(words, tidy) if other else words), words.entries(other)


def _written_otherwise(name: str) -> Trouble:
    return Trouble(
        reason=Reason.TIDIED,
        expected=f"{name}, as it is written elsewhere; it is published so",
        verdict=RowVerdict.PUBLISH,
    )


def _bases_said(units: Words) -> dict[str, Words]:
    """The column of bases that units such as "per 1,000 orders" say; none where none does."""
    said = [base_of(word) for word in units.distinct]
    return {"base": regrouped(replace(units, name="base"), said)} if any(said) else {}


def _units(words: Words) -> tuple[Words, NDArray[np.float64] | None, Entry]:
    read = [read_unit(word) for word in words.distinct]
    unknown = [place for place, (unit, _) in enumerate(read) if not unit]
    names = dict(zip(UNITS, UNITS, strict=True))
    entry = unknown_entry(words, unknown, f"a unit: {', '.join(UNITS)}", matcher_among(names))
    tidy = [unit or words.distinct[place] for place, (unit, _) in enumerate(read)]
    bases = [base or np.nan for _, base in read]
    spread = None if np.isnan(bases).all() else words.spread(bases, np.nan, "float64")
    return regrouped(words, tidy), spread, entry
