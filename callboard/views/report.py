"""What leaves the screen: a report of chapters, each stamped with what it is and how far to trust.

Writers turn one into a workbook, a document or slides; none of them works a figure out.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.grades import Grade
from metrics.signals import Signal

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn:
    """A column: its heading with the unit; `decimals` of its numbers, None for as they are.

    `is_for_machines`: it stands in workbooks only, for a reader is told the same in words.
    """

    title: str
    is_number: bool = False
    decimals: int | None = None
    is_for_machines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table of plain values: numbers are numbers, days are days, None is an empty cell."""

    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Role(StrEnum):
    """What a line of a chart is."""

    VALUES = "values"
    RUNNING = "running"
    CENTRE = "centre"
    LIMIT = "limit"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSeries:
    """One line: a value for each place of the chart, None where there is none."""

    name: str
    role: Role
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A history: lines over periods, `days` their first ones. `signals` are of the values.

    `starts` are the places where a break begins limits anew.
    """

    title: str
    unit_text: str
    decimals: int
    days: tuple[date, ...]
    labels: tuple[str, ...]
    series: tuple[ReportSeries, ...]
    signals: tuple[Signal, ...]
    alt: str
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDot:
    """One value among others; `low` and `high` are its 95 % interval where that is known."""

    label: str
    value: float
    value_text: str
    low: float | None = None
    high: float | None = None
    is_ours: bool = False
    is_pale: bool = False
    signal: Signal = Signal.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDots:
    """Values beside each other, in the order of the page; `centre` is what all do together."""

    title: str
    unit_text: str
    decimals: int
    dots: tuple[ReportDot, ...]
    alt: str
    centre: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportShade:
    """A place of a grid: `depth` (0-1) says how far it lies from all together."""

    depth: float
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGrid:
    """Places in rows and columns; None is a blank, of which nothing is known."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shades: tuple[tuple[ReportShade | None, ...], ...]
    alt: str


ReportChart = ReportLine | ReportDots | ReportGrid


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """One thing told: its verdict, a chart, tables, and what else there is to know of it.

    `why` is the reasoning behind the verdict: below the chart on paper, in a slide's notes.
    `metric` is the name of the metric that it tells of, empty where it tells of several.
    `told` are sentences that stand where others have a chart. `listed` is a short table for a slide
    that has no chart. `is_cited`: it tells of published values, and so their sources belong to it.
    """

    title: str
    verdict: str
    metric: str = ""
    chart: ReportChart | None = None
    tables: tuple[ReportTable, ...] = ()
    why: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    listed: ReportTable | None = None
    is_cited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFeed:
    """A feed that figures stand on, and the state of its data; `metrics` names those figures."""

    name: str
    badge: str
    as_of: str
    sentence: str
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSource:
    """Where a published value comes from, and how far it compares."""

    metric: str
    entity: str
    value_text: str
    grade: Grade | None
    n_text: str
    period: str
    as_of: date | None
    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a figure needs to be quoted. Who took it is no part of it."""

    workspace: str
    notice: str
    page: str
    filters: tuple[tuple[str, str], ...]
    period: str
    complete_to: str
    publication: int
    published_at: str
    data_state: str
    feeds: tuple[ReportFeed, ...]
    sources: tuple[ReportSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One view of the screen: its sentence first, then its sections.

    `summary` is what needs a look first, for who reads one table only.
    """

    title: str
    headline: str
    summary: ReportTable | None
    sections: tuple[ReportSection, ...]
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is taken away: one chapter of a view, or all those of a pack.

    `left_out` says what could not be told. `stem` begins the file's name.
    """

    title: str
    chapters: tuple[Chapter, ...]
    stem: str
    left_out: tuple[str, ...] = ()
