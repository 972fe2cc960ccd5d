"""Plain words in a YAML file that are read as something else than they look like."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from definition_files import Problem

_TAG = "tag:yaml.org,2002:"
_EXPONENT = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+")
_OTHER_BASE = re.compile(r"[-+]?0[0-9xXbB_]")


def yaml_traps(text: str, *, file: str) -> list[Problem]:
    """Return a problem for each of NO, 012, 0x1F, 1_000, 1:30 and 1e3 without quotes in `text`.

    `text` is valid YAML. Dates without quotes are found where the document is read.
    """
    root = yaml.compose(text, yaml.SafeLoader)
    return [] if root is None else list(_walk(root, "", file, set()))


def _walk(node: yaml.Node, where: str, file: str, seen: set[int]) -> Iterator[Problem]:
    if id(node) in seen:  # an anchor that is used again
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if node.style is None and (read := _read_as(node)):
            yield Problem(
                file=file,
                key=where or "file",
                found=f"{node.value}, which YAML reads as {read}",
                expected="text in quotes, true or false, or a plain number such as 1000",
                suggestion=f'Write "{node.value}" in quotes if it is a text.',
            )
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "a key"
            path = f"{where}.{name}" if where else name
            yield from _walk(key, path, file, seen)
            yield from _walk(value, path, file, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, f"{where}.{index}", file, seen)


def _read_as(node: yaml.ScalarNode) -> str:
    """What YAML makes of a plain word that looks like something else; "" where it does not."""
    text, tag = str(node.value), node.tag.removeprefix(_TAG)
    if tag == "bool" and text.lower() not in ("true", "false"):
        return str(_constructed(node)).lower()
    if tag in ("int", "float") and (":" in text or "_" in text or _OTHER_BASE.match(text)):
        return str(_constructed(node))
    if tag == "str" and _EXPONENT.fullmatch(text):
        return "a text"
    return ""


def _constructed(node: yaml.ScalarNode) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    finally:
        loader.dispose()
