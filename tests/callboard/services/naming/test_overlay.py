from callboard.services.naming.overlay import Edit, is_explained, overlay, settle


def edit(value: str | None, before: str | None = None, *, holds: bool = True) -> Edit[str]:
    return Edit(value=value, before=before, holds=holds)


def test_the_latest_edit_that_holds_wins_over_the_file() -> None:
    assert "new" == settle("file", [edit("old"), edit("new"), edit("newest", holds=False)])
    assert settle("file", [edit(None)]) is None
    assert "file" == settle("file", [])


def test_without_one_that_holds_the_file_says_again_what_it_said() -> None:
    assert "file" == settle("file", [edit("new", "file", holds=False)])


def test_what_a_withdrawn_edit_wrote_into_the_file_gives_way_to_what_was_before() -> None:
    edits = [edit("one", "first", holds=False), edit("two", "one", holds=False)]
    assert "first" == settle("two", edits)
    assert settle("one", [edit("one", holds=False)]) is None


def test_the_file_keeps_its_order_and_edits_come_after_it() -> None:
    found = overlay({"b": "B", "a": "A", "c": "C"}, {"d": [edit("D")], "a": [edit(None)]})
    assert [("b", "B"), ("c", "C"), ("d", "D")] == list(found.items())


def test_only_a_change_that_no_edit_made_is_not_explained() -> None:
    edits = {"a": [edit("new", "old")]}
    assert is_explained({"a": "old"}, {"a": "new"}, edits)
    assert is_explained({"a": "new"}, {"a": "old"}, edits)
    assert not is_explained({"a": "old"}, {"a": "other"}, edits)
    assert not is_explained({"b": "kept"}, {}, edits)
