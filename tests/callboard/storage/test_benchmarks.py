from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from callboard.errors import CallboardError
from callboard.storage.audit import verify_audit
from callboard.storage.benchmark_tables import benchmark_act, submission
from callboard.storage.benchmarks import (
    BenchmarkRow,
    KeptFinding,
    Submission,
    SubmissionState,
    add_submission,
    find_by_sha,
    publish_submission,
    read_content,
    read_current,
    read_findings,
    read_staged,
    read_submissions,
    withdraw_submission,
)
from callboard.storage.engine import snapshot, write
from data_contracts.findings import Finding, Reason, RowVerdict

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
numbers = count(1)


def row(value: float, entity: str = "Acme", **more) -> BenchmarkRow:
    values = {
        "metric": "csat",
        "statistic": "value",
        "unit": "percent",
        "period_end": date(2026, 9, 30),
        "source_name": "Survey of shops",
    }
    return BenchmarkRow(entity=entity, value=value, **values | more)


def stage(store: Engine, *rows: BenchmarkRow, content: bytes = b"", **more) -> int:
    content = content or str(next(numbers)).encode()
    new = Submission(
        sha256=sha256(content).hexdigest(),
        file_name="shops.csv",
        size=len(content),
        actor="ana",
        at=NOW,
        **more,
    )
    numbered = [replace(each, row=line) for line, each in enumerate(rows, start=2)]
    with write(store) as conn:
        return add_submission(conn, new, content=content, rows=numbered)


def publish(store: Engine, number: int) -> int:
    with write(store) as conn:
        return publish_submission(conn, number, actor_id="ana", at=NOW)


def withdraw(store: Engine, number: int) -> int:
    with write(store) as conn:
        return withdraw_submission(conn, number, actor_id="ana", at=NOW)


def current(store: Engine) -> dict[str, float]:
    with snapshot(store) as conn:
        return {each.entity: each.value for each in read_current(conn)}


def test_staged_rows_do_not_count(store: Engine) -> None:
    number = stage(store, row(81))
    assert {} == current(store)
    with snapshot(store) as conn:
        assert [81] == [each.value for each in read_staged(conn, number)]


def test_published_rows_count_and_come_back_whole(store: Engine) -> None:
    full = row(
        81.25,
        per=100.0,
        period_start=date(2026, 7, 1),
        region="UK",
        numerator=813.0,
        denominator=1000.0,
        sample_size=1000,
        as_of=date(2026, 10, 5),
        note="=1+1 <b>",
    )
    number = stage(store, full)
    assert 1 == publish(store, number)
    with snapshot(store) as conn:
        (found,) = read_current(conn)
    assert replace(full, row=2) == replace(found, id=0, submission_id=0)
    assert number == found.submission_id


def test_the_later_submission_speaks_for_what_both_say(store: Engine) -> None:
    publish(store, stage(store, row(81), row(70, "Bolt")))
    publish(store, stage(store, row(83)))
    assert {"Acme": 83, "Bolt": 70} == current(store)


def test_a_withdrawal_brings_back_what_was_said_before(store: Engine) -> None:
    publish(store, stage(store, row(81)))
    second = stage(store, row(83), row(70, "Bolt"))
    publish(store, second)
    assert 3 == withdraw(store, second)
    assert {"Acme": 81} == current(store)


def test_a_withdrawn_one_beneath_does_not_come_back(store: Engine) -> None:
    first, second = stage(store, row(81)), stage(store, row(83))
    publish(store, first)
    publish(store, second)
    withdraw(store, first)
    assert {"Acme": 83} == current(store)
    withdraw(store, second)
    assert {} == current(store)


def test_a_restored_submission_takes_its_old_place(store: Engine) -> None:
    first, second = stage(store, row(81)), stage(store, row(83))
    publish(store, first)
    publish(store, second)
    withdraw(store, first)
    publish(store, first)
    assert {"Acme": 83} == current(store)
    withdraw(store, second)
    assert {"Acme": 81} == current(store)


def test_both_versions_of_a_restated_value_are_kept(store: Engine) -> None:
    first, second = stage(store, row(81)), stage(store, row(83))
    publish(store, first)
    publish(store, second)
    with snapshot(store) as conn:
        assert [[81], [83]] == [
            [each.value for each in read_staged(conn, number)] for number in (first, second)
        ]


def test_every_act_is_kept_with_its_publication(store: Engine) -> None:
    number = stage(store, row(81))
    assert [1, 2, 3] == [publish(store, number), withdraw(store, number), publish(store, number)]
    with snapshot(store) as conn:
        acts = conn.execute(select(benchmark_act).order_by(benchmark_act.c.publication)).all()
        assert ["benchmark", "withdraw", "restore"] == [act.act for act in acts]
        assert () == verify_audit(conn)
        (found,) = read_submissions(conn)
    assert (SubmissionState.PUBLISHED, 1) == (found.state, found.publication)


def test_the_same_content_is_published_once(store: Engine) -> None:
    first, again = (stage(store, row(81), content=b"same") for _ in range(2))
    publish(store, first)
    with pytest.raises(CallboardError, match=f"already, as submission {first} on 22 November 2026"):
        publish(store, again)
    with pytest.raises(CallboardError, match="already"):
        publish(store, first)
    withdraw(store, first)
    assert 3 == publish(store, again)


def test_the_store_itself_refuses_the_same_content_twice(store: Engine) -> None:
    stage(store, content=b"same")
    stage(store, content=b"same")
    with pytest.raises(IntegrityError), write(store) as conn:
        conn.execute(submission.update().values(state=SubmissionState.PUBLISHED.value))


def test_the_same_statement_twice_in_one_file_is_refused_by_the_store(store: Engine) -> None:
    with pytest.raises(IntegrityError):
        stage(store, row(81), row(82))


def test_what_is_not_published_cannot_be_withdrawn(store: Engine) -> None:
    with pytest.raises(CallboardError, match="is staged; only a published one"):
        withdraw(store, stage(store, row(81)))
    with pytest.raises(CallboardError, match="There is no submission 99"):
        withdraw(store, 99)


def test_a_refused_file_cannot_be_published(store: Engine) -> None:
    with pytest.raises(CallboardError, match="was refused"):
        publish(store, stage(store, state=SubmissionState.REFUSED))


def test_submissions_of_the_same_content_are_found(store: Engine) -> None:
    first, again = (stage(store, content=b"same") for _ in range(2))
    stage(store, content=b"other")
    with snapshot(store) as conn:
        found = find_by_sha(conn, sha256(b"same").hexdigest())
        assert [first, again] == [each.id for each in found]
        assert b"same" == read_content(conn, first)


def test_findings_are_kept_in_their_order_with_the_row_as_it_came(store: Engine) -> None:
    finding = Finding(
        row=3,
        column="value",
        reason=Reason.AMBIGUOUS_NUMBER,
        found="1,234",
        expected="a number",
        verdict=RowVerdict.QUARANTINE,
        suggestion="Write 1234 or 1.234.",
    )
    kept = (KeptFinding(finding=finding, raw='["1,234"]'), KeptFinding(finding=finding))
    new = Submission(sha256="ab" * 32, file_name="a.csv", size=1, actor="ana", at=NOW)
    with write(store) as conn:
        number = add_submission(conn, new, content=b"x", findings=kept)
    with snapshot(store) as conn:
        assert kept == read_findings(conn, number)


def test_only_the_metrics_asked_for_are_read(store: Engine) -> None:
    publish(store, stage(store, row(81), row(9, metric="wait")))
    with snapshot(store) as conn:
        assert [9] == [each.value for each in read_current(conn, metrics=["wait", "nps"])]
        assert () == read_current(conn, metrics=[])


@pytest.mark.parametrize(
    "more",
    [
        {"entity": "Bolt"},
        {"metric": "nps"},
        {"statistic": "median"},
        {"period_end": date(2026, 6, 30)},
        {"period_start": date(2026, 7, 1)},
        {"region": "UK"},
        {"industry": "retail"},
        {"segment": "phone"},
        {"touchpoint": "desk"},
        {"source_name": "Another survey"},
    ],
)
def test_whatever_says_something_else_has_another_key(more: dict[str, object]) -> None:
    assert row(81).natural_key != row(81, **more).natural_key


@pytest.mark.parametrize(
    "more", [{"value": 1}, {"note": "a"}, {"sample_size": 5}, {"unit": "index"}]
)
def test_how_it_is_said_does_not_change_the_key(more: dict[str, object]) -> None:
    assert row(81).natural_key == replace(row(81), **more).natural_key


steps = st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12)
files = st.lists(st.sets(st.sampled_from("ABC"), min_size=1), min_size=4, max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=files, steps=steps)
def test_what_counts_is_what_the_latest_published_file_says(store: Engine, files, steps) -> None:
    tag = next(numbers)
    staged = [
        stage(store, *(row(place, f"{tag} {name}") for name in sorted(names)))
        for place, names in enumerate(files)
    ]
    order: list[int] = []
    published: set[int] = set()
    for is_publishing, place in steps:
        if is_publishing == (place in published):
            continue
        (publish if is_publishing else withdraw)(store, staged[place])
        published ^= {place}
        order += [place] if place not in order else []
    expected = {
        f"{tag} {name}": place for place in order if place in published for name in files[place]
    }
    assert expected == {
        name: value for name, value in current(store).items() if name.startswith(f"{tag} ")
    }
