"""Reads an Open Data Contract Standard file: strict YAML, its JSON Schema, its model.

Says what breaks the standard; what the standard allows and Callboard does not is found in `lint`.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jsonschema import Draft201909Validator
from jsonschema.exceptions import ValidationError
from open_data_contract_standard.model import OpenDataContractStandard

from data_contracts.yaml_traps import yaml_traps
from definition_files import Problem, allowed_keys, load_yaml, nearest

_CLOSED = frozenset({"additionalProperties", "unevaluatedProperties"})
_TYPE_WORDS = {
    "string": "text (in quotes)",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}


def read_odcs(
    path: Path, *, shown_as: str | None = None
) -> tuple[OpenDataContractStandard | None, list[Problem]]:
    """Return the file as the standard's model, or None with every breach of the standard."""
    name = shown_as or str(path)
    document, problems = load_yaml(path, shown_as=name)
    if problems:
        return None, problems
    if not isinstance(document, dict):
        found = "an empty file" if document is None else f"a {type(document).__name__}"
        return None, [Problem(file=name, key="file", found=found, expected="an ODCS contract")]
    problems = yaml_traps(path.read_text(encoding="utf-8"), file=name)
    problems += [*_unquoted_dates(name, document), *_breaches(name, document)]
    if problems:
        return None, problems
    return OpenDataContractStandard.model_validate(document), []


def _unquoted_dates(file: str, node: object, where: str = "") -> Iterator[Problem]:
    if isinstance(node, date):
        expected = "text: YAML reads a bare date as something else"
        yield Problem(
            file=file,
            key=where,
            found=str(node),
            expected=expected,
            suggestion=f'Write "{node}" in quotes.',
        )
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _unquoted_dates(file, value, f"{where}.{key}" if where else str(key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _unquoted_dates(file, value, f"{where}.{index}")


def _breaches(file: str, document: dict[str, Any]) -> list[Problem]:
    errors = list(_leaves(_validator().iter_errors(document)))
    plain = [error for error in errors if error.validator not in _CLOSED]
    about = [error for error in plain if not _is_about_a_date(error)]
    found = [problem for error in about for problem in _as_problems(file, error)]
    for error in errors:
        if error.validator in _CLOSED:
            found += _unknown_keys(file, error)
    if errors and not found and not any(_is_about_a_date(error) for error in plain):
        found = _as_problems(file, errors[0])
    return list(dict.fromkeys(found))


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Take the errors that say most: of alternatives, those of the one that fits best."""
    for error in errors:
        if error.context and error.validator == "oneOf":
            yield from _leaves(_best_branch(error.context))
        else:
            yield error


def _best_branch(context: list[ValidationError]) -> list[ValidationError]:
    branches: dict[int, list[ValidationError]] = {}
    for error in context:
        branches.setdefault(int(error.schema_path[0]), []).append(error)
    return min(
        branches.values(), key=lambda each: (any(e.validator == "type" for e in each), len(each))
    )


def _is_about_a_date(error: ValidationError) -> bool:
    return isinstance(error.instance, date)


def _as_problems(file: str, error: ValidationError) -> list[Problem]:
    if error.validator != "required":
        return [_as_problem(file, error)]
    where = [str(part) for part in error.absolute_path]
    missing = [name for name in error.validator_value if name not in error.instance]
    return [
        Problem(
            file=file,
            key=".".join([*where, name]),
            found="nothing",
            expected=f"a value for {name!r}",
        )
        for name in missing
    ]


def _as_problem(file: str, error: ValidationError) -> Problem:
    key = ".".join(str(part) for part in error.absolute_path) or "file"
    if error.validator == "enum":
        allowed = [str(value) for value in error.validator_value]
        return Problem(
            file=file,
            key=key,
            found=repr(error.instance),
            expected=f"one of {', '.join(allowed)}",
            suggestion=nearest(str(error.instance), allowed),
        )
    return Problem(file=file, key=key, found=_short(error.instance), expected=_expected(error))


def _expected(error: ValidationError) -> str:
    if error.validator == "type":
        return _TYPE_WORDS.get(str(error.validator_value), str(error.validator_value))
    if error.validator == "pattern":
        return f"text like {error.validator_value}"
    if error.validator == "uniqueItems":
        return "every entry once"
    if error.validator == "oneOf" and "mustBe" in str(error.validator_value):
        return "exactly one operator such as mustBe"
    return (
        error.message
        if len(error.message) < 160
        else f"what the standard says of {error.validator}"
    )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _unknown_keys(file: str, error: ValidationError) -> list[Problem]:
    """Name the keys the standard does not know.

    The validator also reports known keys here when something below them is wrong; those are left
    to the error that says so.
    """
    where = ".".join(str(part) for part in error.absolute_path)
    allowed = _allowed_keys(error)
    return [
        Problem(
            file=file,
            key=f"{where}.{key}" if where else str(key),
            found=f"the unknown key {key!r}",
            expected=f"one of {', '.join(allowed)}",
            suggestion=nearest(str(key), allowed),
        )
        for key in error.instance
        if key not in allowed
    ]


def _allowed_keys(error: ValidationError) -> list[str]:
    if error.validator == "additionalProperties" and error.schema.get("properties"):
        return list(error.schema["properties"])
    return allowed_keys(OpenDataContractStandard, error.absolute_path)


@cache
def _validator() -> Draft201909Validator:
    text = resources.files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8")
    return Draft201909Validator(json.loads(text))
