"""Saved views, followed metrics, the tour: each person's own, within their scope."""

import pytest

from callboard.access import Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.first_visit import has_seen_tour, note_tour_seen
from callboard.services.following import follow, is_followed, list_followed, unfollow
from callboard.services.saved_views import LONGEST_NAME, MOST, delete_view, list_views, save_view
from tests.callboard.services.small_world import SmallWorld

ADA = Actor(id="ada", name="Ada", roles=frozenset({Role.OPS_LEAD}))
BEN = Actor(id="ben", name="Ben", roles=frozenset({Role.EXECUTIVE}))
AT_THE_DESK = Actor(
    id="ada", name="Ada", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)
NOBODY = Actor(id="nobody", name="Nobody", roles=frozenset())
MONTHS = (("grain", "month"),)


def test_a_saved_view_is_its_owners_alone(world: SmallWorld) -> None:
    save_view(world.runtime, ADA, name="  For the  board ", page="compare", query=MONTHS)
    (view,) = list_views(world.runtime, ADA)
    assert ("For the board", "compare", MONTHS) == (view.name, view.page, view.query)
    assert () == list_views(world.runtime, BEN)
    with pytest.raises(CallboardError, match="You have no view “For the board”"):
        delete_view(world.runtime, BEN, name="For the board")


def test_a_name_that_is_taken_is_only_replaced_on_purpose(world: SmallWorld) -> None:
    save_view(world.runtime, ADA, name="Mine", page="compare", query=MONTHS)
    with pytest.raises(CallboardError, match="You have a view “Mine” already"):
        save_view(world.runtime, ADA, name="Mine", page="overview", query=())
    assert ["compare"] == [each.page for each in list_views(world.runtime, ADA)]
    save_view(world.runtime, ADA, name="Mine", page="overview", query=(), replaces=True)
    assert ["overview"] == [each.page for each in list_views(world.runtime, ADA)]


def test_a_deleted_view_can_be_saved_again_as_it_was(world: SmallWorld) -> None:
    saved = save_view(world.runtime, ADA, name="Mine", page="compare", query=MONTHS)
    gone = delete_view(world.runtime, ADA, name="Mine")
    assert () == list_views(world.runtime, ADA)
    save_view(world.runtime, ADA, name=gone.name, page=gone.page, query=gone.query)
    assert (saved.page, saved.query) == (gone.page, gone.query)


@pytest.mark.parametrize(
    ("name", "query", "why"),
    [
        (" ", (), "needs a name"),
        ("x" * (LONGEST_NAME + 1), (), f"at most {LONGEST_NAME}"),
        ("Mine", (("touchpoints", "x" * 2000),), "too many filters"),
    ],
)
def test_what_cannot_be_kept_is_said(
    name: str, query: tuple[tuple[str, str], ...], why: str, world: SmallWorld
) -> None:
    with pytest.raises(CallboardError, match=why):
        save_view(world.runtime, ADA, name=name, page="overview", query=query)
    assert () == list_views(world.runtime, ADA)


def test_there_is_room_for_so_many_views_and_one_of_them_can_still_be_replaced(
    world: SmallWorld,
) -> None:
    for number in range(MOST):
        save_view(world.runtime, ADA, name=f"View {number}", page="overview", query=())
    with pytest.raises(CallboardError, match="Delete one first"):
        save_view(world.runtime, ADA, name="One more", page="overview", query=())
    save_view(world.runtime, ADA, name="View 0", page="compare", query=(), replaces=True)


def test_what_is_followed_is_told_by_name_to_the_one_who_follows(world: SmallWorld) -> None:
    for touchpoint, metric in (("delivery", "otd"), ("desk", "abandon"), ("delivery", "otd")):
        follow(world.runtime, ADA, touchpoint=touchpoint, metric=metric)
    metrics = world.runtime.definitions.metrics
    assert [(metrics["abandon"].name, "Service desk"), (metrics["otd"].name, "Field delivery")] == [
        (each.metric_name, each.touchpoint_name) for each in list_followed(world.runtime, ADA)
    ]
    assert () == list_followed(world.runtime, BEN)
    unfollow(world.runtime, ADA, touchpoint="desk", metric="abandon")
    assert is_followed(world.runtime, ADA, touchpoint="delivery", metric="otd")
    assert not is_followed(world.runtime, ADA, touchpoint="desk", metric="abandon")


def test_nothing_outside_of_the_scope_is_followed_or_told(world: SmallWorld) -> None:
    follow(world.runtime, ADA, touchpoint="delivery", metric="otd")
    follow(world.runtime, ADA, touchpoint="desk", metric="abandon")
    assert ["desk"] == [each.touchpoint for each in list_followed(world.runtime, AT_THE_DESK)]
    for act in (follow, unfollow, is_followed):
        with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
            act(world.runtime, AT_THE_DESK, touchpoint="delivery", metric="otd")
    with pytest.raises(NotAllowed, match="There is no metric 'otdd'"):
        follow(world.runtime, ADA, touchpoint="desk", metric="otdd")


def test_the_tour_is_seen_once_by_each(world: SmallWorld) -> None:
    assert not has_seen_tour(world.runtime, ADA)
    note_tour_seen(world.runtime, ADA)
    assert (True, False) == (has_seen_tour(world.runtime, ADA), has_seen_tour(world.runtime, BEN))


def test_without_rights_nothing_is_kept(world: SmallWorld) -> None:
    with pytest.raises(NotAllowed):
        save_view(world.runtime, NOBODY, name="Mine", page="overview", query=())
    for door in (list_views, list_followed, has_seen_tour, note_tour_seen):
        with pytest.raises(NotAllowed):
            door(world.runtime, NOBODY)
