"""From a file to published benchmarks and back: what is checked is what is published."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, FileRefused, NotAllowed
from callboard.services.publishing import benchmarks as publishing
from callboard.storage.audit import verify_audit
from callboard.storage.benchmarks import (
    read_content,
    read_current,
    read_findings,
    read_submissions,
)
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_rule_results, read_runs
from callboard.views import Preview, SubmissionRow
from data_contracts.catalogue import LIBRARY
from tests.callboard.services.benchmark_file_text import file_of, peers
from tests.callboard.services.small_world import SmallWorld, benchmark

READER = Actor(id="reader", name="Reader", roles=frozenset({Role.EXECUTIVE}))


def _check(world: SmallWorld, content: bytes) -> Preview:
    return publishing.check_file(world.runtime, LOCAL_USER, name="q3.csv", content=content)


def _publish(world: SmallWorld, content: bytes, **parts: str) -> SubmissionRow:
    told = {"name": "q3.csv", "note": ""} | parts
    return publishing.publish(world.runtime, LOCAL_USER, content=content, **told)


def _current(world: SmallWorld) -> dict[str, float]:
    with snapshot(world.runtime.store) as connection:
        return {row.entity: row.value for row in read_current(connection)}


def test_checking_stores_nothing(world: SmallWorld) -> None:
    preview = _check(world, peers(Alder="5.5"))
    assert ("Adds 1, changes 0, leaves 0, rejects 0.", 1) == (preview.sentence, preview.published)
    assert () == publishing.read_history(world.runtime, LOCAL_USER)
    assert 0 == world.runtime.publication()


def test_a_touchpoint_outside_the_scope_reads_like_one_there_is_not(world: SmallWorld) -> None:
    content = b"".join(
        line + (b",touchpoint" if at == 0 else b",delivery" if at == 1 else b",desk") + b"\n"
        for at, line in enumerate(peers(Alder="5.5", Birch="5.6").splitlines())
    )
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    row = publishing.publish(world.runtime, actor, name="q3.csv", content=content)
    assert (1, 1) == (row.published, row.quarantined)
    assert {"Birch": 5.6} == _current(world)


def test_publishing_makes_the_good_rows_count_under_a_new_publication(world: SmallWorld) -> None:
    row = _publish(world, peers(Alder="5.5", Birch="104"))
    assert {"Alder": 5.5} == _current(world)
    assert (2, 1, 1, 0, "published", 1) == (
        row.rows_in,
        row.published,
        row.quarantined,
        row.collapsed,
        row.state,
        row.publication,
    )


def test_what_is_checked_is_what_is_published(world: SmallWorld) -> None:
    content = file_of({}, {}, {"competitor": "Birch", "value": "many"}, {"kpi_code": "moon"})
    preview, row = _check(world, content), _publish(world, content)
    counts = ("sha256", "rows_in", "published", "quarantined", "collapsed")
    assert [getattr(preview, name) for name in counts] == [getattr(row, name) for name in counts]
    assert len(_current(world)) == preview.published


def test_rejected_rows_are_kept_as_they_came_with_their_reasons(world: SmallWorld) -> None:
    row = _publish(world, peers(Alder="5.5", Birch="many"))
    with snapshot(world.runtime.store) as connection:
        (kept,) = read_findings(connection, row.id)
        content = read_content(connection, row.id)
    assert ("wrong_type", 3) == (kept.finding.reason.value, kept.finding.row)
    assert ("Birch", "many") == tuple(
        json.loads(kept.raw)[each] for each in ("competitor", "value")
    )
    assert peers(Alder="5.5", Birch="many") == content


def test_the_same_content_twice_changes_nothing_and_says_so(world: SmallWorld) -> None:
    first = _publish(world, peers(Alder="5.5"))
    again = _publish(world, peers(Alder="5.5"), name="copy.csv")
    assert replace(first, is_repeat=True) == again
    assert (1, 1) == (
        world.runtime.publication(),
        len(publishing.read_history(world.runtime, LOCAL_USER)),
    )


def test_a_preview_names_the_earlier_submission_of_the_same_content(world: SmallWorld) -> None:
    _publish(world, peers(Alder="5.5"))
    assert (
        "The same content was published on 22 Nov 2026 as submission 1 (q3.csv). "
        "Publishing it again changes nothing." == _check(world, peers(Alder="5.5")).same_as
    )


def test_a_repeat_whose_values_were_replaced_since_says_how_to_have_them_back(
    world: SmallWorld,
) -> None:
    _publish(world, peers(Alder="5.5", Birch="7"))
    _publish(world, peers(Alder="6"))
    said = _check(world, peers(Alder="5.5", Birch="7")).same_as
    assert said.endswith(
        "changes nothing. 1 of its values has been replaced since; to get them back, "
        "withdraw what came later."
    )


def test_the_preview_says_which_values_will_be_listed_without_being_compared(
    world: SmallWorld,
) -> None:
    world.publish([benchmark("Elm", 6.0)])
    old = {"period_start": "2023-07-01", "period_end": "2023-09-30"}
    content = file_of(
        {},
        {"competitor": "Elm"},
        {"competitor": "Birch", "period_start": ""},
        {"competitor": "Cedar", "period_start": ""},
        {"competitor": "Dogwood"} | old,
    )
    assert (
        "2 are listed but not compared: it does not say which day its period begins "
        "(Birch, Cedar).",
        "1 is listed but not compared: not in our peer set (Elm).",
        "1 is listed but not compared: older than 18 months (Dogwood).",
    ) == _check(world, content).notes


def test_every_finding_says_what_to_do(world: SmallWorld) -> None:
    rows: tuple[dict[str, str], ...] = (
        {"value": ""},
        {"value": "many"},
        {"value": "104"},
        {"unit": "minutes"},
        {"period_start": "2026-10-01", "period_end": "2026-09-30"},
        {"period_end": "2027-09-30"},
        {"period_start": "30/02/2026"},
        {"kpi_code": "moon"},
        {"sample_size": "12.5"},
    )
    findings = _check(world, file_of(*rows)).findings
    assert len(rows) <= len(findings)
    assert [] == [each.reason for each in findings if not each.suggestion]


def test_findings_are_grouped_by_the_repair_they_need(world: SmallWorld) -> None:
    content = file_of(
        {"value": "104"},
        {"kpi_code": "moon"},
        {"value": "105"},
        {"note": "=1+A1"},
        {"value": "odd"},
    )
    assert [
        ("out of range", "value", 2, (2, 4), "104", False),
        ("unknown name", "metric", 1, (3,), "moon", False),
        ("cannot be read", "value", 1, (6,), "odd", False),
        ("looks like a formula", "note", 1, (5,), "=1+A1", True),
    ] == [
        (each.reason, each.column, each.count, each.rows, each.example, each.is_note)
        for each in _check(world, content).groups
    ]


def test_changes_are_told_from_old_to_new(world: SmallWorld) -> None:
    _publish(world, peers(Alder="5.5", Birch="7"))
    preview = _check(world, peers(Alder="6", Birch="7", Cedar="8"))
    assert "Adds 1, changes 1, leaves 1, rejects 0." == preview.sentence
    assert [
        ("change", "Alder", "5.5 %", "6 %", "+0.5 pts"),
        ("leave", "Birch", "7 %", "7 %", ""),
        ("add", "Cedar", "", "8 %", ""),
    ] == [(each.kind, each.entity, each.old, each.new, each.difference) for each in preview.changes]


def test_a_change_of_detail_is_a_change(world: SmallWorld) -> None:
    _publish(world, peers(Alder="5.5"))
    (change,) = _check(world, file_of({"sample_size": "900"})).changes
    assert ("change", "same value; sample size changed") == (change.kind, change.difference)


def test_a_later_file_outweighs_an_earlier_one_and_gives_way_when_withdrawn(
    world: SmallWorld,
) -> None:
    _publish(world, peers(Alder="5.5", Birch="7"))
    later = _publish(world, peers(Alder="6"))
    assert {"Alder": 6.0, "Birch": 7.0} == _current(world)
    gone = publishing.withdraw(world.runtime, LOCAL_USER, submission=later.id, note="wrong file")
    assert ("withdrawn", {"Alder": 5.5, "Birch": 7.0}) == (gone.state, _current(world))
    told = publishing.read_history(world.runtime, LOCAL_USER)[0].note
    assert "withdrawn by local: wrong file" == told == gone.note
    assert 3 == world.runtime.publication()


def test_a_withdrawn_file_can_be_published_anew(world: SmallWorld) -> None:
    first = _publish(world, peers(Alder="5.5"))
    publishing.withdraw(world.runtime, LOCAL_USER, submission=first.id)
    again = _publish(world, peers(Alder="5.5"))
    assert (False, {"Alder": 5.5}) == (again.is_repeat, _current(world))
    states = [each.state for each in publishing.read_history(world.runtime, LOCAL_USER)]
    assert ["published", "withdrawn"] == states


def test_the_same_values_in_another_file_change_nothing(world: SmallWorld) -> None:
    _publish(world, peers(Alder="5.5"))
    preview = _check(
        world, file_of({"competitor": "ALDER", "value": "5.50", "kpi_code": "Abandonment rate"})
    )
    assert "Adds 0, changes 0, leaves 1, rejects 0." == preview.sentence


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "bytes without text"),
        (b"%PDF-1.7", "a PDF document"),
        (peers(Alder="many"), "Its only row cannot be published"),
        (peers(Alder="many", Birch="few"), "None of its 2 rows can be published"),
    ],
)
def test_a_file_of_which_nothing_can_be_published_is_kept_as_an_attempt(
    world: SmallWorld, content: bytes, said: str
) -> None:
    with pytest.raises(FileRefused, match=said):
        _publish(world, content)
    (row,) = publishing.read_history(world.runtime, LOCAL_USER)
    assert ("refused", None, 0) == (row.state, row.publication, row.published)
    assert row.rows_in == row.quarantined
    assert 0 == world.runtime.publication()


def test_of_a_file_that_cannot_be_read_no_byte_is_kept(world: SmallWorld) -> None:
    with pytest.raises(FileRefused):
        _publish(world, b"%PDF-1.7 secret")
    with snapshot(world.runtime.store) as connection:
        assert b"" == read_content(connection, read_submissions(connection)[0].id)


def test_a_refused_file_is_told_in_the_preview(world: SmallWorld) -> None:
    preview = _check(world, b"%PDF-1.7")
    assert preview.refused.startswith("found a PDF document; expected a text file")
    assert preview.refused == preview.sentence


def test_notes_about_the_file_are_apart_from_findings_of_rows(world: SmallWorld) -> None:
    preview = _check(world, peers(Café="5.5", Birch="-1", Alder="5").decode().encode("cp1252"))
    assert ("Windows-1252", "comma") == (preview.encoding, preview.delimiter)
    assert [(0, "encoding", "noted")] == [
        (each.row, each.reason, each.verdict) for each in preview.file_findings
    ]
    assert [(2, "encoding", "quarantined"), (3, "out of range", "quarantined")] == [
        (each.row, each.reason, each.verdict) for each in preview.findings
    ]


def test_publishing_leaves_an_unbroken_audit_and_the_engines_verdict(world: SmallWorld) -> None:
    row = _publish(world, peers(Alder="5.5", Birch="-1"))
    with snapshot(world.runtime.store) as connection:
        assert () == verify_audit(connection)
        (run,) = read_runs(connection, feed="benchmarks")
        results = read_rule_results(connection, run.id)
    assert (2, 1, 1, row.publication) == (
        run.rows_in,
        run.rows_used,
        run.rows_quarantined,
        run.publication,
    )
    assert run.engine.startswith("great_expectations")
    assert "Birch" not in run.document
    assert {"metric.required", "dataset.quarantine_share"} <= {each.rule_id for each in results}


def test_a_workspaces_own_contract_may_ask_for_more(world: SmallWorld, tmp_path: Path) -> None:
    text = (LIBRARY / "benchmarks.odcs.yaml").read_text()
    stricter = text.replace("maxQuarantineShare, value: 1}", "maxQuarantineShare, value: 0.1}")
    (tmp_path / "data_contracts").mkdir()
    (tmp_path / "data_contracts" / "benchmarks.odcs.yaml").write_text(stricter)
    settings = replace(world.runtime.settings, workspace=tmp_path)
    strict = SmallWorld(replace(world.runtime, settings=settings))
    content = peers(Alder="5.5", Birch="-1")
    assert _check(strict, content).refused.startswith("50 % of its rows")
    with pytest.raises(FileRefused, match="50 % of its rows"):
        _publish(strict, content)


@pytest.mark.parametrize("name", ["../../etc/\x00passwd", "a" * 500, "\udcff.csv"])
def test_any_name_and_note_can_be_kept(world: SmallWorld, name: str) -> None:
    row = _publish(world, peers(Alder="5.5"), name=name, note=name)
    assert len(row.file_name) <= 200
    assert row.note == row.file_name


def test_a_reader_may_neither_check_nor_publish_nor_withdraw(world: SmallWorld) -> None:
    content = peers(Alder="5.5")
    with pytest.raises(NotAllowed):
        publishing.check_file(world.runtime, READER, name="a", content=content)
    with pytest.raises(NotAllowed):
        publishing.publish(world.runtime, READER, name="a", content=content)
    with pytest.raises(NotAllowed):
        publishing.withdraw(world.runtime, READER, submission=1)


def test_only_a_published_submission_is_withdrawn(world: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="no submission 7"):
        publishing.withdraw(world.runtime, LOCAL_USER, submission=7)


def test_the_template_has_every_column_and_opens_in_a_spreadsheet(world: SmallWorld) -> None:
    template = publishing.template_csv()
    assert template.startswith(b"\xef\xbb\xbfkpi_code,entity,entity_type,statistic,value,unit,per,")
    assert "a header and no rows" in _check(world, template).refused


def test_a_metric_in_another_unit_of_time_is_told_in_ours(world: SmallWorld) -> None:
    (change,) = _check(world, file_of({"kpi_code": "asa", "value": "0.5", "unit": "min"})).changes
    assert ("Average speed of answer", "30 s") == (change.metric, change.new)
