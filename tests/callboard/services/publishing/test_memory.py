from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.publishing.memory import Remembered, recall, remember, shape_of
from callboard.services.publishing.store import Act
from callboard.storage.audit import count_acts, verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.mapping_memory import KeptMapping, add_mapping
from data_contracts.importing.answers import (
    NO_ANSWERS,
    Answers,
    Edit,
    ReadingAnswer,
    ValueAnswer,
)
from tests.callboard.services.small_world import SmallWorld
from tests.conftest import on_both_engines

SHAPE = shape_of(["Airline", "On-time %", "Year"])
ANSWERS = Answers(reading=ReadingAnswer(header_line=3), constants={"publisher": "AQR"})


def _remember(world: SmallWorld, answers: Answers, publisher: str, shape: str = SHAPE) -> int:
    act = Act(actor=LOCAL_USER, at=world.runtime.clock.now("UTC"), note="")
    with write(world.runtime.store) as connection:
        return remember(connection, answers, publisher=publisher, shape=shape, act=act)


def _recall(world: SmallWorld, **asked: str) -> tuple[Remembered, ...]:
    return recall(world.runtime, LOCAL_USER, **asked)


@on_both_engines
def test_what_was_said_of_a_publisher_is_offered_without_its_rows(own_world: SmallWorld) -> None:
    said = replace(ANSWERS, edits=(Edit(line=4, column="Year", becomes="2025"),))
    assert 1 == _remember(own_world, said, " Airline Quality  Rating ")
    (found,) = _recall(own_world, publisher="airline quality rating")
    assert (ANSWERS, "local", False, True) == (
        *(found.answers, found.actor),
        *(found.is_same_shape, found.is_same_publisher),
    )
    assert () == _recall(own_world, publisher="another") == _recall(own_world)


def test_the_same_headers_in_another_order_have_the_same_shape(own_world: SmallWorld) -> None:
    _remember(own_world, ANSWERS, "AQR")
    (found,) = _recall(own_world, shape=shape_of(["year", "ON-TIME %", " airline "]))
    assert (True, False) == (found.is_same_shape, found.is_same_publisher)
    assert SHAPE != shape_of(["Airline", "Year"])


@on_both_engines
def test_the_newest_comes_first_and_the_same_once(own_world: SmallWorld) -> None:
    other = replace(ANSWERS, constants={"publisher": "A.Q.R."})
    assert [1, 1] == [_remember(own_world, ANSWERS, "AQR") for _ in range(2)]
    assert 2 == _remember(own_world, other, "AQR", shape_of(["x"]))
    assert 3 == _remember(own_world, ANSWERS, "AQR", shape_of(["y"]))
    assert [3, 2] == [each.id for each in _recall(own_world, publisher="AQR", shape=SHAPE)]
    with snapshot(own_world.runtime.store) as connection:
        assert 3 == count_acts(connection)
        assert () == verify_audit(connection)


def test_nothing_said_is_nothing_to_remember(world: SmallWorld) -> None:
    confirmed = replace(NO_ANSWERS, confirmed=frozenset({"encoding"}))
    assert 0 == _remember(world, confirmed, "AQR")
    assert () == _recall(world, publisher="AQR")


def test_what_another_version_wrote_is_left_out(world: SmallWorld) -> None:
    now = world.runtime.clock.now("UTC")
    with write(world.runtime.store) as connection:
        kept = KeptMapping(
            publisher="AQR",
            publisher_plain="aqr",
            shape=SHAPE,
            answers='{"colours": 1}',
            actor="x",
            at=now,
        )
        add_mapping(connection, kept)
    _remember(world, ANSWERS, "AQR")
    assert [2] == [each.id for each in _recall(world, publisher="AQR")]


def test_only_those_who_check_files_are_told(world: SmallWorld) -> None:
    reader = Actor(id="r", name="Reader", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        recall(world.runtime, reader, publisher="AQR")


def test_the_last_words_come_again_and_years_do_not_count(own_world: SmallWorld) -> None:
    words = [ValueAnswer(field="entity", word=word, means="Alder") for word in ("Aldr", "Aldder")]
    shapes = [shape_of(["Airline", "2024", "2025"]), shape_of(["Airline", "2025", "2026", "2027"])]
    for word, shape in zip(words, shapes, strict=True):
        _remember(own_world, replace(ANSWERS, values=(word,)), "AQR 2025", shape)
    (newest, *_) = _recall(own_world, publisher="AQR 2026")
    assert {"Aldr", "Aldder"} == {each.word for each in newest.answers.values}
