"""From a question to its scan: what rows are grouped by, and what is measured of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from callboard.storage.feeds.check_sql import CheckSql, cannot_break, moment_literal
from callboard.storage.feeds.forms import read_odd
from callboard.storage.feeds.metric_sql import MeasureSql
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.recipes import Kind, Measure, Share, shares_of
from callboard.storage.feeds.scan_evidence import PRESENT, EvidencePlan, plan_evidence
from callboard.storage.feeds.scan_sql import Aggregate, Keys, Merge, Statement, group_rows
from callboard.storage.feeds.scan_sums import OTHER, KeptSums
from callboard.storage.feeds.table import FeedTable, Value
from callboard.storage.feeds.time_sql import Years, day_spans, local_day, local_hour
from data_contracts.model import Check
from data_contracts.model import Kind as CheckKind
from metrics.model import Comparison

NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A scan and how to read it.

    A row is `arm, day, touchpoint, segment`, the numbers of broken checks, `n`, then the aggregates
    called `names`, of which the first are `measures`. `dimensions` are the arms. `same` names
    counts of evidence that a measure gives already, and the place of that.
    """

    statement: Statement
    evidence: EvidencePlan
    names: tuple[str, ...]
    measures: tuple[Measure, ...]
    shares: tuple[Share, ...]
    dimensions: tuple[str, ...]
    same: Mapping[str, int] = field(default_factory=dict)

    def empty_sums(self) -> KeptSums:
        """Where the answer's sums are to be put."""
        joined = [each.kind is Kind.BUCKETS for each in self.measures]
        return KeptSums(joined, has_segments=bool(self.dimensions))


def plan_days(table: FeedTable, question: FeedQuestion, years: Years, odd: frozenset[str]) -> Plan:
    """The scan for daily sums by touchpoint and by each dimension, with all evidence.

    `years` are the first and last of the feed's times, `odd` the columns that have to be read.
    """
    rows = read_odd(table, odd, restriction(table, question)) if odd else table
    dimensions = {name: _segment(rows, question, name) for name in question.dimensions}
    return _plan(rows, question, years, dimensions, is_read=bool(odd))


def plan_hours(table: FeedTable, question: FeedQuestion, years: Years, odd: frozenset[str]) -> Plan:
    """The scan for hourly sums by touchpoint; the hour (0-23) stands where segments stand."""
    rows = read_odd(table, odd, restriction(table, question)) if odd else table
    hour = {"hour": local_hour(rows, question, years)}
    return _plan(rows, question, years, hour, is_read=bool(odd))


def restriction(table: FeedTable, question: FeedQuestion) -> ColumnElement[bool] | None:
    """Which rows the question is about, in a form that an index on the time serves; None for all.

    SQLite may give a day or two more on either side, whatever form its moments have.
    """
    if question.days is None:
        return None
    time = table.raw[question.contract.time]
    spans = [sa.and_(time >= low, time < high) for low, high in day_spans(table, question)]
    if question.undated_since is not None:
        spans.append(_undated(table, question))
    return sa.or_(sa.false(), *spans)


def _undated(table: FeedTable, question: FeedQuestion) -> ColumnElement[bool]:
    """New rows whose day cannot be told: no span of days would find them."""
    contract = question.contract
    assert question.undated_since is not None
    since = moment_literal(table, contract.watermark, question.undated_since)
    sql = CheckSql(table, question.known, question.latest)
    is_dated = sql.is_right(contract.time, contract.column(contract.time).type)
    return sa.and_(table.raw[contract.watermark] >= since, sa.not_(is_dated))


def _plan(
    table: FeedTable,
    question: FeedQuestion,
    years: Years,
    dimensions: Mapping[str, Value],
    *,
    is_read: bool,
) -> Plan:
    evidence = plan_evidence(table, question.contract.checks)
    shares = tuple(shares_of(question.metrics, question.contract.feed))
    measures = tuple(dict.fromkeys(m for share in shares for m in share.recipe.measures))

    checks = CheckSql(table, question.known, question.latest)
    same = _same(table, question, evidence, measures)
    whole = _whole_dimensions(table, question, dimensions)

    def measured(rows: FeedTable) -> Sequence[Aggregate]:
        sql = CheckSql(rows, question.known, question.latest, whole=checks)
        counts = [each for each in evidence.aggregates(sql) if each.name not in same]
        found = [replace(each, dimension=whole.get(each.name)) for each in counts]
        return [*_sums(_measurable(rows, sql), measures), *found, *_newest(rows, question)]

    keys = Keys(
        day=local_day(table, question, years),
        touchpoint=_sorted_fast(table, touchpoint_of(table, question)),
        dimensions=tuple(_sorted_fast(table, each) for each in dimensions.values()),
        broken=evidence.broken(table, question),
    )
    where = None if is_read else restriction(table, question)
    return Plan(
        statement=group_rows(table, keys, measured, where),
        evidence=evidence,
        names=tuple(each.name for each in measured(table)),
        measures=measures,
        shares=shares,
        dimensions=tuple(dimensions),
        same=same,
    )


def _same(
    table: FeedTable, question: FeedQuestion, evidence: EvidencePlan, measures: Sequence[Measure]
) -> dict[str, int]:
    """The counts of values that some measure is too: it takes each value as it stands."""
    measurable = _measurable(table, CheckSql(table, question.known, question.latest))
    counted = ((i, _counted_column(each)) for i, each in enumerate(measures))
    return {
        f"{PRESENT}{column}": i
        for i, column in counted
        if f"{PRESENT}{column}" in evidence.present
        and measurable.values[column] is table.raw[column]
    }


def _counted_column(measure: Measure) -> str:
    """The column of which a measure counts all values; "" where it does something else."""
    bounds = (measure.at_least, measure.at_most)
    if measure.kind is Kind.PRESENT and measure.quantity and not measure.where:
        return (measure.quantity.column or "") if bounds == (None, None) else ""
    if measure.kind is Kind.ROWS and len(measure.where) == 1:
        only = measure.where[0]
        return only.column if only.comparison is Comparison.PRESENT else ""
    return ""


def _whole_dimensions(
    table: FeedTable, question: FeedQuestion, dimensions: Mapping[str, Value]
) -> dict[str, int]:
    """The counts of the values of dimensions whose segments are the values themselves."""
    return {
        f"{PRESENT}{name}": i
        for i, name in enumerate(dimensions)
        if name in question.dimensions and name not in question.kept and not table.is_odd(name)
    }


def _sums(table: FeedTable, measures: Sequence[Measure]) -> list[Aggregate]:
    sql = MeasureSql(table)
    return [
        Aggregate(
            name=f"m_{i}",
            value=sql.aggregate(each),
            merge=Merge.JOIN if each.kind is Kind.BUCKETS else Merge.SUM,
        )
        for i, each in enumerate(measures)
    ]


def _newest(table: FeedTable, question: FeedQuestion) -> list[Aggregate]:
    """The newest moment at which a row was written; one that lies in the future says nothing."""
    watermark = question.contract.watermark
    if not watermark:
        return []
    value = table.values[watermark]
    now = moment_literal(table, watermark, question.latest)
    newest = sa.func.max(sa.case((value <= now, value)))
    return [Aggregate(name=NEWEST, value=newest, merge=Merge.MAX, is_evidence=True)]


def _measurable(table: FeedTable, sql: CheckSql) -> FeedTable:
    """The table with values of a wrong type as missing, where rows are published in spite of them.

    Rows that break a critical check of the type are not in any sum, so that need not be looked at.
    """
    checks = table.contract.checks
    sure = {each.column for each in checks if _keeps_rows_out(table, each)}
    values = {
        each.name: table.values[each.name]
        if each.name in sure or not _has_type_check(checks, each.name)
        else sa.case((sql.is_right(each.name, each.type), table.values[each.name]))
        for each in table.contract.columns
    }
    return replace(table, values=values)


def _keeps_rows_out(table: FeedTable, check: Check) -> bool:
    if check.kind is not CheckKind.TYPE or check.where is not None:
        return False
    return check.keeps_out or cannot_break(table, check)


def _has_type_check(checks: Sequence[Check], column: str) -> bool:
    return any(each.kind is CheckKind.TYPE and each.column == column for each in checks)


def _sorted_fast(table: FeedTable, key: Value) -> Value:
    """PostgreSQL sorts text by its bytes many times faster than by the rules of a language."""
    is_text = isinstance(key.type, sa.String | sa.types.NullType)
    return key if table.is_sqlite or not is_text else sa.collate(key, "C")


def touchpoint_of(table: FeedTable, question: FeedQuestion) -> Value:
    """The code of the touchpoint that a row names by code or alias; NULL for another name."""
    name = table.text(question.contract.touchpoint)
    codes = sorted(set(question.touchpoints.values()) & set(question.touchpoints))
    aliases: dict[str, list[str]] = {}
    for alias, code in sorted(question.touchpoints.items()):
        if alias != code:
            aliases.setdefault(code, []).append(alias)
    cases = [(name.in_(codes), name)]
    cases += [(name.in_(names), sa.literal(code, sa.Text)) for code, names in aliases.items()]
    return sa.case(*cases)


def _segment(table: FeedTable, question: FeedQuestion, dimension: str) -> Value:
    segment = table.text(dimension)
    kept = question.kept.get(dimension)
    if kept is None:
        return segment
    is_empty = sa.func.coalesce(segment, "") == ""
    return sa.case((segment.in_(kept), segment), (is_empty, sa.null()), else_=OTHER)
