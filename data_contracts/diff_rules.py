"""What became of the rules of a contract: which are gone, milder, stricter, or judge other rows."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from data_contracts.checks import TOUCHPOINTS
from data_contracts.diff_bounds import check_ends, moved_ends, tolerance_ends
from data_contracts.model import Check, Contract, Kind, RowCount, Severity, Tolerance
from definition_files import Edit, Level, Weight, edit, retold

_KEY = "key.unique"
_MILDNESS = tuple(Severity)
Rule = TypeVar("Rule", Check, RowCount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of the columns already, so that it is not told again of their rules."""

    renamed: Mapping[str, str]
    gone: Collection[str]
    come: Collection[str]
    retyped: Collection[str]
    is_key_changed: bool
    is_touchpoint_changed: bool


def diff_rules(old: Contract, new: Contract, renamed: Mapping[str, str]) -> Iterator[Edit]:
    """Tell the rules that went, came or changed."""
    told = _told(old, new, renamed)
    before = {each.rule_id: each for each in (_with_names(one, renamed) for one in old.checks)}
    after = {each.rule_id: each for each in new.checks}
    called = _called_otherwise(before, after)
    for rule_id, check in before.items():
        where = f"rules.{rule_id}"
        if rule_id in after:
            yield from _diff_check(check, after[rule_id], told)
        elif rule_id in called:
            sentence = f"The rule is called {called[rule_id]} now; its history does not follow it."
            yield edit(where, sentence, Weight.COMPATIBLE)
        elif not _follows_from_columns(check, told):
            yield _gone(where, check)
    for rule_id, check in after.items():
        is_new = rule_id not in before and rule_id not in called.values()
        if is_new and not _follows_from_columns(check, told):
            yield _come(f"rules.{rule_id}", check)
    yield from _diff_row_counts(old, new)


def _told(old: Contract, new: Contract, renamed: Mapping[str, str]) -> Told:
    before = {renamed.get(each.name, each.name): each for each in old.columns}
    after = {each.name: each for each in new.columns}
    return Told(
        renamed=renamed,
        gone=before.keys() - after.keys(),
        come=after.keys() - before.keys(),
        retyped=[n for n in before if n in after and before[n].type is not after[n].type],
        is_key_changed=tuple(renamed.get(each, each) for each in old.key) != new.key,
        is_touchpoint_changed=renamed.get(old.touchpoint, old.touchpoint) != new.touchpoint,
    )


def _with_names(check: Check, renamed: Mapping[str, str]) -> Check:
    """A check as it would read with the new names of the columns."""
    column = renamed.get(check.column, check.column)
    is_own = check.rule_id == f"{check.column}.{check.kind.value}"
    where = check.where and (renamed.get(check.where[0], check.where[0]), check.where[1])
    return replace(
        check,
        rule_id=f"{column}.{check.kind.value}" if is_own else check.rule_id,
        column=column,
        other=renamed.get(check.other, check.other),
        columns=tuple(renamed.get(each, each) for each in check.columns),
        where=where,
    )


def _called_otherwise(before: Mapping[str, Check], after: Mapping[str, Check]) -> dict[str, str]:
    """The rules that have another id and are the same in all that is judged."""
    come = {_nameless(each): name for name, each in after.items() if name not in before}
    gone = [each for name, each in before.items() if name not in after]
    return {each.rule_id: come[_nameless(each)] for each in gone if _nameless(each) in come}


def _nameless(check: Check) -> Check:
    return replace(check, rule_id="", description="")


def _follows_from_columns(check: Check, told: Told) -> bool:
    """Whether what is said of the columns says that the rule went or came, too."""
    if check.column in told.gone or check.column in told.come or check.kind is Kind.REQUIRED:
        return check.rule_id == f"{check.column}.{check.kind.value}" or check.column in told.gone
    if check.kind is Kind.TYPE:
        return check.column in told.retyped
    if check.rule_id == _KEY:
        return told.is_key_changed
    return check.reference == TOUCHPOINTS and told.is_touchpoint_changed


def _gone(where: str, rule: Rule) -> Edit:
    sentence = f"The {rule.severity.value} rule is gone: {rule.description}"
    return edit(where, sentence, Weight.LOOSENED)


def _come(where: str, rule: Rule) -> Edit:
    sentence = f"There is a new {rule.severity.value} rule: {rule.description}"
    return edit(where, sentence, Weight.TIGHTENED)


def _diff_row_counts(old: Contract, new: Contract) -> Iterator[Edit]:
    before = {each.rule_id: each for each in old.row_counts}
    after = {each.rule_id: each for each in new.row_counts}
    yield from (_gone(f"rules.{n}", each) for n, each in before.items() if n not in after)
    yield from (_come(f"rules.{n}", each) for n, each in after.items() if n not in before)
    for name in (each for each in before if each in after):
        where, one, other = f"rules.{name}", before[name], after[name]
        yield from _severity(where, one, other)
        yield from _tolerances(where, one.tolerance, other.tolerance)
        yield from _words(where, one, other)


def _diff_check(old: Check, new: Check, told: Told) -> Iterator[Edit]:
    where = f"rules.{new.rule_id}"
    yield from _severity(where, old, new)
    if old.kind is not new.kind or old.column != new.column:
        sentence = (
            f"The rule asked for {old.kind.value} of {old.column}, "
            f"it asks for {new.kind.value} of {new.column} now."
        )
        yield edit(where, sentence, Weight.LOOSENED)
        return
    yield from moved_ends(where, check_ends(old), check_ends(new))
    for diff in _PARTS:
        yield from diff(where, old, new)
    if new.rule_id != _KEY or not told.is_key_changed:
        yield from _columns(where, old, new)
    yield from _tolerance(where, old.tolerance, new.tolerance)
    if new.rule_id not in (_KEY, f"{new.column}.{new.kind.value}"):
        yield from _words(where, old, new)


def _severity(where: str, old: Rule, new: Rule) -> Iterator[Edit]:
    if old.severity is new.severity:
        return
    is_milder = _MILDNESS.index(new.severity) > _MILDNESS.index(old.severity)
    sentence = f"Its severity was {old.severity.value}, it is {new.severity.value} now."
    yield edit(where, sentence, Weight.LOOSENED if is_milder else Weight.TIGHTENED)


def _words(where: str, old: Rule, new: Rule) -> Iterator[Edit]:
    told = retold(f"{where}.description", old.description, new.description)
    if told is not None:
        yield told
    if old.dimension is not new.dimension:
        sentence = f"It counts as {new.dimension.value} now, not as {old.dimension.value}."
        yield Edit(where=where, sentence=sentence, weight=Weight.COMPATIBLE, level=Level.PATCH)


def _values(where: str, old: Check, new: Check) -> Iterator[Edit]:
    """Words of a list: allowed ones, or with `missing` those that are not."""
    gone = [each for each in old.values if each not in new.values]
    come = [each for each in new.values if each not in old.values]
    is_barred = new.kind is Kind.MISSING
    if gone and is_barred:
        yield edit(where, f"{_list(gone)} may stand for a value now.", Weight.LOOSENED)
    elif gone:
        yield edit(where, f"{_list(gone)} is not allowed any more.", Weight.BREAKING)
    if come:
        weight = Weight.TIGHTENED if is_barred else Weight.LOOSENED
        is_so = "stands for a missing value" if is_barred else "is allowed"
        yield edit(where, f"{_list(come)} {is_so} now.", weight)


def _missing(where: str, old: Check, new: Check) -> Iterator[Edit]:
    if old.counts_missing and not new.counts_missing:
        yield edit(where, "Rows without any value are not counted any more.", Weight.LOOSENED)
    if new.counts_missing and not old.counts_missing:
        yield edit(where, "Rows without any value are counted, too.", Weight.TIGHTENED)


def _compared(where: str, old: Check, new: Check) -> Iterator[Edit]:
    """What cannot be said to be more or less: another form, column or list to compare with."""
    for what in ("pattern", "other", "reference"):
        before, after = getattr(old, what), getattr(new, what)
        if before != after:
            sentence = f"It was compared with {before}, it is compared with {after} now."
            yield edit(where, sentence, Weight.LOOSENED)


def _multiple(where: str, old: Check, new: Check) -> Iterator[Edit]:
    if old.multiple == new.multiple:
        return
    is_stricter = bool(old.multiple and new.multiple and new.multiple % old.multiple == 0)
    sentence = f"A multiple of {old.multiple} was asked for, one of {new.multiple} is now."
    yield edit(where, sentence, Weight.TIGHTENED if is_stricter else Weight.LOOSENED)


def _restricted(where: str, old: Check, new: Check) -> Iterator[Edit]:
    """Fewer rows judged is less promised."""
    if old.where == new.where:
        return
    has_all = new.where is None or (
        old.where is not None
        and old.where[0] == new.where[0]
        and set(old.where[1]) < set(new.where[1])
    )
    sentence = f"It was asked of {_rows(old)}, it is asked of {_rows(new)} now."
    yield edit(where, sentence, Weight.TIGHTENED if has_all else Weight.LOOSENED)


def _rows(check: Check) -> str:
    if check.where is None:
        return "all rows"
    return f"rows whose {check.where[0]} is {' or '.join(check.where[1])}"


def _columns(where: str, old: Check, new: Check) -> Iterator[Edit]:
    """Rows are compared that are the same in the columns: fewer columns, more rows compared."""
    if set(old.columns) == set(new.columns):
        return
    is_stricter = set(new.columns) < set(old.columns)
    sentence = (
        f"Rows were compared by {' and '.join(old.columns)}, "
        f"they are by {' and '.join(new.columns)} now."
    )
    yield edit(where, sentence, Weight.TIGHTENED if is_stricter else Weight.LOOSENED)


def _tolerance(where: str, old: Tolerance | None, new: Tolerance | None) -> Iterator[Edit]:
    if old is not None and new is not None:
        yield from _tolerances(where, old, new)
    elif new is not None:
        sentence = "Rows that break it are only counted now, and some of them tolerated."
        yield edit(where, sentence, Weight.LOOSENED)
    elif old is not None:
        sentence = "Every row that breaks it counts now; some were tolerated."
        yield edit(where, sentence, Weight.TIGHTENED)


def _tolerances(where: str, old: Tolerance, new: Tolerance) -> Iterator[Edit]:
    where = f"{where}.tolerance"
    if (old.unit, old.is_outside) != (new.unit, new.is_outside):
        sentence = f"It was {_tolerated(old)}, it is {_tolerated(new)} now."
        yield edit(where, sentence, Weight.LOOSENED)
        return
    ends = tolerance_ends(old), tolerance_ends(new)
    yield from moved_ends(where, *ends, is_outside=new.is_outside)


def _tolerated(tolerance: Tolerance) -> str:
    low, high = (each.words or "open" for each in tolerance_ends(tolerance))
    name = "outside" if tolerance.is_outside else "within"
    return f"{name} {low} to {high} {tolerance.unit.value}"


def _list(words: list[str]) -> str:
    return ", ".join(f"“{each}”" for each in words)


_PARTS: tuple[Callable[[str, Check, Check], Iterator[Edit]], ...] = (
    _values,
    _missing,
    _compared,
    _multiple,
    _restricted,
)
