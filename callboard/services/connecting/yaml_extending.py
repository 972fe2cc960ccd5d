"""Adds an entry to a YAML file that a person wrote, and leaves every other character as it is."""

from collections.abc import Callable
from typing import Any

import yaml

from callboard.errors import CallboardError


def add_to_mapping(text: str, key: str, *, name: str, value: str) -> str:
    """Add `name: value` under the top-level `key`, which is made where the file lacks it."""
    node = _find(text, key)
    entry = f"{name}: {quoted(value)}"
    if node is None or _is_nothing(node):
        added = _new_block(text, node, f"{key}:\n  {entry}\n")
    elif isinstance(node, yaml.MappingNode):
        added = _inserted(text, node, entry)
    else:
        raise CallboardError(f"{key}: found something else than keys and values.")
    return _checked(text, added, key=key, add=lambda old: {**(old or {}), name: value})


def add_to_list(text: str, key: str, *, value: str) -> str:
    """Add `value` to the list under the top-level `key`, which is made where the file lacks it."""
    node = _find(text, key)
    if node is None or _is_nothing(node):
        added = _new_block(text, node, f"{key}: [{quoted(value)}]\n")
    elif isinstance(node, yaml.SequenceNode):
        lead = "" if node.flow_style else "- "
        added = _inserted(text, node, f"{lead}{quoted(value)}")
    else:
        raise CallboardError(f"{key}: found something else than a list.")
    return _checked(text, added, key=key, add=lambda old: [*(old or []), value])


def _find(text: str, key: str) -> yaml.Node | None:
    """The node of a top-level key."""
    found = (value for name, value in root_of(text).value if name.value == key)
    return next(found, None)


def root_of(text: str) -> yaml.MappingNode:
    """Return the keys and values of a file; CallboardError where it has none on their own lines."""
    root = yaml.compose(text, yaml.SafeLoader)
    if root is None:  # nothing, or comments only
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CallboardError("found no keys and values on lines of their own.")
    return root


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _new_block(text: str, node: yaml.Node | None, block: str) -> str:
    """The block at the end, or in place of a key that has no value yet."""
    if node is None:
        return f"{text.rstrip()}\n{block}" if text.strip() else block
    start = text.rfind("\n", 0, node.start_mark.index) + 1
    end = text.find("\n", node.start_mark.index)
    return text[:start] + block + (text[end + 1 :] if end >= 0 else "")


def _inserted(text: str, node: yaml.CollectionNode, entry: str) -> str:
    if node.flow_style:
        close = node.end_mark.index - 1
        lead = ", " if node.value else ""
        return text[:close].rstrip() + lead + entry + text[close:]
    last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    end = text.find("\n", max(end_of(last) - 1, 0))
    indent = " " * node.start_mark.column
    line = f"{indent}{entry}\n"
    return f"{text}\n{line}" if end < 0 else text[: end + 1] + line + text[end + 1 :]


def end_of(node: yaml.Node) -> int:
    """Return where a value ends; a block's own mark stands at what follows it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def quoted(value: str) -> str:
    """Text in double quotes: no word, number or date that YAML would read as something else."""
    text: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000)
    return text.strip()


def _checked(before: str, after: str, *, key: str, add: Callable[[Any], Any]) -> str:
    """The new text, if it says what the old one said and what was added, and nothing else."""
    old = yaml.safe_load(before) or {}
    try:
        is_right = yaml.safe_load(after) == {**old, key: add(old.get(key))}
    except yaml.YAMLError:
        is_right = False
    if not is_right:
        raise CallboardError(f"{key}: an entry could not be added to the file; add it by hand.")
    return after
