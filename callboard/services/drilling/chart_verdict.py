"""What a chart is of, and what its series is judged to be at the period that is told."""

from dataclasses import dataclass, field, replace
from datetime import date

from callboard.services.drilling.between import make_gaps
from callboard.services.drilling.chart_points import make_points, make_total
from callboard.services.drilling.chart_reading import ChartReadings
from callboard.services.drilling.doubts import doubts_of
from callboard.services.readings.baseline_marks import mark_baselines
from callboard.services.readings.judging import judge_table
from callboard.services.runtime import Runtime
from callboard.storage.series_table import SeriesKey
from callboard.views import BaselineMark, Doubts, EventGaps, Point, Total
from metrics.calendar import Period
from metrics.limits import NO_LIMITS, Footing, Limits
from metrics.model import Metric
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the chart is of, and the period it tells; `until` is the last day it shows.

    `in_season`: a strong season is taken out of the judgement.
    """

    metric: Metric
    key: SeriesKey
    period: Period
    until: date
    dimension: str = ""
    in_season: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the series was judged to be, or that it could not be judged."""

    points: tuple[Point, ...]
    limits: Limits
    variation: Variation
    assurance: Assurance
    total: Total | None = None
    collapse: str = ""
    doubts: Doubts = field(default_factory=Doubts)
    between: EventGaps | None = None
    baselines: tuple[BaselineMark, ...] = ()

    @property
    def values(self) -> list[float | None]:
        """The values of the points."""
        return [point.value for point in self.points]


_UNJUDGED = Verdict(
    points=(),
    limits=NO_LIMITS,
    variation=Variation(
        signal=Signal.NO_DATA, rule=Rule.NONE, since=None, footing=Footing.NONE, points_since=None
    ),
    assurance=Assurance(promise=Promise.NONE, target=None, is_trial=False),
)


def judge_subject(runtime: Runtime, subject: Subject, readings: ChartReadings) -> Verdict:
    """Return what the series of a chart is judged to be at the period that is told."""
    table = readings.table
    row, until = table.find(subject.key), subject.period.start
    judged = judge_table(
        table,
        runtime.definitions,
        until=until,
        periods=len(table.axis),
        in_season=subject.in_season,
        days=readings.days,
    )
    points = make_points(subject.metric, judged, row) if row is not None else ()
    if row is None or judged.ends[row] < 0:
        return replace(_UNJUDGED, points=points)
    return Verdict(
        points=points,
        limits=judged.limits(row),
        variation=judged.variation(row),
        assurance=judged.assurances[row],
        total=make_total(subject.metric, judged, row),
        collapse=judged.collapse(row, runtime.definitions),
        doubts=doubts_of(
            subject.metric, judged, row, runtime.definitions, in_season=subject.in_season
        ),
        between=make_gaps(subject.metric, rare) if (rare := judged.rare.get(row)) else None,
        baselines=mark_baselines(judged, row),
    )
