"""What is not in order with a feed that is published, in plain words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from callboard.services.defining.definitions import Definitions
from callboard.services.refreshing.slice_states import is_warning, said
from callboard.storage.runs import SliceState
from data_contracts.evidence import Gate, GateVerdict


def warnings(
    definitions: Definitions, verdict: GateVerdict, slices: Iterable[SliceState]
) -> tuple[str, ...]:
    """The days of slices that are held or missing, then the rules of less weight that are broken.

    What is broken in a slice the rule of the whole run tells, but for the volume of its days.
    """
    told = [sentence for each in slices for sentence in _sentences(definitions, each)]
    for each in verdict.results:
        if is_warning(each) and not each.slice_key:
            told.append(said(each))
        elif is_warning(each) and each.rule_id == Gate.VOLUME.value:
            told.append(f"{_named(definitions, each.slice_key, '')}: {said(each)}")
    return tuple(told)


def _sentences(definitions: Definitions, state: SliceState) -> Iterator[str]:
    name = _named(definitions, state.touchpoint, state.metric)
    if state.held:
        why = " ".join(state.reasons)
        yield f"{name}: {_days(state.held)} held back, the figures before stay. {why}".strip()
    if state.missing:
        yield f"{name}: {_days(state.missing)} without rows where some are usual."


def _named(definitions: Definitions, touchpoint: str, metric: str) -> str:
    place = definitions.touchpoints.get(touchpoint)
    what = definitions.metrics.get(metric)
    where = place.name if place else "All touchpoints"
    return f"{where}, {what.name}" if what else where


def _days(days: Sequence[date]) -> str:
    last = f"{days[-1].day} {days[-1]:%b %Y}"
    return f"{last} is" if len(days) == 1 else f"{len(days)} days up to {last} are"
