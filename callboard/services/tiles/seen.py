"""What of a feed somebody may see: its whole, and the slices of his touchpoints."""

from collections.abc import Iterable, Iterator, Sequence

from callboard.access import Actor
from callboard.services.refreshing.recording import GOOD
from callboard.services.refreshing.slice_states import said
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.runs import RunRow
from data_contracts.evidence import RuleResult, State


def is_seen(runtime: Runtime, actor: Actor, slice_key: str) -> bool:
    """Whether somebody may see a slice; the whole feed is everybody's."""
    if actor.touchpoints is None or not slice_key:
        return True
    return slice_key.partition("/")[0] in open_scope(runtime, actor).touchpoints


def seen_results(
    runtime: Runtime, actor: Actor, results: Iterable[RuleResult]
) -> tuple[RuleResult, ...]:
    """The results of the whole feed and of slices that somebody may see."""
    return tuple(each for each in results if is_seen(runtime, actor, each.slice_key))


def run_reasons(
    runtime: Runtime, actor: Actor, run: RunRow, results: Sequence[RuleResult]
) -> tuple[str, ...]:
    """The reasons of a run that tell of no slice that somebody may not see.

    A published run names slices in its reasons; of those only names that he may see are kept, for
    a touchpoint may have been called otherwise then.
    """
    if actor.touchpoints is None:
        return run.reasons
    if run.verdict not in GOOD:
        return reasons_without(runtime, actor, run.reasons, results)
    whole = {said(each) for each in results if not each.slice_key}
    names = tuple(_names(runtime, actor))
    return tuple(each for each in run.reasons if each in whole or each.startswith(names))


def reasons_without(
    runtime: Runtime, actor: Actor, reasons: Sequence[str], results: Sequence[RuleResult]
) -> tuple[str, ...]:
    """What holds a run back, without errors in slices that somebody may not see."""
    unseen = tuple(
        f"({each.message})"
        for each in results
        if each.state is State.ERROR and not is_seen(runtime, actor, each.slice_key)
    )
    return tuple(each for each in reasons if not (unseen and each.endswith(unseen)))


def _names(runtime: Runtime, actor: Actor) -> Iterator[str]:
    """What the reasons of a run call the slices that somebody may see."""
    known = runtime.definitions
    codes = sorted(open_scope(runtime, actor).touchpoints)
    for place in ("All touchpoints", *(known.touchpoints[code].name for code in codes)):
        yield f"{place}: "
        yield from (f"{place}, {each.name}: " for each in known.metrics.values())
