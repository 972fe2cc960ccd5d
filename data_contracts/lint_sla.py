"""What is wrong with the service levels of a contract: judged, only told, or a problem."""

from collections.abc import Iterator, Sequence

from open_data_contract_standard.model import ServiceLevelAgreementProperty

from data_contracts.house import parse_freshness
from definition_files import Problem, nearest

FRESHNESS = "freshness"
TOLD = "callboard.told"
_NOT_JUDGED = (
    "latency retention frequency availability throughput errorRate generalAvailability "
    "endOfSupport endOfLife timeToDetect timeToNotify timeToRepair"
)
SLA_NAMES = (FRESHNESS, *_NOT_JUDGED.split())
_HEEDED = (
    "id property value unit element driver description customProperties authoritativeDefinitions"
)
FRESHNESS_WORDS = frozenset(_HEEDED.split())


def lint_sla(
    promises: Sequence[ServiceLevelAgreementProperty], *, element: str, file: str
) -> Iterator[Problem]:
    """Yield every problem of `promises`; freshness must be of `element`, "table.column"."""
    for index, sla in enumerate(promises):
        for key, found, expected, hint in _one(sla, element):
            yield Problem(
                file=file,
                key=f"slaProperties.{index}.{key}",
                found=found,
                expected=expected,
                suggestion=hint,
            )
    if len([sla for sla in promises if sla.property == FRESHNESS]) > 1:
        yield Problem(
            file=file,
            key="slaProperties",
            found="freshness twice",
            expected="one promise of freshness",
        )


def is_told(sla: ServiceLevelAgreementProperty) -> bool:
    """Whether the promise says of itself that it is told to people and judged by nobody."""
    return any(each.property == TOLD and each.value is True for each in sla.customProperties or [])


def _one(sla: ServiceLevelAgreementProperty, element: str) -> Iterator[tuple[str, str, str, str]]:
    yield from _own_words(sla)
    if sla.property == FRESHNESS:
        yield from _freshness(sla, element)
    elif sla.property not in SLA_NAMES:
        hint = nearest(sla.property or "", SLA_NAMES)
        yield "property", repr(sla.property), f"one of {', '.join(SLA_NAMES)}", hint
    elif not is_told(sla):
        found = f"{sla.property!r}, which is not judged here"
        hint = f"If people shall know of it all the same, add {TOLD}: true to customProperties."
        yield "property", found, FRESHNESS, hint


def _own_words(sla: ServiceLevelAgreementProperty) -> Iterator[tuple[str, str, str, str]]:
    for each in sla.customProperties or []:
        if each.property != TOLD:
            hint = nearest(each.property or "", [TOLD])
            yield "customProperties", f"the unknown name {each.property!r}", TOLD, hint
        elif not isinstance(each.value, bool):
            yield f"customProperties.{TOLD}", repr(each.value), "true or false", ""


def _freshness(
    sla: ServiceLevelAgreementProperty, element: str
) -> Iterator[tuple[str, str, str, str]]:
    if is_told(sla):
        yield f"customProperties.{TOLD}", "true", f"no such word: {FRESHNESS} is judged", ""
    for name in sorted(sla.model_fields_set - FRESHNESS_WORDS):
        yield name, "a word that nothing heeds", f"no {name}: age is judged at every refresh", ""
    if parse_freshness(sla) is None:
        found = f"{sla.value!r} {sla.unit or 'without unit'}"
        yield "value", found, "a number above zero with unit h or d", ""
    if sla.element != element:
        yield "element", repr(sla.element), repr(element), ""
