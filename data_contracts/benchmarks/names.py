"""The names in a file -> our codes and spellings; a name that is not known keeps its row out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.benchmarks.known import MOST_ADVISED, Known, only_match
from data_contracts.benchmarks.units import UNITS, read_unit
from data_contracts.model import Reason, RowVerdict
from data_contracts.parsing.cells import Issue, Trouble, Words, regrouped
from data_contracts.parsing.headers import plain
from data_contracts.parsing.typed import as_text
from data_contracts.parsing.words import lookalike_troubles

_SPELLED = ("entity", "region", "industry", "segment", "source_name")
_MOST_COMPARED = 20_000  # names with names, so that a long list of new ones costs little
_CODED: dict[str, dict[str, str]] = {
    "entity_type": {"company": "competitor", "peer": "competitor", "sector": "industry"},
    "statistic": {"average": "mean", "avg": "mean", "maximum": "max", "minimum": "min"},
    "method": {},
    "clock": {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Columns with our own names in them, and the bases that stood inside units ("per 1,000")."""

    columns: Mapping[str, "pd.Series[str]"]
    bases: NDArray[np.float64]
    issues: tuple[Issue, ...]


def name_columns(words: Mapping[str, Words], known: Known, rows: int) -> Named:
    """Replace the words of naming columns by the codes and spellings that are published."""
    columns: dict[str, pd.Series[str]] = {}
    issues: list[Issue] = []
    for name in (*_SPELLED, "metric", "touchpoint", "unit"):
        if name in words:
            issues += words[name].issues(lookalike_troubles(words[name]))
    for name, codes in (("metric", known.metric_codes()), ("touchpoint", known.touchpoint_codes())):
        if name in words:
            columns[name], unknown = _coded(words[name], codes, _advice(name, known))
            issues += unknown
    if "entity" in words:
        issues += words["entity"].issues(_almost_known(words["entity"], known.entity_names()))
    for name in _SPELLED:
        if name in words:
            columns[name] = as_text(regrouped(words[name], _spelled(words[name], name, known)))
    for name, also in _CODED.items():
        if name in words:
            tidy = (also.get(plain(word), plain(word)) for word in words[name].distinct)
            columns[name] = as_text(regrouped(words[name], tidy))
    bases = np.full(rows, np.nan)
    if "unit" in words:
        columns["unit"], bases, unknown = _units(words["unit"])
        issues += unknown
    return Named(columns=columns, bases=bases, issues=tuple(issues))


def _coded(
    words: Words, codes: Mapping[str, str], advice: Callable[[str], str]
) -> tuple["pd.Series[str]", list[Issue]]:
    """Unknown words stay as they are, each an issue."""
    found = [codes.get(plain(word)) for word in words.distinct]
    unknown = [place for place, code in enumerate(found) if code is None]
    troubles = _unknown(words, unknown, f"a {words.name} of this workspace", advice)
    tidy = [code or words.distinct[place] for place, code in enumerate(found)]
    return as_text(regrouped(words, tidy)), list(words.issues(troubles))


def _advice(column: str, known: Known) -> Callable[[str], str]:
    names = known.metric_codes() if column == "metric" else known.touchpoint_codes()

    def advise(word: str) -> str:
        why = known.off.get(plain(word)) if column == "metric" else None
        return f"This metric is not on: {why}." if why else only_match(word, names)

    return advise


def _unknown(
    words: Words, places: list[int], expected: str, advice: Callable[[str], str]
) -> dict[int, Trouble]:
    """A trouble for each unknown word; looking for a close name takes time, so not for all."""
    return {
        place: Trouble(
            reason=Reason.UNKNOWN_NAME,
            expected=expected,
            suggestion=advice(words.distinct[place]) if number < MOST_ADVISED else "",
        )
        for number, place in enumerate(places)
    }


def _almost_known(words: Words, names: Mapping[str, str]) -> dict[int, Trouble]:
    """A note for each new name that is almost a known one: it may be a slip of the pen."""
    new = [place for place, word in enumerate(words.distinct) if plain(word) not in names]
    few = min(MOST_ADVISED, _MOST_COMPARED // max(1, len(names)))
    close = {place: only_match(words.distinct[place], names) for place in new[:few]}
    return {
        place: Trouble(
            reason=Reason.UNKNOWN_NAME,
            expected="a name that is known here; this one is published as a new one",
            suggestion=suggestion,
            verdict=RowVerdict.PUBLISH,
        )
        for place, suggestion in close.items()
        if suggestion
    }


def _spelled(words: Words, column: str, known: Known) -> Iterable[str]:
    """Say each name as it is published already, else as it stands first in the file."""
    names = (
        known.entity_names()
        if column == "entity"
        else {plain(name): name for name in known.spellings.get(column, ())}
    )
    return [names.setdefault(plain(word), word) for word in words.distinct]


def _units(words: Words) -> tuple["pd.Series[str]", NDArray[np.float64], list[Issue]]:
    read = [read_unit(word) for word in words.distinct]
    unknown = [place for place, (unit, _) in enumerate(read) if not unit]
    names = dict(zip(UNITS, UNITS, strict=True))
    troubles = _unknown(
        words, unknown, f"a unit: {', '.join(UNITS)}", lambda word: only_match(word, names)
    )
    tidy = [unit or words.distinct[place] for place, (unit, _) in enumerate(read)]
    bases = words.spread([base or np.nan for _, base in read], np.nan, "float64")
    return as_text(regrouped(words, tidy)), bases, list(words.issues(troubles))
