"""Targets in a file, there and back: every line is looked at before anything is done.

Columns touchpoint, metric, value, from, until, reason; others are passed over. An empty value ends
what is promised. The file is applied whole, in one transaction, or not at all.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from callboard.access import Action, Actor, Scope, require
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.export import write_csv
from callboard.services.promising.asking import (
    AskedTarget,
    Wish,
    changes_nothing,
    understand,
    why_not,
)
from callboard.services.promising.examining import tell_again, thought_of
from callboard.services.promising.promises import read_promises
from callboard.services.promising.targets import WHY
from callboard.services.readings.targets import Targets
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.targets import add_target, read_promised
from callboard.views import TargetFile, TargetLine
from data_contracts.parsing.decoding import Decoded, decode
from metrics.model import Grain

MOST = 500
LARGEST = 1_000_000
COLUMNS = ("touchpoint", "metric", "value", "from", "until", "reason")
_NEEDED = frozenset(COLUMNS) - {"until"}
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line as it was read; `asked` None where it is refused, for the reason in `told`."""

    number: int
    cells: Mapping[str, str]
    asked: AskedTarget | None = None
    reason: str = ""
    told: str = ""
    is_new: bool = False
    again: str = ""


def check_file(
    runtime: Runtime, actor: Actor, *, content: bytes, grain: Grain = Grain.WEEK
) -> TargetFile:
    """Return what each line would do, or why it cannot; nothing is stored.

    CallboardError for what is no CSV with the columns, or is too large.
    """
    require(actor, Action.SET_TARGETS)
    scope = open_scope(runtime, actor)
    rows = _read(content)
    with snapshot(runtime.store) as connection:
        return _told(_judged(runtime, connection, scope, rows, grain))


def apply_file(
    runtime: Runtime,
    actor: Actor,
    *,
    content: bytes,
    is_anew: bool = False,
    grain: Grain = Grain.WEEK,
) -> TargetFile:
    """Set every target of a file that is not promised already, in one transaction.

    CallboardError while a line is wrong, where nothing is new, and where periods that are over
    would be judged anew unless `is_anew` says so.
    """
    require(actor, Action.SET_TARGETS)
    scope = open_scope(runtime, actor)
    rows = _read(content)
    with write(runtime.store) as connection:
        lines = _judged(runtime, connection, scope, rows, grain)
        found = _told(lines)
        again = [line for line in lines if line.again]
        if not found.can_be_applied:
            raise CallboardError(f"{found.sentence} Nothing was changed.")
        if again and not is_anew:
            raise CallboardError(
                f"Line {again[0].number}: {again[0].again} Say that this is meant, or let its "
                "target begin later. Nothing was changed."
            )
        for line in lines:
            if line.asked is not None and line.is_new:
                new = replace(thought_of(runtime, line.asked), reason=line.reason, actor=actor.id)
                add_target(connection, replace(new, evidence=f"line {line.number} of a file"))
    number = sum(line.is_new for line in lines)
    return replace(found, sentence=f"{_counted(number, 'target')} set from the file.")


def targets_csv(runtime: Runtime, actor: Actor, *, grain: Grain) -> bytes:
    """Return what is promised today as such a file, with who says it beside it.

    What a definition promises without a day is told from today on.
    """
    view = read_promises(runtime, actor, grain=grain)
    today = runtime.clock.today(runtime.workspace.time_zone)
    header = (*COLUMNS, "unit", "said_by", "kept", "periods_met", "periods_judged", "next")
    return write_csv(
        header,
        (
            (
                *(row.touchpoint, row.metric, row.target, row.since or today, row.until),
                row.reason,
                *(row.unit_text, row.source, row.promise_text, *(row.met or (None, None))),
                row.next_text,
            )
            for row in view.rows
            if row.target is not None
        ),
    )


def _read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows by their columns' names, each with its line."""
    if len(content) > LARGEST:
        raise CallboardError(
            f"The file has {len(content):,} bytes; expected {LARGEST:,} or fewer. Split it."
        )
    decoded = decode(content)
    if not isinstance(decoded, Decoded):
        raise CallboardError(f"The file cannot be read: found {decoded.found}.")
    first = decoded.text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    try:
        filled = ((reader.line_num, cells) for cells in reader if any(map(str.strip, cells)))
        lines = list(islice(filled, MOST + 2))
    except csv.Error as error:
        raise CallboardError(f"The file is no whole CSV: {error}.") from error
    return _by_name(lines)


def _by_name(lines: Sequence[tuple[int, list[str]]]) -> list[tuple[int, dict[str, str]]]:
    header = [each.strip().casefold() for each in lines[0][1]] if lines else []
    if missing := [name for name in COLUMNS if name in _NEEDED and name not in header]:
        raise CallboardError(
            f"The file lacks the columns {', '.join(missing)}; expected {', '.join(COLUMNS)}."
        )
    if len(lines) == 1:
        raise CallboardError("The file has a header and no line below it.")
    if len(lines) > MOST + 1:
        raise CallboardError(f"The file has more than {MOST:,} lines; split it.")
    return [
        (number, dict(zip(header, map(str.strip, cells), strict=False)))
        for number, cells in lines[1:]
    ]


def _judged(
    runtime: Runtime,
    connection: Connection,
    scope: Scope,
    rows: Sequence[tuple[int, dict[str, str]]],
    grain: Grain,
) -> list[_Line]:
    approved = read_promised(connection, scope=scope.touchpoints)
    targets = Targets(definitions=runtime.definitions, approved=approved)
    found: list[_Line] = []
    for line in _understood(runtime, scope, rows, grain):
        found.append(_placed(runtime, connection, targets, line, before=found))
    return found


def _understood(
    runtime: Runtime, scope: Scope, rows: Sequence[tuple[int, dict[str, str]]], grain: Grain
) -> Iterator[_Line]:
    for number, cells in rows:
        line = _Line(number=number, cells=cells)
        try:
            asked = understand(runtime, scope, _wish(cells), grain=grain)
            refused = why_not(runtime, asked)
        except CallboardError as error:
            yield replace(line, told=str(error))
            continue
        yield replace(line, told=refused) if refused else replace(line, asked=asked)


def _wish(cells: Mapping[str, str]) -> Wish:
    return Wish(
        touchpoint=cells.get("touchpoint", ""),
        metric=cells.get("metric", ""),
        value=_number(cells.get("value", "")),
        day=cells.get("from", ""),
        until=cells.get("until", ""),
    )


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise CallboardError(
            f"Found {text[:40]!r}; expected a plain number such as 97.5, or nothing."
        ) from error


def _placed(
    runtime: Runtime,
    connection: Connection,
    targets: Targets,
    line: _Line,
    *,
    before: Sequence[_Line],
) -> _Line:
    """The line with what it does to the targets there are, and to the lines before it."""
    asked = line.asked
    if asked is None:
        return line
    for other in before:
        if other.asked is not None and _overlap(asked, other.asked):
            told = f"Its days overlap those of line {other.number}. Keep one of the two."
            return replace(line, asked=None, told=told)
    if changes_nothing(targets, asked):
        return replace(line, told=f"{asked.value_text} is promised already {asked.span}.")
    return _new(runtime, connection, line, asked)


def _new(runtime: Runtime, connection: Connection, line: _Line, asked: AskedTarget) -> _Line:
    try:
        reason = said(line.cells.get("reason", ""), WHY)
    except CallboardError as error:
        return replace(line, asked=None, told=str(error))
    line = replace(line, reason=reason)
    new = thought_of(runtime, asked)
    today = runtime.clock.today(runtime.definitions.zone(asked.touchpoint))
    again = (
        tell_again(runtime, connection, asked, lambda held: (new, *held))
        if asked.day < today
        else ""
    )
    told = f"{asked.value_text}, {asked.span}. {again}".rstrip()
    return replace(line, told=f"{told[:1].upper()}{told[1:]}", is_new=True, again=again)


def _overlap(one: AskedTarget, other: AskedTarget) -> bool:
    if one.key != other.key:
        return False
    return one.day <= (other.until or date.max) and other.day <= (one.until or date.max)


def _told(lines: Sequence[_Line]) -> TargetFile:
    wrong = [line for line in lines if line.asked is None]
    new = sum(line.is_new for line in lines)
    same = len(lines) - len(wrong) - new
    told = f"{_counted(len(lines), 'line')}: {new} would be set, {same} promised already"
    told += f", {len(wrong)} wrong." if wrong else "."
    return TargetFile(
        sentence=told,
        lines=tuple(_line(each) for each in lines),
        can_be_applied=bool(new) and not wrong,
        anew=sum(bool(line.again) for line in lines),
    )


def _line(of: _Line) -> TargetLine:
    return TargetLine(
        line=of.number,
        touchpoint=of.cells.get("touchpoint", "")[:60],
        metric=of.cells.get("metric", "")[:60],
        value_text=of.asked.value_text if of.asked else of.cells.get("value", "")[:40],
        day=of.asked.day if of.asked else None,
        until=of.asked.until if of.asked else None,
        sentence=of.told,
        is_refused=of.asked is None,
        is_new=of.is_new,
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
