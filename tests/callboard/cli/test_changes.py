"""`callboard changes` over a small store: what is said, what is written, what is refused."""

import csv
import io
import json
from pathlib import Path

import pytest

from callboard.services.signalling.export import COLUMNS
from tests.callboard.cli.calling import Answer, call
from tests.callboard.services.signalling.changed_world import fill
from tests.callboard.services.small_world import (
    NOW,
    SmallWorld,
    copy_store,
    open_small_runtime,
)

Environment = dict[str, str]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Environment:
    """A workspace in which a few things changed; not to be changed."""
    folder = tmp_path_factory.mktemp("changes")
    url = copy_store(migrated_sqlite, folder)
    settings = fill(SmallWorld(open_small_runtime(folder, url))).runtime.settings
    return {
        "CALLBOARD_WORKSPACE": str(settings.workspace),
        "CALLBOARD_HOME": str(settings.home),
        "CALLBOARD_STORE_URL": url,
        "CALLBOARD_TODAY": NOW,
    }


def _changes(environment: Environment, *arguments: str) -> Answer:
    answer = call("changes", *arguments, environment=environment)
    assert 0 == answer.code, answer.talk
    return answer


def test_the_answer_is_said_and_the_signals_are_written(environment: Environment) -> None:
    answer = _changes(environment, "--json")
    newest, *rest = json.loads(answer.data)
    assert list(COLUMNS) == list(newest)
    assert ("abandon", "improvement", "2026-11-09", 1.0, False) == tuple(
        newest[name] for name in ("metric", "signal", "since", "level", "overdue")
    )
    assert {("service", "Depot may be behind this")} == {
        (row["cause_kind"], row["cause"]) for row in rest
    }
    assert "2 concerns and 1 improvement began in the last 12 weeks; 3 are not" in answer.talk
    assert "Depot may be behind this: 2 signals. Open backlog there" in answer.talk
    assert "chance alone would bring hardly any" in answer.talk


def test_a_table_is_for_eyes_and_csv_for_programs(environment: Environment) -> None:
    table = " ".join(_changes(environment).data.split())
    assert "concern On-time delivery Field delivery since 2 Nov, still on 70.0 %" in table
    written = list(csv.DictReader(io.StringIO(_changes(environment, "--format", "csv").data)))
    assert ["abandon", "backlog_open", "otd"] == [row["metric"] for row in written]


def test_the_filters_narrow_the_list(environment: Environment) -> None:
    narrow = ("--since", "2026-10-26", "--touchpoint", "delivery", "--kind", "bad")
    (only,) = json.loads(_changes(environment, *narrow, "--json").data)
    assert "otd" == only["metric"]
    assert [] == json.loads(_changes(environment, "--json", "--standing", "acknowledged").data)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--since", "2025-01-06"), 1, "expected 1 to 26 weeks back"),
        (("--touchpoint", "nowhere"), 1, "no touchpoint 'nowhere'"),
        (("--kind", "ugly"), 2, "both"),
    ],
)
def test_what_cannot_be_listed_is_refused_in_words(
    environment: Environment, arguments: tuple[str, ...], code: int, said: str
) -> None:
    answer = call("changes", *arguments, environment=environment)
    assert code == answer.code
    assert said in answer.talk
