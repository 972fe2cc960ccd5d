"""What a reader can look for, in their scope only."""

from callboard.access import LOCAL_USER, Actor, Role
from callboard.services.finding.findables import list_findable
from callboard.services.finding.matching import find
from callboard.services.naming.names import add_name
from callboard.views.finding import FoundKind
from tests.callboard.services.small_world import SmallWorld, benchmark, week_rows

AT_THE_DESK = Actor(
    id="ada", name="Ada", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)


def fill(world: SmallWorld) -> None:
    world.add(week_rows("otd", "delivery", [(90.0, 100.0)] * 3))
    world.add(week_rows("abandon", "desk", [(5.0, 100.0)] * 3))
    everywhere = benchmark("Alder", 94.0)
    at_delivery = benchmark("Birch", 92.0, touchpoint="delivery")
    us, average = benchmark("Small Stores Ltd", 91.0), benchmark("All", 90.0, entity_type="all")
    world.publish([everywhere, at_delivery, us, average])


def names(world: SmallWorld, typed: str, actor: Actor = LOCAL_USER) -> set[tuple[str, str]]:
    found = find(list_findable(world.runtime, actor), typed)
    return {(group.kind.value, each.name) for group in found.groups for each in group.best}


def test_a_metric_is_found_by_itself_at_its_touchpoint_and_as_a_definition(
    world: SmallWorld,
) -> None:
    fill(world)
    name = world.runtime.definitions.metrics["otd"].name
    assert {
        ("metric", name),
        ("pair", f"{name}, Field delivery"),
        ("definition", name),
    } <= names(world, "otd")


def test_a_metric_without_readings_is_found_as_a_definition_alone(world: SmallWorld) -> None:
    fill(world)
    name = world.runtime.definitions.metrics["nps"].name
    assert {("definition", name)} == names(world, "nps")


def test_a_competitor_is_found_by_what_it_is_also_called(world: SmallWorld) -> None:
    fill(world)
    add_name(world.runtime, LOCAL_USER, entity="Alder", name="Erle AG", why="their site")
    assert ("competitor", "Alder") in names(world, "erle")
    (alder,) = [each for each in list_findable(world.runtime, LOCAL_USER) if each.name == "Alder"]
    assert ("also Erle AG", (("competitor", "Alder"),)) == (alder.note, alder.query)


def test_neither_we_nor_an_average_are_a_competitor(world: SmallWorld) -> None:
    fill(world)
    found = list_findable(world.runtime, LOCAL_USER)
    assert {"Alder", "Birch"} == {each.name for each in found if each.kind is FoundKind.COMPETITOR}


def test_what_is_out_of_the_scope_is_not_found(world: SmallWorld) -> None:
    fill(world)
    found = list_findable(world.runtime, AT_THE_DESK)
    assert {"Service desk"} == {each.name for each in found if each.kind is FoundKind.TOUCHPOINT}
    assert ["desk"] == [
        dict(each.query)["touchpoint"] for each in found if each.kind is FoundKind.PAIR
    ]
    assert {"Alder"} == {each.name for each in found if each.kind is FoundKind.COMPETITOR}
