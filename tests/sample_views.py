"""Made-up but realistic views, to draw charts and pages from without a store."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from callboard import views
from callboard.views import Badge, Chip, Meaning, Movement
from metrics.chosen import BaselineUse
from metrics.limits import Footing, Limits
from metrics.model import Better, Grain
from metrics.peer_gaps import Against
from metrics.peers import PeerBand
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation

LAST_WEEK = date(2026, 11, 9)
AS_OF = datetime(2026, 11, 21, 23, 40, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

_NAMES = {
    "otd": ("On-time delivery", "%", "Delivery", "Efficiency", Better.HIGHER),
    "asa": ("Average speed of answer", "s", "Listening", "Courtesy", Better.LOWER),
    "reopen": ("Reopen rate", "%", "Quality", "Show", Better.LOWER),
    "trir": ("Recordable incidents", "per 200,000 h", "Integration", "Safety", Better.LOWER),
    "nps": ("Net promoter score", "points", "Listening", "Courtesy", Better.HIGHER),
    "backlog_open": ("Open requests", "", "Delivery", "Efficiency", Better.NEUTRAL),
}
_TOUCHPOINTS = {"field_delivery": "Field delivery", "call_centre": "Call centre", "it": "IT"}


def trust(badge: Badge = Badge.VERIFIED) -> views.Trust:
    sentences = {
        Badge.VERIFIED: "Verified to Sat 21 Nov: all 9 rules hold.",
        Badge.WARNINGS: "Verified with warnings: 12 of 4,180 rows are in quarantine.",
        Badge.STALE: "Last good Thu 12 Nov; the feed was due Fri 13 Nov.",
        Badge.PARTIAL: "Partial: two of three feeds have arrived.",
        Badge.WITHHELD: "Withheld: a critical rule failed, the last good value is shown.",
        Badge.UNCHECKED: "Not checked yet.",
    }
    return views.Trust(
        badge=badge, feeds=("deliveries",), as_of=AS_OF, due=DUE, sentence=sentences[badge]
    )


def chip(label: str, text: str, movement: Movement, meaning: Meaning, word: str) -> Chip:
    return Chip(label=label, text=text, movement=movement, meaning=meaning, word=word)


CHIPS = (
    chip("week 45", "−1.2 pts", Movement.DOWN, Meaning.BAD, "worse"),
    chip("week 46, 2025", "−3.0 pts", Movement.DOWN, Meaning.BAD, "worse"),
    chip("target 92 %", "−4.7 pts", Movement.DOWN, Meaning.BAD, "missed"),
    chip("6 peers", "5th", Movement.UNKNOWN, Meaning.BAD, "lower third"),
)
GOOD_CHIPS = (
    chip("week 45", "+0.4 pts", Movement.UP, Meaning.GOOD, "better"),
    chip("week 46, 2025", "no value", Movement.UNKNOWN, Meaning.NONE, "not compared"),
    chip("target 4 %", "−0.8 pts", Movement.DOWN, Meaning.GOOD, "met"),
)


def sparkline(signal: Signal = Signal.NONE, seed: int = 1, slope: float = 0.0) -> views.Sparkline:
    chance = random.Random(seed)
    values: list[float | None] = [
        90 + chance.gauss(0, 1.2) + slope * max(0, i - 16) for i in range(26)
    ]
    values[7] = None
    return views.Sparkline(values=tuple(values), target=92.0, centre=90.0, signal_at_end=signal)


def variation(signal: Signal = Signal.NONE) -> Variation:
    rule = {
        Signal.CONCERN: Rule.SHIFT_BELOW,
        Signal.IMPROVEMENT: Rule.SHIFT_ABOVE,
        Signal.HIGH: Rule.OUTSIDE_ABOVE,
        Signal.LOW: Rule.OUTSIDE_BELOW,
    }.get(signal, Rule.NONE)
    return Variation(
        signal=signal,
        rule=rule,
        since=date(2026, 9, 28) if rule is not Rule.NONE else None,
        footing=Footing.FULL,
        points_since=7 if rule is not Rule.NONE else None,
    )


def tile(
    metric: str = "otd",
    touchpoint: str = "field_delivery",
    signal: Signal = Signal.CONCERN,
    promise: Promise = Promise.SOMETIMES,
    badge: Badge = Badge.VERIFIED,
    **changes: object,
) -> views.Tile:
    name, unit, pillar, key, better = _NAMES[metric]
    slope = {Signal.CONCERN: -0.5, Signal.IMPROVEMENT: 0.5}.get(signal, 0.0)
    given: dict[str, object] = {
        "metric": metric,
        "metric_name": name,
        "touchpoint": touchpoint,
        "touchpoint_name": _TOUCHPOINTS[touchpoint],
        "pillar": pillar,
        "key": key,
        "better": better,
        "value": 87.3,
        "value_text": "87.3",
        "unit_text": unit,
        "value_full": f"87.2917 {unit}",
        "period_label": "week 46",
        "n_text": "n 1,204",
        "chips": CHIPS if signal is Signal.CONCERN else GOOD_CHIPS,
        "sparkline": sparkline(signal, seed=len(name) + len(touchpoint), slope=slope),
        "variation": variation(signal),
        "assurance": Assurance(promise=promise, target=92.0, is_trial=False),
        "verdict": "Falling since 28 Sep; as it runs now it will miss 92 % in some weeks; "
        "fifth of six peers.",
        "trust": trust(badge),
        "concern": 3.0 if signal is Signal.CONCERN else 0.0,
        "today": None,
        "help": "Of the orders due in the period, the share delivered by the promised time.",
    }
    return views.Tile(**(given | changes))  # type: ignore[arg-type]  # the test names real fields


def tiles() -> tuple[views.Tile, ...]:
    today = views.TodaySoFar(
        until="14:00",
        value_text="88.1 %",
        before_text="90.4 %",
        change=chip("last Sunday to 14:00", "−2.3 pts", Movement.DOWN, Meaning.BAD, "worse"),
    )
    return (
        tile("trir", "field_delivery", Signal.NONE, Promise.ALWAYS, value_text="1.4"),
        tile("asa", "call_centre", Signal.IMPROVEMENT, Promise.SOMETIMES, value_text="24"),
        tile("nps", "call_centre", Signal.NONE, Promise.NEVER, Badge.WARNINGS, value_text="38"),
        tile("reopen", "it", Signal.IMPROVEMENT, Promise.ALWAYS, Badge.STALE, value_text="3.2"),
        tile("otd", "field_delivery", today=today),
        tile("backlog_open", "it", Signal.HIGH, Promise.NONE, value_text="412", chips=GOOD_CHIPS),
        tile(
            "reopen",
            "call_centre",
            Signal.NO_DATA,
            Promise.NONE,
            Badge.WITHHELD,
            value=None,
            value_text="–",
            unit_text="",
            n_text="",
            chips=(),
            verdict="Withheld: fewer than 10 contacts were answered.",
        ),
    )


def overview(**changes: object) -> views.Overview:
    every = tiles()
    keys = ("Safety", "Courtesy", "Show", "Efficiency")
    given: dict[str, object] = {
        "headline": "1 promise at risk, 2 improving, 3 steady. Worst: on-time delivery at "
        "Field delivery, falling since 28 Sep, behind 5 of 6 peers.",
        "complete_to": "Sun 15 Nov",
        "data_state": "7 feeds verified, 1 stale",
        "changed": tuple(t for t in every if t.variation.rule is not Rule.NONE),
        "lanes": tuple(
            views.Lane(title=key, tiles=tuple(t for t in every if t.key == key)) for key in keys
        ),
        "tile_count": len(every),
        "hidden_count": 0,
        "expected_false_signals": 0.1,
        "periods": (("2026-11-09", "week 46"), ("2026-11-02", "week 45")),
        "period": "2026-11-09",
        "publication": 7,
    }
    return views.Overview(**(given | changes))  # type: ignore[arg-type]  # as above


def points(count: int = 36) -> tuple[views.Point, ...]:
    chance = random.Random(3)
    found = []
    for i in range(count):
        start = LAST_WEEK - timedelta(weeks=count - 1 - i)
        value = 91 + chance.gauss(0, 1.1) - max(0, i - (count - 8)) * 0.6
        is_caught = i >= count - 7
        found.append(
            views.Point(
                start=start,
                end=start + timedelta(days=6),
                label=f"week {start.isocalendar().week}, {start.isocalendar().year}",
                value=None if i == 9 else round(value, 3),
                value_text="no value" if i == 9 else f"{value:.1f} %",
                numerator=None if i == 9 else round(value * 12),
                denominator=None if i == 9 else 1200.0,
                n=0 if i == 9 else 1200,
                n_text="" if i == 9 else "n = 1,200",
                rule=Rule.SHIFT_BELOW if is_caught else Rule.NONE,
                signal=Signal.CONCERN if is_caught else Signal.NONE,
                rule_text="7 in a row below the centre" if is_caught else "",
                status="no_data" if i == 9 else "ok",
                is_complete=True,
                centre=90.8,
                lower=87.4,
                upper=94.2,
                near_lower=88.5,
                near_upper=93.1,
            )
        )
    return tuple(found)


def control_chart(**changes: object) -> views.ControlChart:
    start = LAST_WEEK - timedelta(weeks=35)
    given: dict[str, object] = {
        "metric": "otd",
        "metric_name": "On-time delivery",
        "touchpoint": "field_delivery",
        "touchpoint_name": "Field delivery",
        "unit_text": "%",
        "decimals": 1,
        "better": Better.HIGHER,
        "grain": Grain.WEEK,
        "points": points(),
        "limits": Limits(
            centre=90.8,
            lower=87.4,
            upper=94.2,
            near_lower=88.5,
            near_upper=93.1,
            footing=Footing.FULL,
            points=28,
            baseline_start=start,
            baseline_end=start + timedelta(weeks=27),
        ),
        "natural_low": 0.0,
        "natural_high": 100.0,
        "targets": ((start, LAST_WEEK + timedelta(days=6), 92.0),),
        "peer_band": (
            PeerBand(
                start=start,
                end=start + timedelta(days=120),
                low=88.1,
                middle=91.0,
                high=93.9,
                peers=6,
            ),
            PeerBand(
                start=start + timedelta(days=121),
                end=LAST_WEEK + timedelta(days=6),
                low=88.9,
                middle=91.7,
                high=94.4,
                peers=6,
            ),
        ),
        "verdict": "Falling since 28 Sep; it will miss 92 % in some weeks; fifth of six peers.",
        "why": "The last 7 weeks are all below the centre of 90.8 %. By chance alone that happens "
        "less than once in 128 runs of seven.",
        "alt": "On-time delivery at Field delivery by week: 83.9 % in week 46, concern.",
        "trust": trust(),
        "publication": 7,
    }
    return views.ControlChart(**(given | changes))  # type: ignore[arg-type]  # as above


def broken_chart() -> views.ControlChart:
    """A control chart with a break before its last twelve points."""
    chart = control_chart()
    new = {"centre": 84.0, "lower": 80.0, "upper": 88.0, "segment": 1}
    points = (*chart.points[:24], *(replace(each, **new) for each in chart.points[24:]))
    start = points[24].start
    mark = views.BreakMark(
        day=start, start=start, text="31 Aug", reason="A new carrier", is_provisional=False
    )
    return replace(chart, points=points, breaks=(mark,))


def baselined_chart() -> views.ControlChart:
    """A control chart whose first twelve points make the limits, and two that were set aside."""
    chart = control_chart()
    strike = {place: replace(chart.points[place], aside="Carrier's strike") for place in (20, 21)}
    points = tuple(strike.get(place, each) for place, each in enumerate(chart.points))
    marks = (
        views.BaselineMark(
            use=BaselineUse.ONLY,
            start=points[0].start,
            end=points[11].start,
            text="9 Mar to 31 May 2026",
            reason="Before the depot",
        ),
        views.BaselineMark(
            use=BaselineUse.ASIDE,
            start=points[20].start,
            end=points[21].start,
            text="27 Jul to 9 Aug 2026",
            reason="Carrier's strike",
        ),
    )
    return replace(chart, points=points, baselines=marks)


def annotated_chart() -> views.ControlChart:
    """A control chart with an annotation of its last day."""
    chart = broken_chart()
    start = chart.points[-1].start
    mark = views.AnnotationMark(
        number=1,
        first=start,
        last=start,
        start=start,
        end=start,
        days="9 Nov",
        tag=views.AnnotationTag.CHANGE,
        text="New checklist",
    )
    return replace(chart, annotations=(mark,))


def comment(text: str, start: date = LAST_WEEK) -> views.CommentRow:
    return views.CommentRow(
        id=1,
        touchpoint="field_delivery",
        touchpoint_name="Field delivery",
        metric="otd",
        metric_name="On-time delivery",
        grain=Grain.WEEK,
        start=start,
        period_label="Week 46, 2026",
        text=text,
        actor="lea",
        at=AS_OF,
    )


def commented_chart() -> views.ControlChart:
    view = control_chart()
    before = view.points[-3].start
    return replace(view, comments=(comment("Two vans"), comment("Rain"), comment("Ice", before)))


def competitor(entity: str, value: float, **changes: object) -> views.Competitor:
    given: dict[str, object] = {
        "entity": entity,
        "entity_type": "competitor",
        "is_us": False,
        "value": value,
        "value_text": f"{value} %",
        "low": value - 1.1,
        "high": value + 1.0,
        "n": 12_400,
        "n_text": "12,400",
        "statistic": "value",
        "period_label": "Oct 2026",
        "as_of": date(2026, 10, 31),
        "source": "Regulator's quarterly",
        "source_url": "",
        "method": "system",
        "comparable": True,
        "note": "",
        "gap_text": f"{value - 87.3:+.1f} pts",
        "gap_meaning": Meaning.BAD if value > 87.3 else Meaning.GOOD,
    }
    return views.Competitor(**(given | changes))  # type: ignore[arg-type]  # as above


def league() -> tuple[views.Competitor, ...]:
    return (
        competitor("Alder & Sons", 94.1),
        competitor("Brightmart", 92.6),
        competitor("Corvid", 91.2),
        competitor("Dunmore", 90.8, low=None, high=None, n=None, n_text="not published"),
        competitor("Harbour Stores", 87.3, is_us=True, gap_text="", gap_meaning=Meaning.NONE),
        competitor("Eastgate", 86.0),
        competitor("Fallow", 95.0, comparable=False, note="counts business days, we count days"),
    )


def gaps() -> tuple[views.BenchmarkGap, ...]:
    """One clear gap, one within sampling error, one without an interval."""
    given: dict[str, object] = {
        "against": Against.ACHIEVABLE,
        "name": "Achievable",
        "value": 94.1,
        "value_text": "94.1 %",
        "gap": -6.8,
        "low": -7.9,
        "high": -5.5,
        "text": "6.8 pts behind (5.5 to 7.9)",
        "meaning": views.Meaning.BAD,
        "made_of": "Alder & Sons: the best, until they hold a tenth of all cases",
    }
    level: dict[str, object] = {
        "against": Against.REST,
        "name": "All peers pooled",
        "gap": 0.2,
        "low": -0.4,
        "high": 0.8,
        "text": "no clear difference (0.4 behind to 0.8 ahead)",
        "meaning": views.Meaning.NEUTRAL,
    }
    unknown: dict[str, object] = {"against": Against.BEST, "low": None, "high": None}
    return tuple(
        views.BenchmarkGap(**(given | other))  # type: ignore[arg-type]  # as above
        for other in ({}, level, unknown | {"name": "Best peer", "meaning": views.Meaning.NEUTRAL})
    )


def competitors_page(**changes: object) -> views.CompetitorsPage:
    months = [(date(2026, m, 1), date(2026, m, 28)) for m in range(1, 11)]
    given: dict[str, object] = {
        "metric": "otd",
        "metric_name": "On-time delivery",
        "unit_text": "%",
        "better": Better.HIGHER,
        "headline": "Behind 4 of 5 comparable competitors in October 2026.",
        "standing": "5th of 6, fourth quarter; the best is Alder & Sons, 6.8 points ahead.",
        "league": league(),
        "trend": views.CompetitorTrend(
            metric_name="On-time delivery",
            unit_text="%",
            decimals=1,
            ours=tuple((a, b, 91 - i * 0.4) for i, (a, b) in enumerate(months)),
            peers={
                "Alder & Sons": tuple((a, b, 94.0 + i * 0.01) for i, (a, b) in enumerate(months)),
                "Brightmart": tuple((a, b, 92.4 + i * 0.02) for i, (a, b) in enumerate(months)),
            },
            band=tuple(
                PeerBand(start=a, end=b, low=86.0, middle=91.2, high=94.1, peers=5)
                for a, b in months
            ),
            alt="On-time delivery by month, ours below the middle of five peers since July.",
        ),
        "not_comparable": "",
        "publication": 7,
        "gaps": gaps(),
        "period_label": "Oct 2026",
        "gap_unit": "pts",
    }
    return views.CompetitorsPage(**(given | changes))  # type: ignore[arg-type]  # as above


def touchpoint_page(**changes: object) -> views.TouchpointPage:
    given: dict[str, object] = {
        "touchpoint": "field_delivery",
        "name": "Field delivery",
        "description": "Orders brought to the customer's door.",
        "owner": "Delivery operations",
        "stage": "front",
        "headline": "On-time delivery is falling since 28 Sep; the other 3 promises are steady.",
        "tiles": tuple(t for t in tiles() if t.touchpoint == "field_delivery"),
        "depends_on": (("warehouse", "Warehouse"), ("it", "IT")),
        "dimensions": {"otd": ("carrier", "region", "channel")},
        "publication": 7,
    }
    return views.TouchpointPage(**(given | changes))  # type: ignore[arg-type]  # as above
