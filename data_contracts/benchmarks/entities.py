"""Whose value a row is: a competitor that is known here, one that is new, or a whole industry."""

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from data_contracts.benchmarks.known import MOST_ADVISED, Known, matcher_among
from data_contracts.benchmarks.names import unknown_entry
from data_contracts.benchmarks.sheet import Sheet
from data_contracts.findings import Finding, Reason, RowVerdict
from data_contracts.parsing.cells import Entry, Mask, Trouble, Words, entry_of
from data_contracts.parsing.headers import plain
from data_contracts.parsing.plain_words import plain_words
from data_contracts.parsing.table import note
from data_contracts.parsing.typed import TypedColumn

COMPETITOR = "competitor"
ALL_NAMES = "*"
_MOST_COMPARED = 20_000  # names with names, so that a long list of new ones costs little
_GROUPS = {
    **dict.fromkeys(
        ("all", "all_others", "all_other", "others", "other", "all_companies", "all_competitors",
         "all_peers", "everyone", "all_respondents"),
        "all",
    ),
    **dict.fromkeys(
        ("average", "avg", "mean", "median", "industry", "industry_average", "industry_avg",
         "industry_mean", "industry_median", "industry_total", "sector", "sector_average",
         "market_average", "peer_average", "peer_median", "peer_group", "average_of_all",
         "overall_average", "cross_industry"),
        "industry",
    ),
}  # fmt: skip


def group_of(word: str) -> str:
    """Return the entity_type that a word for a whole group means, "" for a name."""
    return _GROUPS.get(plain(word), "")


def part_groups(sheet: Sheet, entities: Words) -> Iterator[Entry]:
    """Make rows of an average or of all others no competitor's; every such row is noted.

    A row that says itself what its entity is keeps that, but for a group called a competitor.
    """
    if not sheet.has("entity_type"):
        sheet.put_constant("entity_type", COMPETITOR)
    else:
        _fill(sheet)
    kinds = [_GROUPS.get(word, "") for word in plain_words(entities.distinct)]
    own = _is_own_industry(sheet, entities)
    for kind in ("industry", "all"):
        places = [place for place, each in enumerate(kinds) if each == kind]
        rows = entities.flags(places) | (own if kind == "industry" else False)
        rows &= sheet.says("entity_type", COMPETITOR)
        if rows.any():
            _retype(sheet, rows, kind)
            trouble = Trouble(
                reason=Reason.UNKNOWN_NAME,
                expected=f"a competitor's name; it is published as entity_type {kind} and not "
                "ranked",
                verdict=RowVerdict.PUBLISH,
            )
            yield entry_of(trouble, "entity", np.flatnonzero(rows), entities.cells)


def _is_own_industry(sheet: Sheet, entities: Words) -> Mask:
    """The rows whose entity is the industry itself, as above its companies."""
    if not sheet.has("industry"):
        return np.zeros(len(entities.codes), dtype=np.bool_)
    column = sheet.column("industry")
    names = {plain(word): at for at, word in enumerate(sheet.words("industry"))}
    own = [names.get(word, -2) for word in plain_words(entities.distinct)]
    of_entity = np.append(np.array(own, dtype=np.int64), -2)[entities.codes]
    return np.asarray(of_entity == column.codes, dtype=np.bool_)


def _fill(sheet: Sheet) -> None:
    """Nothing said means a competitor."""
    column = sheet.column("entity_type")
    empty = column.codes < 0
    if empty.any():
        _retype(sheet, empty, COMPETITOR)


def _retype(sheet: Sheet, rows: Mask, kind: str) -> None:
    if not rows.any():
        return
    column = sheet.column("entity_type")
    words = list(dict.fromkeys((*sheet.words("entity_type"), kind)))
    codes = np.where(rows, np.int32(words.index(kind)), column.codes).astype(np.int32)
    sheet.put("entity_type", TypedColumn(values=pd.Series(words, dtype="str"), codes=codes))


def new_names(
    sheet: Sheet, entities: Words, known: Known, answered: Collection[str]
) -> tuple[list[Entry], list[Finding]]:
    """Keep out competitors that are not known here, unless they were answered to be new.

    A workspace that knows nobody yet takes every name. What is new and published is noted once.
    """
    names = known.entity_names()
    expected_new = {plain(name) for name in answered}
    takes_all = ALL_NAMES in answered or not known.spellings.get("entity")
    plains = plain_words(entities.distinct)
    new = [at for at, word in enumerate(plains) if word not in names and word not in known.aliases]
    if not new:
        return [], []
    unknown = [] if takes_all else [at for at in new if plains[at] not in expected_new]
    is_competitor = sheet.says("entity_type", COMPETITOR)
    most = min(MOST_ADVISED, _MOST_COMPARED // max(1, len(names)))
    entry = unknown_entry(
        entities,
        unknown,
        "a competitor that is known here",
        matcher_among(names),
        most=most,
    )
    kept_out = replace(entry, positions=entry.positions[is_competitor[entry.positions]])
    welcome = entities.flags(set(new) - set(unknown)) & is_competitor
    return [kept_out], [*_welcome(entities, welcome)]


def _welcome(entities: Words, rows: Mask) -> Iterator[Finding]:
    codes = np.unique(entities.codes[rows])
    if len(codes):
        first = entities.distinct[int(entities.codes[np.flatnonzero(rows)[0]])]
        count = f"{len(codes):,} new {'name' if len(codes) == 1 else 'names'}"
        yield note(
            Reason.UNKNOWN_NAME,
            f"{count}, such as {first}" if len(codes) > 1 else f"{count}: {first}",
            "names that are known here; published as new ones",
            column="entity",
        )
