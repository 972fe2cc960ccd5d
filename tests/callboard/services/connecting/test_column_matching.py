import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.services.connecting.column_matching import Match, choose_column, match_columns
from callboard.services.connecting.table_facts import TableFacts
from data_contracts.model import ColumnType
from tests.callboard.services.table_samples import facts_of, numbered, repeated, standard, tickets


def _match(facts: TableFacts, feed: str = "contacts", **given: object) -> dict[str, Match]:
    found = match_columns(standard(feed), facts, **given)
    return {each.column.name: each for each in found}


def _found(facts: TableFacts, feed: str = "contacts") -> dict[str, str]:
    return {name: each.found for name, each in _match(facts, feed).items() if each.found}


def test_columns_are_found_by_other_names() -> None:
    facts = facts_of(
        "export",
        tickets(
            lastModified=numbered("2026-01-05 09:00:{:02}"),
            via=repeated("phone", "email"),
            ticketType=repeated("question", "complaint"),
            queue_sec=repeated(5.0, 70.0),
            Solved=repeated(1, 0),
        ),
        key=("ticket_id",),
    )
    assert {
        "contact_id": "ticket_id",
        "touchpoint": "brand",
        "created_at": "opened_at",
        "updated_at": "lastModified",
        "channel": "via",
        "kind": "ticketType",
        "wait_seconds": "queue_sec",
        "is_resolved": "Solved",
    } == _found(facts)
    assert 0.9 < min(each.confidence for each in _match(facts).values() if each.found)


def test_a_list_of_words_is_known_by_its_words_whatever_its_name() -> None:
    found = _match(facts_of("export", tickets(x=repeated("answered", "abandoned"))))["outcome"]
    assert ("x", True) == (found.found, 0.6 < found.confidence < 0.9)
    assert "its values say so" == found.why


def test_a_touchpoint_is_known_by_the_names_the_workspace_has() -> None:
    facts = facts_of("export", {"x": repeated("North", "South"), "y": repeated("a", "b")})
    assert "" == _match(facts)["touchpoint"].found
    known = _match(facts, places=frozenset({"North", "South"}))["touchpoint"]
    assert ("x", 0.85) == (known.found, known.confidence)


def test_confidence_falls_with_the_share_of_values_that_break_the_contract() -> None:
    half = _match(facts_of("export", tickets(type=repeated("question", "incident"))))["kind"]
    whole = _match(facts_of("export", tickets(type=repeated("question", "request"))))["kind"]
    assert ("type", "type") == (half.found, whole.found)
    assert half.confidence == pytest.approx(whole.confidence / 2, rel=0.05)


def test_a_column_that_does_not_fit_is_left_out_and_named_with_what_is_wrong() -> None:
    found = _match(facts_of("export", tickets(type=repeated("incident", "problem", "task"))))
    assert ("", 0.0) == (found["kind"].found, found["kind"].confidence)
    assert found["kind"].why.startswith(
        "type has 100 % of rows that break “kind is one of question"
    )
    assert found["kind"].why.endswith(": incident, problem, task")


def test_minutes_are_not_taken_for_hours() -> None:
    found = _match(facts_of("export", tickets(first_reply_minutes=repeated(1.0, 9.0))))
    assert "" == found["first_response_hours"].found
    assert "first_reply_minutes is in minutes, not in hours" == found["first_response_hours"].why


def test_incomplete_is_not_complete() -> None:
    assert "complete" not in _found(
        facts_of("orders", {"incomplete": repeated(0, 1)}), "deliveries"
    )


def test_a_column_about_people_is_never_proposed() -> None:
    facts = facts_of("export", tickets(team=numbered("person{}@example.org")))
    found = _match(facts)["team"]
    assert ("", "team is about a person and left alone") == (found.found, found.why)


def test_values_of_people_stand_in_no_reason() -> None:
    facts = facts_of("export", tickets(type=numbered("Ann number {}")))
    assert "Ann" not in "".join(each.why for each in _match(facts).values())


def test_a_typed_column_of_another_type_is_not_proposed() -> None:
    types = dict.fromkeys(tickets(), ColumnType.STRING) | {"wait_seconds": ColumnType.STRING}
    facts = facts_of("export", tickets(wait_seconds=repeated("5", "9")), types=types)
    assert "" == _match(facts)["wait_seconds"].found


def test_without_rows_names_alone_are_believed_less() -> None:
    empty = _match(facts_of("export", {name: [] for name in tickets()}))
    filled = _match(facts_of("export", tickets()))
    assert "opened_at" == empty["created_at"].found
    assert empty["created_at"].confidence < filled["created_at"].confidence


def test_a_key_that_repeats_is_doubted() -> None:
    twice = _match(facts_of("export", tickets() | {"ticket_id": repeated("T1", "T2")}))
    assert "" == twice["contact_id"].found


def test_the_only_time_of_a_table_may_be_its_time() -> None:
    columns = tickets() | {"stamped": tickets()["opened_at"]}
    assert "opened_at" == _found(facts_of("export", columns))["created_at"]
    del columns["opened_at"]
    found = _match(facts_of("export", columns))["created_at"]
    assert ("stamped", 0.45) == (found.found, found.confidence)


def test_names_that_differ_by_capitals_alone_are_one_column() -> None:
    columns = tickets(Region=repeated("N", "S"), region=repeated("N", "S"))
    assert "Region" == _found(facts_of("export", columns))["region"]


def test_a_person_may_choose_and_leave_out() -> None:
    contract, facts = standard("contacts"), facts_of("export", tickets(via=repeated("a", "b")))
    proposed = match_columns(contract, facts)
    chosen = choose_column(contract, facts, proposed, column="region", found="via")
    found = {each.column.name: each for each in chosen}
    assert ("via", True, "") == (
        found["region"].found,
        found["region"].is_chosen,
        found["channel"].found,
    )
    assert (1.0, "chosen by you") == (found["region"].confidence, found["region"].why)
    left = choose_column(contract, facts, chosen, column="region", found="")
    assert "" == {each.column.name: each.found for each in left}["region"]


def test_a_choice_is_believed_as_far_as_its_values_keep_the_contract() -> None:
    contract = standard("contacts")
    facts = facts_of("export", tickets(x=repeated("question", "Ann"), y=numbered("a{}@b.org")))
    proposed = match_columns(contract, facts)
    (kind,) = _chosen(choose_column(contract, facts, proposed, column="kind", found="x"))
    assert (0.5, True) == (kind.confidence, kind.why.endswith(": Ann"))
    (kind,) = _chosen(choose_column(contract, facts, proposed, column="kind", found="y"))
    assert (0.0, "chosen by you") == (kind.confidence, kind.why)


def _chosen(matches: tuple[Match, ...]) -> list[Match]:
    return [each for each in matches if each.is_chosen]


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=12),
        st.lists(
            st.none() | st.integers() | st.floats() | st.text(max_size=8), min_size=3, max_size=3
        ),
        max_size=5,
    )
)
def test_whatever_a_table_holds_no_column_is_used_twice(columns: dict[str, list[object]]) -> None:
    matches = match_columns(standard("contacts"), facts_of("export", columns))
    found = [each.found for each in matches if each.found]
    assert len(found) == len(set(found))
    assert all(0.0 <= each.confidence <= 1.0 for each in matches)
