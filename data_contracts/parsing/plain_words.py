"""Many words in the form in which names are compared, all at once where they are plain ASCII."""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data_contracts.parsing.distinct import Distinct
from data_contracts.parsing.headers import plain

_FEW = 100
_BLANKS = r"[-_\t-\r\x1c- ]+"


def plain_words(words: Distinct | Iterable[str]) -> Sequence[str]:
    """Return `plain` of each word."""
    distinct = words if isinstance(words, Distinct) else Distinct.of(words)
    if len(distinct) < _FEW or not pc.all(pc.string_is_ascii(distinct.arrow)).as_py():
        return [plain(word) for word in distinct]
    lowered = pc.ascii_trim(pc.ascii_lower(distinct.arrow), characters="* \t")
    joined = pc.replace_substring_regex(lowered, pattern=_BLANKS, replacement="_")
    return _list(pc.ascii_trim(joined, characters="_"))


def _list(array: pa.Array) -> list[str]:
    return [str(word) for word in array.to_pylist()]
