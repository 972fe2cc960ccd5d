"""What was said of a file as JSON and back; what is not known word for word is refused."""

import json

from pydantic import TypeAdapter, ValidationError

from callboard.errors import CallboardError
from data_contracts.importing.answers import Answers

_ADAPTER = TypeAdapter(Answers)


def answers_to_json(answers: Answers) -> str:
    """Return answers as JSON; the same answers always give the same text."""
    told = _ADAPTER.dump_python(answers, mode="json")
    told["confirmed"] = sorted(told["confirmed"])
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def answers_from_json(text: str) -> Answers:
    """Return the answers in a JSON text.

    CallboardError for anything else, and for words that this version of Callboard does not know.
    """
    try:
        answers = _ADAPTER.validate_json(text, strict=True)
        told = json.loads(text)
    except (ValidationError, ValueError) as error:
        raise CallboardError("Found answers that this version of Callboard cannot read.") from error
    if not _is_within(told, json.loads(answers_to_json(answers))):
        raise CallboardError("Found answers with a word that this version of Callboard lacks.")
    return answers


def _is_within(part: object, whole: object) -> bool:
    """Whether everything that is told was understood; what is left out has its usual value."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and _is_within(part[key], whole[key]) for key in part)
    if isinstance(part, list) and isinstance(whole, list):
        pairs = zip(part, whole, strict=False)
        return len(part) == len(whole) and all(_is_within(one, other) for one, other in pairs)
    return part == whole
