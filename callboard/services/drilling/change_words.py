"""What a breakdown says first: the highest and the lowest, and who moved the whole, by what."""

from collections.abc import Mapping, Sequence

from callboard import figures
from callboard.services.drilling.segment_spans import REST
from callboard.views import Segment
from metrics.decomposition import Effect, has_mix
from metrics.model import Metric

LAST = ("other", "unknown", REST)
_TELLING = 0.05  # of the change; a smaller effect of the two is not worth a clause


def tell_extremes(segments: Sequence[Segment]) -> str:
    """Return the highest and the lowest of the segments that are known."""
    known = [each for each in segments if each.value is not None]
    known = [each for each in known if each.name not in LAST] or known
    if not known:
        return "No segment has enough to show."
    if len(known) == 1:
        return f"Only {known[0].name} has enough to show, {known[0].value_text}."
    low, high = min(known, key=_value), max(known, key=_value)
    if high.value_text == low.value_text:
        return f"{_alike(low, known)}."
    return f"Highest: {_alike(high, known)}. Lowest: {_alike(low, known)}."


def tell_mover(metric: Metric, effects: Mapping[str, Effect], change: float, *, label: str) -> str:
    """Return which segment moved the whole most, and by which effect; nothing where none did.

    A change that rounds to nothing is nobody's.
    """
    if figures.format_gap(metric, change).startswith("±"):
        return f"Against {label}, the whole did not change."
    sign = 1 if change > 0 else -1
    by_name = sorted(effects)
    name = max(by_name, key=lambda each: round(sign * effects[each].total, 9), default="")
    if not name or sign * effects[name].total <= 0:
        return ""
    is_more = sign * effects[name].total > abs(change) * (1 + 1e-9)
    taken_back = ", and others took some of it back" if is_more else ""
    return f"Against {label}, {_moved(metric, name, effects[name], change)}{taken_back}."


def _moved(metric: Metric, name: str, effect: Effect, change: float) -> str:
    """`Northway fell: −2.1 of −3.0 pts; its share of the orders grew: −0.4 pts`."""
    whole = figures.format_gap(metric, change)
    way, size = ("rose" if effect.rate > 0 else "fell"), ("grew" if effect.gained > 0 else "shrank")
    share = f"share of the {metric.base or 'cases'} {size}"
    rate, mix = (figures.format_gap(metric, each) for each in effect[:2])
    if abs(effect.rate) >= abs(effect.mix):
        told, other = f"{name} {way}: {_short(rate, whole)}", effect.mix
        second = f"its {share}: {mix}"
    else:
        told, other = f"{name}’s {share}: {_short(mix, whole)}", effect.rate
        second = f"it {way} itself: {rate}"
    is_told = has_mix(metric) and abs(other) >= _TELLING * abs(change)
    return f"{told} of {whole}{f'; {second}' if is_told else ''}"


def _short(part: str, whole: str) -> str:
    """The part without its unit where the whole beside it has the same."""
    unit = whole.partition(" ")[2]
    return part.removesuffix(f" {unit}") if unit else part


def _alike(one: Segment, known: Sequence[Segment]) -> str:
    """A segment with its value, and how many more have the same one."""
    others = sum(each.value_text == one.value_text for each in known) - 1
    more = f" and {others} other{'s' if others > 1 else ''}" if others else ""
    return f"{one.name}{more}, {one.value_text}"


def _value(segment: Segment) -> float:
    return segment.value or 0.0
