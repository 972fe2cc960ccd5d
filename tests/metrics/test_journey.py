"""Journey files: read strictly, all problems at once, the same after they are written again."""

from pathlib import Path

import pytest
import yaml

from metrics.catalogue import load_catalogue
from metrics.journey import Journey, written

JOURNEY = """\
journey: customer
name: First look to help
customer: Somebody who furnishes a home.
stages:
  - {code: order, name: Order, question: "Can I order?", touchpoints: [web, desk]}
  - {code: help, name: Get help, touchpoints: [desk], metrics: {desk: [fcr]}}
"""


def _problems(folder: Path, text: str, name: str = "customer.yaml") -> list[tuple[str, str]]:
    (folder / "journeys").mkdir()
    (folder / "journeys" / name).write_text(text, encoding="utf-8")
    return [(each.key, each.expected) for each in load_catalogue(folder).problems]


def _journey(text: str = JOURNEY) -> Journey:
    return Journey.model_validate(yaml.safe_load(text))


def test_a_journey_is_read_with_its_file(tmp_path: Path) -> None:
    assert [] == _problems(tmp_path, JOURNEY)
    catalogue = load_catalogue(tmp_path)
    assert "journeys/customer.yaml" == catalogue.journey_files["customer"]
    assert ("web", "desk") == catalogue.journeys["customer"].touchpoints


@pytest.mark.parametrize(
    ("was", "becomes", "key", "expected"),
    [
        ("code: help", "code: order", "stages", "each stage under a code of its own"),
        ("[web, desk]", "[desk, desk]", "stages.0.touchpoints", "'desk' once in a stage"),
        ("{desk: [fcr]}", "{web: [fcr]}", "stages.1.metrics", "touchpoints of this stage only"),
        ("question:", "need:", "stages.0.need", "one of code, name, question, touchpoints"),
        ("name: Order", f"name: {'x' * 61}", "stages.0.name", "at most 60 characters"),
        ("journey: customer", "journey: visitor", "journey", "a file called 'visitor.yaml'"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, was: str, becomes: str, key: str, expected: str
) -> None:
    ((place, told),) = _problems(tmp_path, JOURNEY.replace(was, becomes, 1))
    assert key == place
    assert expected in told


def test_a_journey_without_a_stage_is_refused(tmp_path: Path) -> None:
    assert ["stages"] == [
        key for key, _ in _problems(tmp_path, "journey: customer\nname: X\nstages: []\n")
    ]


def test_layout_and_comments_leave_the_fingerprint_alone() -> None:
    again = yaml.safe_dump(written(_journey()), sort_keys=True)
    assert _journey().fingerprint == _journey(f"# drawn in May\n{again}").fingerprint
    assert (
        _journey().fingerprint
        != _journey(JOURNEY.replace("[web, desk]", "[desk, web]")).fingerprint
    )


def test_what_is_empty_is_not_written() -> None:
    assert {
        "code": "help",
        "name": "Get help",
        "touchpoints": ["desk"],
        "metrics": {"desk": ["fcr"]},
    } == (
        written(_journey())["stages"][1]  # type: ignore[index]
    )
