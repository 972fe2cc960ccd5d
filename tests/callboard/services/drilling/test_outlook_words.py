"""Every sentence of the outlook, branch by branch."""

from dataclasses import replace
from datetime import date

import pytest

from callboard.services.drilling.counted import counted_by
from callboard.services.drilling.excess_words import tell_excess
from callboard.services.drilling.trajectory_words import Aimed, tell_trajectory
from callboard.services.drilling.year_end_words import tell_year_end
from callboard.services.readings.year_ends import Year
from metrics.calendar import Period, calendar_for
from metrics.catalogue import load_catalogue
from metrics.excess import Excess
from metrics.model import Better, Grain, Metric
from metrics.slope import Slope
from metrics.trajectory import Pace, Trajectory
from metrics.verdict import Assurance, Promise
from metrics.year_end import Aim, Outcome, YearEnd, year_of

LIBRARY = load_catalogue().metrics
OTD, TRIR, ASA, COMPLAINTS = (LIBRARY[code] for code in ("otd", "trir", "asa", "complaints"))
WEEK_46 = calendar_for(Grain.WEEK).period_of(date(2026, 11, 9))
OCTOBER = calendar_for(Grain.MONTH).period_of(date(2026, 10, 1))
SATURDAY = calendar_for(Grain.DAY).period_of(date(2026, 11, 21))


def _excess(cases: float = 1240.0, half: float = 300.0) -> Excess:
    return Excess(
        cases=cases,
        low=cases - half,
        high=cases + half,
        counted=5000.0,
        base=35_000.0,
        normal=0.1,
        before=28,
        points=6,
    )


def _said(metric: Metric, excess: Excess, since: date, period: Period) -> str:
    item = tell_excess(metric, excess, since=since, period=period)
    return item.sentence if item else ""


@pytest.mark.parametrize(
    ("cases", "half", "told"),
    [
        (
            1240.0,
            300.0,
            "About 1,200 more late deliveries than normal since 5 Oct (95 % range 900 to 1,600).",
        ),
        (
            1240.0,
            30.0,
            "About 1,240 more late deliveries than normal since 5 Oct (95 % range 1,210 to 1,270).",
        ),
        (
            -12.0,
            3.5,
            "About 12 fewer late deliveries than normal since 5 Oct (95 % range 8 to 16).",
        ),
    ],
)
def test_an_excess_is_rounded_as_far_as_its_range_allows(
    cases: float, half: float, told: str
) -> None:
    assert told == _said(OTD, _excess(cases, half), date(2026, 10, 5), WEEK_46)


@pytest.mark.parametrize(
    ("since", "period", "when"),
    [
        (date(2026, 11, 9), WEEK_46, "in week 46"),
        (date(2025, 12, 29), WEEK_46, "since 29 Dec 2025"),
        (date(2026, 10, 1), OCTOBER, "in Oct"),
        (date(2026, 3, 1), OCTOBER, "since Mar"),
        (date(2026, 11, 21), SATURDAY, "on Sat 21 Nov"),
    ],
)
def test_an_excess_says_since_when(since: date, period: Period, when: str) -> None:
    assert f"than normal {when} (" in _said(OTD, _excess(), since, period)


@pytest.mark.parametrize("half", [1240.0, 1300.0, 1239.9])
def test_an_excess_that_chance_could_make_is_not_told(half: float) -> None:
    assert "" == _said(OTD, _excess(1240.0, half), date(2026, 10, 5), WEEK_46)


def test_what_has_no_word_is_told_of_its_base() -> None:
    plain = OTD.model_copy(update={"counts": "", "misses": ""})
    told = _said(plain, _excess(-1240.0, 30.0), date(2026, 10, 5), WEEK_46)
    assert told.startswith("About 1,240 fewer than normal, of 35,000 delivered orders since 5 Oct")


def test_a_short_time_is_told_in_minutes() -> None:
    told = _said(ASA, _excess(-3600.0, 600.0), date(2026, 11, 9), WEEK_46)
    assert told.startswith(
        "About 60 minutes less waiting than normal in week 46 (95 % range 50 to 70 minutes)"
    )


def test_scores_and_percentiles_add_up_to_nothing() -> None:
    assert [None, None] == [counted_by(LIBRARY[code], 1.0) for code in ("nps", "ttr_p50")]


def test_every_metric_that_adds_up_to_cases_has_a_word_for_them() -> None:
    told = {code: counted_by(metric, 1.0) for code, metric in LIBRARY.items()}
    assert not [code for code, each in told.items() if each is not None and not each.words]


def _year(period: Period = WEEK_46) -> Year:
    first, last = year_of(period)
    return Year(first=first, first_known=first, told=period, last=last)


def _end(outcome: Outcome, **changes: float | int | None) -> YearEnd:
    found = YearEnd(
        so_far=92.0,
        low=91.2,
        high=92.6,
        best=92.9,
        worst=90.9,
        usual=92.0,
        required=97.0,
        outcome=outcome,
        points=36,
        left=6,
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # a shorthand of tests


AIM = Aim(target=95.0, better=Better.HIGHER, scale=100.0, lowest=0.0, highest=100.0)
ENDS = "2026 (weeks 1 to 53) will end between 91.2 and 92.6 % (target 95.0 %): "


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            _end(Outcome.KEPT),
            f"{ENDS}safe, even with every week left at the bad end of its usual range.",
        ),
        (
            _end(Outcome.LIKELY_KEPT),
            f"{ENDS}it will most likely be met. That holds as long as the 6 weeks left average at "
            "least 97.0 %; 92.0 % is usual.",
        ),
        (
            _end(Outcome.OPEN),
            f"{ENDS}too close to call. The 6 weeks left would have to average 97.0 % or more; "
            "92.0 % is usual.",
        ),
        (
            _end(Outcome.LIKELY_MISSED, left=1),
            f"{ENDS}it will most likely be missed. The week left would have to average 97.0 % or "
            "more; 92.0 % is usual.",
        ),
        (
            _end(Outcome.MISSED),
            f"{ENDS}out of reach, even with every week left at the good end of its usual range. The "
            "6 weeks left would have to average 97.0 % or more; 92.0 % is usual.",
        ),
        (
            _end(Outcome.MISSED, required=120.0),
            f"{ENDS}out of reach, even 100 % for the rest of the year would not do.",
        ),
    ],
)
def test_each_outcome_of_the_year_has_its_sentence(found: YearEnd, told: str) -> None:
    assert told == tell_year_end(OTD, found, aim=AIM, year=_year()).sentence


def test_a_signal_adds_where_the_year_ends_if_it_stays() -> None:
    found = _end(Outcome.OPEN, lately=98.0, as_lately=94.1)
    told = tell_year_end(OTD, found, aim=AIM, year=_year()).sentence
    assert told.startswith(
        "2026 (weeks 1 to 53) will end between 91.2 and 92.6 % if the weeks left are like the 36 "
        "behind the limits, and at 94.1 % if they are like those since the signal began (target 95.0 %)"
    )
    assert told.endswith("or more; since the signal began it is 98.0 %.")


def test_a_range_that_rounds_to_the_target_gets_a_decimal_more() -> None:
    found = _end(Outcome.LIKELY_MISSED, low=94.4, high=94.96)
    assert "between 94.40 and 94.96 %" in tell_year_end(OTD, found, aim=AIM, year=_year()).sentence


def test_a_long_unit_is_said_once() -> None:
    aim = Aim(target=4.0, better=Better.LOWER, scale=200_000.0, lowest=0.0, highest=None)
    found = _end(Outcome.OPEN, low=3.8, high=4.2, required=4.4, usual=5.0)
    told = tell_year_end(TRIR, found, aim=aim, year=_year(OCTOBER)).sentence
    assert told == (
        "2026 will end between 3.8 and 4.2 per 200,000 hours worked (target 4.0): too close to call. "
        "The 6 months left would have to average 4.4 or less; 5.0 is usual."
    )


def test_a_year_known_from_later_on_says_so() -> None:
    year = replace(
        _year(OCTOBER), first_known=calendar_for(Grain.MONTH).period_of(date(2026, 3, 1))
    )
    assert "2026 (from Mar)" == year.name


def _gap(pace: Pace, **changes: float | None) -> Trajectory:
    found = Trajectory(
        pace=pace,
        gap=3.2,
        now=91.8,
        slope=Slope(value=0.35, low=0.16, high=0.64),
        points=12,
        is_logit=False,
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # a shorthand of tests


def _aimed(promise: Promise = Promise.NEVER, distance: float = -4.0) -> Aimed:
    kept = Assurance(promise=promise, target=95.0, is_trial=False, distance=distance)
    return Aimed(words="the target of 95.0 %", topic="Target", value=95.0, kept=kept)


def _told(found: Trajectory, aimed: Aimed | None = None, *, is_steady: bool = False) -> str:
    item = tell_trajectory(
        OTD, found, aimed or _aimed(), noun="week", base=780.0, is_steady=is_steady
    )
    return item.sentence if item else ""


CASES = " Closing it takes about 25 fewer late deliveries a week."


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (_gap(Pace.MET, gap=-1.0), ""),
        (_gap(Pace.GROWING, gap=0.04), ""),
        (
            _gap(Pace.CLOSING, periods=9.1, soonest=5.0, latest=20.0),
            "At the pace of the last 12 weeks, the target of 95.0 % is reached in about 9 weeks (5 to "
            f"20 weeks).{CASES}",
        ),
        (
            _gap(Pace.CLOSING, periods=9.1, soonest=5.0),
            "At the pace of the last 12 weeks, the target of 95.0 % is reached in about 9 weeks, but "
            f"anything from 5 to more than 36 is possible.{CASES}",
        ),
        (
            _gap(Pace.BEYOND, soonest=30.0),
            "It improves, but at the pace of the last 12 weeks, the target of 95.0 % is more than 36 "
            f"weeks away, 30 weeks at the earliest.{CASES}",
        ),
        (
            _gap(Pace.FLAT),
            "The gap of 3.2 points from the mean of the last 3 weeks to the target of 95.0 % is not closing: there is no reliable "
            f"improvement over the last 12 weeks.{CASES}",
        ),
        (
            _gap(Pace.GROWING),
            f"The gap of 3.2 points from the mean of the last 3 weeks to the target of 95.0 % has grown over the last 12 weeks.{CASES}",
        ),
    ],
)
def test_each_pace_has_its_sentence(found: Trajectory, told: str) -> None:
    assert told == _told(found)


def test_a_target_that_is_hit_or_miss_is_met_by_chance() -> None:
    told = _told(_gap(Pace.FLAT), _aimed(Promise.SOMETIMES, -1.0), is_steady=True)
    assert told.endswith(" As it runs now, single weeks meet it by chance.")


def test_while_a_signal_stands_nothing_is_said_of_how_it_usually_runs() -> None:
    told = _told(_gap(Pace.FLAT), _aimed(Promise.SOMETIMES, 1.0))
    assert "chance" not in told
    assert told.startswith("The gap of 3.2 points")


def test_a_steady_process_that_mostly_keeps_its_target_has_no_gap_to_close() -> None:
    told = _told(_gap(Pace.FLAT), _aimed(Promise.SOMETIMES, 1.0), is_steady=True)
    assert told == (
        "The last 3 weeks are 3.2 points worse than the target of 95.0 %, which chance alone does: "
        "as it runs now, it is met in most weeks."
    )


def test_the_numbers_of_a_pace_have_a_decimal_more() -> None:
    item = tell_trajectory(OTD, _gap(Pace.FLAT), _aimed(), noun="week", base=780.0, is_steady=False)
    assert item is not None
    assert ("+0.35 pts", "+0.16 to +0.64 pts", "+0.09 pts") == tuple(
        value for _, value in item.numbers[2:5]
    )
