"""Step one of an import: bytes and what a person said of them -> rows of text, or a refusal."""

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import ReadingAnswer
from data_contracts.importing.workbooks import is_workbook, look_at_workbook
from data_contracts.model import Contract
from data_contracts.parsing.headers import names_of
from data_contracts.parsing.layout import DELIMITER_WORDS, Layout, find_layout, layout_at
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.read import read_text
from data_contracts.parsing.reading import Reading
from data_contracts.parsing.table import Refused, TextTable, refusal

__all__ = ["Reading", "look"]


def look(
    content: bytes,
    answer: ReadingAnswer,
    *,
    contract: Contract,
    limits: Limits,
    name: str = "",
) -> TextTable | Refused:
    """Return the rows of a file as text, read as it was answered and else as it is detected.

    A workbook is known by its first bytes and the ending of its name. A refusal shows the file as
    it came (`reading`), so that another header row or sheet can be chosen.
    """
    wrong = _wrong_answer(answer)
    if wrong is not None:
        detected = look(content, ReadingAnswer(), contract=contract, limits=limits, name=name)
        return Refused(findings=(wrong,), reading=detected.reading)
    known = names_of(contract)
    if is_workbook(content, name):
        return look_at_workbook(content, answer, known=known, limits=limits)

    def find(text: str) -> Layout | Finding:
        sign = delimiter_of(answer.delimiter)
        if not answer.header_line and answer.header_rows < 2:
            return find_layout(text, known, delimiter=sign)
        line, rows = max(answer.header_line, 1), max(answer.header_rows, 1)
        return layout_at(text, line, rows=rows, delimiter=sign, known=known)

    return read_text(content, limits, find, encoding=answer.encoding, skip_below=answer.skip_below)


def delimiter_of(answer: str) -> str:
    """Return the sign a person means by a delimiter, given as itself or in words."""
    words = {word: sign for sign, word in DELIMITER_WORDS.items()}
    return words.get(answer.casefold().strip(" "), answer)


def _wrong_answer(answer: ReadingAnswer) -> Finding | None:
    if answer.delimiter and delimiter_of(answer.delimiter) not in DELIMITER_WORDS:
        words = ", ".join(DELIMITER_WORDS.values())
        return refusal(Reason.FILE_HEADER, f"the delimiter {answer.delimiter!r}", f"one of {words}")
    if answer.header_rows > 2:
        found = f"{answer.header_rows} header rows"
        return refusal(Reason.FILE_HEADER, found, "one header row, or two")
    if min(answer.header_line, answer.header_rows, answer.skip_below) < 0:
        return refusal(Reason.FILE_HEADER, "a line below zero", "lines counted from 1")
    return None
