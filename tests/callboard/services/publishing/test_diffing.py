"""What a file would do to what is published, and what stops it from doing so."""

from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import FileRefused
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.asking import Ask, Mode, NotConfirmed, StaleBase
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from callboard.views import Preview, SubmissionRow
from data_contracts.importing.answers import Answers
from tests.callboard.services.benchmark_file_text import file_of, peers
from tests.callboard.services.small_world import SmallWorld

REPLACE = Mode.PUBLISHER
CONFIRMED = Answers(confirmed=frozenset({"scale:abandon"}))


def ask(content: bytes, **parts: object) -> Ask:
    return Ask(name="q3.csv", content=content, **parts)  # type: ignore[arg-type]  # a shorthand


def check(world: SmallWorld, content: bytes, **parts: object) -> Preview:
    return publishing.check_file(world.runtime, LOCAL_USER, ask=ask(content, **parts))


def publish(world: SmallWorld, content: bytes, **parts: object) -> SubmissionRow:
    return publishing.publish(world.runtime, LOCAL_USER, ask=ask(content, **parts))


def current(world: SmallWorld) -> dict[tuple[str, str], float]:
    with snapshot(world.runtime.store) as connection:
        return {(row.source_name, row.entity): row.value for row in read_current(connection)}


def with_publisher(content: bytes, publisher: str) -> bytes:
    first, *rest = content.decode().splitlines()
    return "\n".join([f"{first},publisher", *(f"{line},{publisher}" for line in rest)]).encode()


def test_replacing_a_publisher_removes_what_the_file_does_not_say(world: SmallWorld) -> None:
    publish(world, peers(Alder="5.5", Birch="7"))
    publish(world, file_of({"source_name": "Another"}))
    preview = check(world, peers(Alder="6"), mode=REPLACE)
    assert "Adds 0, changes 1, leaves 0, removes 1, rejects 0." == preview.sentence
    assert ("remove", "Birch", "7 %", "") == tuple(
        getattr(preview.changes[-1], name) for name in ("kind", "entity", "old", "new")
    )
    row = publish(world, peers(Alder="6"), mode=REPLACE)
    assert {("Report", "Alder"): 6.0, ("Another", "Alder"): 5.5} == current(world)
    assert ("publisher", 1, ("Report",)) == (row.mode, row.removed, row.publishers)


def test_what_was_removed_is_back_when_the_removal_is_withdrawn(world: SmallWorld) -> None:
    first = publish(world, peers(Alder="5.5", Birch="7"))
    later = publish(world, peers(Alder="5.5"), mode=REPLACE)
    publishing.withdraw(world.runtime, LOCAL_USER, submission=later.id)
    assert {("Report", "Alder"): 5.5, ("Report", "Birch"): 7.0} == current(world)
    publishing.restore(world.runtime, LOCAL_USER, submission=later.id)
    publishing.withdraw(world.runtime, LOCAL_USER, submission=first.id)
    publishing.restore(world.runtime, LOCAL_USER, submission=first.id)
    assert {("Report", "Alder"): 5.5} == current(world)


def test_somebody_who_sees_one_touchpoint_removes_nothing_of_others(world: SmallWorld) -> None:
    content = peers(Alder="5.5", Birch="7").decode().splitlines()
    told = [f"{content[0]},touchpoint", f"{content[1]},delivery", f"{content[2]},desk"]
    publish(world, "\n".join(told).encode())
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    told[2] = told[2].replace("Birch", "Cedar")
    asked = ask("\n".join((told[0], told[2])).encode(), mode=REPLACE)
    publishing.publish(world.runtime, actor, ask=asked)
    assert {("Report", "Alder"): 5.5, ("Report", "Cedar"): 7.0} == current(world)


def test_the_same_values_in_other_bytes_are_no_new_publication(world: SmallWorld) -> None:
    first = publish(world, peers(Alder="5.5", Birch="7"))
    again = publish(
        world, file_of({"competitor": "Birch", "value": "7.0"}, {"competitor": "ALDER"})
    )
    assert replace(first, is_repeat=True) == again
    assert 1 == world.runtime.publication()


def test_a_part_of_what_is_published_is_a_repeat_only_by_key(world: SmallWorld) -> None:
    publish(world, peers(Alder="5.5", Birch="7"))
    assert publish(world, peers(Alder="5.50")).is_repeat
    assert not publish(world, peers(Alder="5.50"), mode=REPLACE).is_repeat


def test_another_edition_with_another_value_is_told_and_both_are_kept(world: SmallWorld) -> None:
    publish(world, with_publisher(peers(Alder="5.5", Birch="7"), "Watch"))
    rows = ({"source_name": "Report 2"}, {"source_name": "Report 2", "competitor": "Birch"})
    preview = check(world, with_publisher(file_of(*rows), "Watch"))
    assert "Adds 2, changes 0, leaves 0, rejects 0." == preview.sentence
    (told,) = preview.restatements
    assert ("Birch", "7 %", "Report", "5.5 %", "Report 2", "−1.5 pts") == (
        told.entity, told.old, told.old_edition, told.new, told.new_edition, told.difference
    )  # fmt: skip
    assert 1 == check(world, with_publisher(peers(Alder="6"), "Watch")).restated


def test_a_median_on_another_scale_than_before_waits_for_a_word(world: SmallWorld) -> None:
    publish(world, peers(Alder="50", Birch="60", Cedar="70"))
    content = peers(Alder="2", Birch="2.5", Cedar="90")
    (jump,) = check(world, content).jumps
    assert ("scale:abandon", "60 %", "2.5 %", "24", False) == (
        jump.key, jump.old, jump.new, jump.factor, jump.is_confirmed
    )  # fmt: skip
    with pytest.raises(NotConfirmed, match=r"24\. Mend the file, or confirm scale:abandon"):
        publish(world, content)
    assert 1 == world.runtime.publication()
    assert 3 == publish(world, content, answers=CONFIRMED).published


def test_a_source_on_another_scale_than_the_rest_of_its_file_waits_too(world: SmallWorld) -> None:
    asa = {"kpi_code": "asa", "unit": "seconds"}
    rows = [asa | {"competitor": name, "value": "40"} for name in ("Alder", "Birch", "Cedar")]
    odd = asa | {"source_name": "In minutes", "value": "0.6"}
    assert ["In minutes"] == [each.source for each in check(world, file_of(*rows, odd)).jumps]
    assert () == check(world, file_of(*rows)).jumps


def test_values_in_another_unit_of_time_are_no_jump(world: SmallWorld) -> None:
    publish(world, file_of({"kpi_code": "asa", "unit": "seconds", "value": "60"}))
    later = {"period_start": "2026-04-01", "period_end": "2026-06-30"}
    assert (
        () == check(world, file_of({"kpi_code": "asa", "unit": "min", "value": "1"} | later)).jumps
    )


def test_what_was_published_meanwhile_is_to_be_looked_at_first(world: SmallWorld) -> None:
    publish(world, peers(Alder="5", Birch="7", Cedar="8"))
    seen = check(world, peers(Alder="6", Birch="8")).base
    publish(world, peers(Alder="5.5", Cedar="9"))
    with pytest.raises(StaleBase, match="local published one of these values meanwhile; look at"):
        publish(world, peers(Alder="6", Birch="8"), base=seen)
    assert 5.5 == current(world)["Report", "Alder"]
    anew = check(world, peers(Alder="6", Birch="8")).base
    assert 2 == publish(world, peers(Alder="6", Birch="8"), base=anew).published


def test_other_values_published_meanwhile_do_not_matter(world: SmallWorld) -> None:
    seen = check(world, peers(Alder="6")).base
    publish(world, peers(Birch="7"))
    assert 1 == publish(world, peers(Alder="6"), base=seen).published


def test_the_same_bytes_answered_otherwise_are_another_submission(world: SmallWorld) -> None:
    publish(world, peers(Alder="5.5", Birch="7"))
    publish(world, peers(Alder="6"))
    again = publish(world, peers(Alder="5.5", Birch="7"), answers=Answers(constants={"note": ""}))
    assert (False, 5.5) == (again.is_repeat, current(world)["Report", "Alder"])


def test_many_changes_are_counted_and_the_first_are_told(world: SmallWorld) -> None:
    rows = [{"competitor": f"Peer {at}", "value": "5"} for at in range(300)]
    new = Answers(new_names=("*",))
    publish(world, file_of(*rows), answers=new)
    rows[250]["value"] = "6"
    preview = check(world, file_of(*rows), answers=new)
    assert {"add": 0, "change": 1, "leave": 299, "remove": 0} == preview.change_counts
    assert (200, "Peer 250") == (len(preview.changes), preview.changes[-1].entity)


def test_a_refused_file_has_nothing_to_compare(world: SmallWorld) -> None:
    publish(world, peers(Alder="5"))
    preview = check(world, b"%PDF-1.7", mode=REPLACE)
    assert ({"add": 0, "change": 0, "leave": 0, "remove": 0}, ()) == (
        preview.change_counts,
        preview.changes,
    )
    with pytest.raises(FileRefused):
        publish(world, b"%PDF-1.7", mode=REPLACE)
