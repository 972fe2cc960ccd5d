"""A file is judged once for what was said of it and what is known; what counts is read once."""

from dataclasses import replace

from callboard.access import LOCAL_USER
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.asking import Ask, Mode
from callboard.services.publishing.counting import columns_now, spellings_now
from callboard.services.publishing.files import Examined, examine
from callboard.services.scopes import open_scope
from callboard.storage.engine import snapshot
from data_contracts.importing.answers import Answers, Edit, ReadingAnswer
from tests.callboard.services.benchmark_file_text import peers
from tests.callboard.services.small_world import SmallWorld

ASK = Ask(name="q3.csv", content=peers(Alder="5.5", Birch="7", Elm="8"))


def examined(world: SmallWorld, **changes: object) -> Examined:
    scope = open_scope(world.runtime, LOCAL_USER)
    return examine(world.runtime, scope, replace(ASK, **changes))  # type: ignore[arg-type]


def test_another_mode_is_not_judged_again(world: SmallWorld) -> None:
    first, second = examined(world), examined(world, mode=Mode.PUBLISHER)
    assert first.report is second.report
    assert [Mode.BY_KEY, Mode.PUBLISHER] == [each.ask.mode for each in (first, second)]


def test_another_answer_is_judged_over_the_same_rows(world: SmallWorld) -> None:
    edits = (Edit(line=2, column="competitor", becomes="Cedar"),)
    first, second = examined(world), examined(world, answers=Answers(edits=edits))
    assert first.report is not second.report
    assert "Cedar" in second.report.rows["entity"].tolist()
    assert first.sent.read(ReadingAnswer()) is second.sent.read(ReadingAnswer())


def test_a_name_that_is_known_by_now_is_judged_so(world: SmallWorld) -> None:
    everybody = Answers(new_names=("*",))
    before = examined(world)
    assert 1 == before.report.quarantined
    publishing.publish(world.runtime, LOCAL_USER, ask=replace(ASK, answers=everybody))
    assert (0, {"add": 0, "change": 0, "leave": 3, "remove": 0}) == (
        examined(world).report.quarantined,
        examined(world).diff.counts,
    )


def test_another_day_is_judged_again(world: SmallWorld) -> None:
    scope = open_scope(world.runtime, LOCAL_USER)
    later = world.at("2026-11-24T10:00")
    assert examined(world).report is not examine(later, scope, ASK).report


def test_what_counts_is_read_once_until_somebody_publishes(world: SmallWorld) -> None:
    with snapshot(world.runtime.store) as connection:
        assert columns_now(connection) is columns_now(connection)
        assert set() == spellings_now(connection)["entity"]
    publishing.publish(world.runtime, LOCAL_USER, content=peers(Alder="5.5"), name="a.csv")
    with snapshot(world.runtime.store) as connection:
        assert 1 == columns_now(connection).num_rows
        assert {"Alder"} == spellings_now(connection)["entity"]


def test_what_is_withdrawn_does_not_count(world: SmallWorld) -> None:
    row = publishing.publish(world.runtime, LOCAL_USER, content=peers(Alder="5.5"), name="a.csv")
    with snapshot(world.runtime.store) as connection:
        assert 1 == columns_now(connection, metrics=["abandon"]).num_rows
    publishing.withdraw(world.runtime, LOCAL_USER, submission=row.id)
    with snapshot(world.runtime.store) as connection:
        assert 0 == columns_now(connection, metrics=["abandon"]).num_rows
