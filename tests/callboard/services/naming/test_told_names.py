from datetime import date

from callboard.services.defining.told_names import ToldName, entity_on, mistakes_in, steps_of

MERGED, RENAMED = date(2018, 4, 25), date(2024, 1, 1)


def told(name: str, entity: str, day: date | None = None) -> ToldName:
    return ToldName(name=name, entity=entity, from_day=day)


def test_a_merged_name_is_itself_until_the_day_and_another_from_it_on() -> None:
    steps = steps_of([told("Virgin America", "Alaska Air", MERGED)])
    assert {"virgin_america": (("Alaska Air", MERGED),)} == steps
    assert "Virgin America" == entity_on(steps, "Virgin America", date(2018, 4, 24))
    assert "Alaska Air" == entity_on(steps, "VIRGIN  america", MERGED)
    assert "Delta" == entity_on(steps, "Delta", MERGED)


def test_a_chain_of_names_is_followed_to_its_end() -> None:
    steps = steps_of(
        [told("Air B", "B Air", RENAMED), told("AB", "Air B"), told("A", "Air B", MERGED)]
    )
    assert (("Air B", MERGED), ("B Air", RENAMED)) == steps["a"]
    assert (("Air B", None), ("B Air", RENAMED)) == steps["ab"]


def test_what_cannot_be_is_found() -> None:
    names = [
        *(told("A", "A "), told("B", "C"), told("b", "D"), told("Us", "C"), told("E", "us")),
        *(told("F", "G", MERGED), told("G", "F", RENAMED), told("X", "F")),
    ]
    found = [(each.name, what.split(",")[-1]) for each, what, _ in mistakes_in(names, ["US"])]
    assert [
        ("A", "'A' for itself"),
        ("b", "'b' for 'D' and 'C'"),
        ("Us", " which is ourselves"),
        ("E", " which is ourselves"),
        ("F", " which leads back to it"),
        ("G", " which leads back to it"),
    ] == found
