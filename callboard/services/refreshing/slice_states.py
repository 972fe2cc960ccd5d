"""Where each slice of a feed stands after a run, and how that is said."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from callboard.services.runtime import Runtime
from callboard.storage.feeds.scan_answer import Answer
from callboard.storage.runs import FeedState, SliceState
from callboard.storage.slices import SliceRun
from data_contracts.bounds import FRESHNESS
from data_contracts.evidence import (
    DatasetEvidence,
    Evidence,
    Gate,
    GateVerdict,
    Held,
    RuleResult,
    State,
    WaivedRule,
    slice_key,
)
from data_contracts.model import Severity

_GATES = frozenset(gate.value for gate in Gate)
_CRITICAL = (Gate.SHARE, Gate.SCALE, Gate.TOTALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a run was judged by and how, on which days (None: on all), and when.

    `unjudged` are days with rows that a rule had nothing to judge by; `waivers` those in force.
    """

    dataset: DatasetEvidence
    verdict: GateVerdict
    days: Collection[date] | None
    newest: Mapping[str, datetime]
    at: datetime
    unjudged: Collection[Held] = frozenset()
    waivers: Sequence[WaivedRule] = ()

    def stay(self, days: Iterable[date]) -> set[date]:
        """Those days on which nothing was read."""
        return set() if self.days is None else {day for day in days if day not in self.days}

    def results(self, key: str) -> list[RuleResult]:
        """The broken rules of a slice."""
        broken = (State.FAIL, State.ERROR)
        return [e for e in self.verdict.results if e.slice_key == key and e.state in broken]

    def waived(self, key: str) -> Iterator[date]:
        """The days of a slice that a waiver alone lets be published."""
        rules = {e.rule_id for e in self.results(key) if e.waived_until is not None}
        for each in self.dataset.slices:
            if each.slice_key == key and each.gate in _CRITICAL and each.gate.value in rules:
                yield from each.broken

    def rules(self, old: SliceState) -> set[tuple[str, date]]:
        """The rules that are broken on days of a slice: found now, or before and not judged now."""
        key, stay = slice_key(old.touchpoint, old.metric), self.stay(day for _, day in old.rules)
        found = (e for e in self.dataset.slices if e.slice_key == key and e.gate in _CRITICAL)
        new = {(each.gate.value, day) for each in found for day in each.broken}
        return new | self._kept(old) | {each for each in old.rules if each[1] in stay}

    def still_held(self, old: SliceState) -> set[date]:
        """The days that were read, but not judged by the rule that holds them."""
        free = self._free(old)
        return {day for rule, day in self._kept(old) if rule not in free}

    def still_waived(self, old: SliceState) -> dict[date, date]:
        """Such days whose rule is waived, with the last day that it is."""
        free = self._free(old)
        return {day: free[rule] for rule, day in sorted(self._kept(old)) if rule in free}

    def _kept(self, old: SliceState) -> set[tuple[str, date]]:
        if self.dataset.is_draft:
            return set()
        key = slice_key(old.touchpoint, old.metric)
        return set(old.rules) & {(e.rule_id, e.day) for e in self.unjudged if e.slice_key == key}

    def _free(self, of: SliceState) -> dict[str, date]:
        names = ("", slice_key(of.touchpoint, of.metric))
        return dict(sorted((e.rule_id, e.until) for e in self.waivers if e.slice_key in names))


def slices_after(runtime: Runtime, old: FeedState, judged: Judged) -> tuple[SliceState, ...]:
    """Every slice with more to be said of it than of the whole feed, by touchpoint and metric."""
    before = {(each.touchpoint, each.metric): each for each in old.slices}
    told = {(each.touchpoint, each.metric) for each in judged.dataset.slices}
    keys = {*before, *told, *((touchpoint, "") for touchpoint in judged.newest)}
    if any(each.waived_until is not None for each in judged.results("")):
        keys.add(("", ""))
    counts_rows = bool(runtime.definitions.contracts[old.feed].row_counts)
    after = (
        _after(
            before.get(key, SliceState(touchpoint=key[0], metric=key[1])),
            judged,
            is_open=key == ("", "") and counts_rows and judged.days is not None,
        )
        for key in sorted(keys)
        if _is_known(runtime, *key)
    )
    return tuple(each for each in after if _has_more_to_say(each))


def _is_known(runtime: Runtime, touchpoint: str, metric: str) -> bool:
    definitions = runtime.definitions
    return touchpoint in {"", *definitions.touchpoints} and metric in {"", *definitions.metrics}


def _after(old: SliceState, judged: Judged, *, is_open: bool) -> SliceState:
    """A slice after a run; `is_open` where the run could not judge all that was waived of it."""
    key = slice_key(old.touchpoint, old.metric)
    results, verdict = judged.results(key), judged.verdict
    newly_held = _days_of(verdict.held, old)
    held = newly_held | judged.stay(old.held) | judged.still_held(old)
    missing = _days_of(verdict.missing, old)
    free = judged.still_waived(old)
    waived = {*judged.waived(key), *judged.stay(old.waived), *free}
    ends = [e.waived_until for e in results if e.waived_until is not None]
    is_waived = waived or (is_open and old.waived_until and old.waived_until >= judged.at.date())
    kept = [old.waived_until] if is_waived and old.waived_until else []
    reasons = tuple(said(each) for each in results if _holds(each))
    is_wrong, was_wrong = bool(held or missing), bool(old.held or old.missing)
    return SliceState(
        touchpoint=old.touchpoint,
        metric=old.metric,
        as_of=judged.newest.get(old.touchpoint) if not old.metric else None,
        since=(old.since if was_wrong else judged.at) if is_wrong else None,
        held=tuple(sorted(held)),
        missing=tuple(sorted(missing)),
        reasons=(reasons if newly_held else old.reasons) if held else (),
        warnings=tuple(said(each) for each in results if key and is_warning(each)),
        waived_until=max([*ends, *free.values()] or kept, default=None),
        waived=tuple(sorted(waived)),
        rules=tuple(sorted(each for each in judged.rules(old) if each[1] in held | waived)),
    )


def _days_of(days: Iterable[Held], of: SliceState) -> set[date]:
    whose = (of.touchpoint, of.metric)
    return {each.day for each in days if (each.touchpoint, each.metric) == whose}


def _has_more_to_say(state: SliceState) -> bool:
    told = (state.held, state.missing, state.warnings, state.waived)
    return any(told) or state.as_of is not None or state.waived_until is not None


def _holds(result: RuleResult) -> bool:
    is_free = result.waived_until is not None
    return result.rule_id in _GATES and result.severity is Severity.CRITICAL and not is_free


def is_warning(result: RuleResult) -> bool:
    """Whether a broken rule is worth a word; lateness is told by the clock instead."""
    is_late = result.rule_id in (Gate.FRESHNESS.value, FRESHNESS)
    is_free = result.waived_until is not None
    broken = result.state is State.FAIL and result.severity is Severity.WARNING
    return broken and not is_late and not is_free


def said(result: RuleResult) -> str:
    """What a rule asks, and what was found instead."""
    return f"{result.description} {result.message}".strip()


def slice_runs(feed: str, run_id: int, *, judged: Judged, answer: Answer) -> tuple[SliceRun, ...]:
    """How many rules each touchpoint that was read kept, of those that could be judged."""
    return tuple(
        SliceRun(
            run_id=run_id,
            touchpoint=touchpoint,
            feed=feed,
            judged_at=judged.at,
            **_counted(touchpoint, judged.verdict, evidence),
            rows_in=sum(e.rows_in for (name, _), e in answer.slices.items() if name == touchpoint),
            rows_used=sum(
                e.rows_used for (name, _), e in answer.slices.items() if name == touchpoint
            ),
        )
        for touchpoint, evidence in sorted(answer.by_touchpoint.items())
    )


def _counted(touchpoint: str, verdict: GateVerdict, evidence: Sequence[Evidence]) -> dict[str, int]:
    """How many rules of rows and gates could be judged, and how many of those were kept."""
    results = [each for each in verdict.results if _is_of(each, touchpoint)]
    gates = [each.state for each in results if each.rule_id in _GATES]
    failed = {each.rule_id for each in results if each.state is State.FAIL}
    rules = [each.rule_id for each in evidence if each.evaluated]
    kept = sum(rule not in failed for rule in rules)
    return {
        "rules_passed": kept + gates.count(State.PASS),
        "rules_judged": len(rules) + gates.count(State.PASS) + gates.count(State.FAIL),
    }


def _is_of(result: RuleResult, touchpoint: str) -> bool:
    return result.slice_key.partition("/")[0] == touchpoint


def kept_results(
    results: Sequence[RuleResult], slices: Iterable[SliceState]
) -> tuple[RuleResult, ...]:
    """The results worth a row: of scales, those that are broken, or were, which ends a streak.

    A feed has hundreds of metrics at touchpoints, and a run every minute.
    """
    known = {slice_key(each.touchpoint, each.metric) for each in slices}
    return tuple(
        each
        for each in results
        if each.rule_id != Gate.SCALE.value
        or each.state is not State.PASS
        or each.slice_key in known
    )


def kept_evidence(dataset: DatasetEvidence) -> DatasetEvidence:
    """What a run is to be judged by once more: of scales, those that are broken."""
    kept = (e for e in dataset.slices if e.gate is not Gate.SCALE or e.broken or e.error)
    return replace(dataset, slices=tuple(kept))


def broken_slices(by_touchpoint: Mapping[str, Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """Which rules which touchpoints break; of those that keep them all, the whole run tells."""
    return tuple(each for found in by_touchpoint.values() for each in found if each.failed)
