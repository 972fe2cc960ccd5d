"""What people wrote of the days of a run, as flags on it."""

from collections.abc import Sequence
from dataclasses import replace

from callboard.services.readings.annotation_marks import mark_annotations
from callboard.storage.annotations import EVERY, Annotation
from callboard.views import ComparedUnit
from callboard.views.comparison import RunFlag
from metrics.calendar import Period


def flag_runs(
    units: Sequence[ComparedUnit], notes: Sequence[Annotation], run: Sequence[Period]
) -> tuple[ComparedUnit, ...]:
    """Return the units with the annotations of their touchpoint and of every touchpoint."""
    places = {period.start: place for place, period in enumerate(run)}
    grain, shown = run[0].grain, (run[0].start, run[-1].end)
    told = []
    for unit in units:
        about = [each for each in notes if each.touchpoint in (EVERY, unit.touchpoint)]
        flags = tuple(
            RunFlag(place=places[mark.start], days=mark.days, text=mark.text)
            for mark in mark_annotations(about, grain, shown=shown)
        )
        told.append(replace(unit, flags=flags))
    return tuple(told)
