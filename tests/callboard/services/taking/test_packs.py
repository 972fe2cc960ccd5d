"""Board packs: made, ordered, renamed, deleted and back; built of what the reader may see."""

import io

import pytest
from pptx import Presentation
from sqlalchemy import select

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.taking import packs
from callboard.services.taking.asking import asked_view
from callboard.services.taking.files import Form, form_of
from callboard.storage.engine import snapshot
from callboard.storage.tables import audit
from tests.callboard.services.small_world import SmallWorld, week_rows

ADA = Actor(id="ada", name="Ada", roles=frozenset({Role.EXECUTIVE}))
EVA = Actor(
    id="eva", name="Eva", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"desk"})
)
NOBODY = Actor(id="no", name="Nobody", roles=frozenset())
DELIVERY = asked_view("touchpoint", {"touchpoint": "delivery", "metric": "otd"})
DESK = asked_view("touchpoint", {"touchpoint": "desk", "metric": "abandon"})
ALL = asked_view("overview", {})


@pytest.fixture
def board(world: SmallWorld) -> int:
    """A pack of Ada's with three views."""
    made = packs.make_pack(world.runtime, ADA, name="  Monthly   board ")
    for asked in (DELIVERY, DESK, ALL):
        packs.add_view(world.runtime, ADA, number=made.id, asked=asked)
    return made.id


def of(world: SmallWorld, actor: Actor = ADA) -> list[str]:
    (row,) = packs.list_packs(world.runtime, actor)
    return [each.words or each.title for each in row.views]


def at(world: SmallWorld, number: int, place: int) -> dict[str, object]:
    """A view as a page that has just been loaded names it."""
    (row,) = packs.list_packs(world.runtime, ADA)
    return {"number": number, "place": place, "mark": row.views[place].mark}


def as_seen(world: SmallWorld) -> dict[str, object]:
    """The pack as a page that has just been loaded names it."""
    (row,) = packs.list_packs(world.runtime, ADA)
    return {"number": row.id, "mark": row.mark}


def test_a_pack_that_was_changed_meanwhile_is_neither_renamed_nor_deleted(
    world: SmallWorld, board: int
) -> None:
    old = as_seen(world)
    packs.remove_view(world.runtime, LOCAL_USER, **at(world, board, 0))
    told = "Somebody has changed Monthly board meanwhile; look again"
    with pytest.raises(CallboardError, match=told):
        packs.rename_pack(world.runtime, ADA, **old, name="Ours")
    with pytest.raises(CallboardError, match=told):
        packs.delete_pack(world.runtime, ADA, **old)
    assert not packs.list_packs(world.runtime, ADA)[0].is_deleted


def fill(world: SmallWorld) -> None:
    falling = [(90.0 + week % 3 / 2, 100.0) for week in range(29)] + [(70.0, 100.0)]
    world.add(week_rows("otd", "delivery", falling))
    world.add(week_rows("abandon", "desk", [(5.0 + w % 4, 100.0) for w in range(30)]))
    world.reach()


def slides_of(content: bytes) -> str:
    shapes = (shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes)
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def test_views_stand_in_the_order_they_were_added(world: SmallWorld, board: int) -> None:
    assert [
        "Field delivery, On-time delivery, periods of a week",
        "Service desk, Abandonment rate, periods of a week",
        "periods of a week",
    ] == of(world)


def test_a_view_moves_and_the_ends_stay_the_ends(world: SmallWorld, board: int) -> None:
    first, second, third = of(world)
    packs.move_view(world.runtime, ADA, **at(world, board, 0), by=1)
    assert [second, first, third] == of(world)
    packs.move_view(world.runtime, ADA, **at(world, board, 2), by=5)
    assert [second, first, third] == of(world)


def test_a_view_is_removed_and_not_added_twice(world: SmallWorld, board: int) -> None:
    packs.remove_view(world.runtime, ADA, **at(world, board, 1))
    assert 2 == len(of(world))
    with pytest.raises(CallboardError, match="holds this view already"):
        packs.add_view(world.runtime, ADA, number=board, asked=ALL)


def test_what_stands_elsewhere_by_now_is_neither_moved_nor_removed(
    world: SmallWorld, board: int
) -> None:
    seen = [at(world, board, place) for place in range(3)]
    packs.remove_view(world.runtime, LOCAL_USER, **seen[0])
    left = of(world)
    told = "Somebody has changed Monthly board meanwhile; look again"
    for old in seen:
        with pytest.raises(CallboardError, match=told):
            packs.remove_view(world.runtime, ADA, **old)
        with pytest.raises(CallboardError, match=told):
            packs.move_view(world.runtime, ADA, **old, by=-1)
    assert left == of(world)


def test_each_owner_has_room_for_so_many_packs_that_are_not_deleted(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "MOST_PACKS", 2)
    first, _ = (packs.make_pack(world.runtime, ADA, name=name) for name in ("A", "B"))
    with pytest.raises(CallboardError, match="ada has 2 board packs, the most there can be"):
        packs.make_pack(world.runtime, ADA, name="C")
    assert packs.make_pack(world.runtime, EVA, name="D").is_mine
    packs.delete_pack(world.runtime, ADA, number=first.id, mark=first.mark)
    packs.make_pack(world.runtime, ADA, name="C")
    with pytest.raises(CallboardError, match="the most there can be"):
        packs.restore_pack(world.runtime, ADA, number=first.id)


def test_an_employee_builds_packs_and_makes_none(world: SmallWorld, board: int) -> None:
    reader = Actor(id="ada", name="Emp", roles=frozenset({Role.EMPLOYEE}))
    (row,) = packs.list_packs(world.runtime, reader)
    assert not row.is_mine
    for act in (
        lambda: packs.make_pack(world.runtime, reader, name="Mine"),
        lambda: packs.add_view(world.runtime, reader, number=board, asked=DELIVERY),
        lambda: packs.delete_pack(world.runtime, reader, number=board, mark=row.mark),
    ):
        with pytest.raises(NotAllowed, match="Emp may not make board packs"):
            act()


def test_a_name_is_taken_whatever_its_capitals_even_by_a_deleted_pack(
    world: SmallWorld, board: int
) -> None:
    packs.delete_pack(world.runtime, ADA, **as_seen(world))
    with pytest.raises(CallboardError, match=r"'Monthly board' already\. It was deleted"):
        packs.make_pack(world.runtime, EVA, name="monthly BOARD")
    with pytest.raises(CallboardError, match="Say what the board pack is called"):
        packs.make_pack(world.runtime, EVA, name=" ")


def test_a_deleted_pack_comes_back_with_its_views(world: SmallWorld, board: int) -> None:
    assert packs.delete_pack(world.runtime, ADA, **as_seen(world)).is_deleted
    with pytest.raises(CallboardError, match="There is no board pack 'Monthly board'"):
        packs.build_pack(world.runtime, ADA, name="Monthly board", form=Form.HTML)
    assert 3 == len(packs.restore_pack(world.runtime, ADA, number=board).views)


def test_only_its_owner_and_an_administrator_change_a_pack(world: SmallWorld, board: int) -> None:
    with pytest.raises(NotAllowed, match="belongs to ada"):
        packs.rename_pack(world.runtime, EVA, **as_seen(world), name="Mine")
    renamed = packs.rename_pack(world.runtime, LOCAL_USER, **as_seen(world), name="Ours")
    assert "Ours" == renamed.name
    with snapshot(world.runtime.store) as connection:
        detail = connection.execute(select(audit.c.detail).order_by(audit.c.id)).scalars().all()[-1]
    assert "renamed, was Monthly board" in str(detail)
    with pytest.raises(NotAllowed):
        packs.list_packs(world.runtime, NOBODY)


def test_a_view_outside_of_the_scope_is_neither_named_nor_built(
    world: SmallWorld, board: int
) -> None:
    fill(world)
    assert packs.HIDDEN == of(world, EVA)[0]
    told = slides_of(packs.build_pack(world.runtime, EVA, name="Monthly board", form=Form.SLIDES))
    assert "Abandonment rate, Service desk" in told
    assert "1 view is not there, or not yours to see." in told
    assert "delivery" not in told.casefold()


def test_a_pack_tells_the_latest_period_unless_a_view_or_the_call_names_one(
    world: SmallWorld,
) -> None:
    fill(world)
    made = packs.make_pack(world.runtime, ADA, name="Board")
    named = asked_view("touchpoint", {"touchpoint": "desk", "period": "2026-11-02"})
    for asked in (DELIVERY, named):
        packs.add_view(world.runtime, ADA, number=made.id, asked=asked)
    (row,) = packs.list_packs(world.runtime, ADA)
    assert ["", "Week 45, 2026"] == [each.period for each in row.views]
    told = slides_of(packs.build_pack(world.runtime, ADA, name="Board", form=Form.SLIDES))
    assert ("Week 46, 2026" in told, "Week 45, 2026" in told) == (True, True)
    latest = packs.build_pack(world.runtime, ADA, name="Board", form=Form.SLIDES, period="")
    assert "Week 45, 2026" not in slides_of(latest)


def test_a_pack_is_built_as_each_kind_of_file(world: SmallWorld, board: int) -> None:
    fill(world)
    found = {
        form: packs.build_pack(world.runtime, ADA, name="Monthly board", form=form)[:4]
        for form in (Form.EXCEL, Form.HTML)
    }
    assert {Form.EXCEL: b"PK\x03\x04", Form.HTML: b"<!DO"} == found


def test_a_file_says_by_its_ending_what_it_is() -> None:
    assert (Form.SLIDES, Form.HTML) == (form_of("a.PPTX"), form_of("/tmp/b.html"))
    with pytest.raises(CallboardError, match=r"'board.docx'; expected one that ends in .xlsx"):
        form_of("board.docx")
