"""The XmR rules once more, by the letter, in exact fractions and plain loops over one series."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

TIE = Fraction(1, 10**9)


@dataclass(frozen=True)
class Segment:
    centre: Fraction | None
    mean_range: Fraction | None
    footing: str
    points: int


def judge(values, segment_ids, *, profile, fix_after=None):
    """The segment of every point and the set of rule names that caught every point."""
    exact = [None if value is None else Fraction(value) for value in values]
    segments, hits = [None] * len(values), [set() for _ in values]
    begun = next((at for at, value in enumerate(exact) if value is not None), len(exact))
    for name in sorted(set(segment_ids)):
        places = [at for at, each in enumerate(segment_ids) if each == name]
        part = [exact[at] for at in places]
        expected = sum(at >= begun for at in places)
        segment = _segment(part, expected, profile, fix_after)
        for at, found in zip(places, _hits(part, segment, profile), strict=True):
            segments[at], hits[at] = segment, found
    return segments, hits


def _segment(part, expected, profile, fix_after):
    base = _baseline(part, profile, fix_after)
    known = [value for value in base if value is not None]
    centre = sum(known) / len(known) if known else None
    ranges = [
        abs(later - earlier)
        for earlier, later in pairwise(base)
        if earlier is not None and later is not None
    ]
    mean_range = _mean_range(ranges, profile)
    missing = expected - sum(value is not None for value in part)
    if profile == "callboard" and len(known) < 8:
        return Segment(None, None, "none", len(known))
    is_full = len(known) >= 12 if profile == "callboard" else len(part) >= 13
    footing = "full" if is_full else "trial"
    if profile == "callboard" and missing * 5 > expected:
        footing = "gaps"
    return Segment(centre, mean_range, footing if len(known) > 1 else "none", len(known))


def _baseline(part, profile, fix_after):
    base, used = [], 0
    for value in part:
        counts = value is not None or profile != "callboard"
        base.append(value if fix_after is None or used < fix_after else None)
        used += counts
    return base


def _mean_range(ranges, profile):
    if not ranges:
        return None
    raw = sum(ranges) / len(ranges)
    if profile == "mdc_excel":
        return raw
    kept = [each for each in ranges if each < Fraction("3.267") * raw]
    screened = sum(kept) / len(kept) if kept else None
    return raw if profile == "callboard" and not screened else screened


def _hits(part, segment, profile):
    found = [set() for _ in part]
    if segment.centre is None:
        if profile != "callboard":
            _mark_trends(part, 0, profile, found)
        return found
    slack = TIE * max(1, abs(segment.centre)) if profile == "callboard" else 0
    side = [_sign(value, segment.centre, slack) for value in part]
    near = [False] * len(part)
    width = segment.mean_range and Fraction("2.66") * segment.mean_range
    if width is not None and (profile != "callboard" or segment.mean_range > 0):
        _mark_outside(part, segment.centre, width, slack, near, found)
    for at in range(len(part) - 2):
        window = range(at, at + 3)
        one_side = abs(sum(side[each] for each in window)) == 3
        if one_side and sum(near[each] for each in window) >= 2:
            for each in window:
                if near[each]:
                    found[each].add(_above(side[each], "two_of_three"))
    for at in range(len(part) - 6):
        if abs(sum(side[at : at + 7])) == 7:
            for each in range(at, at + 7):
                found[each].add(_above(side[each], "shift"))
    _mark_trends(part, slack, profile, found)
    return found


def _mark_outside(part, centre, width, slack, near, found):
    for at, value in enumerate(part):
        if value is None:
            continue
        distance = abs(value - centre)
        if distance - slack > width:
            found[at].add(_above(1 if value > centre else -1, "outside"))
        elif distance - slack > Fraction(2, 3) * width:
            near[at] = True


def _mark_trends(part, slack, profile, found):
    member = [False] * len(part)
    for at in range(len(part) - 6):
        steps = [_step(part, each, slack) for each in range(at + 1, at + 7)]
        if steps in ([1] * 6, [-1] * 6):
            member[at : at + 7] = [True] * 7
    for at in range(len(part)):
        if not member[at]:
            continue
        direction = _step(part, at, slack)
        if at + 1 < len(part) and member[at + 1]:
            out = _step(part, at + 1, slack)
            direction = direction if profile == "callboard" and out == 0 else out
        found[at].add("trend_up" if direction == 1 else "trend_down")


def _step(part, at, slack):
    if at == 0 or part[at] is None or part[at - 1] is None:
        return 0
    return _sign(part[at], part[at - 1], slack)


def _sign(value, other, slack):
    if value is None or abs(value - other) <= slack:
        return 0
    return 1 if value > other else -1


def _above(side, rule):
    return f"{rule}_above" if side > 0 else f"{rule}_below"
