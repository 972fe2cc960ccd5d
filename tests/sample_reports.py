"""A made-up report of two chapters, to write files from without a store."""

from datetime import date, timedelta

from callboard.views import (
    Chapter,
    Report,
    ReportColumn,
    ReportDot,
    ReportDots,
    ReportFeed,
    ReportLine,
    ReportSection,
    ReportSeries,
    ReportSource,
    ReportTable,
    Role,
    Stamp,
)
from metrics.grades import Grade
from metrics.signals import Signal

EVIL = ('=HYPERLINK("http://evil")', "+1", "-1+2", "@SUM(A1)", "\tx", "<b>&amp;</b>", "a\x00b")
DAYS = tuple(date(2026, 10, 5) + timedelta(weeks=week) for week in range(6))
VALUES = (90.0, 91.5, None, 92.25, 80.125, None)


def stamp() -> Stamp:
    return Stamp(
        workspace="Small Stores",
        notice="Synthetic data",
        page="Touchpoint",
        filters=(("Touchpoint", "Field delivery"), ("Periods of a", "week")),
        period="Week 45, 2026",
        complete_to="Sun 8 Nov 2026",
        publication=12,
        published_at="Mon 9 Nov 2026, 02:10",
        data_state="2 feeds verified",
        feeds=(
            ReportFeed(
                name="Deliveries",
                badge="Stale",
                as_of="8 Nov 2026",
                sentence="Last good Sun 8 Nov.",
                metrics=("On-time delivery",),
            ),
            ReportFeed(
                name="Contacts",
                badge="Verified",
                as_of="9 Nov 2026",
                sentence="Keeps its contract.",
                metrics=("Abandonment rate",),
            ),
        ),
        sources=(
            ReportSource(
                metric="On-time delivery",
                entity="Alder",
                value_text="94.0 %",
                grade=Grade.B,
                n_text="1,200 orders",
                period="Oct 2026",
                as_of=date(2026, 11, 5),
                source="Delivery Watch",
                url="https://example.org/watch",
            ),
            ReportSource(
                metric="Abandonment rate",
                entity="Birch",
                value_text="4.9 %",
                grade=Grade.A,
                n_text="3,500 contacts",
                period="Oct 2026",
                as_of=None,
                source="Service Panel",
                url="https://example.org/panel",
            ),
        ),
    )


def line() -> ReportLine:
    return ReportLine(
        title="On-time delivery, Field delivery",
        unit_text="%",
        decimals=1,
        days=DAYS,
        labels=tuple(f"week {at}" for at in range(6)),
        series=(
            ReportSeries(name="Values", role=Role.VALUES, values=VALUES),
            ReportSeries(name="Still running", role=Role.RUNNING, values=(*(None,) * 5, 88.0)),
            ReportSeries(name="Centre", role=Role.CENTRE, values=(91.0,) * 6),
            ReportSeries(name="Target", role=Role.TARGET, values=(95.0,) * 6),
        ),
        signals=(*(Signal.NONE,) * 4, Signal.CONCERN, Signal.NONE),
        alt="Five weeks, the newest far below <usual>.",
        starts=(3,),
    )


def dots() -> ReportDots:
    return ReportDots(
        title="Beside published values",
        unit_text="%",
        decimals=1,
        dots=(
            ReportDot(label="Alder (grade B, 1,200 orders)", value=94.0, value_text="94.0 %"),
            ReportDot(
                label="Us", value=80.125, value_text="80.1 %", low=78.0, high=82.0, is_ours=True
            ),
        ),
        alt="Second of two.",
    )


def table() -> ReportTable:
    return ReportTable(
        title="On-time delivery: what/is [it]?",
        columns=(
            ReportColumn(title="Who"),
            ReportColumn(title="Value, %", is_number=True, decimals=1),
            ReportColumn(title="Day"),
            ReportColumn(title="Exactly", is_number=True, is_for_machines=True),
        ),
        rows=(
            ("Alder", 94.0, date(2026, 11, 5), 94.0001),
            *((evil, None, None, -3) for evil in EVIL),
        ),
    )


def report() -> Report:
    history = ReportSection(
        title="On-time delivery, Field delivery",
        verdict="Far below usual",
        metric="On-time delivery",
        is_cited=True,
        chart=line(),
        tables=(table(),),
        why=("80.1 % is below the lower limit.",),
    )
    league = ReportSection(
        title="Peers",
        verdict="On-time delivery: 2nd of 2",
        metric="On-time delivery",
        is_cited=True,
        chart=dots(),
        tables=(table(),),
    )
    summary = ReportTable(
        title="What needs a look",
        columns=tuple(ReportColumn(title=each) for each in ("Metric", "Verdict")),
        rows=(("On-time delivery", "Far below usual. " * 30),),
    )
    chapter = Chapter(
        title="Touchpoint: Field delivery",
        headline="1 promise at risk.",
        summary=summary,
        sections=(history, league),
        stamp=stamp(),
    )
    other = Chapter(
        title="Compare", headline="<i>Nothing</i>", summary=None, sections=(), stamp=stamp()
    )
    return Report(title="Board & <co>", chapters=(chapter, other), stem="board", left_out=("One.",))
