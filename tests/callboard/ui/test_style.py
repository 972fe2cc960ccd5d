"""The stylesheet is read whole: an unclosed block would take everything after it along."""

import re
from pathlib import Path

from callboard import ui

STYLE = (Path(ui.__file__).parent / "callboard.css").read_text(encoding="utf-8")


def test_every_block_of_the_stylesheet_is_closed() -> None:
    depth = 0
    for mark in re.findall("[{}]", re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    assert 0 == depth


def test_nothing_in_the_stylesheet_is_fetched() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
