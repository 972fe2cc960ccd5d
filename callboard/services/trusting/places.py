"""Where a part of a feed is, in words."""

from callboard.services.runtime import Runtime
from callboard.services.tiles.slice_badges import place_of

EVERYWHERE = "everywhere"


def place_in_words(runtime: Runtime, slice_key: str) -> str:
    """Return `Call centre, Average handle time` of `call_centre/aht`; "" is everywhere."""
    touchpoint, _, metric = slice_key.partition("/")
    return place_of(touchpoint, metric, runtime.definitions) or EVERYWHERE


def with_place(runtime: Runtime, told: str, slice_key: str) -> str:
    """Return what is told, with where in brackets if it is of a part of a feed, then the stop."""
    if not slice_key:
        return told
    stop = "." * told.endswith(".")
    return f"{told.removesuffix('.')} ({place_in_words(runtime, slice_key)}){stop}"
