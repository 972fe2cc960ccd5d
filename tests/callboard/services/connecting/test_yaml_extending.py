import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from callboard.errors import CallboardError
from callboard.services.connecting.yaml_extending import add_to_list, add_to_mapping

COMMENTED = """\
# Ours
name: "Harbour"   # as on the door
databases:        # who may read what
  main: 'sqlite:///a.db'  # the till

# peers
feeds: {contacts: main}
"""


@pytest.mark.parametrize(
    ("expected", "before"),
    [
        ('name: x\ndatabases:\n  own: "v"\n', "name: x\n"),
        ('name: x\ndatabases:\n  own: "v"\n', "name: x"),
        ('databases: {own: "v"}\nname: x\n', "databases: {}\nname: x\n"),
        ('databases: {a: b, own: "v"}\n', "databases: {a: b}\n"),
        ('databases:\n  own: "v"\nname: x\n', "databases:\nname: x\n"),
        ('databases:\n    a: b\n    own: "v"\nname: x\n', "databases:\n    a: b\nname: x\n"),
        ('databases:\n  a: b\n  own: "v"\n', "databases:\n  a: b"),
    ],
)
def test_an_entry_is_added_where_a_person_would(expected: str, before: str) -> None:
    assert expected == add_to_mapping(before, "databases", name="own", value="v")


def test_every_other_character_stays() -> None:
    after = add_to_mapping(COMMENTED, "databases", name="own", value="v")
    assert COMMENTED == after.replace('  own: "v"\n', "")


@pytest.mark.parametrize(
    ("expected", "before"),
    [
        ('name: x\naliases: ["N"]\n', "name: x\n"),
        ('aliases: [A, "N"]\n', "aliases: [A]\n"),
        ('aliases: ["N"]\n', "aliases: []\n"),
        ('aliases:\n  - A # a\n  - "N"\nname: x\n', "aliases:\n  - A # a\nname: x\n"),
        ('aliases:\n- A\n- "N"\nname: x\n', "aliases:\n- A\nname: x\n"),
    ],
)
def test_an_alias_is_added_to_the_list(expected: str, before: str) -> None:
    assert expected == add_to_list(before, "aliases", value="N")


def test_what_is_no_list_is_left_to_a_person() -> None:
    with pytest.raises(CallboardError, match="aliases: found something else than a list"):
        add_to_list("aliases: A\n", "aliases", value="N")


@pytest.mark.parametrize("before", ["name: x\n...\n", "{name: x}\n", "- name\n"])
def test_a_file_of_another_layout_is_left_to_a_person(before: str) -> None:
    with pytest.raises(CallboardError):
        add_to_mapping(before, "databases", name="own", value="v")


@given(st.text(max_size=40))
def test_any_text_comes_back_as_it_was(value: str) -> None:
    after = add_to_mapping(COMMENTED, "databases", name="own", value=value)
    assert {"main": "sqlite:///a.db", "own": value} == yaml.safe_load(after)["databases"]
