"""What a screen shows, ready to draw: every text formatted, every judgement made.

Services fill these; `callboard.ui`, `callboard.charts` and the command line only draw them.
"""

from callboard.views.backstage import Backstage, BackstagePair, LagPoint
from callboard.views.between import EventGap, EventGaps
from callboard.views.breaks import (
    AsideProposal,
    BaselineMark,
    BaselinePreview,
    BaselineRow,
    BreakMark,
    BreakPreview,
    BreakProposal,
    BreakRow,
)
from callboard.views.comparison import (
    ComparedUnit,
    CompareWays,
    Comparison,
    Curves,
    Picture,
    Shrunken,
    UnitLimits,
)
from callboard.views.competitors import BenchmarkGap, Competitor, CompetitorsPage, CompetitorTrend
from callboard.views.composition import Composition, Contribution
from callboard.views.grades import Passport, Restatement
from callboard.views.history import (
    Breakdown,
    ControlChart,
    Doubts,
    Point,
    RowsBehind,
    Segment,
    Total,
)
from callboard.views.lab import (
    ConstantField,
    DraftRow,
    LabGroup,
    LabRow,
    LabView,
    LastTime,
    PassportGap,
)
from callboard.views.outlook import Outlook, OutlookItem
from callboard.views.publishing import (
    Change,
    FindingGroup,
    FindingRow,
    GradeAhead,
    JumpRow,
    Preview,
    RestatementRow,
    SubmissionRow,
)
from callboard.views.rhythm import Rhythm, RhythmPlace
from callboard.views.standings import (
    Panorama,
    Profile,
    ProfileRow,
    Quadrant,
    QuadrantDot,
    Unknown,
    Ways,
)
from callboard.views.states import Badge, Chip, Meaning, Movement, Trust
from callboard.views.tiles import Lane, Overview, Sparkline, Tile, TodaySoFar, TouchpointPage
from callboard.views.trust import Definition, FeedTrust, QuarantinedRow, RuleRow
from callboard.views.waiting import OpenShare, Waiting

__all__ = [
    "AsideProposal",
    "Backstage",
    "BackstagePair",
    "Badge",
    "BaselineMark",
    "BaselinePreview",
    "BaselineRow",
    "BenchmarkGap",
    "BreakMark",
    "BreakPreview",
    "BreakProposal",
    "BreakRow",
    "Breakdown",
    "Change",
    "Chip",
    "CompareWays",
    "ComparedUnit",
    "Comparison",
    "Competitor",
    "CompetitorTrend",
    "CompetitorsPage",
    "Composition",
    "ConstantField",
    "Contribution",
    "ControlChart",
    "Curves",
    "Definition",
    "Doubts",
    "DraftRow",
    "EventGap",
    "EventGaps",
    "FeedTrust",
    "FindingGroup",
    "FindingRow",
    "GradeAhead",
    "JumpRow",
    "LabGroup",
    "LabRow",
    "LabView",
    "LagPoint",
    "Lane",
    "LastTime",
    "Meaning",
    "Movement",
    "OpenShare",
    "Outlook",
    "OutlookItem",
    "Overview",
    "Panorama",
    "Passport",
    "PassportGap",
    "Picture",
    "Point",
    "Preview",
    "Profile",
    "ProfileRow",
    "Quadrant",
    "QuadrantDot",
    "QuarantinedRow",
    "Restatement",
    "RestatementRow",
    "Rhythm",
    "RhythmPlace",
    "RowsBehind",
    "RuleRow",
    "Segment",
    "Shrunken",
    "Sparkline",
    "SubmissionRow",
    "Tile",
    "TodaySoFar",
    "Total",
    "TouchpointPage",
    "Trust",
    "UnitLimits",
    "Unknown",
    "Waiting",
    "Ways",
]
