"""What may be edited in a contract file, and what is to be said of it."""

from collections.abc import Callable
from typing import Any

from tests.data_contracts.contract_files import Change, Document, column, rule

Edited = tuple[Change, str, str]


def _of_column(name: str, /, **values: Any) -> Change:
    return lambda found: column(found, name).update(values)


def _without(name: str, key: str) -> Change:
    return lambda found: column(found, name).pop(key)


def _columns(change: Callable[[list[Document]], None]) -> Change:
    return lambda found: change(found["schema"][0]["properties"])


def _house(name: str, value: object) -> Change:
    def change(found: Document) -> None:
        entry = {"property": f"callboard.{name}", "value": value}
        others = [
            each for each in found["customProperties"] if each["property"] != entry["property"]
        ]
        found["customProperties"] = [*others, entry]

    return change


def _ending(found: Document) -> None:
    found["status"] = "deprecated"
    _house("sunset", "2027-03-31")(found)


def _promise(**values: Any) -> Change:
    return lambda found: found["slaProperties"][0].update(values)


def _rule(**values: Any) -> Change:
    return lambda found: column(found, "left_at")["quality"][0].update(values)


def _enum(*words: str) -> Change:
    return _of_column("city", enum=[{"value": word} for word in words])


def _range(low: float, high: float) -> Change:
    return _of_column("minutes", logicalTypeOptions={"minimum": low, "maximum": high})


def _key(found: Document) -> None:
    for at, name in enumerate(("visit_id", "counter")):
        column(found, name).update(primaryKey=True, primaryKeyPosition=at + 1)


def _severity(word: str) -> Change:
    return _of_column("minutes", customProperties=[{"property": "severity", "value": word}])


def _text(text: str) -> Change:
    return _of_column("minutes", description=text)


# What `datacontract breaking` tells one side or the other, as measured in the design.
OTHERS_TELL: dict[str, Edited] = {
    "a column removed": (
        _columns(lambda all_: all_.pop(6)),
        "columns.minutes",
        "breaking",
    ),
    "a column retyped": (
        _of_column("minutes", logicalType="integer"),
        "columns.minutes",
        "breaking",
    ),
    "a column renamed": (
        _of_column("minutes", name="duration", physicalName="minutes"),
        "columns.minutes",
        "breaking",
    ),
    "an optional column added": (
        _columns(lambda all_: all_.append({"name": "new", "logicalType": "string"})),
        "columns.new",
        "compatible",
    ),
    "a required column added": (
        _columns(
            lambda all_: all_.append({"name": "new", "logicalType": "string", "required": True})
        ),
        "columns.new",
        "breaking",
    ),
    "a word allowed": (_enum("Oslo", "NO", "Bergen"), "rules.city.one_of", "loosened"),
    "a word not allowed any more": (_enum("Oslo"), "rules.city.one_of", "breaking"),
    "a range widened": (_range(0, 900), "rules.minutes.range", "loosened"),
    "a range tightened": (_range(5, 600), "rules.minutes.range", "tightened"),
    "a value that may be missing": (
        _without("updated_at", "required"),
        "columns.updated_at",
        "loosened",
    ),
}

# What it lets pass.
OTHERS_WAVE_THROUGH: dict[str, Edited] = {
    "a rule removed": (_without("left_at", "quality"), "rules.left_after_coming", "loosened"),
    "a column's rule removed": (
        _of_column("city", logicalTypeOptions={"maxLength": 20}),
        "rules.city.pattern",
        "loosened",
    ),
    "a rule's severity lowered": (
        _rule(severity="warning"),
        "rules.left_after_coming",
        "loosened",
    ),
    "a column's severity lowered": (_severity("info"), "rules.minutes.range", "loosened"),
    "a tolerance loosened": (
        _house("maxQuarantineShare", 0.3),
        "callboard.maxQuarantineShare",
        "loosened",
    ),
    "freshness loosened": (_promise(value=48), "freshness", "loosened"),
    "freshness not promised": (lambda found: found.pop("slaProperties"), "freshness", "loosened"),
    "later corrections": (_house("late", "10d"), "callboard.late", "loosened"),
    "another unit in the words": (
        _text("How many seconds it took."),
        "columns.minutes.description",
        "breaking",
    ),
    "an exception in the words": (
        _text("How many minutes it took, not counting queues."),
        "columns.minutes.description",
        "breaking",
    ),
}

# The same the other way round, and what else there is to be said.
BESIDES: dict[str, Edited] = {
    "a rule added": (
        _of_column("came_at", quality=[rule("came_before", kind="not_future")]),
        "rules.came_before",
        "tightened",
    ),
    "a severity raised": (_severity("critical"), "rules.minutes.range", "tightened"),
    "a tolerance tightened": (
        _house("maxQuarantineShare", 0.05),
        "callboard.maxQuarantineShare",
        "tightened",
    ),
    "freshness tightened": (_promise(value=12), "freshness", "tightened"),
    "a value that must be there": (
        _of_column("minutes", required=True),
        "columns.minutes",
        "breaking",
    ),
    "another key": (_key, "key", "breaking"),
    "a key of cases": (_house("journeyKey", "city"), "callboard.journeyKey", "compatible"),
    "another clock": (_house("clock", "local"), "callboard.clock", "breaking"),
    "another time": (_house("time", "updated_at"), "callboard.time", "breaking"),
    "another table": (
        lambda found: found["schema"][0].update(physicalName="other"),
        "table",
        "breaking",
    ),
    "another source of a column": (
        _of_column("minutes", physicalName="seconds"),
        "columns.minutes",
        "breaking",
    ),
    "no split any more": (_house("dimensions", []), "callboard.dimensions", "breaking"),
    "days without rows": (_house("sparse", True), "callboard.sparse", "breaking"),
    "a draft again": (lambda found: found.update(status="draft"), "status", "loosened"),
    "the end announced": (
        _ending,
        "status",
        "compatible",
    ),
    "unmasked": (_of_column("counter", classification="public"), "columns.counter", "loosened"),
    "other words, same meaning": (
        _text("The minutes that it took."),
        "columns.minutes.description",
        "compatible",
    ),
    "another owner": (lambda found: found["team"].update(name="Desks"), "support", "compatible"),
    "another name": (lambda found: found.update(name="Comings"), "name", "compatible"),
    "one more header": (
        _of_column("city", synonyms=[{"synonym": "town"}, {"synonym": "place"}]),
        "columns.city",
        "compatible",
    ),
    "one header less": (_without("city", "synonyms"), "columns.city", "tightened"),
}
