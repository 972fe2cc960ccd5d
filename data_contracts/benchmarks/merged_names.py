"""Names that stand for an entity from a day on: a value belongs to whom they stood for then."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from data_contracts.benchmarks.known import Known
from data_contracts.benchmarks.sheet import Sheet
from data_contracts.findings import Reason, RowVerdict
from data_contracts.parsing.cells import Entry, Mask, Trouble, entry_of
from data_contracts.parsing.headers import plain
from data_contracts.parsing.typed import TypedColumn

_ENTITY = "entity"


def merge_names(sheet: Sheet, known: Known) -> Iterator[Entry]:
    """Put the entity that each name stands for on its period's last day into the sheet.

    Each change is a note. A row without a last day keeps its name.
    """
    words = sheet.words(_ENTITY)
    renamed = {at: steps for at, word in enumerate(words) if (steps := known.steps_of(word))}
    if not renamed:
        return
    ends = sheet.column("period_end").spread().to_numpy()
    codes = np.array(sheet.column(_ENTITY).codes)
    original, told = codes.copy(), list(words)
    for at, steps in renamed.items():
        for entity, since in steps:
            codes[_belongs(original == at, ends, since)] = _place(told, entity)
    values = pd.Series(told, dtype="str")
    sheet.put(_ENTITY, TypedColumn(values=values, codes=codes.astype(np.int32)))
    yield from _notes(original, codes, told)


def _belongs(mine: Mask, ends: np.ndarray, since: date | None) -> Mask:
    if since is None:
        return mine
    with np.errstate(invalid="ignore"):
        return np.asarray(mine & (ends >= np.datetime64(since, "us")))


def _place(words: list[str], entity: str) -> int:
    """Where an entity stands among the words; it is added where it does not yet."""
    wanted = plain(entity)
    found = next((at for at, word in enumerate(words) if plain(word) == wanted), None)
    if found is None:
        words.append(entity)
        return len(words) - 1
    return found


def _notes(original: np.ndarray, codes: np.ndarray, words: Sequence[str]) -> Iterator[Entry]:
    for new in np.unique(codes[codes != original]).tolist():
        positions = np.flatnonzero((codes == new) & (original != new))
        trouble = Trouble(
            reason=Reason.TIDIED,
            expected=f"{words[new]}, which this name stands for here; it is published so",
            verdict=RowVerdict.PUBLISH,
        )
        yield entry_of(
            trouble,
            _ENTITY,
            positions,
            lambda asked: [words[code] for code in original[asked].tolist()],
        )
