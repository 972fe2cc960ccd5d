"""Cells of text: blanks and invisible characters go, dangerous ones keep the row out.

Text is data: what looks like a formula or like markup is kept as it came, and escaped where it is
shown or exported.
"""

import re
import unicodedata

import numpy as np

from data_contracts.model import Finding, Reason, RowVerdict
from data_contracts.parsing.cells import Trouble, Words, regrouped
from data_contracts.parsing.table import note

_UNTIDY = re.compile(r"[^ -~\n]|^ | $", re.MULTILINE)
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_DANGEROUS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_FORMULA = ("=", "+", "-", "@")
_A_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?")
_FOREIGN = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def tidy_words(words: Words) -> Words:
    """Return the column without surrounding blanks, invisible characters and split accents.

    One note says how many distinct cells were tidied beyond plain blanks.
    """
    if not _UNTIDY.search("\n".join(words.distinct)):
        return words if "" not in words.distinct else regrouped(words, words.distinct)
    tidy = [tidy_word(word) for word in words.distinct]
    changed = [
        place
        for place, (word, clean) in enumerate(zip(words.distinct, tidy, strict=True))
        if clean != word.strip(" \t\r\n")
    ]
    return regrouped(words, tidy, _note(words, changed))


def tidy_word(word: str) -> str:
    """Return a cell in its canonical form: NFC, single blanks, nothing invisible."""
    joined = unicodedata.normalize("NFC", _INVISIBLE.sub("", word))
    return _BLANKS.sub(" ", joined).strip(" \r\n")


def _note(words: Words, changed: list[int]) -> tuple[Finding, ...]:
    if not changed:
        return ()
    rows = int(np.isin(words.codes, changed).sum())
    example = words.distinct[changed[0]]
    return (
        note(
            Reason.TIDIED,
            f"{rows:,} {'cell' if rows == 1 else 'cells'} such as {example!a}",
            "no invisible characters and no unusual blanks; they were taken out",
            column=words.name,
        ),
    )


def word_troubles(words: Words, limit: int) -> dict[int, Trouble]:
    """Return what is wrong with the words as text, by their place."""
    is_long = any(len(word) > limit for word in words.distinct)
    if not is_long and not _DANGEROUS.search("\n".join(words.distinct)):
        return {}
    found = ((place, _trouble(word, limit)) for place, word in enumerate(words.distinct))
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
    return {
        place: trouble
        for place, word in enumerate(words.distinct)
        if word.startswith(_FORMULA) and len(word) > 1 and not _A_NUMBER.fullmatch(word)
    }


def lookalike_troubles(words: Words) -> dict[int, Trouble]:
    """Return the words that mix Latin letters with letters that only look like them."""
    trouble = Trouble(
        reason=Reason.LOOKALIKE,
        expected="letters of one alphabet in a word",
        suggestion="Type the name anew.",
    )
    return {
        place: trouble
        for place, word in enumerate(words.distinct)
        if not word.isascii() and any(_is_mixed(part) for part in re.findall(r"\w+", word))
    }


def _is_mixed(word: str) -> bool:
    alphabets = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return "LATIN" in alphabets and not alphabets.isdisjoint(_FOREIGN)
