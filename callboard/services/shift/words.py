"""The sentence of a shift: which touchpoints need a look, or that nothing does. Pure."""

from collections.abc import Sequence

from callboard.views import ShiftBlock

_NAMED = 3


def shift_sentence(blocks: Sequence[ShiftBlock]) -> str:
    """Return `Field delivery needs a look; nothing needs anybody at Service desk.`, with counts."""
    loud = [block.name for block in blocks if not block.is_quiet]
    quiet = [block.name for block in blocks if block.is_quiet and block.has_readings]
    unknown = [block.name for block in blocks if block.is_quiet and not block.has_readings]
    parts = []
    if loud:
        parts.append(f"{_listed(loud)} {'needs' if len(loud) == 1 else 'need'} a look")
    if quiet:
        parts.append(f"nothing needs anybody at {_listed(quiet)}{'' if loud else ' now'}")
    if unknown:
        parts.append(f"{_listed(unknown)} {'has' if len(unknown) == 1 else 'have'} no readings yet")
    told = "; ".join(parts)
    return " ".join((f"{told[0].upper()}{told[1:]}.", *_counts(blocks)))


def _counts(blocks: Sequence[ShiftBlock]) -> list[str]:
    late = sum(each.is_overdue for block in blocks for each in block.assigned)
    unseen = sum(block.is_unseen for block in blocks)
    told = []
    if late:
        told.append("1 assignment is overdue." if late == 1 else f"{late} assignments are overdue.")
    if unseen:
        told.append(
            "1 note waits to be seen." if unseen == 1 else f"{unseen} notes wait to be seen."
        )
    return told


def _listed(names: Sequence[str]) -> str:
    """`A, B and C`; of many the first, and how many more."""
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
