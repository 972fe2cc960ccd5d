"""What the reading of a file leaves open: which sheet is meant, and which encoding it is in."""

from data_contracts.importing.questions import Asked, Question
from data_contracts.parsing.encodings import ENCODINGS
from data_contracts.parsing.reading import Reading

_OTHERS = ("Mac Roman", "Windows-1250", "Code page 850")


def ask_of_reading(
    reading: Reading | None, confirmed: frozenset[str] = frozenset()
) -> tuple[Asked, ...]:
    """Return the questions; `confirmed` holds `encoding` where the guess has been approved of."""
    if reading is None:
        return ()
    if len(reading.sheets) > 1 and not reading.sheet:
        return (_sheet(reading),)
    is_open = reading.is_guessed and bool(reading.foreign) and "encoding" not in confirmed
    return (_encoding(reading),) if is_open else ()


def _sheet(reading: Reading) -> Asked:
    options = tuple((name, name) for name in reading.sheets)
    return Asked(question=Question.SHEET, field="", header="", options=options, samples=(), rows=0)


def _encoding(reading: Reading) -> Asked:
    """The guess beside another encoding in which the same bytes are letters too."""
    codec = ENCODINGS[reading.encoding]
    told = [line.encode(codec) for line in reading.foreign]
    names = (reading.encoding, *_OTHERS)
    samples = [
        (line, line, _read(bytes_, _OTHERS[0]))
        for line, bytes_ in zip(reading.foreign, told, strict=True)
    ]
    return Asked(
        question=Question.ENCODING,
        field="",
        header="",
        options=tuple((name, name) for name in names),
        samples=tuple(samples),
        rows=0,
    )


def _read(content: bytes, encoding: str) -> str:
    return content.decode(ENCODINGS[encoding], "replace")
