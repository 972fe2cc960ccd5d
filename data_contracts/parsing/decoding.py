"""Bytes -> text: what kind of file it is, and in which encoding it was written."""

import re
from dataclasses import dataclass, replace

from data_contracts.findings import Finding, Reason
from data_contracts.parsing.encodings import ENCODINGS, codec_of
from data_contracts.parsing.table import note, refusal

_TABLE_TEXT = "a text file with a header row and comma, semicolon, tab or | between the cells"
_MAGIC = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive", "Save the sheet as CSV UTF-8."),
    (b"PK\x05\x06", "an empty zip archive", ""),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook", "Save the sheet as CSV UTF-8."),
    (b"%PDF", "a PDF document", ""),
    (b"\x89PNG", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"PAR1", "a Parquet file", ""),
    (b"SQLite format 3\x00", "a SQLite database", ""),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
)
_MARKUP = re.compile(r"<(!doctype|html|head|body|\?xml|svg|script|table)\b", re.IGNORECASE)
_JSON = re.compile(r"[\[{]\s*[\[{\"\]}]")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SAMPLE = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, the encoding it was read in, and what a person should know of that.

    `is_guessed`: nothing in the file says that this is its encoding.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()
    is_guessed: bool = False


def decode(content: bytes, encoding: str = "") -> Decoded | Finding:
    """Return the text, or the finding that refuses the file.

    `encoding` is what a person says it is written in; "" takes what is detected.
    """
    if not content.strip():
        return refusal(Reason.FILE_EMPTY, f"{len(content)} bytes without text", _TABLE_TEXT)
    for magic, kind, advice in _MAGIC:
        if content.startswith(magic):
            return refusal(Reason.FILE_KIND, kind, _TABLE_TEXT, advice=advice)
    decoded = _decode_as(content, encoding) if encoding else _decode(content)
    return decoded if isinstance(decoded, Finding) else _checked(decoded)


def _decode_as(content: bytes, encoding: str) -> Decoded | Finding:
    """A mark of the same encoding at the beginning is no letter of the text."""
    codec = codec_of(encoding)
    if not codec:
        found = f"an encoding called {encoding!r}"
        return refusal(Reason.ENCODING, found, f"one of {', '.join(ENCODINGS)}")
    return _strictly(content, codec, next(name for name in ENCODINGS if codec == ENCODINGS[name]))


def _decode(content: bytes) -> Decoded | Finding:
    for bom, codec, encoding in _BOMS:
        if content.startswith(bom):
            decoded = _strictly(content, codec, encoding)
            if encoding == "UTF-8" or isinstance(decoded, Finding):
                return decoded
            return _with_note(decoded, "a byte order mark")
    if codec := _utf16_by_its_zeros(content):
        decoded = _strictly(content, codec, "UTF-16")
        return (
            decoded if isinstance(decoded, Finding) else _with_note(decoded, "no byte order mark")
        )
    try:
        return Decoded(text=content.decode("utf-8"), encoding="UTF-8")
    except UnicodeDecodeError as error:
        return _windows_1252(content, error.start)


def _strictly(content: bytes, codec: str, encoding: str) -> Decoded | Finding:
    try:
        return Decoded(text=content.decode(codec), encoding=encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _broken(f"byte {error.start:,} that is not {encoding}", f"{encoding} text", row=line)


def _utf16_by_its_zeros(content: bytes) -> str:
    """UTF-16 of Western text has a zero in every other byte; no other text has zeros at all."""
    sample = content[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.3 and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.3 and odd < even / 10 else ""


def _windows_1252(content: bytes, offset: int) -> Decoded | Finding:
    """Read the oldest of Excel's encodings, unless parts of the file are UTF-8 all the same."""
    line = content.count(b"\n", 0, offset) + 1
    rest = content.decode("utf-8", "surrogateescape")
    is_mixed = any("\x7f" < letter < "\udc80" or letter > "\udcff" for letter in set(rest))
    if is_mixed:
        found = f"UTF-8 and another encoding in one file (byte {offset:,}, line {line})"
        return _broken(found, "one encoding throughout", row=line)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        return _broken(f"byte {error.start:,} of no known encoding", "UTF-8 text", row=line)
    sample = next(each for each in re.split(r"[\r\n]", text) if not each.isascii())
    guessed = Decoded(text=text, encoding="Windows-1252", is_guessed=True)
    return _with_note(guessed, sample.strip())


def _with_note(decoded: Decoded, found: str) -> Decoded:
    expected = f"UTF-8; it was read as {decoded.encoding}, so look whether the letters are right"
    return replace(decoded, findings=(note(Reason.ENCODING, found, expected),))


def _checked(decoded: Decoded) -> Decoded | Finding:
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if not text:
        return refusal(Reason.FILE_EMPTY, "only blanks", _TABLE_TEXT)
    if _MARKUP.match(text):
        advice = "The download may have been a page to sign in."
        return refusal(Reason.FILE_KIND, "a web page or XML", _TABLE_TEXT, advice=advice)
    if _JSON.match(text):
        return refusal(Reason.FILE_KIND, "JSON", _TABLE_TEXT)
    zero = decoded.text.find("\x00")
    if zero >= 0:
        line = decoded.text.count("\n", 0, zero) + 1
        return _broken("a zero byte inside the text", "text without zero bytes", row=line)
    return decoded


def _broken(found: str, expected: str, row: int = 0) -> Finding:
    return refusal(Reason.FILE_BROKEN, found, expected, row=row)
