import re
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from callboard.services.connecting.place_names import (
    Place,
    merge_places,
    place_file,
    propose_places,
)
from metrics.touchpoint import Stage, Touchpoint

KNOWN = {
    "north_desk": Touchpoint(code="north_desk", name="North desk", stage="front", aliases=("ND",)),
    "it": Touchpoint(code="it", name="IT", stage="back", aliases=("Help Desk",)),
}


def _propose(*names: str, column: str = "desk", feed: str = "contacts") -> dict[str, Place]:
    places = propose_places(dict.fromkeys(names, 1), KNOWN, feed=feed, column=column)
    return {each.code: each for each in places}


def test_a_new_name_becomes_a_touchpoint_with_the_name_as_alias() -> None:
    (place,) = _propose("E-Shop Häuser").values()
    assert ("e_shop_hauser", "E-Shop Häuser", ("E-Shop Häuser",), True) == (
        *(place.code, place.name, place.aliases, place.is_new),
    )


def test_a_name_that_is_a_code_needs_no_alias() -> None:
    assert ("South desk", ()) == (
        *(_propose("south_desk")["south_desk"].name, _propose("south_desk")["south_desk"].aliases),
    )


def test_names_that_are_known_are_not_proposed() -> None:
    assert {} == _propose("north_desk", "ND", "Help Desk")


def test_another_spelling_of_a_known_touchpoint_becomes_its_alias() -> None:
    found = _propose("North Desk", "NORTH-DESK", "help desk")
    assert (("North Desk", "NORTH-DESK"), False) == (
        *(found["north_desk"].aliases, found["north_desk"].is_new),
    )
    assert ("help desk",) == found["it"].aliases


def test_spellings_of_one_new_name_are_one_touchpoint() -> None:
    (place,) = _propose("Web Shop", "web-shop", "WEB SHOP").values()
    assert ("web_shop", 3) == (place.code, place.rows)


def test_numbers_are_named_after_their_column() -> None:
    (place,) = _propose("7", column="store_id").values()
    assert ("store_7", "Store 7", ("7",)) == (place.code, place.name, place.aliases)


def test_names_in_other_scripts_stay_apart() -> None:
    assert 3 == len(_propose("東京A", "大阪A", "A1"))


def test_blank_names_are_no_touchpoints() -> None:
    assert {} == _propose("", "  ")


def test_a_file_is_never_called_what_windows_forbids() -> None:
    assert {"nul_place", "com1_place"} == set(_propose("NUL", "com1"))


def test_requests_of_colleagues_are_served_back_stage() -> None:
    assert Stage.BACK is _propose("Payroll", feed="internal_requests")["payroll"].stage


def test_a_place_in_two_tables_is_written_once_and_stands_in_front() -> None:
    place = Place(code="a", name="A", aliases=("A",), rows=2, stage=Stage.BACK)
    other = replace(place, aliases=("A", "AA"), rows=3, stage=Stage.FRONT)
    (merged,) = merge_places([place, other])
    assert (("A", "AA"), 5, Stage.FRONT) == (merged.aliases, merged.rows, merged.stage)


@pytest.mark.parametrize(
    "name", ["no", "null", "2026-01-01", "1e3", "=cmd|' /C calc'!A0", "a: b\n#"]
)
def test_a_name_is_text_in_the_file_whatever_yaml_makes_of_it(name: str) -> None:
    (place,) = _propose(name).values()
    read = Touchpoint.model_validate(yaml.safe_load(place_file(place)))
    assert name in (read.code, *read.aliases)


@given(st.sets(st.text(min_size=1, max_size=80).filter(str.strip), max_size=8))
def test_every_name_is_found_again_in_exactly_one_file(names: set[str]) -> None:
    places = propose_places(dict.fromkeys(names, 1), {}, feed="contacts", column="desk")
    read = [Touchpoint.model_validate(yaml.safe_load(place_file(each))) for each in places]
    told = [name for each in read for name in {each.code, *each.aliases}]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,62}", each.code) for each in read)
    assert len({each.code for each in read}) == len(read)
    assert dict.fromkeys(names, 1) == {name: told.count(name) for name in names}
