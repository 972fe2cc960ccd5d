"""Names on buttons stay names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.ui.labels import plain_label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("On-time delivery", "On-time delivery"),
        ("Sample size (n) of 3.5", "Sample size (n) of 3.5"),
        ("- www.evil.example -> 1. x", r"\- www\.evil\.example \-\> 1\. x"),
        ("![x](//evil)", r"\!\[x\](//evil)"),
        (":material/lock:", r"\:material/lock\:"),
        ("$x$ <b>", r"\$x\$ \<b\>"),
    ],
)
def test_marks_are_escaped(name: str, label: str) -> None:
    assert label == plain_label(name)


@given(st.text())
def test_taking_the_escapes_away_gives_the_name(name: str) -> None:
    label, kept, at = plain_label(name), "", 0
    while at < len(label):
        at += label[at] == "\\"
        kept += label[at]
        at += 1
    assert name == kept
