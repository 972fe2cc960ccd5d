"""The chart of a view as SVG, stamped."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from callboard.errors import CallboardError
from callboard.services.taking.picture_file import write_picture
from tests.sample_reports import line, report


def test_a_picture_is_the_first_chart_with_the_stamp() -> None:
    root = ElementTree.fromstring(write_picture(report()))
    told = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert line().alt == root.get("aria-label")
    assert any("publication 12" in str(each) for each in told)


def test_a_view_without_a_chart_says_so() -> None:
    bare = replace(report(), chapters=report().chapters[1:])
    with pytest.raises(CallboardError, match="found no chart"):
        write_picture(bare)
