"""Who came, who went, and which period was the one before."""

from datetime import date

from metrics.peer_sets import SetChange, change_between, peers_before
from metrics.peers import PeerValue


def month(entity, number, year=2026, **other):
    last = {1: 31, 2: 28, 3: 31}[number]
    return PeerValue(
        entity=entity, value=1, start=date(year, number, 1), end=date(year, number, last), **other
    )


def test_peers_that_came_went_and_stayed_are_told_apart():
    change = change_between(
        [month("Alder", 1), month("birch", 1), month("Cedar", 1)],
        [month("Cedar", 2), month("Northwind", 2), month("Alder", 2)],
    )
    assert SetChange(came=("Northwind",), went=("birch",), stayed=("Alder", "Cedar")) == change


def test_the_period_before_is_the_latest_earlier_one_of_the_same_length():
    quarter = PeerValue(entity="Alder", value=1, start=date(2025, 10, 1), end=date(2025, 12, 31))
    values = [quarter, month("Alder", 1), month("Birch", 1), month("Alder", 2), month("Alder", 3)]
    found = peers_before(values, start=date(2026, 3, 1), end=date(2026, 3, 31))
    assert [("Alder", date(2026, 2, 28))] == [(each.entity, each.end) for each in found]
    found = peers_before(values, start=date(2026, 2, 1), end=date(2026, 2, 28))
    assert ["Alder", "Birch"] == [each.entity for each in found]


def test_a_first_period_has_none_before_it():
    values = [month("Alder", 1), month("Alder", 1, year=2025, entity_type="industry")]
    assert () == peers_before(values, start=date(2026, 1, 1), end=date(2026, 1, 31))
