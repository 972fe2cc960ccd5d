"""Bytes of an .xlsx workbook -> its sheets, after a look at whether opening it is safe."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException

from data_contracts.findings import Finding, Reason
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.table import refusal

# A part that is no XML is a SyntaxError, by the standard parser and by lxml.
BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, expat.ExpatError, InvalidFileException, EOFError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, OSError,
    NotImplementedError, AssertionError,
)  # fmt: skip
_PARTS = 5_000
_RATIO = 200
_SMALL = 1_000_000
_UNPACKED = 2  # times the largest file
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXPECTED = "an .xlsx workbook or a CSV file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """An opened workbook: its archive, the part of each visible sheet, and what its cells need.

    `formats` is the number format's code by the style of a cell. openpyxl finds all of this;
    the rows are read without it, as its cells cost more than their text.
    """

    archive: zipfile.ZipFile
    parts: dict[str, str]
    strings: Sequence[str]
    formats: tuple[str, ...]
    epoch: datetime


def is_workbook(content: bytes, name: str) -> bool:
    """Whether a file is to be read as a workbook: called one, and no text or other kind of file."""
    is_called = name.casefold().endswith((".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"))
    return is_called and content.startswith((b"PK", _OLE))


def open_workbook(content: bytes, limits: Limits) -> Workbook | Finding:
    """Return the workbook, or why it is refused: broken, encrypted, or unpacking to too much."""
    if content.startswith(_OLE):
        return _no_package(content)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        trouble = _trouble(archive, limits)
        return trouble if trouble is not None else _opened(content, archive)
    except RuntimeError:  # what zipfile raises for a part behind a password
        return _encrypted()
    except BROKEN as error:
        return broken(error)


def broken(error: Exception) -> Finding:
    """Return the refusal of a workbook that cannot be read to its end."""
    found = f"a workbook that cannot be read ({type(error).__name__})"
    advice = "Open it in a spreadsheet program and save it anew."
    return refusal(Reason.FILE_BROKEN, found, "a whole .xlsx workbook", advice=advice)


def _encrypted() -> Finding:
    advice = "Save it without a password, or save the sheet as CSV UTF-8."
    return refusal(Reason.FILE_KIND, "a workbook behind a password", _EXPECTED, advice=advice)


def _no_package(content: bytes) -> Finding:
    if _ENCRYPTED in content:
        return _encrypted()
    advice = "Save it as .xlsx, or the sheet as CSV UTF-8."
    return refusal(Reason.FILE_KIND, "an old Excel workbook", _EXPECTED, advice=advice)


def _trouble(archive: zipfile.ZipFile, limits: Limits) -> Finding | None:
    """What the archive says of itself; zipfile never unpacks more than that of a part."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > _PARTS or size > _UNPACKED * limits.size:
        found = f"{len(parts):,} parts that unpack to {size / 1e6:,.0f} MB"
        expected = f"at most {_UNPACKED * limits.size / 1e6:,.0f} MB unpacked"
        return refusal(Reason.FILE_TOO_BIG, found, expected)
    for part in parts:
        if part.file_size > max(_SMALL, _RATIO * part.compress_size):
            found = f"a part that is more than {_RATIO} times as large unpacked ({part.filename})"
            return refusal(Reason.FILE_TOO_BIG, found, "a workbook that a program has saved")
    if any(part.filename.casefold() == "xl/workbook.bin" for part in parts):
        advice = "Save it as .xlsx."
        return refusal(Reason.FILE_KIND, "a binary workbook", _EXPECTED, advice=advice)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _declares_types(archive, part):
            found = f"a document type declared in {part.filename}"
            return refusal(Reason.FILE_BROKEN, found, "a workbook without declarations of its own")
    return None


class _Declared(Exception):
    """A document type, which no program writes into a workbook."""


class _Begun(Exception):
    """The first element; no document type can follow."""


def _declares_types(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    parser = expat.ParserCreate()

    def stop(*_: Any) -> None:
        raise _Begun

    def found(*_: Any) -> None:
        raise _Declared

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = stop, found
    with archive.open(part) as source:
        try:
            parser.ParseFile(source)
        except _Begun:
            return False
        except _Declared:
            return True
    return False


def _opened(content: bytes, archive: zipfile.ZipFile) -> Workbook:
    """Have openpyxl find the sheets, the shared texts and the styles, and read no sheet."""
    reader = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    there = set(archive.namelist())
    sheets = [
        (str(sheet.name), str(rel.target))
        for sheet, rel in reader.parser.find_sheets()
        if sheet.state == "visible" and "chartsheet" not in rel.Type and rel.target in there
    ]
    numbers = reader.wb._number_formats
    return Workbook(
        archive=archive,
        parts=dict(sheets),
        strings=reader.shared_strings,
        formats=tuple(_format_code(style.numFmtId, numbers) for style in reader.wb._cell_styles),
        epoch=reader.wb.epoch,
    )


def _format_code(number: int, own: Sequence[str]) -> str:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, "General"))
    at = number - BUILTIN_FORMATS_MAX_SIZE
    return own[at] if at < len(own) else "General"
