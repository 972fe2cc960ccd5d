"""YAML without its traps, and pydantic errors turned into problems a person can act on."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from definition_files.problem import Problem, nearest

Model = TypeVar("Model", bound=BaseModel)


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key that stands twice; plain SafeLoader silently keeps the last one."""


def _mapping_without_duplicates(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands twice", key_node.start_mark
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_StrictLoader.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_duplicates
)


def load_yaml(path: Path, *, shown_as: str | None = None) -> tuple[object, list[Problem]]:
    """Return the document in `path`, or None with the problems that kept it from being read."""
    name = shown_as or str(path)
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), shown_as=name)
    except UnicodeDecodeError as error:
        return None, [_unreadable(name, f"byte {error.start} that is not UTF-8", "UTF-8 text")]
    except OSError as error:
        return None, [_unreadable(name, error.strerror or "an unreadable file", "a readable file")]


def parse_yaml(text: str, *, shown_as: str) -> tuple[object, list[Problem]]:
    """Return the document in a text, or None with the problems that kept it from being read."""
    name = shown_as
    try:
        return yaml.load(text, _StrictLoader), []  # noqa: S506
    except (ValueError, RecursionError) as error:
        return None, [_unreadable(name, f"a value that is none: {error}", "valid YAML")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "file"
        what = getattr(error, "problem", None) or "broken YAML"
        return None, [Problem(file=name, key=where, found=what, expected="valid YAML")]


def _unreadable(name: str, found: str, expected: str) -> Problem:
    return Problem(file=name, key="file", found=found, expected=expected)


def read_model(
    path: Path, model: type[Model], *, shown_as: str | None = None
) -> tuple[Model | None, list[Problem]]:
    """Return the file as `model`, or None with every problem found in it."""
    name = shown_as or str(path)
    document, problems = load_yaml(path, shown_as=name)
    return (None, problems) if problems else as_model(document, model, shown_as=name)


def as_model(
    document: object, model: type[Model], *, shown_as: str
) -> tuple[Model | None, list[Problem]]:
    """Return a document as `model`, or None with every problem found in it."""
    name = shown_as
    try:
        return model.model_validate(document), []
    except ValidationError as error:
        return None, [_as_problem(name, detail, model) for detail in error.errors()]


def _as_problem(name: str, detail: ErrorDetails, model: type[BaseModel]) -> Problem:
    key = ".".join(str(part) for part in detail["loc"]) or "file"
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        allowed = allowed_keys(model, detail["loc"][:-1])
        expected = f"one of {', '.join(allowed)}" if allowed else "no such key"
        return Problem(
            file=name,
            key=key,
            found=f"the unknown key {last!r}",
            expected=expected,
            suggestion=nearest(last, allowed),
        )
    if detail["type"] == "missing":
        return Problem(file=name, key=key, found="nothing", expected=f"a value for {last!r}")
    told = detail.get("ctx", {})
    choices = str(told.get("expected", ""))
    found = "nothing" if detail["input"] is None else repr(detail["input"])
    words = [word.strip(" '") for word in choices.replace(" or ", ",").split(",")]
    return Problem(
        file=name,
        key=key,
        found=found if len(found) <= 80 else found[:77] + "...",
        expected=f"one of {choices}" if choices else _expected(detail),
        suggestion=nearest(str(detail["input"]), words) if choices else told.get("suggestion", ""),
    )


_SHAPES = {
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "dict_type": "keys and values",
    "tuple_type": "a list",
    "list_type": "a list",
    "string_too_short": "some text",
    "float_parsing": "a number",
    "int_parsing": "a whole number",
    "bool_parsing": "true or false",
}


def _expected(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        return f"text of the pattern {detail['ctx']['pattern']}"
    plain = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ").rstrip(".")
    return _SHAPES.get(detail["type"], plain)


def allowed_keys(model: type[BaseModel], where: Iterable[int | str]) -> list[str]:
    """The keys that a model knows at a place inside of it; none where no model is there."""
    current: type[BaseModel] | None = model
    for part in where:
        if isinstance(part, int) or current is None:
            continue
        current = _inner_model(current, part)
    if current is None:
        return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _inner_model(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return _first_model(field.annotation)
    return None


def _first_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _first_model(argument)) is not None:
            return found
    return None
