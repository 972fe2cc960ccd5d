"""Two versions of a contract -> everything that is promised otherwise, and what each weighs.

Also what other tools let pass: a rule that is gone or milder, a wider tolerance, a later promise of
freshness, another unit.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from data_contracts.diff_columns import diff_columns, renamed_columns
from data_contracts.diff_rules import diff_rules
from data_contracts.model import Contract, Control, Support, Weekdays
from definition_files import Edit, Weight, edit, redefined, retold

_HOUR = timedelta(hours=1)


def diff_contracts(old: Contract, new: Contract) -> tuple[Edit, ...]:
    """Return every edit from `old` to `new`, the columns' first, then the rules'.

    The versions themselves and the places of the files are no edits.
    """
    renamed = renamed_columns(old, new)
    return (
        *(each for diff in _PARTS for each in diff(old, new)),
        *_roles(old, new, renamed),
        *diff_columns(old, new, renamed),
        *diff_rules(old, new, renamed),
    )


def _identity(old: Contract, new: Contract) -> Iterator[Edit]:
    if old.feed != new.feed:
        sentence = f"The feed was {old.feed}, it is {new.feed} now."
        yield edit("id", sentence, Weight.BREAKING)
    if old.table != new.table:
        sentence = (
            f"The rows were read from {old.table}, they are read from {new.table} now, "
            "which may hold something else."
        )
        yield edit("table", sentence, Weight.BREAKING)
    if old.server != new.server:
        sentence = f"The database was {old.server or 'any'}, it is {new.server or 'any'} now."
        yield edit("servers", sentence, Weight.COMPATIBLE)


def _status(old: Contract, new: Contract) -> Iterator[Edit]:
    if old.status == new.status:
        return
    ending = f" Its last day is {_day(new.sunset)}." if new.sunset else ""
    sentence = f"The contract was {old.status}, it is {new.status} now.{ending}"
    if new.status == "draft":
        yield edit("status", f"{sentence} It holds nothing back.", Weight.LOOSENED)
    else:
        was_draft = old.status == "draft"
        yield edit("status", sentence, Weight.TIGHTENED if was_draft else Weight.COMPATIBLE)


def _sunset(old: Contract, new: Contract) -> Iterator[Edit]:
    if old.sunset == new.sunset or old.status != new.status:
        return
    is_sooner = bool(old.sunset and new.sunset and new.sunset < old.sunset)
    sentence = f"Its last day was {_day(old.sunset)}, it is {_day(new.sunset)} now."
    yield edit("sunset", sentence, Weight.LOOSENED if is_sooner else Weight.COMPATIBLE)


def _day(day: date | None) -> str:
    return "not told" if day is None else day.isoformat()


def _sparse(old: Contract, new: Contract) -> Iterator[Edit]:
    if old.is_sparse != new.is_sparse:
        meaning = {True: "that nothing happened", False: "that data are missing"}
        sentence = (
            f"A day without rows meant {meaning[old.is_sparse]}, "
            f"it means {meaning[new.is_sparse]} now."
        )
        yield edit("callboard.sparse", sentence, Weight.BREAKING)


def _clock(old: Contract, new: Contract) -> Iterator[Edit]:
    if old.clock is not new.clock:
        sentence = f"The time was read as {old.clock.value}, it is read as {new.clock.value} now."
        yield edit("callboard.clock", sentence, Weight.BREAKING)


def _roles(old: Contract, new: Contract, renamed: Mapping[str, str]) -> Iterator[Edit]:
    """Which column is what; a column that only has another name is still the same."""
    for role in ("touchpoint", "time"):
        before, after = getattr(old, role), getattr(new, role)
        if renamed.get(before, before) != after:
            sentence = f"The {role} stood in {before}, it stands in {after} now."
            yield edit(f"callboard.{role}", sentence, Weight.BREAKING)
    key = tuple(renamed.get(each, each) for each in old.key)
    if key != new.key:
        one, other = " and ".join(old.key) or "nothing", " and ".join(new.key) or "nothing"
        sentence = f"A row was known by {one}, it is known by {other} now."
        yield edit("key", sentence, Weight.BREAKING)
    yield from _watermark(old, new, renamed)
    yield from _journey_key(old, new, renamed)
    dimensions = [renamed.get(each, each) for each in old.dimensions]
    for gone in (each for each in dimensions if each not in new.dimensions):
        sentence = f"Figures cannot be split by {gone} any more."
        yield edit("callboard.dimensions", sentence, Weight.BREAKING)
    for come in (each for each in new.dimensions if each not in dimensions):
        sentence = f"Figures can be split by {come} now."
        yield edit("callboard.dimensions", sentence, Weight.COMPATIBLE)


def _watermark(old: Contract, new: Contract, renamed: Mapping[str, str]) -> Iterator[Edit]:
    if renamed.get(old.watermark, old.watermark) == new.watermark:
        return
    had_none = old.watermark in ("", old.time)
    sentence = (
        f"New and corrected rows were known by {old.watermark or 'nothing'}, "
        f"they are known by {new.watermark or 'nothing'} now."
    )
    weight = Weight.TIGHTENED if had_none else Weight.LOOSENED
    yield edit("callboard.watermark", sentence, weight)


def _journey_key(old: Contract, new: Contract, renamed: Mapping[str, str]) -> Iterator[Edit]:
    if renamed.get(old.journey_key, old.journey_key) != new.journey_key:
        sentence = (
            f"Cases were followed by {old.journey_key or 'nothing'}, "
            f"they are followed by {new.journey_key or 'nothing'} now."
        )
        weight = Weight.BREAKING if old.journey_key else Weight.COMPATIBLE
        yield edit("callboard.journeyKey", sentence, weight)


def _spans(old: Contract, new: Contract) -> Iterator[Edit]:
    if old.late != new.late:
        sentence = (
            f"A correction came within {_hours(old.late)}, "
            f"it may come within {_hours(new.late)} now."
        )
        yield edit("callboard.late", sentence, _more_is_looser(old.late, new.late))
    if old.freshness != new.freshness:
        sentence = (
            f"The newest row was at most {_hours(old.freshness)} old, "
            f"it is at most {_hours(new.freshness)} old now."
        )
        one, other = (each or timedelta.max for each in (old.freshness, new.freshness))
        yield edit("freshness", sentence, _more_is_looser(one, other))
    if old.freshness_days is not new.freshness_days:
        is_milder = new.freshness_days is Weekdays.BUSINESS_DAYS
        sentence = f"Its age is counted on {_spoken(new.freshness_days)} now."
        yield edit("freshness", sentence, Weight.LOOSENED if is_milder else Weight.TIGHTENED)


def _spoken(days: Weekdays) -> str:
    return "business days only" if days is Weekdays.BUSINESS_DAYS else "every day"


def _hours(span: timedelta | None) -> str:
    return "any number of hours" if span is None else f"{span / _HOUR:g} hours"


def _more_is_looser(old: float | timedelta, new: float | timedelta) -> Weight:
    is_more = new > old  # type: ignore[operator]  # two numbers or two spans
    return Weight.LOOSENED if is_more else Weight.TIGHTENED


_LIMITS = {
    "max_quarantine_share": ("callboard.maxQuarantineShare", "the share that may be quarantined"),
    "max_feed_quarantine_share": (
        "callboard.maxFeedQuarantineShare",
        "the share of all rows that may be quarantined",
    ),
    "scale_factor": ("callboard.scaleFactor", "the change of a median that is taken for a jump"),
}


def _limits(old: Contract, new: Contract) -> Iterator[Edit]:
    for name, (where, words) in _LIMITS.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            sentence = f"{before:g} was {words}, {after:g} is now."
            yield edit(where, sentence, _more_is_looser(before, after))


def _control(old: Contract, new: Contract) -> Iterator[Edit]:
    if old.control == new.control:
        return
    weight = Weight.TIGHTENED if old.control is None else Weight.LOOSENED
    sentence = f"Rows were counted against {_told(old.control)}, now against {_told(new.control)}."
    yield edit("callboard.control", sentence, weight)


def _told(control: Control | None) -> str:
    if control is None:
        return "nothing"
    columns = (control.rows, control.day, control.touchpoint)
    return f"{control.table} ({', '.join(each for each in columns if each)})"


def _texts(old: Contract, new: Contract) -> Iterator[Edit]:
    told = [redefined("description.purpose", old.purpose, new.purpose)]
    for where in ("name", "usage", "limitations", "roles"):
        told.append(retold(where, getattr(old, where), getattr(new, where)))
    told.append(retold("support", _people(old.support), _people(new.support)))
    told.append(retold("synonyms", ", ".join(old.synonyms), ", ".join(new.synonyms)))
    yield from (each for each in told if each is not None)


def _people(support: Support) -> str:
    return ", ".join(
        each for each in (support.owner, support.channel, support.url, *support.members) if each
    )


_PARTS: tuple[Callable[[Contract, Contract], Iterator[Edit]], ...] = (
    _identity,
    _status,
    _sunset,
    _sparse,
    _clock,
    _spans,
    _limits,
    _control,
    _texts,
)
