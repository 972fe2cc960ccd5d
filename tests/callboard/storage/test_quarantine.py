from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from callboard.storage.engine import snapshot, write
from callboard.storage.quarantine import (
    FailingRow,
    QuarantineStatus,
    StoredRow,
    count_quarantine,
    find_texts,
    read_quarantine,
    replace_quarantine,
)
from callboard.storage.tables import quarantine

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def failing(key: str = "1", raw: str = '{"score":"140"}', day: date | None = MONDAY) -> FailingRow:
    rules, messages = ("score.range",), ("score is 140, at most 100 is expected",)
    return FailingRow(row_key=key, raw=raw, rule_ids=rules, messages=messages, day=day)


def judge(
    store: Engine, *rows: FailingRow, run: int = 1, days=(MONDAY,), at: datetime = NOON
) -> int:
    with write(store) as conn:
        return replace_quarantine(conn, feed="survey", run_id=run, days=days, rows=rows, at=at)


def read(store: Engine, status: QuarantineStatus = QuarantineStatus.OPEN) -> tuple[StoredRow, ...]:
    with snapshot(store) as conn:
        return read_quarantine(conn, feed="survey", status=status)


def test_a_failing_row_is_kept_as_it_came_with_its_reasons(store: Engine) -> None:
    assert 1 == judge(store, failing())
    (found,) = read(store)
    assert ('{"score":"140"}', ("score.range",), MONDAY) == (found.raw, found.rule_ids, found.day)
    assert ("score is 140, at most 100 is expected",) == found.messages
    assert (NOON, NOON, 1) == (found.first_seen, found.last_seen, found.run_id)


def test_a_failing_row_is_kept_with_its_place_its_hash_and_what_was_meant(store: Engine) -> None:
    judge(store, replace(failing(raw="{}"), touchpoint="desk", suggestion="Did you mean 14?"))
    (found,) = read(store)
    assert ("desk", "Did you mean 14?") == (found.touchpoint, found.suggestion)
    # of the text `{}`, by sha256sum
    assert "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" == found.row_hash
    assert ("", None, "") == (found.resolved_by, found.resolved_at, found.note)


def test_a_row_that_fails_again_keeps_when_it_was_first_seen(store: Engine) -> None:
    judge(store, failing())
    assert 1 == judge(store, failing(), run=2, at=LATER)
    (found,) = read(store)
    assert (NOON, LATER, 2) == (found.first_seen, found.last_seen, found.run_id)


def test_a_row_that_no_longer_fails_is_fixed(store: Engine) -> None:
    judge(store, failing("1"), failing("2"))
    assert 1 == judge(store, failing("2"), run=2, at=LATER)
    assert ["2"] == [row.row_key for row in read(store)]
    assert ["1"] == [row.row_key for row in read(store, QuarantineStatus.FIXED)]


def test_a_row_of_a_day_that_was_not_judged_again_stays_open(store: Engine) -> None:
    judge(store, failing("1", day=TUESDAY), days=[MONDAY, TUESDAY])
    assert 1 == judge(store, run=2, days=[MONDAY])


def test_a_row_without_a_day_is_judged_again_only_when_said_so(store: Engine) -> None:
    judge(store, failing(day=None), days=[None])
    assert 1 == judge(store, run=2, days=[MONDAY])
    assert 0 == judge(store, run=3, days=[None])


def test_a_row_that_comes_again_with_other_text_supersedes_the_first(store: Engine) -> None:
    judge(store, failing(raw='{"score":"140"}'))
    assert 1 == judge(store, failing(raw='{"score":"999"}', day=TUESDAY), run=2, days=[TUESDAY])
    assert ['{"score":"999"}'] == [row.raw for row in read(store)]
    assert ['{"score":"140"}'] == [row.raw for row in read(store, QuarantineStatus.SUPERSEDED)]


def test_a_fixed_row_that_fails_again_is_open_since_the_first_time(store: Engine) -> None:
    judge(store, failing())
    judge(store, run=2)
    assert 1 == judge(store, failing(), run=3, at=LATER)
    (found,) = read(store)
    assert NOON == found.first_seen


def test_a_waived_row_stays_waived(store: Engine) -> None:
    judge(store, failing())
    with write(store) as conn:
        conn.execute(quarantine.update().values(status=QuarantineStatus.WAIVED.value))
    assert 0 == judge(store, failing(), run=2)
    assert 1 == len(read(store, QuarantineStatus.WAIVED))


def test_the_same_row_given_twice_counts_once(store: Engine) -> None:
    assert 1 == judge(store, failing(), failing())


def test_other_feeds_are_left_alone_and_counted_apart(store: Engine) -> None:
    judge(store, failing())
    with write(store) as conn:
        replace_quarantine(
            conn, feed="contacts", run_id=2, days=[MONDAY], rows=[failing("9")], at=NOON
        )
    with snapshot(store) as conn:
        assert {"survey": 1, "contacts": 1} == count_quarantine(conn)


@pytest.mark.parametrize(("limit", "offset", "expected"), [(2, 0, ["4", "3"]), (2, 4, ["0"])])
def test_rows_come_a_page_at_a_time_the_latest_first(
    store: Engine, limit: int, offset: int, expected: list[str]
) -> None:
    for number in range(5):
        moment = NOON + timedelta(minutes=number)
        judge(store, failing(str(number)), run=number, days=[], at=moment)
    with snapshot(store) as conn:
        found = read_quarantine(conn, feed="survey", limit=limit, offset=offset)
    assert expected == [row.row_key for row in found]


def test_text_of_any_kind_comes_back_as_it_was(store: Engine) -> None:
    raw = '{"note":"=cmd|\' /C calc\'!A0 \\u0000 <script>, ü 👩‍🚀"}'
    judge(store, failing("'; DROP TABLE quarantine; --", raw))
    assert [("'; DROP TABLE quarantine; --", raw)] == [
        (row.row_key, row.raw) for row in read(store)
    ]


def test_when_all_rows_were_judged_what_no_longer_fails_is_fixed_on_every_day(
    store: Engine,
) -> None:
    judge(store, failing("1"), failing("2", day=TUESDAY), failing("3", day=None), days=None)
    assert 1 == judge(store, failing("2", day=TUESDAY), run=2, days=None)


def test_rows_are_found_by_more_texts_than_one_statement_may_name(store: Engine) -> None:
    judge(store, failing("0"), failing("299999"))
    text = read(store)[0].row_hash
    asked = {(str(number), text) for number in range(300_000)}
    with snapshot(store) as conn:
        assert {"0", "299999"} == {
            row.row_key for row in find_texts(conn, feed="survey", texts=asked)
        }
