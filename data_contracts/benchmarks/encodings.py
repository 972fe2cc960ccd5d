"""What an encoding that the file does not say leaves in doubt."""

from collections.abc import Iterator

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import Answers
from data_contracts.parsing.cells import Entry, Words
from data_contracts.parsing.table import TextTable, note
from data_contracts.parsing.words import foreign_troubles

CONFIRMED = "encoding"
_GUESSED = "Windows-1252"
_NOTED = ("UTF-16", "UTF-32")


def encoding_entries(
    table: TextTable, texts: dict[str, Words], answers: Answers
) -> Iterator[Entry]:
    """Yield the cells with letters beyond ASCII where their encoding was guessed, not answered."""
    is_answered = bool(answers.reading.encoding) or CONFIRMED in answers.confirmed
    if table.encoding == _GUESSED and not is_answered:
        for words in texts.values():
            yield from words.entries(foreign_troubles(words, table.encoding))


def encoding_notes(table: TextTable) -> Iterator[Finding]:
    """Say of a file in a rare encoding in which one it was read, where nothing said so yet."""
    is_said = any(each.reason is Reason.ENCODING for each in table.findings)
    if table.encoding in _NOTED and not is_said:
        expected = f"UTF-8; its byte order mark says {table.encoding}, and so it was read"
        yield note(Reason.ENCODING, f"text in {table.encoding}", expected)
