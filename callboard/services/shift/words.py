"""The sentence of a shift: which touchpoints need a look, or that nothing needs anybody. Pure."""

from collections.abc import Sequence

from callboard.views import ShiftBlock

_NAMED = 3


def shift_sentence(blocks: Sequence[ShiftBlock]) -> str:
    """Return `Field delivery needs a look; nothing needs anybody at Service desk.`, with counts."""
    loud = [block.name for block in blocks if not block.is_quiet]
    quiet = [block.name for block in blocks if block.is_quiet]
    if not loud:
        return f"Nothing needs anybody at {_listed(quiet)} now."
    needs = "needs" if len(loud) == 1 else "need"
    first = f"{_listed(loud)} {needs} a look"
    if quiet:
        first += f"; nothing needs anybody at {_listed(quiet)}"
    return " ".join((f"{first}.", *_counts(blocks)))


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
