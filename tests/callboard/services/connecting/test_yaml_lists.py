import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from callboard.errors import CallboardError
from callboard.services.connecting.yaml_lists import list_in, set_list

COMMENTED = """\
# Ours
name: "Harbour"   # as on the door
peer_sets:        # whom we look at
  # the neighbours
  - name: Near    # by car
    why: same towns
    entities:
      - Alder   # the red one
      - Birch

  # the large ones
  - {name: Large, why: size, entities: [Cedar]}
# until 2027
holidays: [2026-12-25]
"""
NEAR = {"name": "Near", "why": "same towns", "entities": ["Alder", "Birch"]}
LARGE = {"name": "Large", "why": "size", "entities": ["Cedar"]}
NEW = {"name": "New: one", "why": "2026-01-01", "entities": ["Elm", "no"]}


def test_what_says_it_already_stays_as_it_is() -> None:
    assert COMMENTED == set_list(COMMENTED, "peer_sets", [NEAR, LARGE])


def test_a_new_entry_is_all_that_changes() -> None:
    after = set_list(COMMENTED, "peer_sets", [NEAR, LARGE, NEW])
    added = "  - name: 'New: one'\n    why: '2026-01-01'\n    entities: [Elm, 'no']\n"
    assert COMMENTED == after.replace(added, "")
    assert added in after


def test_an_entry_that_goes_leaves_every_other_line() -> None:
    after = set_list(COMMENTED, "peer_sets", [LARGE])
    begins, ends = COMMENTED.index("  - name: Near"), COMMENTED.index("\n  # the large")
    assert COMMENTED[:begins] + COMMENTED[ends:] == after


def test_a_changed_entry_stands_in_its_place_and_comments_around_it_stay() -> None:
    after = set_list(COMMENTED, "peer_sets", [{**NEAR, "why": "same streets"}, LARGE])
    assert after.index("same streets") < after.index("# the large ones")
    assert "# the neighbours" in after
    assert "{name: Large, why: size, entities: [Cedar]}" in after


@pytest.mark.parametrize(
    "before",
    [
        "name: x\n",
        "name: x",
        "peer_sets: []\nname: x\n",
        "peer_sets:\nname: x\n",
        "peer_sets: [{name: A, why: b,\n  entities: [c]}]\nname: x\n",
        "name: x\npeer_sets:\n- name: A\n  why: b\n  entities: [c]",
        "name: x\r\npeer_sets:\r\n- {name: A, why: b, entities: [c]}\r\n",
    ],
)
def test_any_layout_of_the_list_takes_the_new_one(before: str) -> None:
    after = set_list(before, "peer_sets", [NEW, NEAR])
    assert {"name": "x", "peer_sets": [NEW, NEAR]} == yaml.safe_load(after)
    assert [] == list_in(set_list(after, "peer_sets", []), "peer_sets")


def test_a_file_of_another_layout_is_left_to_a_person() -> None:
    with pytest.raises(CallboardError):
        set_list("{name: x}\n", "peer_sets", [NEW])


entries = st.fixed_dictionaries(
    {"name": st.text(max_size=12), "entities": st.lists(st.text(max_size=12), max_size=3)}
)


@given(st.lists(entries, max_size=4), st.lists(entries, max_size=4))
def test_any_list_becomes_any_other(before: list[dict], after: list[dict]) -> None:
    text = set_list(COMMENTED, "peer_sets", before)
    both = set_list(text, "peer_sets", [*before[:1], *after])
    assert [*before[:1], *after] == yaml.safe_load(both)["peer_sets"]
    assert both.endswith("# until 2027\nholidays: [2026-12-25]\n")
