"""Evidence and contract -> numbers with the bounds they must keep: what the gate is to judge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from data_contracts.evidence import DatasetEvidence, Evidence
from data_contracts.gates.fresh import tell_freshness
from data_contracts.gates.wording import spoken_age
from data_contracts.model import (
    Check,
    Contract,
    Dimension,
    RowCount,
    Severity,
    Tolerance,
)

TABLE = "dataset.table"
COLUMNS = "dataset.columns"
ROWS = "dataset.rows"
SOME_ROWS = "There is at least one row."
QUARANTINE_SHARE = "dataset.quarantine_share"
FRESHNESS = "dataset.freshness"
EXTRA_COLUMNS = "dataset.extra_columns"
LOST_COLUMNS = "dataset.lost_columns"
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One number of a run and the bounds it must keep.

    `observed` None means there is nothing to judge; `error` why the number could not be had.
    `reason` is what holds the run back when the bound is broken; without one it never does. Of a
    bound that `is_of_days` some days are held instead, also where it could not be judged. `told`
    and `limit` are to be shown where others are judged in their place.
    """

    rule_id: str
    severity: Severity
    dimension: Dimension
    description: str
    observed: float | None
    low: float | None = None
    high: float | None = None
    slice_key: str = ""
    evaluated: int = 0
    failed: int = 0
    error: str = ""
    reason: str = ""
    message: str = ""
    is_of_days: bool = False
    told: float | None = None
    limit: float | None = None

    @property
    def name(self) -> str:
        """What the number is called among those of its run."""
        return f"{self.rule_id} [{self.slice_key}]" if self.slice_key else self.rule_id


def row_bounds(
    contract: Contract, evidence: Sequence[Evidence], dataset: DatasetEvidence
) -> tuple[Bound, ...]:
    """Return a bound for every check and slice: no failing row, or as many as are tolerated.

    A check without evidence is an error, not a pass; evidence of a check that the contract does
    not have raises ValueError.
    """
    by_rule: dict[str, list[Evidence]] = {check.rule_id: [] for check in contract.checks}
    for each in evidence:
        if each.rule_id not in by_rule:
            raise ValueError(f"{contract.feed} has no rule {each.rule_id!r}")
        by_rule[each.rule_id].append(each)
    return tuple(
        bound
        for check in contract.checks
        for bound in _check_bounds(check, by_rule[check.rule_id], dataset)
    )


def _check_bounds(
    check: Check, evidence: list[Evidence], dataset: DatasetEvidence
) -> Iterator[Bound]:
    error = dataset.errors.get(check.rule_id, "")
    nothing_ran = not dataset.has_table or dataset.rows_in == 0
    silent = nothing_ran or check.column in dataset.missing_columns
    if not evidence and not error and not silent:
        error = "no evidence came back"
    for each in evidence or [Evidence(rule_id=check.rule_id, evaluated=0, failed=0)]:
        yield _tolerant(check, _check_bound(check, each, error))


def _check_bound(check: Check, each: Evidence, error: str) -> Bound:
    return Bound(
        rule_id=check.rule_id,
        severity=check.severity,
        dimension=check.dimension,
        description=check.description,
        observed=float(each.failed) if each.evaluated and not error else None,
        high=0,
        slice_key=each.slice_key,
        evaluated=each.evaluated,
        failed=each.failed,
        error=error,
        message=f"{each.failed:,} of {each.evaluated:,} rows" if each.failed else "",
    )


def _tolerant(check: Check, bound: Bound) -> Bound:
    """Rows that are only counted are never kept out: too many in a run hold all of it back."""
    if check.tolerance is None:
        return bound
    counted = f"{bound.failed:,} of {bound.evaluated:,} rows"
    reason = f"{check.description} ({counted})" if not bound.slice_key else ""
    number = check.tolerance.number(bound.failed, bound.evaluated)
    is_known = bound.observed is not None
    within = _within(bound, check.tolerance, number if is_known else None)
    return replace(within, reason=reason)


def _within(bound: Bound, tolerance: Tolerance, number: float | None) -> Bound:
    """The bound of a number; what only the tolerance itself can say is judged as 1 for yes."""
    limit = tolerance.low if tolerance.high is None else tolerance.high
    is_plain = not (tolerance.is_outside or tolerance.is_low_open or tolerance.is_high_open)
    if is_plain and limit is not None:
        return replace(bound, observed=number, low=tolerance.low, high=tolerance.high, limit=limit)
    holds = None if number is None else float(tolerance.allows(number))
    return replace(bound, observed=holds, low=1, high=None, told=number, limit=limit)


def dataset_bounds(contract: Contract, found: DatasetEvidence) -> tuple[Bound, ...]:
    """Return the bounds of the whole run: table, columns, rows, quarantine share, freshness."""
    return (
        _table(contract, found),
        _columns(found),
        _extra_columns(found),
        _lost_columns(found),
        _rows(found),
        *(_row_count(rule, found) for rule in contract.row_counts),
        _quarantine_share(contract, found),
        *_freshness(contract, found),
    )


def _table(contract: Contract, found: DatasetEvidence) -> Bound:
    return Bound(
        rule_id=TABLE,
        severity=Severity.CRITICAL,
        dimension=Dimension.COVERAGE,
        description=f"The table {contract.table} is there.",
        observed=float(found.has_table),
        low=1,
        reason=f"The table {contract.table} is not there.",
    )


def _columns(found: DatasetEvidence) -> Bound:
    names = ", ".join(found.missing_columns)
    return Bound(
        rule_id=COLUMNS,
        severity=Severity.CRITICAL,
        dimension=Dimension.CONFORMITY,
        description="Every column that the contract requires is there.",
        observed=float(len(found.missing_columns)) if found.has_table else None,
        high=0,
        reason=f"Columns that the contract requires are not there: {names}.",
    )


def _extra_columns(found: DatasetEvidence) -> Bound:
    names = ", ".join(found.extra_columns)
    return Bound(
        rule_id=EXTRA_COLUMNS,
        severity=Severity.INFO,
        dimension=Dimension.CONFORMITY,
        description="Every column is one that the contract tells of.",
        observed=float(len(found.extra_columns)) if found.has_table else None,
        high=0,
        message=f"The contract does not tell of {names}." if names else "",
    )


def _lost_columns(found: DatasetEvidence) -> Bound:
    names = ", ".join(found.lost_columns)
    return Bound(
        rule_id=LOST_COLUMNS,
        severity=Severity.WARNING,
        dimension=Dimension.CONFORMITY,
        description="No column has gone.",
        observed=float(len(found.lost_columns)) if found.has_table else None,
        high=0,
        message=f"There was a column before that is not there any more: {names}." if names else "",
    )


def _row_count(rule: RowCount, found: DatasetEvidence) -> Bound:
    """How many rows there are, a run over some days cannot say; and no row keeps no promise."""
    number = None if found.is_incremental or not found.has_table else float(found.rows_in)
    if not found.rows_in and rule.tolerance.allows(0):
        number = None
    noun = "row" if found.rows_in == 1 else "rows"
    bound = Bound(
        rule_id=rule.rule_id,
        severity=rule.severity,
        dimension=rule.dimension,
        description=rule.description,
        observed=None,
        evaluated=found.rows_in,
        reason=f"{rule.description} ({found.rows_in:,} {noun})",
    )
    return _within(bound, rule.tolerance, number)


def _rows(found: DatasetEvidence) -> Bound:
    """No rows is a breach of a whole table; of a later run it only means no news."""
    is_known = found.has_table and not (found.is_incremental and found.rows_in == 0)
    return Bound(
        rule_id=ROWS,
        severity=Severity.CRITICAL,
        dimension=Dimension.COMPLETENESS,
        description=SOME_ROWS,
        observed=float(found.rows_in) if is_known else None,
        low=1,
        evaluated=found.rows_in,
        reason="There is not a single row.",
    )


def _quarantine_share(contract: Contract, found: DatasetEvidence) -> Bound:
    """What was held before is judged day by day: of the run it would count again and again."""
    limit = contract.max_feed_quarantine_share
    rows = found.rows_in - found.rows_known
    kept_out = found.rows_quarantined - found.quarantined_known
    return Bound(
        rule_id=QUARANTINE_SHARE,
        severity=Severity.CRITICAL,
        dimension=Dimension.ACCURACY,
        description=tell_quarantine_share(contract),
        observed=kept_out / rows if rows else None,
        high=limit,
        evaluated=rows,
        failed=kept_out,
        reason=(
            f"{kept_out:,} of {rows:,} rows break the contract; at most {100 * limit:g} % may."
        ),
    )


def _freshness(contract: Contract, found: DatasetEvidence) -> tuple[Bound, ...]:
    if contract.freshness is None:
        return ()
    promised = contract.freshness / _HOUR
    bound = Bound(
        rule_id=FRESHNESS,
        severity=Severity.WARNING,
        dimension=Dimension.TIMELINESS,
        description=tell_freshness(contract),
        observed=None if found.age is None else found.age / _HOUR,
        high=promised,
        message="" if found.age is None else f"The newest row is {spoken_age(found.age)} old.",
    )
    return (bound,)


def tell_quarantine_share(contract: Contract) -> str:
    """Return how many of all rows a contract lets be quarantined, in the words of its result."""
    return f"At most {100 * contract.max_feed_quarantine_share:g} % of the rows are quarantined."
