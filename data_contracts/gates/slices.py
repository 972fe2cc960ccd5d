"""What the gates found in slices -> bounds for the judge, and the days that its verdict holds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from data_contracts.bounds import Bound
from data_contracts.evidence import (
    DatasetEvidence,
    Gate,
    GateVerdict,
    Held,
    SliceEvidence,
    State,
)
from data_contracts.gates.fresh import tell_freshness
from data_contracts.model import Contract, Dimension, Severity


class _Meaning(NamedTuple):
    severity: Severity
    dimension: Dimension


_MEANING = {
    Gate.SHARE: _Meaning(Severity.CRITICAL, Dimension.ACCURACY),
    Gate.VOLUME: _Meaning(Severity.WARNING, Dimension.COVERAGE),
    Gate.COMPLETENESS: _Meaning(Severity.WARNING, Dimension.COMPLETENESS),
    Gate.SCALE: _Meaning(Severity.CRITICAL, Dimension.CONSISTENCY),
    Gate.TOTALS: _Meaning(Severity.CRITICAL, Dimension.CONSISTENCY),
    Gate.FRESHNESS: _Meaning(Severity.WARNING, Dimension.TIMELINESS),
}


def slice_bounds(contract: Contract, found: DatasetEvidence) -> tuple[Bound, ...]:
    """Return a bound of no broken day for every gate and slice.

    Where a gate could not be judged and names the days it is about, those are held; where it names
    none, all of the run is. ValueError where a gate tells of a slice twice.
    """
    times = Counter((each.gate, each.slice_key) for each in found.slices)
    if twice := [f"{gate} of {name!r}" for (gate, name), count in times.items() if count > 1]:
        raise ValueError(f"{contract.feed} is told twice of {', '.join(sorted(twice))}")
    return tuple(_bound(contract, each) for each in found.slices)


def _bound(contract: Contract, each: SliceEvidence) -> Bound:
    meaning = _MEANING[each.gate]
    broken = len(each.broken)
    return Bound(
        rule_id=each.gate.value,
        severity=meaning.severity,
        dimension=meaning.dimension,
        description=tell_gate(contract, each.gate),
        observed=float(broken) if (each.judged or broken) and not each.error else None,
        high=0,
        slice_key=each.slice_key,
        evaluated=each.judged,
        failed=broken,
        error=each.error,
        message=each.message,
        is_of_days=broken > 0,
    )


def tell_gate(contract: Contract, gate: Gate) -> str:
    """Return what a gate asks of a contract, in the words of its result."""
    if gate is Gate.SHARE:
        return f"Of a day's rows at most {100 * contract.max_quarantine_share:g} % are quarantined."
    if gate is Gate.SCALE:
        return f"A day's figure is within {contract.scale_factor:g} times what is usual."
    if gate is Gate.FRESHNESS:
        return tell_freshness(contract)
    return {
        Gate.VOLUME: "A day has about as many rows as is usual.",
        Gate.COMPLETENESS: "No day is without rows that usually has some.",
        Gate.TOTALS: "A day has as many rows as the control table tells of.",
    }[gate]


def with_days(verdict: GateVerdict, found: DatasetEvidence) -> GateVerdict:
    """Return `verdict` with the days that it holds, and those that are missing.

    A day is held where a critical gate breaks on it, or could not be judged; a waiver lets it pass,
    and a missing day under a waiver is not told as missing. A draft holds none.
    """
    results = {(each.rule_id, each.slice_key): each for each in verdict.results}
    held, missing = list[Held](), list[Held]()
    for each in found.slices:
        result = results[each.gate.value, each.slice_key]
        if result.state not in (State.FAIL, State.ERROR) or result.waived_until is not None:
            continue
        if each.gate is Gate.COMPLETENESS and result.state is State.FAIL:
            missing += _days(each)
        elif result.severity is Severity.CRITICAL and not found.is_draft:
            held += _days(each)
    return replace(verdict, held=tuple(held), missing=tuple(missing))


def _days(each: SliceEvidence) -> Iterator[Held]:
    for day in each.broken:
        yield Held(touchpoint=each.touchpoint, metric=each.metric, day=day, rule_id=each.gate.value)
