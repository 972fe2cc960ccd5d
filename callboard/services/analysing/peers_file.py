"""Our place among the peers of a file, and our gaps to what they show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from callboard.services.analysing.peer_counts import Asked, PeerCounts, read_peers
from metrics.intervals import Interval
from metrics.peer_gaps import Against, PeerGap, difference_between, gaps_of
from metrics.peer_ranking import QUARTILES_FROM, Contender, Place, Ruler, places_of
from metrics.rank_intervals import rank_intervals

_MOST_NAMED = 5
Cell = str | float | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRow:
    """One entity of the file. What was not published, or is too few to be told, is None.

    `gap` is our value less its own, negative where we are behind, with the 95 % interval and in a
    word. `ratio` and `expected` are of the case mix, `crude_…` without regard to it.
    """

    entity: str
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    rank: int | None = None
    rank_lower: int | None = None
    rank_upper: int | None = None
    of: int
    percentile: float | None = None
    quartile: int | None = None
    is_self: bool = False
    in_achievable: bool = False
    gap: float | None = None
    gap_lower: float | None = None
    gap_upper: float | None = None
    gap_word: str | None = None
    expected: float | None = None
    ratio: float | None = None
    crude_value: float | None = None
    crude_rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersFile:
    """The entities in the order of the file, our gaps, and sentences that say what was found."""

    rows: tuple[PeerRow, ...]
    gaps: dict[Against, PeerGap]
    sentences: tuple[str, ...]

    def gap_cells(self, row: PeerRow) -> Iterator[Cell]:
        """For each benchmark its value, our gap, its interval, its word: on our row alone."""
        for against in Against:
            gap = self.gaps.get(against) if row.is_self else None
            yield from _cells(gap) if gap else (None,) * len(_OF_A_GAP)

    def gap_table(self) -> Iterator[tuple[Cell, ...]]:
        """A row for each benchmark there is: what it is, the cells of our gap, and who makes it."""
        for gap in self.gaps.values():
            yield (gap.against.value, *_cells(gap), _named(gap.entities))


_OF_A_GAP = ("{}", "gap_to_{}", "gap_to_{}_lower", "gap_to_{}_upper", "gap_to_{}_word")
GAP_COLUMNS = tuple(each.format(against.value) for against in Against for each in _OF_A_GAP)
GAP_TABLE = ("against", "value", "gap", "lower", "upper", "word", "made_of")
CASE_MIX = ("expected", "ratio", "crude_value", "crude_rank")


def _cells(gap: PeerGap) -> tuple[Cell, ...]:
    low, high = gap.interval or (None, None)
    return gap.value, gap.gap, low, high, _word(gap.gap, gap.interval)


def rank_file(path: Path, asked: Asked) -> PeersFile:
    """Rank the entities of a file; FileRefused says what cannot be counted."""
    counts = read_peers(path, asked)
    own = counts.contenders[asked.ourselves]
    others = [each for name, each in counts.contenders.items() if name != asked.ourselves]
    gaps = gaps_of(own, others, counts.ruler, min_n=asked.min_n)
    ranking = _rank(counts, own, gaps)
    rows = tuple(_row(counts, ranking, entity) for entity in counts.entities)
    return PeersFile(rows=rows, gaps=gaps, sentences=tuple(_sentences(rows, gaps)))


class _Ranking(NamedTuple):
    """All places, by entity, and who is among the leaders."""

    own: Contender
    places: dict[str, Place]
    crude: dict[str, Place]
    intervals: dict[str, tuple[int, int]]
    leaders: tuple[str, ...]


def _rank(counts: PeerCounts, own: Contender, gaps: dict[Against, PeerGap]) -> _Ranking:
    ranked, ruler = list(counts.contenders.values()), counts.ruler
    achievable = gaps.get(Against.ACHIEVABLE)
    return _Ranking(
        own=own,
        places=dict(zip(counts.contenders, places_of(ranked, ruler), strict=True)),
        crude=dict(zip(counts.crude, places_of(list(counts.crude.values()), ruler), strict=True))
        if counts.standardised
        else {},
        intervals=rank_intervals(ranked, ruler) or {},
        leaders=achievable.entities if achievable else (),
    )


def _row(counts: PeerCounts, ranking: _Ranking, entity: str) -> PeerRow:
    found, plain = counts.contenders.get(entity), counts.crude.get(entity)
    if found is None or plain is None:
        return PeerRow(entity=entity, of=len(ranking.places))
    place, standard = ranking.places[entity], counts.standardised.get(entity)
    low, high = found.interval or (None, None)
    rank_low, rank_high = ranking.intervals.get(entity, (None, None))
    row = PeerRow(
        entity=entity,
        numerator=_as_written(plain.numerator),
        denominator=_as_written(plain.denominator),
        value=found.value,
        lower=low,
        upper=high,
        rank=place.rank,
        rank_lower=rank_low,
        rank_upper=rank_high,
        of=place.of,
        percentile=place.percentile if place.of >= QUARTILES_FROM else None,
        quartile=place.quartile,
        is_self=found is ranking.own,
        in_achievable=entity in ranking.leaders,
        expected=standard.expected if standard else None,
        ratio=standard.ratio if standard else None,
        crude_value=plain.value if standard else None,
        crude_rank=ranking.crude[entity].rank if standard else None,
    )
    return row if row.is_self else _with_gap(row, ranking.own, found, counts.ruler)


def _with_gap(row: PeerRow, own: Contender, other: Contender, ruler: Ruler) -> PeerRow:
    gap, interval = difference_between(own, other, ruler)
    low, high = interval or (None, None)
    word = _word(gap, interval)
    return replace(row, gap=gap, gap_lower=low, gap_upper=high, gap_word=word)


def _word(gap: float, interval: Interval | None) -> str:
    if gap == 0 and interval is None:
        return "level"
    if interval is not None and interval[0] <= 0 <= interval[1]:
        return "no_clear_difference"
    return "ahead" if gap > 0 else "behind"


def _sentences(rows: Sequence[PeerRow], gaps: dict[Against, PeerGap]) -> Iterator[str]:
    """What a person should know who quotes the figures."""
    own = next(row for row in rows if row.is_self)
    yield f"{own.entity}: {own.rank} of {own.of}{_rank_interval(own)}."
    if Against.ACHIEVABLE in gaps:
        yield _achievable(gaps[Against.ACHIEVABLE], own.entity)
    if own.of < QUARTILES_FROM:
        are = "is" if own.of == 1 else "are"
        yield f"{own.of} {are} too few for a quartile or percentile, which need {QUARTILES_FROM}."
    silent = [row.entity for row in rows if row.value is None]
    if silent:
        share = 100 * own.of / len(rows)
        yield (
            f"Not published, and not counted as zero: {_named(silent)}. "
            f"{own.of} of {len(rows)} are ranked ({share:.0f} %)."
        )


def _rank_interval(own: PeerRow) -> str:
    if own.rank_lower is None:
        return ""
    if own.rank_lower == own.rank_upper:
        return ", which sampling alone would not move"
    return f", between {own.rank_lower} and {own.rank_upper} by sampling alone"


def _achievable(gap: PeerGap, ourselves: str) -> str:
    if gap.entities == (ourselves,):
        return f"{ourselves} alone is what is achievable, {gap.value:.6g}."
    word = _word(gap.gap, gap.interval).replace("_", " ")
    told = word if word.startswith("no") else f"{abs(gap.gap):.6g} {word}"
    return f"Achievable: {gap.value:.6g} ({_named(gap.entities)}); {told}."


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _as_written(count: float | None) -> float | None:
    """A count as a whole number where it is one."""
    return int(count) if count is not None and count.is_integer() else count
