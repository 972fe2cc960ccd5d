from datetime import UTC, datetime

from callboard.services.connecting.contract_writing import Copy, read_copy
from callboard.services.connecting.sample_judging import SampleVerdict, judge_sample, shown_rows
from callboard.services.connecting.table_facts import TableFacts
from data_contracts.model import Contract, Severity
from tests.callboard.services.table_samples import ROWS, facts_of, numbered, repeated, tickets

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = {"contact_id": "ticket_id", "touchpoint": "brand", "created_at": "opened_at"}


def _contract(**others: str) -> Contract:
    copy = Copy(feed="contacts", server="main", table="t", columns=NAMES | others)
    return read_copy(copy)


def _judge(facts: TableFacts, **others: str) -> SampleVerdict:
    return judge_sample(_contract(**others), facts, places={"North", "South"}, now=NOW)


def test_good_rows_break_nothing() -> None:
    verdict = _judge(facts_of("t", tickets()))
    assert (ROWS, 0, (), False) == (
        *(verdict.rows_in, verdict.rejected, verdict.rules, verdict.is_held_back),
    )


def test_each_broken_rule_is_counted_with_what_was_found() -> None:
    waits = [-4.0, "soon", *([7.0] * (ROWS - 2))]
    verdict = _judge(facts_of("t", tickets(wait=waits)), wait_seconds="wait")
    assert 2 == verdict.rejected
    assert {("wait_seconds", 1, ("-4.0",)), ("wait_seconds", 1, ("soon",))} == {
        (each.column, each.rows, each.examples) for each in verdict.rules
    }


def test_an_unknown_touchpoint_is_rejected() -> None:
    verdict = _judge(facts_of("t", tickets() | {"brand": repeated("North", "West")}))
    (rule,) = verdict.rules
    assert (ROWS // 2, ("West",), Severity.CRITICAL) == (rule.rows, rule.examples, rule.severity)
    assert verdict.is_held_back


def test_a_warning_flags_and_does_not_reject() -> None:
    later = numbered("2026-04-01 08:00:{:02}")
    verdict = _judge(facts_of("t", tickets(changed=later)), updated_at="changed")
    assert (0, ROWS) == (verdict.rejected, verdict.flagged)


def test_rows_are_shown_without_what_is_personal() -> None:
    facts = facts_of("t", tickets(who=numbered("ann{}@example.org")))
    first = shown_rows(_contract(team="who"), facts, 2)[0]
    assert ("T0", "North", "•••") == (first["contact_id"], first["touchpoint"], first["team"])


def test_values_about_people_are_no_examples() -> None:
    facts = facts_of("t", tickets(who=numbered("ann{}@example.org")))
    (rule,) = _judge(facts, kind="who").rules
    assert ("•••",) == rule.examples


def test_a_long_value_is_cut() -> None:
    facts = facts_of("t", tickets(region=repeated("x" * 500)))
    shown = shown_rows(_contract(region="region"), facts, 1)[0]["region"]
    assert (40, "…") == (len(shown), shown[-1])


def test_a_table_without_rows_is_not_held_back() -> None:
    empty = facts_of("t", {name: [] for name in tickets()})
    assert (0, False) == (_judge(empty).rows_in, _judge(empty).is_held_back)
