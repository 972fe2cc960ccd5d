"""Every way to break a contract is told, with its key, and with help where there is any."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from data_contracts.model import Severity
from data_contracts.yaml_traps import yaml_traps
from tests.data_contracts.contract_files import (
    Document,
    column,
    document,
    problems_after,
    read,
    rule,
)


def _set(where: list[str | int], value: Any):
    def change(found: Document) -> None:
        node: Any = found
        for step in where[:-1]:
            node = node[step]
        node[where[-1]] = value

    return change


def _in_column(name: str, /, **parts: Any):
    return lambda found: column(found, name).update(parts)


def _with_rule(name: str, /, **parts: Any):
    return lambda found: column(found, name).update({"quality": [rule("extra") | parts]})


def _foreign_rule(**parts: Any):
    told = {"id": "extra", "severity": "info", "dimension": "coverage", "description": "Yes."}
    return lambda found: column(found, "city").update({"quality": [told | parts]})


def _table_rule(**implementation: Any):
    return lambda found: found["schema"][0].update({"quality": [rule("extra", **implementation)]})


def _house(name: str, value: Any):
    def change(found: Document) -> None:
        kept = [each for each in found["customProperties"] if each["property"] != name]
        found["customProperties"] = [*kept, {"property": name, "value": value}]

    return change


def test_the_contract_that_is_changed_below_is_right(tmp_path: Path) -> None:
    assert [] == read(tmp_path, document())[1]


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (_set(["statuz"], "x"), "statuz", "Did you mean 'status'?"),
        (_in_column("city", requierd=True), "requierd", "Did you mean 'required'?"),
        (_in_column("minutes", logicalType="nubmer"), "logicalType", "Did you mean 'number'?"),
        (_set(["apiVersion"], "v9"), "apiVersion", "v3.2.0"),
        (_with_rule("city", mustbe=3), "mustbe", "Did you mean 'mustBe'?"),
        (
            _with_rule("city", type="library", metric="rowcount", mustBe=1),
            "metric",
            "Did you mean 'rowCount'?",
        ),
        (_with_rule("city", dimension="beauty"), "dimension", "accuracy"),
        (
            _in_column("minutes", logicalTypeOptions={"minimun": 1}),
            "logicalTypeOptions",
            "Did you mean 'minimum'?",
        ),
        (_set(["schema", 0, "properties", 0, "required"], "yes"), "required", "true or false"),
        (lambda found: found.pop("version"), "version", "'version'"),
        (lambda found: [found.pop(each) for each in ("version", "id")], "id", "'id'"),
    ],
)
def test_breaches_of_the_standard_are_told(tmp_path: Path, change, key: str, said: str) -> None:
    found = problems_after(tmp_path, change)
    assert any(key in each.key and said in str(each) for each in found)


def test_two_operators_in_one_rule_are_told(tmp_path: Path) -> None:
    both = {"type": "library", "metric": "rowCount", "mustBe": 1, "mustNotBe": 2}
    found = problems_after(tmp_path, _with_rule("city", **both))
    assert any("quality" in each.key for each in found)


def test_a_typo_brings_no_second_problem_with_it(tmp_path: Path) -> None:
    found = problems_after(tmp_path, _in_column("minutes", logicalType="nubmer"))
    assert ["schema.0.properties.6.logicalType"] == [each.key for each in found]


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (_set(["apiVersion"], "v3.1.0"), "apiVersion", "v3.2.0"),
        (lambda found: found.pop("status"), "status", "draft, active, deprecated"),
        (_set(["status"], "activ"), "status", "Did you mean 'active'?"),
        (_set(["id"], "visit"), "id", "the name of the file"),
        (_set(["id"], "Visits"), "id", "small letters"),
        (_set(["version"], "1"), "version", "1.0.0"),
        (_set(["servers", 0, "server"], None), "servers.0", "text"),
        (_set(["servers"], [{"server": "main", "type": "custom", "host": "x://me:pw@db"}]), "servers.0", "no credentials"),
        (_set(["schema"], []), "schema", "exactly one table"),
        (_set(["schema", 0, "properties"], []), "properties", "at least one column"),
        (_in_column("minutes", name="city"), "properties", "'city' 2 times"),
        (_in_column("minutes", physicalName="CITY"), "properties", "'city' 2 times"),
        (_in_column("minutes", name="Minutes"), "name", "small letters"),
        (_in_column("visit_id", required=False), "required", "required: true"),
        (_in_column("visit_id", primaryKey=False), "primaryKey", "at least one column"),
        (_in_column("counter", primaryKey=True), "primaryKeyPosition", "1 to 2"),
        (_in_column("is_new", logicalType="array"), "logicalType", "string, date"),
        (_in_column("minutes", logicalTypeOptions={"minimum": 9, "maximum": 1}), "logicalTypeOptions", "at most"),
        (_in_column("city", logicalTypeOptions={"minLength": 9, "maxLength": 1}), "logicalTypeOptions", "at most"),
        (_in_column("city", logicalTypeOptions={"pattern": "["}), "pattern", "a regular expression"),
        (_in_column("minutes", logicalTypeOptions={"minimum": 1, "exclusiveMinimum": 5}), "logicalTypeOptions", "one of the two"),
        (_in_column("minutes", logicalTypeOptions={"exclusiveMinimum": 5, "maximum": 5}), "logicalTypeOptions", "the low end at most"),
        (_in_column("minutes", logicalTypeOptions={"multipleOf": float("inf")}), "multipleOf", "finite"),
        (_in_column("minutes", logicalTypeOptions={"format": "f64"}), "format", "not checked"),
        (_in_column("city", logicalTypeOptions={"format": "emial"}), "format", "Did you mean 'email'?"),
        (_in_column("city", logicalTypeOptions={"format": "password"}), "format", "not checked"),
        (_in_column("came_at", logicalTypeOptions={"format": "yyyy-MM-dd"}), "format", "not checked"),
        (_in_column("came_at", logicalTypeOptions={"minimum": "2026-13-01"}), "minimum", "2026-11-22T08:30:00Z"),
        (_in_column("came_at", logicalTypeOptions={"minimum": "0001-01-01T00:00+10:00"}), "minimum", "a time such as"),
        (_in_column("came_at", logicalTypeOptions={"minimum": "2026-01-02", "maximum": "2026-01-01"}), "logicalTypeOptions", "the low end"),
        (_in_column("came_at", logicalTypeOptions={"defaultTimezone": "Europe/Oslo"}), "defaultTimezone", "Etc/UTC"),
        (_in_column("is_new", logicalTypeOptions={"minimum": 1}), "minimum", "no options for boolean"),
        (_in_column("city", relationships=[{"to": "places.name"}]), "relationships", "not checked"),
        (_in_column("city", semanticType="measure"), "semanticType", "of the table itself"),
        (_in_column("city", customProperties=[{"property": "unit", "value": 5}]), "unit", "such as seconds"),
        (_in_column("city", customProperties=[{"property": "severity", "value": "info"}] * 2), "severity", "one entry"),
        (_set(["schema", 0, "deprecated"], True), "schema.0.deprecated", "callboard.sunset"),
        (_set(["schema", 0, "relationships"], [{"from": "visits.city", "to": "places.name"}]), "schema.0.relationships", "not checked"),
        (_set(["slaDefaultElement"], "visits.came_at"), "slaDefaultElement", "at each"),
        (_set(["status"], "deprecated"), "callboard.sunset", "2027-03-31"),
        (_house("callboard.sunset", "2027-03-31"), "callboard.sunset", "status: deprecated"),
        (_house("callboard.sunset", "soon"), "callboard.sunset", "2027-03-31"),
        (_in_column("city", enum=[{"value": False}]), "enum.0.value", "in quotes"),
        (_in_column("city", enum=[{"value": 10}]), "enum.0.value", "in quotes"),
        (_in_column("city", enum=[{"value": "A"}, {"value": "A"}]), "enum", "every entry once"),
        (_in_column("city", enum=[{"value": "A"}, {"value": "A", "label": "a"}]), "enum", "every value once"),
        (_in_column("minutes", enum=[{"value": "1"}]), "enum", "string column"),
        (_in_column("minutes", logicalType="integer", enum=[{"value": "1"}]), "enum.0.value", "without quotes"),
        (_in_column("minutes", logicalType="integer", enum=[{"value": True}]), "enum.0.value", "a whole number"),
        (_in_column("city", customProperties=[{"property": "severity", "value": "error"}]), "severity", "critical, warning, info"),
        (_in_column("city", customProperties=[{"property": "severty", "value": "info"}]), "customProperties", "Did you mean 'severity'?"),
        (_with_rule("city", severity="hgih"), "severity", "critical, warning, info"),
        (_with_rule("city", severity=None), "severity", "text"),
        (_with_rule("city", id=None), "id", "text"),
        (_foreign_rule(type="text"), "type", "not checked"),
        (_foreign_rule(type="sql", query="SELECT 1", mustBe=1), "type", "not checked"),
        (_with_rule("city", schedule="0 20 * * *"), "schedule", "at every refresh"),
        (_with_rule("city", unit="rows"), "unit", "nothing heeds"),
        (_with_rule("city", customProperties=[{"property": "a", "value": 1}]), "customProperties", "nothing heeds"),
        (_with_rule("city", engine="soda"), "engine", "not run here"),
        (_with_rule("city", implementation="text"), "implementation", "a mapping"),
        (_with_rule("city", implementation={"kind": "betwen"}), "kind", "one of required"),
        (_with_rule("minutes", implementation={"kind": "rang", "low": 1}), "kind", "Did you mean 'range'?"),
        (_with_rule("minutes", implementation={"kind": "range", "lo": 1}), "lo", "Did you mean 'low'?"),
        (_with_rule("minutes", implementation={"kind": "range"}), "implementation", "at least one"),
        (_with_rule("minutes", implementation={"kind": "range", "low": 9, "high": 1}), "implementation", "low at most high"),
        (_with_rule("minutes", implementation={"kind": "range", "low": "9"}), "implementation", "numbers"),
        (_with_rule("city", implementation={"kind": "range", "low": 9}), "kind", "'range' on integer or number"),
        (_with_rule("city", implementation={"kind": "one_of"}), "values", "'values'"),
        (_with_rule("city", implementation={"kind": "one_of", "values": [1]}), "values", "text in quotes"),
        (_with_rule("city", implementation={"kind": "pattern", "pattern": "("}), "pattern", "a regular expression"),
        (_with_rule("city", implementation={"kind": "known", "reference": "touchpoint"}), "reference", "Did you mean 'touchpoints'?"),
        (_with_rule("city", implementation={"kind": "known", "reference": "metrics"}), "reference", "touchpoints"),
        (_with_rule("left_at", implementation={"kind": "not_before", "other": "came_on"}), "other", "Did you mean 'came_at'?"),
        (_with_rule("left_at", implementation={"kind": "not_before", "other": "city"}), "other", "of the same type"),
        (_with_rule("city", implementation={"kind": "required", "column": "minutes"}), "column", "'city'"),
        (_with_rule("minutes", implementation={"kind": "multiple"}), "multiple", "'multiple'"),
        (_with_rule("minutes", implementation={"kind": "multiple", "multiple": 0}), "multiple", "above zero"),
        (_with_rule("city", implementation={"kind": "multiple", "multiple": 5}), "kind", "'multiple' on integer or number"),
        (_with_rule("city", implementation={"kind": "missing", "values": [9999]}), "values", "text in quotes"),
        (_with_rule("minutes", implementation={"kind": "missing", "values": ["n/a"]}), "values", "numbers in quotes"),
        (_with_rule("came_at", implementation={"kind": "missing", "values": ["n/a"]}), "kind", "'missing' on"),
        (_with_rule("came_at", implementation={"kind": "overlap", "other": "left_at"}), "columns", "'columns'"),
        (_with_rule("came_at", implementation={"kind": "overlap", "columns": ["city"]}), "other", "'other'"),
        (_with_rule("came_at", implementation={"kind": "overlap", "other": "left_at", "columns": ["citty"]}), "columns", "Did you mean 'city'?"),
        (_with_rule("came_at", implementation={"kind": "overlap", "other": "left_at", "columns": ["left_at"]}), "columns", "other than the two times"),
        (_with_rule("came_at", implementation={"kind": "overlap", "other": "city", "columns": ["city"]}), "other", "of the same type"),
        (_table_rule(kind="required"), "column", "unknown column None"),
        (_table_rule(kind="required", column="citty"), "column", "Did you mean 'city'?"),
        (_table_rule(kind="required", column="city", where="x"), "where", "a mapping of column and values"),
        (_table_rule(kind="required", column="city", where={"column": "x", "values": ["1"]}), "where.column", "a column"),
        (_table_rule(kind="required", column="city", where={"column": "is_new", "values": ["1"]}), "where.column", "a string column"),
        (_table_rule(kind="required", column="city", where={"column": "city", "values": [1]}), "where.values", "text in quotes"),
        (_set(["slaProperties", 0, "property"], "latency"), "slaProperties.0.property", "freshness"),
        (_set(["slaProperties", 0, "property"], "latency"), "slaProperties.0.property", "add callboard.told: true"),
        (_set(["slaProperties", 0, "property"], "retenton"), "slaProperties.0.property", "Did you mean 'retention'?"),
        (_set(["slaProperties", 0, "customProperties"], [{"property": "callboard.tol", "value": True}]), "slaProperties.0", "Did you mean 'callboard.told'?"),
        (_set(["slaProperties", 0, "customProperties"], [{"property": "callboard.told", "value": "yes"}]), "slaProperties.0", "true or false"),
        (_set(["slaProperties", 0, "customProperties"], [{"property": "callboard.told", "value": True}]), "slaProperties.0", "freshness is judged"),
        (_set(["slaProperties", 0, "schedule"], "0 8 * * *"), "slaProperties.0.schedule", "at every refresh"),
        (_set(["slaProperties", 0, "unit"], "fortnights"), "slaProperties.0.value", "unit h or d"),
        (_set(["slaProperties", 0, "value"], 0), "slaProperties.0.value", "above zero"),
        (_set(["slaProperties", 0, "element"], "visits.came_at"), "slaProperties.0.element", "visits.updated_at"),
        (_house("callboard.dimension", ["city"]), "callboard.dimension", "Did you mean 'callboard.dimensions'?"),
        (_house("callboard.dimensions", ["citty"]), "callboard.dimensions", "Did you mean 'city'?"),
        (_house("callboard.dimensions", "city"), "callboard.dimensions", "a list"),
        (_house("callboard.clock", "gmt"), "callboard.clock", "utc, local, date"),
        (_house("callboard.clock", "date"), "came_at", "logicalType date"),
        (_house("callboard.late", "soon"), "callboard.late", "3d"),
        (_house("callboard.maxQuarantineShare", 5), "callboard.maxQuarantineShare", "between 0 and 1"),
        (_house("callboard.maxFeedQuarantineShare", True), "callboard.maxFeedQuarantineShare", "between 0 and 1"),
        (_house("callboard.freshnessCalendar", "weekdays"), "callboard.freshnessCalendar", "business_days"),
        (_house("callboard.scaleFactor", 1), "callboard.scaleFactor", "above 1"),
        (_house("callboard.control", {"table": "totals", "day": "day"}), "callboard.control", "table, day and rows"),
        (_house("callboard.control", {"table": "t", "day": "d", "rows": "n", "touch": "p"}), "callboard.control", "touchpoint"),
        (_house("callboard.time", ""), "callboard.time", "the column that holds the time"),
        (_house("callboard.touchpoint", "city"), "city", "required: true"),
        (_house("callboard.watermark", "city"), "city", "date or timestamp"),
        (_house("callboard.journeyKey", "case"), "callboard.journeyKey", "a column of this file"),
    ],
)  # fmt: skip
def test_what_the_standard_lets_pass_is_told(tmp_path: Path, change, key: str, said: str) -> None:
    found = problems_after(tmp_path, change)
    assert any(key in each.key and said in str(each) for each in found)


def test_a_rule_id_that_stands_twice_is_told(tmp_path: Path) -> None:
    def twice(found: Document) -> None:
        column(found, "city")["quality"] = [rule("left_after_coming", kind="required")]

    assert any("2 rules" in str(each) for each in problems_after(tmp_path, twice))


def test_a_key_that_stands_twice_is_told_with_its_line(tmp_path: Path) -> None:
    _, found = read(tmp_path, "id: visits\nid: other\n")
    assert ["line 2"] == [each.key for each in found]


@pytest.mark.parametrize(("text", "said"), [("", "an empty file"), ("- a\n", "a list")])
def test_a_file_that_is_no_contract_is_told(tmp_path: Path, text: str, said: str) -> None:
    assert [said] == [each.found for each in read(tmp_path, text)[1]]


def test_a_bare_date_is_told(tmp_path: Path) -> None:
    def dated(found: Document) -> None:
        column(found, "came_at")["examples"] = ["2026-01-01"]

    found = document()
    dated(found)
    text = yaml.safe_dump(found).replace("'2026-01-01'", "2026-01-01")
    assert any("in quotes" in each.suggestion for each in read(tmp_path, text)[1])


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    def many(found: Document) -> None:
        found["status"], found["version"] = "actif", "one"
        column(found, "city")["logicalTypeOptions"] = {"pattern": "["}

    assert 3 == len(problems_after(tmp_path, many))


def test_every_severity_is_accepted(tmp_path: Path) -> None:
    for severity in Severity:
        change = _with_rule("city", severity=severity.value, implementation={"kind": "required"})
        assert [] == problems_after(tmp_path, change)


@pytest.mark.parametrize(
    ("plain", "meant"),
    [("NO", "false"), ("on", "true"), ("012", "10"), ("0x1F", "31"), ("1_000", "1000"), ("1:30", "90"), ("1e3", "a text")],
)  # fmt: skip
def test_a_yaml_trap_is_told(tmp_path: Path, plain: str, meant: str) -> None:
    text = yaml.safe_dump(document(), sort_keys=False).replace("value: Oslo", f"value: {plain}")
    _, found = read(tmp_path, text)
    assert f"{plain}, which YAML reads as {meant}" in [each.found for each in found]
    assert "schema.0.properties.5.enum.0.value" in [each.key for each in found]


@pytest.mark.parametrize("plain", ["true", "False", "0", "-12", "0.5", "1.5e+3", "Oslo", "1.0.0"])
def test_a_plain_word_that_is_read_as_it_looks_is_no_trap(plain: str) -> None:
    assert [] == yaml_traps(f"a: {plain}", file="a.yaml")


def test_a_word_in_quotes_and_an_anchor_are_no_trap() -> None:
    assert [] == yaml_traps("a: &x ['NO', \"012\"]\nb: *x\n", file="a.yaml")
    assert ["a.0"] == [each.key for each in yaml_traps("a: &x [NO]\nb: *x\n", file="a.yaml")]


def test_a_duplicate_yaml_key_is_told(tmp_path: Path) -> None:
    text = yaml.safe_dump(document(), sort_keys=False) + "name: Other\n"
    assert ["the key 'name' stands twice"] == [each.found for each in read(tmp_path, text)[1]]


def test_a_service_level_that_is_only_told_says_so(tmp_path: Path) -> None:
    told = {"property": "retention", "value": 2, "unit": "y"}
    told["customProperties"] = [{"property": "callboard.told", "value": True}]
    found = document()
    found["slaProperties"].insert(0, told)
    contract, problems = read(tmp_path, found)
    assert ([], timedelta(hours=26)) == (problems, contract and contract.freshness)


@pytest.mark.parametrize("option", [{"defaultTimezone": "Etc/UTC"}, {"timezone": True}])
def test_a_local_clock_has_no_time_zone_beside_it(tmp_path: Path, option: Document) -> None:
    found = document()
    column(found, "came_at")["logicalTypeOptions"] = option
    assert [] == read(tmp_path, found)[1]
    _house("callboard.clock", "local")(found)
    assert ["no time zone: callboard.clock is local, the touchpoint's own"] == [
        each.expected for each in read(tmp_path, found)[1]
    ]
