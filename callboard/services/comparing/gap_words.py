"""Our gaps to the benchmarks of the ranked peers, as rows and in words. Pure."""

from collections.abc import Mapping

from callboard import figures
from callboard.services.comparing.own_values import OURS
from callboard.views import BenchmarkGap, Meaning
from metrics.intervals import Interval
from metrics.model import Metric
from metrics.peer_gaps import LARGE_ENOUGH, Against, PeerGap

MOST_NAMED = 3
NAMES = {
    Against.ACHIEVABLE: "Achievable",
    Against.BEST: "Best peer",
    Against.BEST_LARGE: f"Best peer with n of {LARGE_ENOUGH} or more",
    Against.MEDIAN: "Middle peer",
    Against.REST: "All peers pooled",
}


def gap_rows(
    metric: Metric, gaps: Mapping[Against, PeerGap], *, peers: int, ourselves: str
) -> tuple[BenchmarkGap, ...]:
    """Return a row for each benchmark; the best of the large only where it is another peer."""
    shown = dict(gaps)
    if Against.BEST_LARGE in shown and _same_peer(gaps):
        del shown[Against.BEST_LARGE]
    return tuple(_row(metric, each, peers=peers, ourselves=ourselves) for each in shown.values())


def tell_gap(metric: Metric, gap: PeerGap) -> str:
    """Return `5.0 pts behind (2.1 to 7.9)`, or that there is no clear difference."""
    if gap.interval is None:
        return f"{_side(metric, gap.gap)}; interval unknown"
    if not gap.is_clear:
        return f"no clear difference ({_ends(metric, gap.interval)})"
    near, far = sorted(abs(each) for each in gap.interval)
    ends = " to ".join(
        figures.format_number(each, figures.gap_decimals(metric)) for each in (near, far)
    )
    return f"{_side(metric, gap.gap)} ({ends})"


def tell_against(metric: Metric, gap: PeerGap, what: str) -> str:
    """Return the gap to `what` inside a sentence: `5.0 pts behind the best`."""
    if gap.is_clear is False:
        return f"no clear difference from {what}"
    if _is_level(metric, gap.gap):
        return f"level with {what}"
    return f"{_side(metric, gap.gap)}{' of' if gap.gap > 0 else ''} {what}"


def _row(metric: Metric, gap: PeerGap, *, peers: int, ourselves: str) -> BenchmarkGap:
    low, high = gap.interval or (None, None)
    is_ours = gap.entities == (OURS,)
    return BenchmarkGap(
        against=gap.against,
        name=NAMES[gap.against],
        value=gap.value,
        value_text=figures.format_value(metric, gap.value),
        gap=gap.gap,
        low=low,
        high=high,
        text="it is ours" if is_ours else tell_gap(metric, gap),
        meaning=_meaning(gap),
        made_of=_made_of(gap, peers=peers, ourselves=ourselves),
        entities=tuple(each for each in gap.entities if each != OURS),
    )


def _meaning(gap: PeerGap) -> Meaning:
    """Good or bad only where more than sampling error makes the gap."""
    if not gap.is_clear:
        return Meaning.NEUTRAL
    return Meaning.GOOD if gap.gap > 0 else Meaning.BAD


def _made_of(gap: PeerGap, *, peers: int, ourselves: str) -> str:
    names = [ourselves if each == OURS else each for each in gap.entities]
    of = (
        f"the {len(names)} of {peers} peers whose n is known"
        if len(names) < peers
        else f"{peers} peers"
    )
    match gap.against:
        case Against.ACHIEVABLE:
            return f"{_named(names)}: the best, until they hold a tenth of all cases"
        case Against.MEDIAN:
            return f"median of {peers} peers"
        case Against.REST:
            return f"all cases of {of}"
        case _:
            return _named(names)


def _named(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _side(metric: Metric, gap: float) -> str:
    if _is_level(metric, gap):
        return "level"
    return f"{_amount(metric, gap)} {'ahead' if gap > 0 else 'behind'}"


def _ends(metric: Metric, interval: Interval) -> str:
    """Both ends with their side: `3.1 behind to 0.5 ahead`."""
    told = [figures.format_number(abs(each), figures.gap_decimals(metric)) for each in interval]
    return f"{told[0]} behind to {told[1]} ahead"


def _amount(metric: Metric, gap: float) -> str:
    return figures.format_gap(metric, abs(gap)).lstrip("+")


def _is_level(metric: Metric, gap: float) -> bool:
    return figures.format_gap(metric, gap).startswith("±")


def _same_peer(gaps: Mapping[Against, PeerGap]) -> bool:
    best = gaps.get(Against.BEST)
    return best is not None and best.entities == gaps[Against.BEST_LARGE].entities
