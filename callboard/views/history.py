"""A metric's history at a touchpoint: control chart, breakdown, the rows behind."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from callboard.views.annotations import AnnotationMark
from callboard.views.between import EventGaps
from callboard.views.breaks import BaselineMark, BreakMark
from callboard.views.promises import CommentRow
from callboard.views.states import Chip, Trust
from metrics.limits import Limits
from metrics.model import Better, Grain
from metrics.peers import PeerBand
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period on a control chart. `status` is ok, no_data, partial (running) or suppressed.

    Or collapsed: shown but not judged, for want of its usual volume.
    Centre and limits are those in force in it, None where there are none; `segment` counts up from
    0 where a break begins limits anew. `hits` are all rules that caught it, `rule` the one that
    names it. `aside` says why it makes no limits, where somebody has set it aside.
    """

    start: date
    end: date
    label: str
    value: float | None
    value_text: str
    numerator: float | None
    denominator: float | None
    n: int
    rule: Rule
    signal: Signal
    rule_text: str
    status: str
    is_complete: bool
    n_text: str = ""
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    segment: int = 0
    hits: tuple[Rule, ...] = ()
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The complete periods of a chart taken as one: sums over sums, never a mean of values."""

    periods: int
    value_text: str
    n: int
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What tempers a chart's verdict, each empty for nothing.

    `sampling` and `process` are 95 % intervals of the value told (how sure it is, not the usual
    range), by sampling error alone and as much wider as the series varies. `adjusted_for` is the
    weekday or the month where limits follow it, `could_adjust` whether they could; `runs` says why
    runs mean little here.
    """

    sampling: str = ""
    process: str = ""
    adjusted_for: str = ""
    could_adjust: bool = False
    runs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A metric's history at a touchpoint, judged; `alt` is its sentence for who cannot see it.

    `targets` are spans of first and last day with the value in force. `period` is the ISO first
    day of the period that `verdict` is about and that the chart ends with, unless that is the
    latest complete one: then running ones follow. `doubts` temper the verdict. Rare events are
    judged by what lies `between` them; the periods are then a plain run. `began` says with which of
    the `annotations` the signal began, where it did. `comments` are what people say of its periods,
    the newest first.
    """

    metric: str
    metric_name: str
    touchpoint: str
    touchpoint_name: str
    unit_text: str
    decimals: int
    better: Better
    grain: Grain
    points: tuple[Point, ...]
    limits: Limits
    natural_low: float | None
    natural_high: float | None
    targets: tuple[tuple[date, date, float], ...]
    peer_band: tuple[PeerBand, ...]
    verdict: str
    why: str
    alt: str
    trust: Trust
    publication: int
    dimension: str = ""
    segment: str = ""
    period: str = ""
    variation: Variation | None = None
    assurance: Assurance | None = None
    total: Total | None = None
    breaks: tuple[BreakMark, ...] = ()
    baselines: tuple[BaselineMark, ...] = ()
    doubts: Doubts = Doubts()
    between: EventGaps | None = None
    annotations: tuple[AnnotationMark, ...] = ()
    began: str = ""
    comments: tuple[CommentRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One segment of a breakdown: its value and what it counts for.

    `share` (0-1) is of the cases counted. `contribution` is the segment's part in the change of
    the whole against what was before, in the metric's unit; all of them add up to that change.
    Of shares, rates, means and scores it is the sum of `rate`, by its own change, and `mix`, by
    that of its weight. None where parts of a change do not add up (percentiles), or nothing was
    before.
    """

    name: str
    value: float | None
    value_text: str
    before: float | None
    before_text: str
    n: int
    share: float
    chip: Chip
    contribution: float | None = None
    contribution_text: str = ""
    rate: float | None = None
    rate_text: str = ""
    mix: float | None = None
    mix_text: str = ""


class ChangeBase(StrEnum):
    """What the change of a breakdown is counted from."""

    PREVIOUS = "previous"
    YEAR = "year"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """A reading by one dimension; the segments' numerators and denominators add up to the whole.

    `whole` and `whole_before` are the values of the whole, None where they are not told; `change`
    is that since `base_label`, None where the two do not compare. `hidden` is what the segments
    that are too small to show did to it together. `unsplit` says why no segment has a part in it.
    Values are in `unit_text` (a rate's `per` so many), parts of the change in `change_unit`.
    """

    dimension: str
    period_label: str
    segments: tuple[Segment, ...]
    sentence: str
    metric: str = ""
    touchpoint: str = ""
    unit_text: str = ""
    change_unit: str = ""
    change_decimals: int = 0
    per: int | None = None
    period: str = ""
    whole: float | None = None
    whole_before: float | None = None
    whole_n: int = 0
    whole_text: str = ""
    against: ChangeBase = ChangeBase.PREVIOUS
    base_label: str = ""
    change: float | None = None
    change_text: str = ""
    hidden: float | None = None
    hidden_text: str = ""
    has_mix: bool = False
    unsplit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsBehind:
    """Some rows behind a reading, as they stand in the feed, personal columns masked.

    They are the newest `limit` after the `skipped` newest ones; `has_more`: there are older ones.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    limit: int
    sentence: str
    skipped: int = 0
    has_more: bool = False
