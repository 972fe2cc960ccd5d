"""What a past run counted -> what another contract would have been given to judge.

Rows are not looked at again: a rule can be judged only where the same rows would have broken it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data_contracts.evidence import (
    DatasetEvidence,
    Evidence,
    Gate,
    RuleResult,
    SliceEvidence,
    State,
)
from data_contracts.model import Check, Contract

_DECIDES = {
    Gate.SHARE: ("max_quarantine_share",),
    Gate.SCALE: ("scale_factor",),
    Gate.TOTALS: ("control",),
    Gate.FRESHNESS: ("freshness", "freshness_days"),
}
_OF_USED_ROWS = (Gate.SHARE, Gate.SCALE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What there is to judge. Counts do not say how many rows break two rules at once.

    So between `fewest` and `most` rows would have been kept out; where the rules that keep rows out
    are the same, that is as many as were. `unjudged` are the rules whose rows were not counted.
    """

    evidence: tuple[Evidence, ...]
    fewest: DatasetEvidence
    most: DatasetEvidence
    unjudged: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it is known how many rows would have been kept out."""
        return self.fewest == self.most


def rebuild(
    old: Contract | None,
    new: Contract,
    *,
    results: Sequence[RuleResult],
    dataset: DatasetEvidence,
) -> Rebuilt:
    """Return what `new` would have judged in a run that `old` judged; None: it is not known."""
    alike = _counted_alike(old, new)
    are_rows_the_same = old is not None and _keepers_out(old) == _keepers_out(new) <= alike
    mine = [each for each in results if each.rule_id in alike]
    unknown = [check.rule_id for check in new.checks if check.rule_id not in alike]
    told = _told_otherwise(old, new, dataset, are_rows_the_same=are_rows_the_same)
    errors = {e.rule_id: e.message for e in mine if e.state is State.ERROR}
    seen = replace(
        dataset,
        missing_columns=_missing(new, dataset),
        errors=errors,
        slices=tuple(_unjudged(e) if e.gate in told else e for e in dataset.slices),
    )
    fewest, most = _kept_out(old, new, alike=alike, results=results, dataset=dataset)
    return Rebuilt(
        evidence=(*(_evidence(e) for e in mine if e.rule_id not in errors), *_nothing(unknown)),
        fewest=replace(seen, rows_quarantined=fewest),
        most=replace(seen, rows_quarantined=most),
        unjudged=tuple(sorted({*unknown, *(gate.value for gate in told)})),
    )


def _counted_alike(old: Contract | None, new: Contract) -> frozenset[str]:
    """The rules that the same rows break in both contracts."""
    if old is None or old.table != new.table:
        return frozenset()
    before = {check.rule_id: check for check in old.checks}
    return frozenset(
        check.rule_id
        for check in new.checks
        if check.rule_id in before and _same_rows((old, before[check.rule_id]), (new, check))
    )


def _same_rows(one: tuple[Contract, Check], other: tuple[Contract, Check]) -> bool:
    return _judged_only(one[1], other[1]) == other[1] and _read(*one) == _read(*other)


def _judged_only(check: Check, like: Check) -> Check:
    """The check with the words and consequences of another, and its own question."""
    return replace(
        check,
        severity=like.severity,
        dimension=like.dimension,
        description=like.description,
        tolerance=like.tolerance,
    )


def _read(contract: Contract, check: Check) -> list[tuple[str, str]]:
    """From which columns of the database the check reads, as what."""
    named = (check.column, check.other, *check.columns, check.where[0] if check.where else "")
    known = {each.name: each for each in contract.columns}
    return [(known[n].physical_name, known[n].type.value) for n in named if n in known]


def _evidence(result: RuleResult) -> Evidence:
    return Evidence(
        rule_id=result.rule_id,
        evaluated=result.evaluated,
        failed=result.failed,
        slice_key=result.slice_key,
    )


def _nothing(rules: Iterable[str]) -> Iterable[Evidence]:
    return (Evidence(rule_id=each, evaluated=0, failed=0) for each in rules)


def _missing(new: Contract, dataset: DatasetEvidence) -> tuple[str, ...]:
    needed = {each.name for each in new.columns if each.required}
    needed |= {new.time, new.touchpoint, new.watermark}
    return tuple(each for each in dataset.missing_columns if each in needed)


def _keepers_out(contract: Contract) -> frozenset[str]:
    return frozenset(each.rule_id for each in contract.checks if each.keeps_out)


def _told_otherwise(
    old: Contract | None, new: Contract, dataset: DatasetEvidence, *, are_rows_the_same: bool
) -> frozenset[Gate]:
    """The gates of slices that were judged by another limit than the new one, or of other rows."""
    return frozenset(
        each.gate
        for each in dataset.slices
        if old is None
        or (each.gate in _OF_USED_ROWS and not are_rows_the_same)
        or any(getattr(old, n) != getattr(new, n) for n in _DECIDES.get(each.gate, ()))
    )


def _unjudged(found: SliceEvidence) -> SliceEvidence:
    return replace(found, judged=0, broken=(), message="", error="")


def _kept_out(
    old: Contract | None,
    new: Contract,
    *,
    alike: Collection[str],
    results: Sequence[RuleResult],
    dataset: DatasetEvidence,
) -> tuple[int, int]:
    """Between how many rows the rules that keep rows out would have kept out."""
    before = _keepers_out(old) if old else frozenset()
    after = _keepers_out(new) & frozenset(alike)
    were = dataset.rows_quarantined
    if old is None or before == after:
        return were, were
    failed = {each.rule_id: each.failed for each in results if not each.slice_key}
    counts = [failed.get(each, 0) for each in after]
    fewest = max(0, were - _sum(failed, before - after), *counts)
    most = min(dataset.rows_in, sum(counts), were + _sum(failed, after - before))
    return fewest, max(fewest, most)


def _sum(failed: Mapping[str, int], rules: Iterable[str]) -> int:
    return sum(failed.get(each, 0) for each in rules)
