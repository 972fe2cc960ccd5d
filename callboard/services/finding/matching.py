"""Which names fit the words that were typed. Pure: it reads nothing and knows no page.

Case, accents and dashes do not count; ö is found as o and as oe. What begins with the words comes
first, then names with words that begin so, then the rest; a near spelling only where nothing fits.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import groupby

from callboard.views.finding import Findable, Found, FoundGroup, FoundKind

MOST_OF_A_KIND, LONGEST = 5, 80
_NEAR = 0.72
_LEAST_INSIDE = 3
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_PLACES = {kind: place for place, kind in enumerate(FoundKind)}


def make_findable(
    kind: FoundKind,
    name: str,
    *,
    page: str,
    query: Iterable[tuple[str, str]] = (),
    note: str = "",
    also: Iterable[str] = (),
) -> Findable:
    """Return a place that is found by its name and by `also` other words."""
    return Findable(
        kind=kind,
        name=name,
        note=note,
        page=page,
        query=tuple(query),
        plain_name=_plain(name),
        plain_words=f" {' '.join(filter(None, _spellings((name, *also))))} ",
    )


def find(findables: Sequence[Findable], typed: str, *, most: int = MOST_OF_A_KIND) -> Found:
    """Return what fits the words, the best first, grouped by what it is."""
    words = _plain(typed[:LONGEST]).split()
    if not words:
        return Found(groups=())
    ranked = _rank(findables, words)
    if ranked:
        return Found(groups=_grouped(ranked, most))
    nearest = _nearest(findables, words)
    if nearest == words:
        return Found(groups=())
    return Found(groups=_grouped(_rank(findables, nearest), most), instead=" ".join(nearest))


def _rank(findables: Sequence[Findable], words: Sequence[str]) -> list[tuple[int, Findable]]:
    ranks = ((_fit(each, words), each) for each in findables)
    return [(fit, each) for fit, each in ranks if fit is not None]


def _fit(findable: Findable, words: Sequence[str]) -> int | None:
    """How well a place fits, 0 the best; None where a word is not in it."""
    name = f" {findable.plain_name} "
    if all(f" {word}" in name for word in words):
        return 0 if name.startswith(f" {' '.join(words)}") else 1
    if all(f" {word}" in findable.plain_words for word in words):
        return 2
    if all(len(word) >= _LEAST_INSIDE and word in findable.plain_words for word in words):
        return 3
    return None


def _grouped(ranked: Iterable[tuple[int, Findable]], most: int) -> tuple[FoundGroup, ...]:
    """Kinds in their order, but the kinds with a name that begins so before the others."""
    found = sorted(ranked, key=_order)
    groups = []
    for kind, several in groupby(found, key=lambda each: each[1].kind):
        fits = list(several)
        best = tuple(each for _, each in fits[:most])
        groups.append((min(fit for fit, _ in fits), kind, best, len(fits) - len(best)))
    groups.sort(key=lambda each: (each[0] > 1, _PLACES[each[1]]))
    return tuple(FoundGroup(kind=kind, best=best, more=more) for _, kind, best, more in groups)


def _order(ranked: tuple[int, Findable]) -> tuple[int, int, int, str]:
    fit, findable = ranked
    return _PLACES[findable.kind], fit, len(findable.plain_name), findable.name


def _nearest(findables: Sequence[Findable], words: Sequence[str]) -> list[str]:
    """Each word as it is, or the known one that is spelled most like it."""
    known = sorted({word for each in findables for word in each.plain_words.split()})
    return [word if word in known else _nearest_word(word, known) for word in words]


def _nearest_word(word: str, known: Sequence[str]) -> str:
    alike = [each for each in known if abs(len(each) - len(word)) <= 1 + len(word) // 3]
    return next(iter(get_close_matches(word, alike, n=1, cutoff=_NEAR)), word)


def _spellings(texts: Iterable[str]) -> list[str]:
    """Each text plainly, and with its umlauts written out where it has some."""
    found = []
    for text in texts:
        lower = unicodedata.normalize("NFC", text.casefold())
        found += [_plain(lower)]
        if lower != (german := lower.translate(_GERMAN)):
            found += [_plain(german)]
    return found


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", letters))
