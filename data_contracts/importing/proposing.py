"""How a file might be read whose header is not its first line: shown and confirmed, never applied.

Titles above the header, a second header row, notes and watermarks below are what is looked for.
"""

from dataclasses import dataclass, field, replace

from data_contracts.findings import Finding
from data_contracts.importing.answers import ReadingAnswer
from data_contracts.importing.reading import delimiter_of
from data_contracts.importing.workbooks import chosen_sheet, is_workbook
from data_contracts.model import Contract
from data_contracts.parsing.decoding import decode
from data_contracts.parsing.header_rows import HeaderGuess, Row, propose_header
from data_contracts.parsing.headers import names_of
from data_contracts.parsing.layout import vote_delimiter
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.sampling import lines_shown, rows_to_look_at
from data_contracts.parsing.table import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingProposal:
    """An answer that would read a file, how sure that is (0 to 1), why, and what it passes over.

    Without confidence there is nothing to propose, and `answer` is what was answered already.
    """

    answer: ReadingAnswer = field(default_factory=ReadingAnswer)
    confidence: float = 0.0
    why: str = ""
    skipped_above: tuple[str, ...] = ()
    skipped_below: tuple[str, ...] = ()


def propose_reading(
    content: bytes,
    answer: ReadingAnswer,
    *,
    contract: Contract,
    limits: Limits,
    name: str = "",
) -> ReadingProposal:
    """Return where the header seems to be, given what was answered of encoding, sign and sheet."""
    is_book = is_workbook(content, name)
    found = _of_sheet(content, answer, limits) if is_book else _of_text(content, answer, limits)
    if isinstance(found, str):
        return ReadingProposal(answer=answer, why=found)
    rows, answer = found
    return _proposal(rows, answer, propose_header(rows, names_of(contract)))


def _of_text(
    content: bytes, answer: ReadingAnswer, limits: Limits
) -> tuple[list[Row], ReadingAnswer] | str:
    decoded = "" if len(content) > limits.size else decode(content, answer.encoding)
    if isinstance(decoded, Finding | str):
        return "The file cannot be read as text."
    text = decoded.text.removeprefix("\ufeff")
    sign = delimiter_of(answer.delimiter) or vote_delimiter(text)
    rows = [(line, list(cells)) for line, cells in rows_to_look_at(text, sign)]
    return [*rows], replace(answer, delimiter=sign)


def _of_sheet(
    content: bytes, answer: ReadingAnswer, limits: Limits
) -> tuple[list[Row], ReadingAnswer] | str:
    found = chosen_sheet(content, answer.sheet, limits)
    if isinstance(found, Refused):
        return f"No sheet can be read: {found.findings[0].found}."
    sheet, reading = found
    return [*sheet.rows], replace(answer, sheet=reading.sheet)


def _proposal(rows: list[Row], answer: ReadingAnswer, guess: HeaderGuess) -> ReadingProposal:
    if not guess.line:
        return ReadingProposal(answer=answer, why=guess.why)
    lines = [" ".join(filter(None, cells)) for _, cells in rows]
    filled = [line for line in lines if line.strip()]
    above = [line for (at, _), line in zip(rows, lines, strict=True) if at < guess.line]
    return ReadingProposal(
        answer=replace(
            answer, header_line=guess.line, header_rows=guess.rows, skip_below=guess.skip_below
        ),
        confidence=guess.confidence,
        why=guess.why,
        skipped_above=lines_shown(above),
        skipped_below=lines_shown(filled[len(filled) - guess.skip_below :]),
    )
