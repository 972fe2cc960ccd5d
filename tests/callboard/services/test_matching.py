"""Which names fit the words that are typed, and in which order."""

import pytest

from callboard.services.finding.matching import find, make_findable
from callboard.views.finding import FoundKind

DELIVERY = make_findable(FoundKind.METRIC, "On-time delivery", page="compare", also=["otd"])
PLACES = [
    make_findable(FoundKind.TOUCHPOINT, name, page="touchpoint", also=also)
    for name, also in (
        ("Field delivery", ["Ada"]),
        ("Delivery desk", []),
        ("Redelivery", []),
        ("Tür und Größe", []),
    )
]
PAIR = make_findable(FoundKind.PAIR, "On-time delivery, Field delivery", page="touchpoint")
ALL = (PAIR, *PLACES, DELIVERY)


def names(typed: str) -> list[str]:
    return [each.name for group in find(ALL, typed).groups for each in group.best]


def test_what_begins_so_comes_before_what_holds_the_word_and_the_rest() -> None:
    places = find(PLACES, "deliv").groups[0].best
    assert ["Delivery desk", "Field delivery", "Redelivery"] == [each.name for each in places]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ON TIME", "On-time delivery"),
        ("time-deliv", "On-time delivery"),
        ("otd", "On-time delivery"),
        ("ada", "Field delivery"),
        ("tur", "Tür und Größe"),
        ("tuer", "Tür und Größe"),
        ("TÜR", "Tür und Größe"),
        ("grosse", "Tür und Größe"),
        ("groesse", "Tür und Größe"),
        ("gro\u0308ße", "Tür und Größe"),
    ],
)
def test_case_dashes_and_umlauts_do_not_count(typed: str, name: str) -> None:
    assert name in names(typed)


def test_words_of_metric_and_touchpoint_find_both_together() -> None:
    assert ["On-time delivery, Field delivery"] == names("time field")


@pytest.mark.parametrize(("typed", "instead"), [("delivrey", "delivery"), ("feild", "field")])
def test_a_slip_finds_the_nearest_and_says_so(typed: str, instead: str) -> None:
    found = find(ALL, typed)
    assert instead == found.instead
    assert "Field delivery" in [each.name for group in found.groups for each in group.best]


@pytest.mark.parametrize("typed", ["", "  ", "-,-", "xylophone", "x" * 5000, "\x00", "(", "["])
def test_nothing_is_found_where_there_is_nothing(typed: str) -> None:
    assert () == find(ALL, typed).groups


def test_two_letters_inside_a_word_are_not_enough() -> None:
    assert [] == names("iv")
    assert "Redelivery" in names("liv")


def test_a_long_list_is_cut_and_its_rest_counted() -> None:
    many = [make_findable(FoundKind.COMPETITOR, f"Alder {n}", page="x") for n in range(12)]
    (group,) = find(many, "alder", most=5).groups
    assert (5, 7) == (len(group.best), group.more)
    assert "Alder 0" == group.best[0].name


def test_the_kinds_stand_in_their_order_but_a_name_comes_before_a_mention() -> None:
    told = make_findable(FoundKind.TOUCHPOINT, "Desk", page="touchpoint", also=["lateness"])
    named = make_findable(FoundKind.PAGE, "Lateness", page="late")
    assert ["Lateness", "Desk"] == [
        each.name for group in find((told, named), "late").groups for each in group.best
    ]
