"""The table of reasons names every code once, and no other."""

import re
from pathlib import Path

from data_contracts.findings import Reason

_PAGE = Path(__file__).parents[2] / "docs" / "reasons.md"


def test_every_reason_stands_in_the_table_once() -> None:
    codes = re.findall(r"^\| `(\w+)` \|", _PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(reason.value for reason in Reason) == sorted(codes)


def test_every_reason_says_what_happens_and_what_to_do() -> None:
    rows = [line for line in _PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    assert all(all(cell.strip() for cell in row.strip("|").split("|")) for row in rows)
    assert {5} == {row.count("|") for row in rows}
