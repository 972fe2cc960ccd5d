"""A document that stands alone: nothing runs, nothing is fetched, nothing of a name is markup."""

import html
import itertools
import re
from html.parser import HTMLParser

import pytest

from callboard.services.taking.html_file import write_html
from tests.sample_reports import report


@pytest.fixture(scope="module")
def text() -> str:
    return write_html(report()).decode("utf-8")


class Outline(HTMLParser):
    """The elements, what they ask for, and the headings in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asked: list[str] = []
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [name for name, _ in attrs if name in ("src", "href", "srcset", "onclick")]
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))


def outline(text: str) -> Outline:
    found = Outline()
    found.feed(text)
    return found


def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    found = outline(text)
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    assert [] == found.asked
    assert "default-src 'none'" in html.unescape(text)
    assert "url(" not in text


def test_a_name_is_never_markup(text: str) -> None:
    assert "<h1>Board &amp; &lt;co&gt;</h1>" in text
    assert "&lt;i&gt;Nothing&lt;/i&gt;" in text
    assert "<b>" not in text
    assert "\x00" not in text


def test_headings_go_down_one_level_at_a_time(text: str) -> None:
    levels = outline(text).levels
    assert 1 == levels.count(1)
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_charts_are_pictures_with_their_sentence(text: str) -> None:
    assert 2 == outline(text).tags.count("svg")
    assert "aria-label='Five weeks, the newest far below &lt;usual&gt;.'" in text


def test_a_table_has_heads_and_only_what_a_reader_needs(text: str) -> None:
    assert '<th scope="col" class="number">Value, %</th>' in text
    assert "Exactly" not in text
    assert '<td class="short">5 Nov 2026</td>' in text


def test_the_periods_of_a_history_fold_away_and_peers_do_not(text: str) -> None:
    (folded,) = re.findall(r"<details>.+?</details>", text, re.DOTALL)
    assert 1 == folded.count("<table>")
    assert 4 == text.count("<table>")  # the peers, and the sources of both chapters


def test_every_part_has_the_stamp_at_its_foot(text: str) -> None:
    feet = re.findall(r"<footer>(.+?)</footer>", text)
    assert 4 == len(feet)
    assert all("publication 12" in each and "complete to Sun 8 Nov 2026" in each for each in feet)
    of_metric = [each.endswith("1 stale · 1 published value of grade B") for each in feet]
    assert [True, True, False, False] == of_metric


def test_it_says_how_pages_break(text: str) -> None:
    assert ".part + .part { break-before: page" in text
    assert "break-inside: avoid" in text
