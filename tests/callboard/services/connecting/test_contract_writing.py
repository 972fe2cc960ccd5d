import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from callboard.errors import DefinitionError
from callboard.services.connecting.contract_writing import Copy, read_copy, write_contract
from data_contracts.catalogue import LIBRARY
from data_contracts.model import Clock, ColumnType, Contract
from tests.callboard.services.table_samples import standard

FEEDS = sorted(path.name.split(".")[0] for path in LIBRARY.glob("*.odcs.yaml"))
FEEDS = [each for each in FEEDS if each not in ("benchmarks", "contract_runs")]
ESSENTIAL = {"contact_id": "id", "touchpoint": "desk", "created_at": "opened"}
ORDER = {"order_id": "no", "touchpoint": "shop", "due_at": "due"}


def _copy(feed: str = "contacts", **parts: object) -> Copy:
    given = {"feed": feed, "server": "main", "table": "crm.tickets", "columns": ESSENTIAL}
    return Copy(**(given | parts))  # type: ignore[arg-type]


def _read(feed: str = "contacts", **parts: object) -> Contract:
    return read_copy(_copy(feed, **parts))


@pytest.mark.parametrize("feed", FEEDS)
def test_a_whole_copy_promises_what_the_library_promises(feed: str) -> None:
    library = standard(feed)
    names = {each.name: each.name.upper() for each in library.columns}
    copy = _read(feed, columns=names)
    assert library.checks == copy.checks
    assert list(names.values()) == [each.physical_name for each in copy.columns]
    assert ("main", "crm.tickets", library.freshness) == (copy.server, copy.table, copy.freshness)


@pytest.mark.parametrize("feed", FEEDS)
def test_a_copy_of_what_cannot_be_missing_is_a_contract(feed: str) -> None:
    library = standard(feed)
    names = {name: name for name in (*library.key, library.time, library.touchpoint)}
    copy = _read(feed, columns=names)
    assert set(names) == {each.name for each in copy.columns}
    assert (copy.time, ()) == (copy.watermark, copy.dimensions)


def test_rules_about_a_missing_column_go_with_it() -> None:
    with_order = _read("deliveries", columns=ORDER | {"ordered_at": "o", "delivered_at": "d"})
    without = _read("deliveries", columns=ORDER | {"delivered_at": "d"})
    rule = "delivered_after_ordered"
    assert (True, False) == tuple(
        rule in {each.rule_id for each in contract.checks} for contract in (with_order, without)
    )


def test_days_make_a_feed_of_days() -> None:
    names = ORDER | {"ordered_at": "o", "delivered_at": "d"}
    days = frozenset({"due_at", "ordered_at"})
    copy = _read("deliveries", columns=names, days=days, clock=Clock.DATE)
    assert (Clock.DATE, ColumnType.DATE) == (copy.clock, copy.column("due_at").type)
    assert ColumnType.TIMESTAMP is copy.column("delivered_at").type


def test_local_times_are_said_to_be_local() -> None:
    copy = _read(clock=Clock.LOCAL)
    assert Clock.LOCAL is copy.clock
    assert "in local time" in copy.column("created_at").description


def test_what_is_personal_is_classified_so() -> None:
    copy = _read(columns=ESSENTIAL | {"team": "agent"}, personal=frozenset({"team"}))
    assert "restricted" == copy.column("team").classification


def test_nobody_of_the_librarys_examples_answers_for_the_copy() -> None:
    assert "example.org" not in write_contract(_copy())
    assert "synonyms" not in write_contract(_copy())


def test_a_view_is_called_a_view() -> None:
    document = yaml.safe_load(write_contract(_copy(is_view=True)))
    assert "view" == document["schema"][0]["physicalType"]


def test_two_columns_that_differ_by_capitals_are_refused_with_the_reason() -> None:
    with pytest.raises(DefinitionError, match="every physicalName once"):
        _read(columns=ESSENTIAL | {"region": "DESK"})


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_any_name_of_a_table_or_column_comes_back_as_it_is(table: str, column: str) -> None:
    document = yaml.safe_load(
        write_contract(_copy(table=table, columns=ESSENTIAL | {"region": column}))
    )
    (schema,) = document["schema"]
    names = {each["name"]: each["physicalName"] for each in schema["properties"]}
    assert (table, column) == (schema["physicalName"], names["region"])
