"""The pages there are, from the folder."""

from callboard.ui.navigation import ROOT, list_entries, name_of, other_names_of, question_of


def test_the_overview_comes_first_then_the_files_by_their_numbers() -> None:
    files = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
    assert ["dashboard.py", *(f"pages/{name}" for name in files)] == [
        entry.file for entry in list_entries()
    ]


def test_a_page_is_called_after_its_file() -> None:
    entry = next(each for each in list_entries() if each.file == "pages/40_data_trust.py")
    assert ("data_trust", "Data trust") == (entry.name, entry.title)


def test_the_entry_script_is_the_overview() -> None:
    assert "overview" == name_of("/anywhere/dashboard.py")


def test_pages_stand_beside_those_of_their_kind() -> None:
    groups = {entry.name: entry.group for entry in list_entries()}
    assert {"watch"} == {groups["overview"], groups["touchpoint"], groups["compare"]}
    assert "measure" == groups["competitors"]
    assert {"keep"} == {groups["publish"], groups["data_trust"], groups["definitions"]}


def test_a_page_says_in_its_file_what_else_people_call_it() -> None:
    names = {entry.name: other_names_of(entry) for entry in list_entries()}
    assert "alerts" == names["signals"][0]
    assert "saved selection" == names["board_pack"][-1]
    assert [] == [name for name, others in names.items() if not others]
    assert all(question_of(entry).endswith("?") for entry in list_entries())
