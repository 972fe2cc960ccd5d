"""Cells of text: blanks and invisible characters go, dangerous ones keep the row out.

Text is data: what looks like a formula or like markup is kept as it came, and escaped where it is
shown or exported. A `'` that an export has put before such a text is taken off again.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from data_contracts.findings import Finding, Reason, RowVerdict
from data_contracts.parsing.cells import Trouble, Words, regrouped
from data_contracts.parsing.table import note

_UNTIDY = r"[^ -~\n]|(?m:^ | $)|^'"
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_DANGEROUS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MAY_BE_DANGEROUS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ESCAPED = re.compile(r"\A'(?='*[=+\-@\t\r\n])")
_FORMULA = r"^[=+\-@]."
_A_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?")
_FOREIGN = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_BEYOND_ASCII = r"[^\x00-\x7f]"


def without_empty(words: Words) -> Words:
    """Return the column with its empty word taken for none."""
    place = words.distinct.place("")
    if place < 0:
        return words
    codes = np.arange(-1, len(words.distinct), dtype=np.int32)  # by code + 1
    codes[place + 1] = -1
    codes[place + 2 :] -= 1
    rest = words.distinct.without(place)
    return Words(words.name, rest, codes[words.codes + 1], words.raw, words.notes)


def tidy_words(words: Words) -> Words:
    """Return the column without surrounding blanks, invisible characters and split accents.

    One note says how many cells were tidied.
    """
    words = without_empty(words)
    untidy = words.distinct.matching(_UNTIDY)
    if not len(untidy):
        return words
    tidy = list(words.distinct)
    changed = []
    for place in untidy.tolist():
        word, tidy[place] = tidy[place], tidy_word(_ESCAPED.sub("", tidy[place], count=1))
        if word.strip() and tidy[place] != word:
            changed.append(place)
    return regrouped(words, tidy, _note(words, changed))


def tidy_word(word: str) -> str:
    """Return a cell in its canonical form: NFC, single blanks, nothing invisible."""
    joined = unicodedata.normalize("NFC", _INVISIBLE.sub("", word))
    return _BLANKS.sub(" ", joined).strip(" \r\n")


def _note(words: Words, changed: Sequence[int]) -> tuple[Finding, ...]:
    if not changed:
        return ()
    rows = int(words.flags(changed).sum())
    example = words.distinct[changed[0]]
    return (
        note(
            Reason.TIDIED,
            f"{rows:,} {'cell' if rows == 1 else 'cells'} such as {example!a}",
            "no blanks around a text, no unusual ones and no invisible characters; "
            "they were taken out",
            column=words.name,
        ),
    )


def word_troubles(words: Words, limit: int) -> dict[int, Trouble]:
    """Return what is wrong with the words as text, by their place."""
    suspects = words.distinct.matching(_MAY_BE_DANGEROUS).tolist()
    if words.distinct.longest() > limit:
        suspects = range(len(words.distinct))
    found = ((place, _trouble(words.distinct[place], limit)) for place in suspects)
    return {place: trouble for place, trouble in found if trouble is not None}


def _trouble(word: str, limit: int) -> Trouble | None:
    if len(word) > limit:
        return Trouble(reason=Reason.TOO_LONG, expected=f"at most {limit:,} characters")
    if _DANGEROUS.search(word):
        return Trouble(
            reason=Reason.CONTROL_CHARACTER,
            expected="text without control characters and without changes of direction",
            suggestion="Type the cell anew.",
        )
    return None


def formula_troubles(words: Words) -> dict[int, Trouble]:
    """Return a note for each word that a spreadsheet would run, by its place."""
    trouble = Trouble(
        reason=Reason.FORMULA_LIKE,
        expected="text; it is kept as it is and made harmless in every export",
        verdict=RowVerdict.PUBLISH,
    )
    suspects = words.distinct.matching(_FORMULA).tolist()
    return {place: trouble for place in suspects if not _A_NUMBER.fullmatch(words.distinct[place])}


def lookalike_troubles(words: Words) -> dict[int, Trouble]:
    """Return the words that mix Latin letters with letters that only look like them."""
    trouble = Trouble(
        reason=Reason.LOOKALIKE,
        expected="letters of one alphabet in a word",
        suggestion="Type the name anew.",
    )
    return {
        place: trouble
        for place in words.distinct.matching(_BEYOND_ASCII).tolist()
        if any(_is_mixed(part) for part in re.findall(r"\w+", words.distinct[place]))
    }


def foreign_troubles(words: Words, encoding: str) -> dict[int, Trouble]:
    """Return the words with letters that another encoding than the guessed one would read anew."""
    trouble = Trouble(
        reason=Reason.ENCODING,
        expected=f"letters that are sure; the file says no encoding, it was read as {encoding}",
        suggestion="Say in which encoding it was written, or save it as CSV UTF-8.",
    )
    return dict.fromkeys(words.distinct.matching(_BEYOND_ASCII).tolist(), trouble)


def _is_mixed(word: str) -> bool:
    alphabets = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return "LATIN" in alphabets and not alphabets.isdisjoint(_FOREIGN)
