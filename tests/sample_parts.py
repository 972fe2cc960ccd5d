"""What stands below a chart, made up: segments, effects, hours, rhythm, days between events."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from callboard import views
from callboard.views import Meaning, Movement
from metrics.limits import Chart, Footing, Limits
from metrics.signals import Rule, Signal
from tests.sample_views import chip


def breakdown() -> views.Breakdown:
    rows = (
        ("Northline", 79.2, 88.8, 410, 0.34, Movement.DOWN, Meaning.BAD, "worse", "−9.6 pts"),
        ("Own fleet", 92.4, 92.1, 520, 0.43, Movement.UP, Meaning.GOOD, "better", "+0.3 pts"),
        (
            "Parcelo",
            90.1,
            90.2,
            274,
            0.23,
            Movement.DOWN,
            Meaning.NEUTRAL,
            "about the same",
            "−0.1 pts",
        ),
    )
    return views.Breakdown(
        dimension="carrier",
        period_label="week 46",
        segments=tuple(
            views.Segment(
                name=name,
                value=value,
                value_text=f"{value} %",
                before=before,
                before_text=f"{before} %",
                n=n,
                share=share,
                chip=chip("week 45", text, movement, meaning, word),
            )
            for name, value, before, n, share, movement, meaning, word, text in rows
        ),
        sentence="Northline makes most of the fall: 9.6 points down on a third of the orders.",
    )


def effects() -> views.Breakdown:
    """A breakdown whose change is taken apart: −3.0 of three segments and the hidden ones."""
    told = ((-2.5, 0.4), (0.3, -0.8), (0.0, -0.6))
    segments = tuple(
        replace(
            each,
            contribution=rate + mix,
            contribution_text=f"{rate + mix:+.1f} pts",
            rate=rate,
            rate_text=f"{rate:+.1f} pts",
            mix=mix,
            mix_text=f"{mix:+.1f} pts",
        )
        for each, (rate, mix) in zip(breakdown().segments, told, strict=True)
    )
    return replace(
        breakdown(),
        segments=segments,
        base_label="week 45",
        change=-3.0,
        change_text="−3.0 pts",
        hidden=0.2,
        hidden_text="+0.2 pts",
        has_mix=True,
    )


def hour_map() -> views.HourMap:
    """Three hours: one clearly lower, one as usual, one too small to show."""
    told = ((4, 15, 70.0, True, 0.001), (0, 9, 92.0, False, 1.0), (6, 20, None, False, None))
    cells = tuple(
        views.HourCell(
            weekday=weekday,
            hour=hour,
            name=f"Day {weekday} {hour}:00",
            state=views.CellState.HIDDEN if value is None else views.CellState.SHOWN,
            value=value,
            value_text="too few" if value is None else f"{value} %",
            n=260,
            days=13,
            difference=None if value is None else value - 90,
            difference_text="" if value is None else f"{value - 90:+.1f} pts",
            is_clear=is_clear,
            p=p,
        )
        for weekday, hour, value, is_clear, p in told
    )
    return views.HourMap(
        metric="otd",
        touchpoint="field_delivery",
        title="On-time delivery by weekday and hour",
        cells=cells,
        sentence="Worst: Friday 15:00.",
        alt="On-time delivery by weekday and hour. Worst: Friday 15:00.",
        unit_text="%",
        overall_text="90.0 %",
    )


def rhythm(**changes: object) -> views.Rhythm:
    """A week whose Monday is busy and whose Sunday is not, in percent of the level."""
    places = tuple(
        views.RhythmPlace(
            name=name,
            effect=effect,
            effect_text=f"{effect:+.0f} %",
            usual=200 * (1 + effect / 100),
            usual_text=f"{200 * (1 + effect / 100):.0f} orders",
            counted=12,
        )
        for name, effect in (("Monday", 20.0), ("Wednesday", 5.0), ("Sunday", -25.0))
    )
    given: dict[str, object] = {
        "noun": "weekday",
        "title": "What the week looks like",
        "sentence": "Highest on Monday (+20 %), lowest on Sunday (−25 %).",
        "same_period": "",
        "places": places,
        "is_relative": True,
        "unit_text": "orders",
        "span": "24 Aug to 15 Nov 2026",
        "alt": "Orders by weekday.",
        "metric": "orders",
        "touchpoint": "delivery",
        **changes,
    }
    return views.Rhythm(**given)  # type: ignore[arg-type]  # a shorthand of tests


def event_gaps() -> views.EventGaps:
    """Gaps of ten days, a cluster, and a running gap longer than the upper limit."""
    lengths = (*(10.0, 14.0, 6.0) * 5, *(1.0,) * 3, 60.0)
    end, gaps = date(2026, 1, 1), []
    for place, length in enumerate(lengths):
        start, end = end, end + timedelta(days=int(length))
        signal = {1.0: Signal.CONCERN, 60.0: Signal.IMPROVEMENT}.get(length, Signal.NONE)
        rule = {1.0: Rule.OUTSIDE_BELOW, 60.0: Rule.OUTSIDE_ABOVE}.get(length, Rule.NONE)
        gaps.append(
            views.EventGap(
                start=start,
                end=end,
                start_label=f"{start:%-d %b}",
                label=f"{end:%-d %b}",
                length=length,
                length_text=f"{length:.0f} days",
                rule=rule,
                rule_text="longer than the upper limit" if length == 60.0 else "",
                signal=signal,
                is_running=place == len(lengths) - 1,
            )
        )
    limits = Limits(
        centre=9.0,
        lower=2.0,
        upper=30.0,
        near_lower=3.5,
        near_upper=21.0,
        footing=Footing.FULL,
        points=18,
        chart=Chart.T,
    )
    return views.EventGaps(
        noun="days",
        events="recordable incidents",
        gaps=tuple(gaps),
        limits=limits,
        sentence="Usually 9 days between recordable incidents; by chance up to 30 days.",
        why="60 days since the last is more than 30 days.",
        alt="Days between recordable incidents, Field delivery: 19 events.",
    )


def rule_trend() -> views.RuleTrend:
    points = ((18, 0, 3_900), (19, 12, 3_950), (21, 1_200, 4_000))
    return views.RuleTrend(
        rule_id="units.range",
        description="units is between 1 and 100,000.",
        slice_key="",
        points=tuple((date(2026, 11, day), failed, of) for day, failed, of in points),
        since=datetime(2026, 11, 19, 6, tzinfo=UTC),
        since_run=214,
    )
