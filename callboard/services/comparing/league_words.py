"""The sentences of the competitors page. Pure."""

from collections.abc import Collection, Mapping, Sequence

from callboard import figures
from callboard.services.comparing.comparability import Published
from callboard.services.comparing.gap_words import MOST_NAMED, tell_against
from callboard.services.comparing.league import League
from callboard.services.comparing.own_values import OURS
from metrics.model import Metric
from metrics.peer_gaps import Against, PeerGap
from metrics.standing import Standing

_QUARTILES = {1: "First", 2: "Second", 3: "Third", 4: "Fourth"}


def league_headline(metric: Metric, league: League, *, has_any: bool) -> str:
    """Return how we stand, or why that cannot be said."""
    name = metric.name
    if not has_any:
        return f"{name}: nobody has published a value that is known here. Publish a benchmark file."
    if league.span is None:
        return f"{name}: none of the published values may be compared with ours."
    label = figures.format_span(*league.span)
    if league.own is None or league.own.value is None:
        why = league.own.note if league.own else "we have no value"
        return f"{name}: nothing to compare for {label}: {why}."
    ours = figures.format_value(metric, league.own.value)
    if league.standing is None:
        return f"{name}: we are at {ours} in {label}; neither high nor low is good here."
    place = f"{_ordinal(league.standing.rank)} of {league.standing.peers}"
    return f"{name}: {place} in {label}, at {ours}{_beside(metric, league)}."


def _beside(metric: Metric, league: League) -> str:
    """Our gap to what is achievable; where that is not known to the best, if it is not us."""
    achievable = league.gaps.get(Against.ACHIEVABLE)
    if achievable is not None and achievable.entities == (OURS,):
        return ", which is what is achievable"
    if achievable is not None:
        return f", {_against(metric, achievable, 'the achievable')}"
    best = league.gaps.get(Against.BEST)
    is_first = league.standing is not None and league.standing.rank == 1
    return "" if best is None or is_first else f", {_against(metric, best, 'the best,')}"


def _against(metric: Metric, gap: PeerGap, what: str) -> str:
    return tell_against(metric, gap, f"{what} {figures.format_value(metric, gap.value)}")


def standing_sentence(metric: Metric, league: League) -> str:
    """Return quartile, percentile, rank interval and the gap to the middle peer; else empty."""
    if league.standing is None:
        return ""
    middle = league.gaps.get(Against.MEDIAN)
    parts = [
        _quartile(league.standing),
        _rank_interval(league.standing),
        tell_against(metric, middle, "the middle peer") if middle else "",
    ]
    told = "; ".join(part for part in parts if part)
    return f"{told[:1].upper()}{told[1:]}."


def _quartile(standing: Standing) -> str:
    if standing.quartile is None:
        return f"too few peers for quartiles: {standing.peers} of at least 4"
    told = f"{_QUARTILES[standing.quartile]} quartile of {standing.peers}"
    if standing.percentile is None:
        return told
    return f"{told}, percentile {standing.percentile:.0f} where 100 would be best"


def _rank_interval(standing: Standing) -> str:
    low, high = standing.rank_low, standing.rank_high
    if low is None or high is None:
        return "how far sampling alone could move the rank is not known from what is published"
    whom = f"among the {standing.rank_among} whose n is known, "
    some = whom if standing.rank_among < standing.peers else ""
    if low == high and some:
        return f"{some}{_ordinal(low)}, which sampling alone would not move"
    if low == high:
        return "sampling alone would not move the rank"
    return f"{some}between {_ordinal(low)} and {_ordinal(high)} by sampling alone"


def change_sentence(league: League) -> str:
    """Return who came and went since the period before, and our rank then; else empty."""
    earlier, standing = league.earlier, league.standing
    if earlier is None or standing is None:
        return ""
    label, then = figures.format_span(*earlier.span), _ordinal(earlier.rank)
    change = earlier.change
    if not change.came and not change.went:
        return f"Ranked among the same {standing.peers} as in {label}; we were {then} then."
    moves = [
        f"{_names(names)} {'is' if len(names) == 1 else 'are'} {what}"
        for names, what in ((change.came, "new"), (change.went, "gone"))
        if names
    ]
    told = f"Ranked among {standing.peers}; {earlier.of} in {label}: {' and '.join(moves)}."
    now, before = earlier.rank_now_among_stayed, earlier.rank_then_among_stayed
    if now is None or before is None:
        return told
    both = len(change.stayed) + 1
    moved = (
        f"still {_ordinal(now)}" if now == before else f"{_ordinal(now)}, after {_ordinal(before)}"
    )
    return f"{told} Among the {both} of both periods we are {moved}."


def coverage_sentence(league: League, missing: Sequence[str], out: Collection[str]) -> str:
    """Return how many of the peers are ranked, and who did not publish; empty without a ranking.

    `missing` are the peers without a rank, `out` those of them who published what is not compared.
    """
    if league.span is None:
        return ""
    count = len(league.peers) + len(missing)
    if not missing:
        return f"All {count} peers are ranked." if count > 1 else "The one peer is ranked."
    share = figures.format_number(100 * len(league.peers) / count, 0)
    told = f"{len(league.peers)} of {count} peers ranked ({share} %)"
    silent = [name for name in missing if name not in out]
    if not silent:
        return f"{told}."
    label = figures.format_span(*league.span)
    return f"{told}; not published for {label}, which is not zero: {_names(silent)}."


def left_out(published: Sequence[Published], league: League) -> dict[str, str]:
    """Return the competitors of whom nothing is ranked though they published, and why."""
    ranked = {each.entity for each in league.peers}
    too_old = {each.entity: "too old" for each in league.rows if each.is_stale}
    why = {each.row.entity: each.note for each in published if each.is_competitor and each.note}
    return {entity: why for entity, why in (too_old | why).items() if entity not in ranked}


def not_compared(out: Mapping[str, str]) -> str:
    """Return who is left out, and why; empty where nobody is."""
    if not out:
        return ""
    told = [f"{entity} ({why})" for entity, why in sorted(out.items())]
    more = f" and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return f"Not compared: {', '.join(told[:MOST_NAMED])}{more}."


def _names(names: Sequence[str]) -> str:
    shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _ordinal(rank: int) -> str:
    teens = 10 < rank % 100 < 14
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"
