"""Our place among comparable peers, as data and in a few words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How we stand among comparable peers. `peers` counts all that were ranked, us among them.

    `is_company`: what was ranked is all our touchpoints taken together, as the peers' values are.
    `percentile` is 100 where everybody else is behind, and told of enough peers only. Sampling
    error alone could put us anywhere from `rank_low` to `rank_high` among the `rank_among` whose n
    is known; None where ours is not.
    """

    rank: int
    peers: int
    quartile: int | None
    period_label: str
    is_company: bool = False
    percentile: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    rank_among: int = 0


def tell_standing(standing: Standing) -> str:
    """Our place in a few words: who leads or comes last is told so, else the quartile or the rank.

    The rank counts us, "peers" are the others.
    """
    whole = "company-wide " if standing.is_company else ""
    return f"{whole}{_rank(standing)} ({standing.period_label})"


def _rank(standing: Standing) -> str:
    others = standing.peers - 1
    all_of = f"all {others} peers" if others > 1 else "the 1 peer"
    if standing.rank == 1:
        return f"ahead of {all_of}"
    if standing.rank == standing.peers:
        return f"behind {all_of}"
    if standing.quartile is None:
        return f"{_ordinal(standing.rank)} of {standing.peers}, with {others} peers"
    return f"{_QUARTILES[standing.quartile - 1]} quartile of {others} peers"


_QUARTILES = ("first", "second", "third", "fourth")


def _ordinal(rank: int) -> str:
    teens = 10 < rank % 100 < 14
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"
