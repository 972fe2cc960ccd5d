"""Sets a list in a YAML file that a person wrote; what stays keeps its characters and comments."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

import yaml

from callboard.errors import CallboardError
from callboard.services.connecting.yaml_extending import end_of, root_of

Entry = Mapping[str, object]
_WIDTH = 100
_BREAKS = re.compile(
    "\\\\[nr]|[\x85\u2028\u2029]"
)  # inside a text they would end a line of the file


def list_in(text: str, key: str) -> list[dict[str, object]]:
    """Return the entries under the top-level `key`; none where the file lacks it."""
    document = yaml.safe_load(text) or {}
    return list(document.get(key) or [])


def set_list(text: str, key: str, entries: Sequence[Entry]) -> str:
    """Return the text with `entries` under the top-level `key`, which is made where it lacks it.

    CallboardError where the file is laid out so that a person has to do it.
    """
    old, new = list_in(text, key), [dict(each) for each in entries]
    if old == new:
        return text
    found = [(name, value) for name, value in root_of(text).value if name.value == key]
    if not found:
        after = f"{text.rstrip()}\n{_block(key, new)}" if text.strip() else _block(key, new)
    elif _is_block(found[0][1]) and new:
        after = _mended(text, found[0][1], old, new)
    else:
        after = _replaced(text, *found[0], _block(key, new))
    return _checked(text, after, key, new)


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and not node.flow_style


def _block(key: str, entries: Iterable[Entry]) -> str:
    lines = [line for each in entries for line in _entry(each, indent=2)]
    return "".join(f"{line}\n" for line in (f"{key}:", *lines)) if lines else f"{key}: []\n"


def _entry(entry: Entry, *, indent: int) -> list[str]:
    """The lines of one entry, lists of words inside it on one line each."""
    words = json.dumps(dict(entry), ensure_ascii=False, default=str)
    told = yaml.safe_dump(
        [dict(entry)],
        default_style='"' if _BREAKS.search(words) else None,
        default_flow_style=None,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH - indent,
    )
    return [" " * indent + line for line in str(told).splitlines()]


def _replaced(text: str, name: yaml.Node, value: yaml.Node, block: str) -> str:
    """The text with a new block in place of a key and all of its value."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: name.start_mark.line], block, *lines[_last_line(text, value) + 1 :]])


def _mended(text: str, node: yaml.SequenceNode, old: Sequence[Entry], new: Sequence[Entry]) -> str:
    """The text with the lines of entries that go or come, and every other line as it was."""
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [line if line.endswith("\n") else f"{line}{newline}" for line in lines]
    indent = node.start_mark.column
    spans = [(each.start_mark.line, _last_line(text, each)) for each in node.value]
    gone, added = set[int](), dict[int, list[str]]()
    for verb, first, last, start, end in _steps(old, new):
        if verb != "equal":
            gone |= {at for a, b in spans[first:last] for at in range(a, b + 1)}
            place = spans[first][0] if first < len(spans) else spans[-1][1] + 1
            told = [line for each in new[start:end] for line in _entry(each, indent=indent)]
            added[place] = [f"{line}{newline}" for line in told]
    written: list[str] = []
    for at in range(len(lines) + 1):
        written += added.get(at, [])
        if at < len(lines) and at not in gone:
            written.append(lines[at])
    return "".join(written)


def _steps(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[str, int, int, int, int]]:
    before, after = _as_texts(old), _as_texts(new)
    return list(SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes())


def _as_texts(entries: Iterable[Entry]) -> list[str]:
    return [json.dumps(each, sort_keys=True, default=str) for each in entries]


def _last_line(text: str, node: yaml.Node) -> int:
    """The line on which a value ends."""
    begins, ends = node.start_mark.index, end_of(node)
    told = text[begins:ends].rstrip()
    return int(node.start_mark.line) + max(len(told.splitlines()) - 1, 0)


def _checked(before: str, after: str, key: str, entries: list[dict[str, object]]) -> str:
    """The new text, if it says what the old one said and the new list, and nothing else."""
    try:
        says = yaml.safe_load(after)
    except yaml.YAMLError:
        says = None
    if says != {**(yaml.safe_load(before) or {}), key: entries}:
        raise CallboardError(f"{key}: the list could not be written to the file; do it by hand.")
    return after
