import csv
import io
from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.clock import Clock
from callboard.errors import CallboardError, NotAllowed
from callboard.services.publishing.own_contract import contract_of
from callboard.services.publishing.parking import (
    JudgedFile,
    TakenUp,
    drop,
    list_parked,
    park,
    take_up,
    words_to_park,
)
from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot
from data_contracts.benchmarks import FileReport, Known, KnownMetric, judge_file
from data_contracts.importing.answers import Answers, ReadingAnswer, ValueAnswer
from data_contracts.parsing import Limits
from tests.callboard.services.benchmark_file_text import file_of
from tests.callboard.services.small_world import SmallWorld
from tests.conftest import on_both_engines

ROWS = (
    {"competitor": "Alder"},
    {"kpi_code": "Smiles", "note": "=1+1", "value": "-3"},
    {"kpi_code": "Smiles", "competitor": "Birch"},
    {"kpi_code": "Joy"},
)


def _report(world: SmallWorld, content: bytes) -> FileReport:
    known = Known(metrics=(KnownMetric(code="abandon", names=(), unit="percent"),))
    limits = Limits(size=10_000, rows=100, columns=50)
    now = Clock(world.runtime.clock.fixed).now("UTC")
    return judge_file(
        content, contract=contract_of(world.runtime), known=known, limits=limits, now=now
    )


def _file(world: SmallWorld, *rows: dict[str, str]) -> JudgedFile:
    report = _report(world, file_of(*(rows or ROWS)))
    return JudgedFile(name="q3.csv", sha256="1" * 64, report=report)


def _park(world: SmallWorld, *words: str) -> int:
    told = {"request": "Is it our csat?", "asked_of": "Bo"}
    return park(world.runtime, LOCAL_USER, file=_file(world), words=words, **told)


def _take(world: SmallWorld, *ids: int, means: str = "") -> tuple[TakenUp, ...]:
    return take_up(world.runtime, LOCAL_USER, ids=ids, means=means)


def test_rows_of_unknown_metrics_wait_with_their_request(own_world: SmallWorld) -> None:
    assert {"Smiles": (3, 4), "Joy": (5,)} == words_to_park(_file(own_world).report)
    assert [2, 1] == [_park(own_world, "Smiles"), _park(own_world)]
    rows = list_parked(own_world.runtime, LOCAL_USER)
    assert [("Smiles", 3), ("Smiles", 4), ("Joy", 5)] == [(row.word, row.line) for row in rows]
    assert ("Is it our csat?", "Bo", "q3.csv", "local", "waits", "") == (
        *(rows[0].request, rows[0].asked_of, rows[0].file_name),
        *(rows[0].actor, rows[0].state, rows[0].means),
    )
    assert 0 == _park(own_world)


def test_what_has_no_definition_yet_is_not_taken_up(own_world: SmallWorld) -> None:
    _park(own_world)
    with pytest.raises(CallboardError, match="'Smiles' is no metric yet: define it"):
        _take(own_world, 1)
    assert 3 == len(list_parked(own_world.runtime, LOCAL_USER))


@on_both_engines
def test_rows_come_back_as_a_file_that_can_be_checked(own_world: SmallWorld) -> None:
    _park(own_world)
    (taken,) = _take(own_world, 1, 2, means="complaints")
    rows = list(csv.DictReader(io.StringIO(taken.content.decode())))
    assert [("Smiles", "'=1+1", "-3"), ("Smiles", "", "5.5")] == [
        (row["kpi_code"], row["note"], row["value"]) for row in rows
    ]
    assert ("parked q3.csv", (1, 2)) == (taken.name, taken.ids)
    assert (ValueAnswer(field="metric", word="Smiles", means="complaints"),) == taken.answers.values
    assert [3] == [row.id for row in list_parked(own_world.runtime, LOCAL_USER)]
    whole = list_parked(own_world.runtime, LOCAL_USER, is_whole=True)
    assert ["taken", "taken", "waits"] == [row.state for row in whole]
    assert (taken,) == _take(own_world, 2, 1, means="complaints")


def test_a_metric_that_goes_by_the_word_now_brings_its_rows_first(world: SmallWorld) -> None:
    _park(world)
    metrics = dict(world.runtime.definitions.metrics)
    metrics["nps"] = metrics["nps"].model_copy(update={"synonyms": ("joy",)})
    definitions = replace(world.runtime.definitions, metrics=metrics)
    later = SmallWorld(replace(world.runtime, definitions=definitions))
    first, *_ = list_parked(later.runtime, LOCAL_USER)
    assert (3, "nps") == (first.id, first.means)
    (taken,) = _take(later, 3)
    assert () == taken.answers.values


def test_what_was_said_of_the_file_comes_back_but_how_it_was_read(world: SmallWorld) -> None:
    said = Answers(reading=ReadingAnswer(header_line=4), constants={"publisher": "AQR"})
    file = replace(_file(world), answers=said)
    park(world.runtime, LOCAL_USER, file=file, request="What is it?")
    (taken,) = _take(world, 3, means="nps")
    assert ({"publisher": "AQR"}, ReadingAnswer()) == (
        taken.answers.constants,
        taken.answers.reading,
    )


@on_both_engines
def test_dropped_rows_are_over(own_world: SmallWorld) -> None:
    _park(own_world)
    assert 2 == drop(own_world.runtime, LOCAL_USER, ids=[1, 2], note="Not ours")
    with pytest.raises(CallboardError, match="no parked row 1"):
        _take(own_world, 1, means="nps")
    assert [3] == [row.id for row in list_parked(own_world.runtime, LOCAL_USER)]
    with snapshot(own_world.runtime.store) as connection:
        assert () == verify_audit(connection)


def test_a_request_has_words_and_a_word_is_one_of_the_files(world: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="Say what is asked for"):
        park(world.runtime, LOCAL_USER, file=_file(world), request=" ")
    with pytest.raises(CallboardError, match=r"'Smile'; expected one of the words of q3\.csv"):
        _park(world, "Smile")
    with pytest.raises(CallboardError, match="Say why they are dropped"):
        drop(world.runtime, LOCAL_USER, ids=[1], note="")
    reader = Actor(id="r", name="Reader", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        list_parked(world.runtime, reader)
