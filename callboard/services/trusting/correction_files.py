"""A CSV of rows in quarantine, corrected elsewhere and given back: each row matched by its hash."""

import csv
import io
from collections.abc import Iterator, Mapping

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, FileRefused
from callboard.services.acting import said
from callboard.services.export import HASH_MARK, QUARANTINE_TOLD, safe_text
from callboard.services.runtime import Runtime
from callboard.services.trusting.correcting import Proposal, keep_correction, propose
from callboard.services.trusting.rows import contract_of, require_row
from callboard.services.trusting.telling import tell_act
from callboard.storage.engine import Connection, write
from callboard.views import CorrectionReport, FileRow
from data_contracts.model import Contract
from data_contracts.parsing.decoding import Decoded, decode

LARGEST = 10_000_000
_DELIMITERS = (",", ";", "\t", "|")


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
        taken = [_take(conn, runtime, actor, contract, *each) for each in rows]
        proposals = [each for each in taken if isinstance(each, Proposal) and each.fields]
        for each in proposals:
            keep_correction(conn, runtime, actor, each, note=why)
        if proposals:
            told = f"{contract.name}: {len(proposals)} rows corrected by a file"
            tell_act(
                conn, runtime, actor, feed=feed, action="rows_corrected", target=feed, note=told
            )
    refused = tuple(each for each in taken if isinstance(each, FileRow))
    return CorrectionReport(
        corrected=len(proposals),
        unchanged=len(taken) - len(proposals) - len(refused),
        refused=refused,
        ignored_columns=tuple(each for each in header if each and each not in names),
    )


def _take(
    conn: Connection,
    runtime: Runtime,
    actor: Actor,
    contract: Contract,
    line: int,
    cells: Mapping[str, str],
) -> Proposal | FileRow:
    try:
        proposal = _proposal(conn, runtime, actor, contract, cells)
    except CallboardError as error:
        return _refused(line, cells, str(error))
    messages = " ".join(proposal.messages)
    return _refused(line, cells, messages) if messages else proposal


def _proposal(
    conn: Connection, runtime: Runtime, actor: Actor, contract: Contract, cells: Mapping[str, str]
) -> Proposal:
    number = cells["id"].strip()
    if not number.isdecimal() or len(number) > 18:
        raise CallboardError(f"Found id {number!r}; expected the number of the row.")
    row = require_row(conn, runtime, actor, int(number))
    if row.feed != contract.feed:
        raise CallboardError(f"Row {number} is of another feed.")
    if cells["row_hash"].strip().removeprefix(HASH_MARK) != row.row_hash:
        raise CallboardError(
            f"Row {number} is not the row that this file tells of: download the rows again."
        )
    fields = {each.name: cells[each.name] for each in contract.columns if each.name in cells}
    return propose(
        conn,
        runtime,
        actor,
        row=row.id,
        fields={name: _undone(text) for name, text in fields.items()},
    )


def _undone(text: str) -> str:
    """A cell without the sign that kept a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and safe_text(text[1:]) == text else text


def _refused(line: int, cells: Mapping[str, str], message: str) -> FileRow:
    return FileRow(
        line=line,
        row_key=cells.get("row_key", "")[:60],
        outcome="refused",
        message=message,
    )


def _read(content: bytes) -> tuple[tuple[str, ...], Iterator[tuple[int, dict[str, str]]]]:
    """The header and the rows by it, with their lines; FileRefused where there is none."""
    if len(content) > LARGEST:
        raise FileRefused("The file is larger than 10 MB; split it.")
    decoded = decode(content)
    if not isinstance(decoded, Decoded):
        raise FileRefused(f"The file cannot be read: found {decoded.found}.")
    first = decoded.text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        raise FileRefused(f"The file is no whole CSV: {error}.") from error
    header = tuple(each.strip() for each in lines[0][1]) if lines else ()
    if missing := {"id", "row_hash"} - set(header):
        raise FileRefused(
            f"The file lacks {' and '.join(sorted(missing))}; expected the file as it was "
            "downloaded from the quarantine, with its cells corrected."
        )
    return header, ((line, _by_name(header, cells)) for line, cells in lines[1:])


def _by_name(header: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    filled = [*cells, *[""] * (len(header) - len(cells))]
    return {"id": "", "row_hash": ""} | dict(zip(header, filled, strict=False))
