"""The sentences of the competitors page. Pure."""

from collections.abc import Sequence

from callboard import figures
from callboard.services.comparing.comparability import Published
from callboard.services.comparing.league import League
from metrics.model import Metric
from metrics.peers import gaps_of

MOST_NAMED = 3


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
    return f"{name}: {place} in {label}, at {ours}{_behind(metric, league)}."


def _behind(metric: Metric, league: League) -> str:
    """How far the best is away, if it is not us."""
    assert league.standing is not None
    gaps = gaps_of(league.own.value if league.own else None, league.peers, metric)
    if gaps is None or league.standing.rank == 1:
        return ""
    return f", {figures.format_gap(metric, abs(gaps.best)).lstrip('+')} behind the best"


def standing_sentence(metric: Metric, league: League) -> str:
    """Return quartile and the gap to the middle peer; empty without a standing."""
    if league.standing is None or league.own is None:
        return ""
    gaps = gaps_of(league.own.value, league.peers, metric)
    parts = []
    if league.standing.quartile is not None:
        parts.append(f"Quartile {league.standing.quartile} of 4, 1 being the best")
    if gaps is not None:
        side = "ahead of" if gaps.median > 0 else "behind"
        amount = figures.format_gap(metric, abs(gaps.median)).lstrip("+")
        level = gaps.median == 0
        parts.append("level with the middle peer" if level else f"{amount} {side} the middle peer")
    return f"{'; '.join(parts)}." if parts else ""


def what_is_left_out(published: Sequence[Published]) -> str:
    """Return which published values are not compared, and why; empty where all are."""
    left_out = {
        each.row.entity: each.note or "too old"
        for each in published
        if each.is_competitor and (each.note or each.is_stale)
    }
    if not left_out:
        return ""
    told = [f"{entity} ({why})" for entity, why in sorted(left_out.items())]
    more = f" and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return f"Not compared: {', '.join(told[:MOST_NAMED])}{more}."


def _ordinal(rank: int) -> str:
    teens = 10 < rank % 100 < 14
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"
