"""How the evidence of every row check is read off the groups of a scan.

A critical check has a bit of the numbers that rows are grouped by: the rows that break it are those
of the groups with its bit. Only the other checks, and how many rows have a value at all, need an
aggregate of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from callboard.storage.feeds.check_sql import CheckSql, cannot_break, columns_of, compared_by
from callboard.storage.feeds.forms import HAS_OTHER_FORMS
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.scan_sql import Aggregate
from callboard.storage.feeds.suspicion import may_break_any
from callboard.storage.feeds.table import FeedTable, Value
from data_contracts.evidence import Evidence
from data_contracts.model import Check, Kind

_BITS = 60  # in a number that every database holds exactly
PRESENT = "present:"
Broken = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bit:
    """One bit of one of the numbers that say which checks a row breaks."""

    number: int
    mask: int

    def is_in(self, broken: Broken) -> bool:
        """Whether the bit is set."""
        return bool(broken[self.number] & self.mask)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that break the same critical checks, and what was counted of them by name."""

    broken: Broken
    rows: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where a check's counts come from.

    `failed` is a bit, an aggregate, or None where the database itself keeps the check; `counted` an
    aggregate, or "" for all rows. Groups with one of the bits `unless` were not evaluated: a value
    is missing there, or is no value of its type.
    """

    check: Check
    failed: Bit | str | None
    counted: str
    unless: tuple[Bit, ...]

    def evidence(self, groups: Iterable[Group]) -> Evidence:
        """The check's evidence on all rows of the groups."""
        evaluated = failed = 0
        for group in groups:
            if not any(bit.is_in(group.broken) for bit in self.unless):
                evaluated += group.counts[self.counted] if self.counted else group.rows
            if isinstance(self.failed, Bit):
                failed += group.rows if self.failed.is_in(group.broken) else 0
            elif self.failed is not None:
                failed += group.counts[self.failed]
        return Evidence(rule_id=self.check.rule_id, evaluated=evaluated, failed=failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePlan:
    """The rule of each check, and the bit by which an unexpected form of a value is noticed."""

    rules: tuple[Rule, ...]
    other_forms: Mapping[str, Bit]

    @property
    def numbers(self) -> int:
        """How many numbers hold all bits."""
        return max((bit.number for bit in self._bits()), default=-1) + 1

    def _bits(self) -> list[Bit]:
        bits = [rule.failed for rule in self.rules if isinstance(rule.failed, Bit)]
        return [*bits, *self.other_forms.values()]

    def broken(self, table: FeedTable, question: FeedQuestion) -> tuple[Value, ...]:
        """For each row, the numbers whose bits say which critical checks it breaks; mostly 0."""
        checks = [rule.check for rule in self.rules if isinstance(rule.failed, Bit)]
        if not checks:
            return ()
        sql = CheckSql(table, question.known, question.latest)
        terms: list[list[Value]] = [[] for _ in range(self.numbers)]
        for rule in self.rules:
            if isinstance(rule.failed, Bit):
                terms[rule.failed.number].append(_term(sql.breaks(rule.check), rule.failed))
        for column, bit in self.other_forms.items():
            terms[bit.number].append(_term(sql.has_other_form(column), bit))
        suspicious = may_break_any(sql, checks, table=table, question=question)
        zero = sa.literal(0, sa.BigInteger)
        return tuple(sa.case((suspicious, _added(each)), else_=zero) for each in terms)

    def aggregates(self, sql: CheckSql) -> list[Aggregate]:
        """The evidence that no bit holds."""
        found: dict[str, Value] = {}
        for rule in self.rules:
            if isinstance(rule.failed, str):
                found[rule.failed] = sa.func.count(sa.case((sql.breaks(rule.check), 1)))
            if rule.counted.startswith(PRESENT):
                columns = rule.counted.removeprefix(PRESENT).split(",")
                found[rule.counted] = sql.count_present(columns)
            elif rule.counted:
                found[rule.counted] = sa.func.count(sa.case((sql.is_evaluated(rule.check), 1)))
        return [Aggregate(name=n, value=v, is_evidence=True) for n, v in found.items()]

    @property
    def present(self) -> frozenset[str]:
        """The aggregates that count how often one column has a value."""
        names = {rule.counted for rule in self.rules if rule.counted.startswith(PRESENT)}
        return frozenset(name for name in names if "," not in name)

    def checks_of(self, broken: Broken) -> tuple[Check, ...]:
        """The critical checks whose bits are set, in the contract's order."""
        bits = ((rule.check, rule.failed) for rule in self.rules)
        return tuple(check for check, bit in bits if isinstance(bit, Bit) and bit.is_in(broken))

    def unread(self, groups: Iterable[Group]) -> frozenset[str]:
        """Columns with a value that is not plain but can be read (SQLite): they are odd."""
        return frozenset(
            column
            for group in groups
            for column, bit in self.other_forms.items()
            if bit.is_in(group.broken)
        )


def _term(breaks: sa.ColumnElement[bool], bit: Bit) -> Value:
    mask = sa.literal(bit.mask, sa.BigInteger)
    return sa.case((breaks, mask), else_=sa.literal(0, sa.BigInteger))


def _added(terms: Sequence[Value]) -> Value:
    total = terms[0]
    for each in terms[1:]:
        total = total + each
    return total


def plan_evidence(table: FeedTable, checks: Sequence[Check]) -> EvidencePlan:
    """Give a bit to every critical check that rows of `table` can break."""
    critical = [each for each in checks if each.keeps_out and not cannot_break(table, each)]
    bits = {each.rule_id: _bit(place) for place, each in enumerate(critical)}
    always = [each for each in critical if each.where is None]
    forms = [each.column for each in always if _may_be_read_otherwise(table, each)]
    return EvidencePlan(
        rules=tuple(_rule(table, each, always, bits) for each in checks),
        other_forms={column: _bit(len(critical) + i) for i, column in enumerate(forms)},
    )


def _bit(place: int) -> Bit:
    return Bit(number=place // _BITS, mask=1 << place % _BITS)


def _may_be_read_otherwise(table: FeedTable, check: Check) -> bool:
    is_typed = check.kind is Kind.TYPE and check.column_type in HAS_OTHER_FORMS
    return table.is_sqlite and is_typed and not table.is_odd(check.column)


def _rule(table: FeedTable, check: Check, always: Sequence[Check], bits: Mapping[str, Bit]) -> Rule:
    """`always` are the critical checks of all rows: where one is broken, others say nothing."""
    failed: Bit | str | None = bits.get(check.rule_id)
    if failed is None and not cannot_break(table, check):
        failed = f"failed:{check.rule_id}"
    columns = frozenset(columns_of(check))
    required = [e for e in always if e.kind is Kind.REQUIRED and e.column in columns]
    compared = compared_by(check)
    typed = [e for e in always if e.kind is Kind.TYPE and e.column in compared]
    unsure = _doubtful(table, compared) - {e.column for e in typed}
    if check.where is not None or unsure:
        return Rule(check=check, failed=failed, counted=f"evaluated:{check.rule_id}", unless=())
    has_all = columns <= {e.column for e in required} | table.filled
    return Rule(
        check=check,
        failed=failed,
        counted="" if has_all else f"{PRESENT}{','.join(sorted(columns))}",
        unless=tuple(bits[e.rule_id] for e in (*required, *typed)),
    )


def _doubtful(table: FeedTable, columns: Iterable[str]) -> set[str]:
    """Columns whose values may be of another type than promised, whatever the database says."""
    return {
        each.column
        for each in table.contract.checks
        if each.kind is Kind.TYPE and each.column in columns and not cannot_break(table, each)
    }
