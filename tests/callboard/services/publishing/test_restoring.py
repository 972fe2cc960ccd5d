"""Withdrawn and brought back, the original file, and rejected rows that come back corrected."""

import csv
import io

import pytest
from sqlalchemy import select

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.originals import read_original
from callboard.services.publishing.returning import rejected_rows
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from callboard.storage.tables import audit
from tests.callboard.services.benchmark_file_text import file_of, peers
from tests.callboard.services.small_world import SmallWorld

ANA = Actor(id="ana", name="Ana", roles=frozenset({Role.ANALYST}))
BEN = Actor(id="ben", name="Ben", roles=frozenset({Role.ANALYST}))
READER = Actor(id="reader", name="Reader", roles=frozenset({Role.EXECUTIVE}))


def publish(world: SmallWorld, content: bytes, actor: Actor = LOCAL_USER) -> int:
    return publishing.publish(world.runtime, actor, name="q3.csv", content=content).id


def values(world: SmallWorld) -> dict[str, float]:
    with snapshot(world.runtime.store) as connection:
        return {row.entity: row.value for row in read_current(connection)}


def acts(world: SmallWorld) -> list[tuple[str, str]]:
    with snapshot(world.runtime.store) as connection:
        rows = connection.execute(select(audit.c.actor, audit.c.action).order_by(audit.c.id))
        return [(row.actor, row.action) for row in rows]


def test_a_withdrawn_file_is_brought_back(world: SmallWorld) -> None:
    number = publish(world, peers(Alder="5.5"))
    publishing.withdraw(world.runtime, LOCAL_USER, submission=number, note="wrong")
    (row,) = publishing.read_history(world.runtime, LOCAL_USER)
    assert (False, True) == (row.may_withdraw, row.may_restore)
    back = publishing.restore(world.runtime, LOCAL_USER, submission=number, note="right after all")
    assert ("published", {"Alder": 5.5}) == (back.state, values(world))
    assert [("local", "benchmark"), ("local", "withdraw"), ("local", "restore")] == acts(world)


def test_only_a_withdrawn_file_is_brought_back(world: SmallWorld) -> None:
    number = publish(world, peers(Alder="5.5"))
    with pytest.raises(CallboardError, match="is published; only a withdrawn one"):
        publishing.restore(world.runtime, LOCAL_USER, submission=number)
    publishing.withdraw(world.runtime, LOCAL_USER, submission=number)
    again = publish(world, peers(Alder="5.5"))
    with pytest.raises(CallboardError, match=f"published already, as submission {again}"):
        publishing.restore(world.runtime, LOCAL_USER, submission=number)
    with pytest.raises(CallboardError, match="no submission 9"):
        publishing.restore(world.runtime, LOCAL_USER, submission=9)


def test_an_analyst_takes_back_what_is_her_own_for_a_day(world: SmallWorld) -> None:
    number = publish(world, peers(Alder="5.5"), ANA)
    assert [True, False] == [
        publishing.read_history(world.runtime, actor)[0].may_withdraw for actor in (ANA, BEN)
    ]
    later = world.at("2026-11-24T14:30")
    with pytest.raises(NotAllowed, match="older than a day"):
        publishing.withdraw(later, ANA, submission=number)
    publishing.withdraw(world.runtime, ANA, submission=number)
    assert publishing.restore(later, LOCAL_USER, submission=number).state == "published"


def test_taking_back_what_is_anothers_is_refused_and_audited(world: SmallWorld) -> None:
    number = publish(world, peers(Alder="5.5"), ANA)
    with pytest.raises(NotAllowed, match=f"may not withdraw submission {number}: it is ana's"):
        publishing.withdraw(world.runtime, BEN, submission=number)
    assert ("ben", "refused_withdraw") == acts(world)[-1]
    assert {"Alder": 5.5} == values(world)


def test_the_history_tells_hash_contract_mode_and_publishers(world: SmallWorld) -> None:
    publish(world, file_of({}, {"competitor": "Birch", "source_name": "Another"}))
    (row,) = publishing.read_history(world.runtime, LOCAL_USER, limit=1)
    assert ("1.0.0", "by_key", ("Another", "Report")) == (
        row.contract_version,
        row.mode,
        row.publishers,
    )
    assert [64, 64] == [len(row.sha256), len(row.contract_sha256)]


def test_the_original_file_is_fetched_by_those_allowed_and_audited(world: SmallWorld) -> None:
    content = peers(Alder="5.5", Birch="many")
    original = read_original(world.runtime, ANA, submission=publish(world, content))
    assert ("q3.csv", content) == (original.name, original.content)
    assert ("ana", "read_original") == acts(world)[-1]
    with pytest.raises(NotAllowed):
        read_original(world.runtime, READER, submission=1)


def test_of_a_file_that_could_not_be_read_there_is_no_original(world: SmallWorld) -> None:
    with pytest.raises(CallboardError):
        publish(world, b"%PDF-1.7")
    with pytest.raises(CallboardError, match="could not be read; nothing of it was kept"):
        read_original(world.runtime, ANA, submission=1)


def _rejected(world: SmallWorld, number: int) -> list[dict[str, str]]:
    text = rejected_rows(world.runtime, ANA, submission=number).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_rejected_rows_come_with_an_id_and_their_reasons(world: SmallWorld) -> None:
    number = publish(world, file_of({}, {"value": "-many", "note": "=1+1"}, {"value": "-5"}))
    first, second = _rejected(world, number)
    assert ("'-many", "'=1+1", "-5") == (first["value"], first["note"], second["value"])
    assert first["reasons"].startswith("value: found -many; expected")
    assert first["row_id"].startswith("r-")


def test_rejected_rows_are_known_again_when_they_come_back_corrected(world: SmallWorld) -> None:
    number = publish(world, file_of({}, {"competitor": "Birch", "value": "many"}, {"value": "x"}))
    birch = _rejected(world, number)[0] | {"value": "7"}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(birch))
    writer.writeheader()
    writer.writerow(birch)
    mended = text.getvalue().encode()
    preview = publishing.check_file(world.runtime, ANA, name="mended.csv", content=mended)
    assert (1, "1 row that was rejected before comes back corrected.") == (
        preview.returned,
        preview.notes[-1],
    )
    publish(world, mended)
    later, first = publishing.read_history(world.runtime, ANA)
    assert (1, 0, 0, 1) == (later.returned, later.came_back, first.returned, first.came_back)


def test_an_invented_row_id_is_nothing(world: SmallWorld) -> None:
    content = b"row_id," + file_of({}).replace(b"\n", b"\nr-12,", 1)
    row = publishing.publish(world.runtime, ANA, name="a.csv", content=content)
    assert (1, 0) == (row.published, row.returned)
