"""A badge opens to what judged the data, in words, and nobody's text becomes markup in it."""

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from callboard.ui.badge_card import draw_badge
from callboard.views import Badge, Trust, TrustCard
from tests import sample_views

ZONE = "Europe/London"
CARD = TrustCard(
    feed="contacts",
    name="Contacts",
    contract="library/contacts.odcs.yaml",
    version="1.2.0",
    run_id=214,
    judged_at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
    rows_used=1190,
    rows_quarantined=9,
    rows_missing=30,
    failing=("Wait is 0 or more (not so in 9 of 1,199 rows).",),
    waived=("Totals agree, until 3 Dec 2026.",),
    owner="Service data",
    channel="#service-data",
    url="https://chat.example.org/service-data",
    sentence="Contacts: 9 rows are in quarantine and not counted.",
    badge=Badge.WARNINGS,
)


class Reader(HTMLParser):
    """Tags with their attributes, and the text of each paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[str] = []
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("p", "summary"):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def _trust(*cards: TrustCard) -> Trust:
    return replace(sample_views.trust(Badge.WARNINGS), cards=cards)


def _drawn(*cards: TrustCard) -> Reader:
    return Reader(draw_badge(_trust(*cards), zone=ZONE, detail="to 22 Nov"))


def test_a_badge_opens_to_everything_that_judged_it() -> None:
    assert [
        "Verified with warnings · to 22 Nov",
        "Contacts: 9 rows are in quarantine and not counted.",
        "Contacts, contract 1.2.0 · run 214 of Sun 22 Nov 2026, 14:05",
        "Rows: 1,190 used · 9 in quarantine · about 30 missing",
        "Broken: Wait is 0 or more (not so in 9 of 1,199 rows).",
        "Waived: Totals agree, until 3 Dec 2026.",
        "Service data · #service-data",
        "Open in Data trust",
    ] == _drawn(CARD).lines


def test_it_opens_by_click_and_key_without_any_script() -> None:
    tags = [name for name, _ in _drawn(CARD).tags]
    assert ["details", "summary"] == tags[:2]
    assert not {"script", "button"} & set(tags)


def test_it_leads_to_its_feed_and_to_whom_to_ask() -> None:
    links = [attributes["href"] for name, attributes in _drawn(CARD).tags if name == "a"]
    assert ["https://chat.example.org/service-data", "data_trust?feed=contacts"] == links


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"channel": "", "url": ""}, "Service data"),
        ({"owner": "", "url": ""}, "#service-data"),
        ({"url": "javascript:alert(1)"}, "Service data · #service-data"),
        ({"channel": ""}, "Service data · Ask"),
    ],
)
def test_whom_to_ask_is_told_as_far_as_it_is_known(changes: dict[str, str], line: str) -> None:
    drawn = _drawn(replace(CARD, **changes))  # type: ignore[arg-type]  # a table of cases
    assert line in drawn.lines
    assert "javascript:" not in str([attributes for _, attributes in drawn.tags])


def test_a_feed_that_no_run_has_judged_has_no_rows_to_tell_of() -> None:
    lines = _drawn(replace(CARD, run_id=None, judged_at=None, failing=(), waived=())).lines
    assert "Contacts, contract 1.2.0" in lines
    assert not [line for line in lines if "used" in line or "Broken" in line]


def test_rows_that_are_not_known_are_left_out() -> None:
    card = replace(CARD, rows_used=None, rows_quarantined=None)
    assert "Rows: about 30 missing" in _drawn(card).lines
    assert not [each for each in _drawn(replace(card, rows_missing=0)).lines if "Rows" in each]


def test_only_the_first_broken_rules_are_told() -> None:
    card = replace(CARD, failing=tuple(f"Rule {n} holds." for n in range(5)))
    assert "Broken: Rule 0 holds. Rule 1 holds. Rule 2 holds. And 2 more." in _drawn(card).lines


def test_what_the_sentence_says_is_not_said_twice() -> None:
    card = replace(CARD, sentence=f"Contacts: held back. Broken: {CARD.failing[0]}")
    assert 1 == sum(CARD.failing[0] in line for line in _drawn(card).lines)


def test_a_number_of_two_feeds_opens_to_a_card_for_each() -> None:
    drawn = _drawn(CARD, replace(CARD, feed="deliveries", name="Deliveries"))
    assert 2 == drawn.lines.count("Open in Data trust")


def test_hostile_words_stay_words() -> None:
    hostile = '<img src=x onerror="alert(1)">'
    card = replace(CARD, name=hostile, failing=(f"{hostile} holds",), owner=hostile)
    drawn = _drawn(replace(card, sentence=hostile, version=hostile))
    assert "img" not in [name for name, _ in drawn.tags]
    assert 4 == sum(hostile in line for line in drawn.lines)


def test_a_card_costs_a_tile_little() -> None:
    opened, plain = (draw_badge(_trust(*cards), zone=ZONE) for cards in ((CARD,), ()))
    assert len(opened) - len(plain) <= 700


def test_without_a_card_it_is_a_plain_badge_with_its_sentence() -> None:
    drawn = Reader(Markup("<p>") + draw_badge(_trust(), zone=ZONE))
    assert ["p", "span", "i"] == [name for name, _ in drawn.tags]
    assert drawn.tags[1][1]["title"]
