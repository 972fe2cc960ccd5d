"""What a signal amounts to, from the process that was judged: cases more or fewer than normal."""

from callboard.services.drilling.counted import counted_by
from callboard.services.drilling.excess_words import tell_excess
from callboard.services.readings.process_parts import ProcessParts, signal_began
from callboard.views import OutlookItem
from metrics.excess import excess_since


def read_excess(parts: ProcessParts) -> OutlookItem | None:
    """What the signal amounts to, if that is clear; by misses where the definition names them."""
    since = signal_began(parts)
    told = counted_by(parts.metric, 0.0)
    if since is None or told is None:
        return None
    counted = parts.base - parts.counted if told.are_misses else parts.counted
    began = parts.place_of(since)
    found = excess_since(counted, parts.base, began=began, follows_base=parts.follows_base)
    if found is None:
        return None
    return tell_excess(parts.metric, found, since=since, period=parts.period)
