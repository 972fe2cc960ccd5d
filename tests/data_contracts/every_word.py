"""A contract that uses every word of ours and of the standard that is heeded."""

from typing import Any

from tests.data_contracts.contract_files import Document, column, document, rule

_CONTROL = {"table": "totals", "day": "day", "rows": "n", "touchpoint": "ctr"}


def every_word() -> Document:
    """The contract of visits with every option, kind, metric, operator and house key."""
    found = document()
    _tell(found)
    found["customProperties"] += [
        {"property": "callboard.clock", "value": "utc"},
        {"property": "callboard.sparse", "value": False},
        {"property": "callboard.maxFeedQuarantineShare", "value": 0.3},
        {"property": "callboard.freshnessCalendar", "value": "business_days"},
        {"property": "callboard.scaleFactor", "value": 10},
        {"property": "callboard.control", "value": _CONTROL},
        {"property": "callboard.sunset", "value": "2027-03-31"},
        {"property": "callboard.journeyKey", "value": "ticket"},
    ]
    found["schema"][0]["properties"] += _columns()
    found["schema"][0]["quality"] = [
        rule("apart", kind="overlap", column="came_at", other="left_at", columns=["counter"]),
        _counted("some", metric="rowCount", mustBeGreaterThan=0),
        _counted("many", metric="rowCount", mustBeBetween=[1, 9_000_000]),
        _counted("alone", metric="duplicateValues", mustBe=0)
        | {"arguments": {"properties": ["city", "came_at"]}},
    ]
    column(found, "city")["quality"] = _of_city()
    column(found, "updated_at")["quality"] = [rule("past", kind="not_future")]
    column(found, "minutes")["quality"] = [
        rule("step", kind="multiple", multiple=0.5),
        rule("none", kind="missing", values=["9999"]),
        rule("band", kind="range", low=0, high=900, where={"column": "city", "values": ["Oslo"]}),
    ]
    return found


def _tell(found: Document) -> None:
    members = [{"username": "ann", "name": "Ann", "role": "steward"}]
    found["status"] = "deprecated"
    found["team"]["members"] = members
    found["roles"] = [{"role": "analyst", "access": "read"}]
    found["description"].update(usage="Queues.", limitations="No Sundays.")
    told = [{"property": "callboard.told", "value": True}]
    found["slaProperties"].append(
        {"property": "retention", "value": 2, "unit": "y", "customProperties": told}
    )


def _columns() -> list[Document]:
    """Columns with every option of every type."""
    forms = ("email", "uuid", "uri", "hostname", "ipv4", "ipv6")
    return [
        *(_column(form, "string", {"format": form}) for form in forms),
        _column("born", "date", {"minimum": "1900-01-01", "format": "yyyy-MM-dd"}),
        _column("seen", "timestamp", {"exclusiveMinimum": "1900-01-01", "timezone": True}),
        _column("gone", "timestamp", {"maximum": "2999-01-01", "defaultTimezone": "Etc/UTC"}),
        _column("score", "integer", {"exclusiveMinimum": 0, "exclusiveMaximum": 9}),
        _column("price", "number", {"multipleOf": 0.01, "minimum": 0}, unit="EUR"),
        {"name": "grade", "logicalType": "integer", "enum": [{"value": 1}, {"value": 2}]},
        {"name": "ticket", "logicalType": "string", "unique": True, "deprecated": True},
    ]


def _column(name: str, kind: str, options: Document, *, unit: str = "") -> Document:
    told = {"customProperties": [{"property": "unit", "value": unit}]} if unit else {}
    return {"name": name, "logicalType": kind, "logicalTypeOptions": options} | told


def _of_city() -> list[Document]:
    return [
        rule("there", kind="required"),
        rule("short", kind="length", low=1, high=20),
        rule("words", kind="one_of", values=["Oslo", "NO"]),
        rule("form", kind="pattern", pattern="^[A-Z]"),
        rule("place", kind="known", reference="touchpoints"),
        _counted("nulls", metric="nullValues", mustBeLessThan=5) | {"unit": "percent"},
        _counted("blanks", metric="missingValues", mustBeLessOrEqualTo=5)
        | {"arguments": {"missingValues": ["n/a", None]}},
        _counted("odd", type="library", metric="invalidValues", mustNotBe=7)
        | {"arguments": {"validValues": ["Oslo", "NO"]}},
        _counted("shapes", metric="invalidValues", mustNotBeBetween=[3, 5])
        | {"arguments": {"pattern": "^[A-Z]"}},
        _counted("twice", metric="duplicateValues", mustBeGreaterOrEqualTo=2) | {"unit": "rows"},
    ]


def _counted(name: str, **parts: Any) -> Document:
    told = {"severity": "warning", "dimension": "coverage", "description": "It holds."}
    return {"id": name, **told, **parts}
