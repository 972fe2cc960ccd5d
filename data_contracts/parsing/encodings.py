"""The encodings a person may say a file is written in."""

from types import MappingProxyType

ENCODINGS = MappingProxyType(
    {
        "UTF-8": "utf-8-sig",
        "Windows-1252": "cp1252",
        "ISO-8859-1": "latin-1",
        "ISO-8859-15": "iso8859-15",
        "Mac Roman": "mac-roman",
        "UTF-16": "utf-16",
        "UTF-16 LE": "utf-16-le",
        "UTF-16 BE": "utf-16-be",
        "UTF-32": "utf-32",
        "Windows-1250": "cp1250",
        "Windows-1251": "cp1251",
        "Windows-1253": "cp1253",
        "Windows-1254": "cp1254",
        "ISO-8859-2": "iso8859-2",
        "Code page 437": "cp437",
        "Code page 850": "cp850",
        "Shift JIS": "cp932",
        "GB 18030": "gb18030",
        "Big5": "big5",
        "EUC-KR": "cp949",
    }
)
_ALSO = {"latin1": "ISO-8859-1", "cp1252": "Windows-1252", "ansi": "Windows-1252"}


def codec_of(encoding: str) -> str:
    """Return Python's codec of an encoding by its name in any spelling; "" where there is none."""
    word = _plain(encoding)
    names = {_plain(name): name for name in ENCODINGS} | _ALSO
    return ENCODINGS[names[word]] if word in names else ""


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
