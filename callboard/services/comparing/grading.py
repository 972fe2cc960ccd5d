"""What a published row claims, read against our metric and workspace: the claim that is graded."""

from datetime import date

from callboard import figures
from callboard.storage.benchmarks import BenchmarkRow
from callboard.workspace import Workspace
from metrics.changes import DefinitionChange, change_within, version_on
from metrics.grades import Aspect, Claim, Grade, Graded, GradeReason, grade_claim
from metrics.model import Metric
from metrics.peers import PeerValue, is_stale, is_stale_since


def grade_row(
    row: BenchmarkRow, metric: Metric, workspace: Workspace, *, today: date, converts: bool
) -> Graded:
    """Return how far a row compares on the day `today`; `converts`: it can be told in our unit.

    That we have a figure of exactly its days is taken as given, unless our definition changed
    within them; whoever looks and finds none says so by `without_own_days`.
    """
    change = change_within(metric, row.period_start, row.period_end) if row.period_start else None
    claim = Claim(
        statistic=row.statistic,
        converts=converts,
        unit_text=f"{row.unit} {row.per:,g}" if row.per else row.unit,
        base=row.base,
        start=row.period_start,
        end=row.period_end,
        own_days=None if row.period_start is None else change is None,
        our_version=version_on(metric, row.period_end),
        version=row.definition_version,
        clock=row.clock,
        method=row.method,
        population=row.population,
        region=row.region,
        scope=row.segment,
        n=row.sample_size or row.denominator,
        age=_too_old(row, metric, today),
        is_dated=bool(row.published_on or row.as_of),
        days_note=f"the definition changed on {figures.format_day(change.day)}" if change else "",
        our_regions=workspace.ourselves.regions,
    )
    return grade_claim(claim, metric)


def bearing_of(
    metric: Metric, start: date | None, end: date, *, today: date
) -> tuple[bool, DefinitionChange | None, int, bool]:
    """Return what a grade rests on of a period: rows that differ in no more are graded alike."""
    change = change_within(metric, start, end) if start else None
    is_old = is_stale_since(end, on=today, months=metric.benchmark_max_age)
    return start is None, change, version_on(metric, end), is_old


def without_own_days(graded: Graded, why: str) -> Graded:
    """The grade where we have no figure of exactly the same days, and why not."""
    return _with(graded, Aspect.PERIOD, why)


def left_behind(graded: Graded) -> Graded:
    """The grade where the others have published later periods since."""
    return _with(graded, Aspect.AGE, "too old: more than two of its periods behind the others")


def age_of(graded: Graded) -> str:
    """Why a value is too old to be held against us, or nothing."""
    return next(
        (
            each.words
            for each in graded.reasons
            if each.aspect is Aspect.AGE and each.grade is Grade.C
        ),
        "",
    )


def period_of(row: BenchmarkRow) -> PeerValue:
    """The row as a value of its period; one without a first day is taken for one of its last."""
    start = row.period_start or row.period_end
    return PeerValue(entity=row.entity, value=row.value, start=start, end=row.period_end)


def _too_old(row: BenchmarkRow, metric: Metric, today: date) -> str:
    months = metric.benchmark_max_age
    is_old = is_stale(period_of(row), on=today, months=months)
    return f"older than {months} months" if is_old else ""


def _with(graded: Graded, aspect: Aspect, words: str) -> Graded:
    """The grade with a C for one aspect; a C that it has already stays as it was said."""
    if any(each.aspect is aspect and each.grade is Grade.C for each in graded.reasons):
        return graded
    reasons = tuple(
        GradeReason(aspect=aspect, grade=Grade.C, words=words) if each.aspect is aspect else each
        for each in graded.reasons
    )
    return Graded(grade=max(each.grade for each in reasons), reasons=reasons)
