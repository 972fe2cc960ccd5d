"""Annotations on a chart: which of them it shows, and whether a signal began with one."""

from collections.abc import Iterable, Sequence
from datetime import date

from callboard import figures
from callboard.storage.annotations import EVERY, Annotation
from callboard.views import AnnotationMark, AnnotationTag
from metrics.calendar import calendar_for
from metrics.model import Grain
from metrics.signals import Signal
from metrics.verdict import Variation

_LONGEST = 80
_TOLD = 3  # in the sentence for who cannot see the chart


def mark_annotations(
    found: Iterable[Annotation], grain: Grain, *, shown: tuple[date, date]
) -> tuple[AnnotationMark, ...]:
    """Return the standing annotations of the days that are shown, numbered by day from 1."""
    standing = [
        each for each in found if each.holds and each.first <= shown[1] and each.last >= shown[0]
    ]
    calendar = calendar_for(grain)
    return tuple(
        AnnotationMark(
            number=number,
            first=each.first,
            last=each.last,
            start=calendar.period_of(max(each.first, shown[0])).start,
            end=calendar.period_of(min(each.last, shown[1])).start,
            days=tell_days(each.first, each.last, near=shown[1]),
            tag=AnnotationTag(each.tag),
            text=each.reason,
            about=tell_about(each, "all metrics here" if each.metric == EVERY else ""),
        )
        for number, each in enumerate(standing, start=1)
    )


def tell_days(first: date, last: date, *, near: date | None = None) -> str:
    """Return the day, or the span of days: `12 Sep`, `12 to 14 Sep 2026`."""
    if first == last:
        return figures.format_day(first, near=near)
    return figures.format_span(first, last)


def tell_about(each: Annotation, here: str) -> str:
    """Return what an annotation is about: every touchpoint, or what it is `here`."""
    return "every touchpoint" if each.touchpoint == EVERY else here


def tell_beginning(marks: Sequence[AnnotationMark], variation: Variation, grain: Grain) -> str:
    """Return that a signal began with an annotation, a period away from one, or during one.

    Nothing where there is none. What merely lasted at the time comes last. It tells of the time
    alone, not of a cause.
    """
    if variation.since is None or variation.signal in (Signal.NONE, Signal.NO_DATA):
        return ""
    calendar = calendar_for(grain)
    began = calendar.period_of(variation.since)
    before, after = calendar.previous(began).start, calendar.following(began).start
    found = [
        (calendar.period_of(each.first).start, calendar.period_of(each.last).start, each)
        for each in marks
    ]
    ways = (
        ("It began with", [mark for first, _, mark in found if first == began.start]),
        (f"It began one {grain.value} after", [mark for _, last, mark in found if last == before]),
        (f"It began one {grain.value} before", [each for day, _, each in found if day == after]),
        ("It began during", [mark for first, last, mark in found if first < began.start <= last]),
    )
    for words, fitting in ways:
        if fitting:
            return f"{words} “{shortened(fitting[-1].text)}”, {fitting[-1].days}."
    return ""


def tell_annotations(marks: Sequence[AnnotationMark]) -> str:
    """Return the newest annotations of a chart as a sentence after its own; nothing for none."""
    told = [f"“{shortened(mark.text)}”, {mark.days}" for mark in marks[-_TOLD:]]
    earlier = len(marks) - len(told)
    more = f"; {earlier} earlier" if earlier else ""
    return f" Annotated: {'; '.join(told)}{more}." if told else ""


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Return a text that fits where it stands; the list of annotations has it whole."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
