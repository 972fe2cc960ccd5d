import csv
import io
import signal
import sqlite3
from pathlib import Path

import pytest

from callboard.cli.refresh import parse_span
from callboard.errors import CallboardError
from tests.callboard.cli.calling import Answer, call, said_after, said_until, started

COLUMNS = "metric,touchpoint,period_start,period_end,dimension,segment,value,unit,numerator,denominator,n,complete,break_on,collapsed"


def _rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data)))


def _counted(workspace: Path, where: str) -> int:
    with sqlite3.connect(workspace / "sample.db") as feed:
        return int(feed.execute(f"SELECT count(*) FROM contacts WHERE {where}").fetchone()[0])


def test_a_refresh_publishes_what_the_feed_holds(workspace: Path) -> None:
    refreshed = call("refresh", "--workspace", workspace, "--format", "csv")
    assert 0 == refreshed.code, refreshed.talk
    assert {("contacts", "published"), ("survey_answers", "published")} == {
        (row["feed"], row["verdict"]) for row in _rows(refreshed)
    }
    answer = call(
        *("readings", "--metric", "abandon", "--touchpoint", "service_desk", "--grain", "month"),
        *("--format", "csv", "--workspace", workspace),
    )
    rows = _rows(answer)
    assert COLUMNS == answer.data.splitlines()[0]
    where = "touchpoint = 'service_desk' AND outcome = 'abandoned' AND wait_seconds > 5"
    assert _counted(workspace, where) == sum(float(row["numerator"]) for row in rows)
    first = rows[1]
    share = 100 * float(first["numerator"]) / float(first["denominator"])
    assert share == float(first["value"])
    assert ("percent", "true") == (first["unit"], first["complete"])
    again = call("refresh", "--workspace", workspace, "--format", "csv")
    assert {"unchanged"} == {row["verdict"] for row in _rows(again)}


def test_segments_add_up_to_the_whole(workspace: Path) -> None:
    call("refresh", "--feed", "contacts", "--workspace", workspace)
    wanted = ("readings", "--metric", "aht", "--format", "csv", "--workspace", workspace)
    whole, parts = _rows(call(*wanted)), _rows(call(*wanted, "--dimension", "channel"))
    assert {"phone", "email", "chat"} == {row["segment"] for row in parts}
    assert sum(int(row["n"]) for row in whole) == sum(int(row["n"]) for row in parts)


def test_a_feed_that_cannot_be_read_is_told_and_fails(workspace: Path) -> None:
    (workspace / "sample.db").unlink()
    answer = call("refresh", "--workspace", workspace, "--format", "csv")
    assert 1 == answer.code
    assert {"failed"} == {row["verdict"] for row in _rows(answer)}
    assert "Traceback" not in answer.talk


def test_an_unknown_feed_names_the_nearest(workspace: Path) -> None:
    answer = call("refresh", "--feed", "contact", "--workspace", workspace)
    assert 1 == answer.code
    assert "There is no feed 'contact'" in answer.talk
    assert "Did you mean 'contacts'?" in answer.talk


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_rounds_end_cleanly_when_stopped(workspace: Path, end: signal.Signals) -> None:
    with started("refresh", "--every", "1s", "--workspace", workspace) as process:
        assert "readings are new" in said_until(process, "readings are new")
        process.send_signal(end)
        assert said_after(process).endswith("Stopped refreshing.\n")
        assert 0 == process.wait()


@pytest.mark.parametrize(
    ("expected", "text"), [(60.0, "60s"), (300.0, "5m"), (5400.0, "1.5h"), (120.0, "2 min")]
)
def test_a_span_is_read(expected: float, text: str) -> None:
    assert expected == parse_span(text)


@pytest.mark.parametrize("text", ["60", "s", "0s", "-5s", "1 day", ""])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(CallboardError, match="expected a span such as 60s"):
        parse_span(text)
