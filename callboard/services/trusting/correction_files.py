"""A CSV of rows in quarantine, corrected elsewhere and given back: each row matched by its hash."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, FileRefused
from callboard.services.acting import said
from callboard.services.export import safe_text
from callboard.services.kept_out_export import HASH_MARK, QUARANTINE_TOLD
from callboard.services.runtime import Runtime
from callboard.services.trusting.correcting import keep_correction
from callboard.services.trusting.drafts import Desk, Draft, breaks_of, draft_of, open_desk
from callboard.services.trusting.quarantine import MOST
from callboard.services.trusting.rows import contract_of, require_row, shown_hash, shown_texts
from callboard.services.trusting.telling import tell_act
from callboard.storage.engine import write
from callboard.storage.quarantine import StoredRow
from callboard.views import CorrectionReport
from callboard.views.quarantine import FileRow
from data_contracts.parsing.decoding import Decoded, decode

Cells = Mapping[str, str]
LARGEST = 10_000_000
_DELIMITERS = (",", ";", "\t", "|")
_NEEDED = {"id": "", "row_hash": "", "correction": ""}


def correct_file(
    runtime: Runtime, actor: Actor, *, feed: str, content: bytes, note: str
) -> CorrectionReport:
    """Take in a CSV as it was downloaded, with corrected cells; tell of each row that is refused.

    All that can be corrected is, in one transaction. FileRefused for a file that cannot be read;
    CallboardError without a reason.
    """
    require(actor, Action.EDIT_QUARANTINE)
    contract = contract_of(runtime, feed)
    why = said(note, "Say how you know: the reason stands beside every row.")
    header, rows = _read(content)
    names = (*QUARANTINE_TOLD, *(each.name for each in contract.columns))
    with write(runtime.store) as conn:
        desk = open_desk(conn, runtime, actor, feed)
        drafts, refused = _judged(desk, rows)
        if drafts:
            told = f"{contract.name}: {len(drafts)} rows corrected by a file"
            act = {"feed": feed, "action": "rows_corrected", "target": feed}
            for each in drafts:
                keep_correction(desk, each, note=why)
            tell_act(conn, runtime, actor, **act, note=told)
    return CorrectionReport(
        corrected=len(drafts),
        unchanged=len(rows) - len(drafts) - len(refused),
        refused=tuple(_refused(*rows[place], refused[place]) for place in sorted(refused)),
        ignored_columns=tuple(each for each in header if each and each not in names),
    )


def require_size(size: int) -> None:
    """FileRefused for a file of more bytes than are taken in."""
    if size > LARGEST:
        raise FileRefused("The file is larger than 10 MB; split it.")


def _judged(desk: Desk, rows: Sequence[tuple[int, Cells]]) -> tuple[list[Draft], dict[int, str]]:
    """The drafts of rows that can be corrected; why which of the others cannot, by their place."""
    times = Counter(_number_of(cells) for _, cells in rows)
    drafts: dict[int, Draft] = {}
    refused: dict[int, str] = {}
    for place, (_, cells) in enumerate(rows):
        try:
            draft = _draft(desk, cells, times)
        except CallboardError as error:
            refused[place] = str(error)
        else:
            drafts |= {place: draft} if draft.changed else {}
    for place, messages in zip(drafts, breaks_of(desk, list(drafts.values())), strict=True):
        if messages:
            refused[place] = " ".join(messages)
    return [each for place, each in drafts.items() if place not in refused], refused


def _draft(desk: Desk, cells: Cells, times: Mapping[int | None, int]) -> Draft:
    number = _number_of(cells)
    if number is None:
        raise CallboardError(f"Found id {cells['id']!r}; expected the number of the row.")
    if times[number] > 1:
        raise CallboardError(f"Row {number} is in the file {times[number]} times; leave one.")
    contract = desk.question.contract
    row = require_row(desk.conn, desk.runtime, desk.actor, number)
    if row.feed != contract.feed:
        raise CallboardError(f"Row {number} is of another feed.")
    if cells["row_hash"].strip().removeprefix(HASH_MARK) != shown_hash(contract, row):
        raise CallboardError(
            f"Row {number} is not the row that this file tells of: download the rows again."
        )
    seen = cells["correction"].strip()
    desk.require_seen(row, int(seen) if _is_number(seen) else -1)
    return draft_of(desk, row, _typed(desk, row, cells))


def _typed(desk: Desk, row: StoredRow, cells: Cells) -> dict[str, str]:
    """The cells that do not read as they went out, as they were typed."""
    shown = shown_texts(desk.question.contract, row, desk.fields_of(row))
    return {
        name: _undone(cells[name])
        for name, text in shown.items()
        if name in cells and cells[name] != safe_text(text)
    }


def _number_of(cells: Cells) -> int | None:
    text = cells["id"].strip()
    return int(text) if _is_number(text) else None


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 18


def _undone(text: str) -> str:
    """A cell without the sign that kept a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and safe_text(text[1:]) == text else text


def _refused(line: int, cells: Cells, message: str) -> FileRow:
    return FileRow(
        line=line,
        row_key=cells.get("row_key", "")[:60],
        outcome="refused",
        message=message,
    )


def _read(content: bytes) -> tuple[tuple[str, ...], list[tuple[int, Cells]]]:
    """The header and the rows by it, with their lines; FileRefused where there is none."""
    require_size(len(content))
    decoded = decode(content)
    if not isinstance(decoded, Decoded):
        raise FileRefused(f"The file cannot be read: found {decoded.found}.")
    first = decoded.text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    try:
        filled = ((reader.line_num, cells) for cells in reader if any(cells))
        lines = list(islice(filled, MOST + 2))
    except csv.Error as error:
        raise FileRefused(f"The file is no whole CSV: {error}.") from error
    if len(lines) > MOST + 1:
        raise FileRefused(f"The file has more than {MOST:,} rows; split it.")
    header = tuple(each.strip() for each in lines[0][1]) if lines else ()
    if missing := [name for name in _NEEDED if name not in header]:
        raise FileRefused(
            f"The file lacks {' and '.join(missing)}; expected the file as it was "
            "downloaded from the quarantine, with its cells corrected."
        )
    return header, [(line, _by_name(header, cells)) for line, cells in lines[1:]]


def _by_name(header: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    filled = [*cells, *[""] * (len(header) - len(cells))]
    return _NEEDED | dict(zip(header, filled, strict=False))
