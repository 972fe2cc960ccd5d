"""No word of the standard is silent: each is known to our lint, or told to be of no use."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from data_contracts.lint_columns import COLUMN_WORDS
from data_contracts.lint_rules import CUSTOM_WORDS, LIBRARY_WORDS
from data_contracts.lint_sla import FRESHNESS_WORDS
from tests.data_contracts.contract_files import Document, column, document, problems_after, rule

_SCHEMA = json.loads(
    resources.files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8")
)["$defs"]
_SAMPLES: Document = {
    "relationships": [{"to": "places.name"}],
    "properties": [{"name": "a"}],
    "items": {"logicalType": "string"},
    "map": {},
    "customProperties": [{"property": "a", "value": 1}],
}


def _words(*names: str) -> set[str]:
    """Every property that these parts of the schema know, wherever in them."""
    found: set[str] = set()

    def look(node: Any) -> None:
        if isinstance(node, dict):
            if "$ref" in node and "SchemaElement" in node["$ref"]:
                look(_SCHEMA["SchemaElement"])
            if "if" in node:  # what holds of some types only is walked with those types
                return
            found.update(node.get("properties", {}))
            for key in ("allOf", "oneOf", "anyOf"):
                for each in node.get(key, []):
                    look(each)

    for name in names:
        look(_SCHEMA[name])
    return found


def _is_told(folder: Path, word: str, change) -> bool:
    return any(word in each.key for each in problems_after(folder, change))


@pytest.mark.parametrize("word", sorted(_words("SchemaBaseProperty") - COLUMN_WORDS))
def test_a_word_of_a_column_is_known_or_told(tmp_path: Path, word: str) -> None:
    value = _SAMPLES.get(word, "text")
    assert _is_told(tmp_path, word, lambda found: column(found, "city").update({word: value}))


@pytest.mark.parametrize("word", ["properties", "items", "map"])
def test_a_word_of_other_types_is_told_at_a_text(tmp_path: Path, word: str) -> None:
    value = _SAMPLES[word]
    told = problems_after(tmp_path, lambda found: column(found, "city").update({word: value}))
    assert any(word in str(each) for each in told)


_RULES = {
    "custom": (rule("extra", kind="required"), CUSTOM_WORDS),
    "library": (
        {"id": "extra", "severity": "info", "dimension": "coverage", "description": "Yes."}
        | {"metric": "nullValues", "mustBe": 0},
        LIBRARY_WORDS,
    ),
}
_RULE_WORDS = _words("DataQuality", "DataQualityLibrary", "DataQualityOperators") | _words(
    "DataQualityCustom", "DataQualitySql"
)


@pytest.mark.parametrize("kind", _RULES)
@pytest.mark.parametrize("word", sorted(_RULE_WORDS))
def test_a_word_of_a_rule_is_known_or_told(tmp_path: Path, word: str, kind: str) -> None:
    told, known = _RULES[kind]
    if word in known:
        assert [] == problems_after(
            tmp_path, lambda found: column(found, "city").update({"quality": [told]})
        )
        return
    more = {word: _SAMPLES.get(word, "text")}
    assert problems_after(
        tmp_path, lambda found: column(found, "city").update({"quality": [told | more]})
    )


@pytest.mark.parametrize(
    "word", sorted(_words("ServiceLevelAgreementProperty") - FRESHNESS_WORDS | {"customProperties"})
)
def test_a_word_of_a_service_level_is_known_or_told(tmp_path: Path, word: str) -> None:
    value = _SAMPLES.get(word, "text")
    assert _is_told(tmp_path, word, lambda found: found["slaProperties"][0].update({word: value}))


def test_every_word_the_standard_allows_is_checked_or_refused() -> None:
    assert COLUMN_WORDS <= _words("SchemaBaseProperty")
    assert {"relationships"} == _words("SchemaBaseProperty") - COLUMN_WORDS
    assert CUSTOM_WORDS | LIBRARY_WORDS <= _RULE_WORDS
    assert FRESHNESS_WORDS <= _words("ServiceLevelAgreementProperty")
    silent = {"rule", "query", "schedule", "scheduler", "method", "customProperties"}
    assert silent == _RULE_WORDS - CUSTOM_WORDS - LIBRARY_WORDS


def test_the_contract_with_every_word_that_is_only_told_is_right(tmp_path: Path) -> None:
    def tell(found: Document) -> None:
        column(found, "city").update(
            id="c1", businessName="Town", criticalDataElement=True, semanticType="dimension",
            partitioned=False, encryptedName="city_x", tags=["a"], transformLogic="upper(x)",
            deprecated=True, examples=["Oslo"],
        )  # fmt: skip

    assert [] == problems_after(tmp_path, tell)
    assert "Oslo" == document()["schema"][0]["properties"][5]["enum"][0]["value"]
