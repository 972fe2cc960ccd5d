"""A file of peers with what each counted: read, checked, and made ready to be ranked."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from callboard.errors import FileRefused
from callboard.services.analysing.file_columns import (
    MOST,
    TOO_LARGE,
    FileColumns,
    read_columns,
)
from definition_files import nearest
from metrics.case_mix import Standardised, Stratum, standardise
from metrics.funnel_exact import Kind
from metrics.intervals import poisson, wilson
from metrics.model import Better
from metrics.peer_ranking import Chance, Contender, Ruler


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a file is to be read: who we are, which way is better, its columns ("" for the usual).

    `per` is what values and gaps are told for one of: 100 for percent. `strata` names the column of
    kinds of cases to allow for, "" for none.
    """

    ourselves: str
    better: Better
    kind: Kind = Kind.PROPORTION
    per: float = 1.0
    min_n: float = 30.0
    strata: str = ""
    entity: str = ""
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerCounts:
    """The entities of a file in its order; who did not publish has a contender without a value.

    `standardised` holds what is expected of each by its cases, where strata were asked for; then
    the contenders are the standardised ones, and `crude` those of the plain counts.
    """

    ruler: Ruler
    entities: tuple[str, ...]
    crude: dict[str, Contender]
    contenders: dict[str, Contender]
    standardised: dict[str, Standardised]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """The three columns as they stand, and their names."""

    entities: list[str]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    names: dict[str, str]


def read_peers(path: Path, asked: Asked) -> PeerCounts:
    """Return the entities of a file.

    FileRefused says which rows cannot be counted, and where we are not among the entities.
    """
    columns = read_columns(path)
    counts = _read(columns, asked)
    strata = columns.texts(_strata(columns, asked), required=True) if asked.strata else None
    _refuse(columns, counts, asked, strata)
    if strata is None:
        found = _plain(counts, asked)
    else:
        found = _by_strata(columns.name, counts, strata, asked)
    _require_ourselves(columns.name, found, asked.ourselves)
    return found


def _read(columns: FileColumns, asked: Asked) -> _Counts:
    names = {
        name: columns.require(getattr(asked, name), option=f"--{name}", usual=(name,))
        for name in ("entity", "numerator", "denominator")
    }
    return _Counts(
        entities=columns.texts(names["entity"], required=True),
        numerator=columns.numbers(names["numerator"]),
        denominator=columns.numbers(names["denominator"]),
        names=names,
    )


def _strata(columns: FileColumns, asked: Asked) -> str:
    return columns.require(asked.strata, option="--strata", usual=())


def _refuse(columns: FileColumns, counts: _Counts, asked: Asked, strata: list[str] | None) -> None:
    keys = list(zip(counts.entities, strata or [""] * len(counts.entities), strict=True))
    times = Counter(keys)
    is_twice = np.array([times[key] > 1 for key in keys], dtype=bool)
    is_blank = np.isnan(counts.numerator) | np.isnan(counts.denominator)
    is_more = (counts.numerator > counts.denominator) & (asked.kind is Kind.PROPORTION)
    checks = (
        ("entity", is_twice, _TWICE_IN_STRATUM if strata else _TWICE),
        ("denominator", counts.denominator <= 0, _NOTHING),
        ("denominator", counts.denominator > MOST, TOO_LARGE),
        ("numerator", counts.numerator < 0, _NEGATIVE),
        ("numerator", counts.numerator > MOST, TOO_LARGE),
        ("numerator", is_more, _MORE),
        ("numerator", is_blank & (strata is not None), _BLANK_IN_STRATUM),
    )
    for name, wrong, (found, expected) in checks:
        rows = np.flatnonzero(wrong).tolist()
        columns.refuse_rows(rows, column=counts.names[name], found=found, expected=expected)


_TWICE = (
    "an entity that is there more than once",
    "one row an entity; add its counts up, or name its kinds of cases with --strata",
)
_TWICE_IN_STRATUM = ("an entity that is twice in one stratum", "one row an entity and stratum")
_NOTHING = (
    "a denominator that is not above zero",
    "what was counted; leave the cell empty where nothing was published",
)
_NEGATIVE = ("a negative numerator", "a count")
_MORE = (
    "a numerator larger than its denominator",
    "cases of cases; for events in an exposure say --kind rate",
)
_BLANK_IN_STRATUM = ("an empty count", "all counts of a stratum, or no row for it")


def _plain(counts: _Counts, asked: Asked) -> PeerCounts:
    ruler = Ruler(
        better=asked.better,
        chance=Chance.SHARE if asked.kind is Kind.PROPORTION else Chance.RATE,
        scale=asked.per,
    )
    rows = zip(counts.entities, counts.numerator.tolist(), counts.denominator.tolist(), strict=True)
    found = {
        entity: _contender(entity, x, n, ruler)
        for entity, x, n in rows
        if not (np.isnan(x) or np.isnan(n))
    }
    return PeerCounts(
        ruler=ruler,
        entities=tuple(counts.entities),
        crude=found,
        contenders=found,
        standardised={},
    )


def _contender(entity: str, x: float, n: float, ruler: Ruler) -> Contender:
    low, high = (wilson if ruler.chance is Chance.SHARE else poisson)(x, n)
    return Contender(
        entity=entity,
        value=ruler.scale * x / n,
        numerator=x,
        denominator=n,
        interval=(ruler.scale * low, ruler.scale * high),
    )


def _by_strata(name: str, counts: _Counts, strata: list[str], asked: Asked) -> PeerCounts:
    rows = zip(
        counts.entities,
        strata,
        counts.numerator.tolist(),
        counts.denominator.tolist(),
        strict=True,
    )
    cases = [Stratum(entity=e, stratum=s, numerator=x, denominator=n) for e, s, x, n in rows]
    try:
        found = standardise(cases)
    except ValueError as error:
        raise FileRefused(
            f"{name}: {error}, so there is no ratio to its cases. "
            "Leave it out, or do without --strata."
        ) from error
    whole = {each.entity: _summed(each.entity, cases) for each in found}
    crude = _plain(_together(whole, counts), asked).crude
    return PeerCounts(
        ruler=Ruler(better=asked.better, chance=Chance.RATE, scale=asked.per),
        entities=tuple(whole),
        crude=crude,
        contenders={each.entity: each.as_contender(asked.per) for each in found},
        standardised={each.entity: each for each in found},
    )


def _summed(entity: str, cases: list[Stratum]) -> tuple[float, float]:
    own = [each for each in cases if each.entity == entity]
    return sum(each.numerator for each in own), sum(each.denominator for each in own)


def _together(whole: dict[str, tuple[float, float]], counts: _Counts) -> _Counts:
    sums = np.array(list(whole.values()), dtype=float)
    return _Counts(
        entities=list(whole), numerator=sums[:, 0], denominator=sums[:, 1], names=counts.names
    )


def _require_ourselves(name: str, found: PeerCounts, ourselves: str) -> None:
    if ourselves in found.contenders:
        return
    if ourselves in found.entities:
        raise FileRefused(f"{name}: {ourselves!r} has no counts, so it has no rank.")
    advice = nearest(ourselves, found.entities)
    told = f"{name}: --self is {ourselves!r}, but no entity is called that. {advice}"
    raise FileRefused(told.rstrip())
