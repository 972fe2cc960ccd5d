"""The charts of a view as SVG, each stamped."""

import io
from dataclasses import replace
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from callboard.errors import CallboardError
from callboard.services.taking.picture_file import write_pictures
from tests.sample_reports import dots, line, report


def test_every_chart_is_a_picture_with_its_stamp() -> None:
    with ZipFile(io.BytesIO(write_pictures(report()))) as archive:
        assert ["01-on-time-delivery-field-delivery.svg", "02-peers.svg"] == archive.namelist()
        roots = [ElementTree.fromstring(archive.read(each)) for each in archive.namelist()]
    assert [line().alt, dots().alt] == [root.get("aria-label") for root in roots]
    for root in roots:
        told = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
        assert any("publication 12" in str(each) for each in told)


def test_a_view_without_a_chart_says_so() -> None:
    bare = replace(report(), chapters=report().chapters[1:])
    with pytest.raises(CallboardError, match="found no chart"):
        write_pictures(bare)
