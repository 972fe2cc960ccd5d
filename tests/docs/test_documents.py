import re
from pathlib import Path

import pytest
import yaml

from callboard.settings import _KNOWN, load_settings
from callboard.workspace import Workspace
from data_contracts.findings import Reason
from metrics.journey import Journey
from metrics.model import Metric
from metrics.touchpoint import Touchpoint
from tests.docs.documents import DOCUMENTS, ROOT, blocks, shown

DOCS = ROOT / "docs"


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def _is_there(file: Path, anchor: str) -> bool:
    if not anchor:
        return file.exists()
    return file.exists() and anchor in _anchors(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_link_leads_somewhere(path) -> None:
    text = path.read_text(encoding="utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, anchor = target.partition("#")
        if "://" in place or place.startswith("mailto:"):
            continue
        file = path.parent / place if place else path
        if not _is_there(file, anchor):
            broken.append(target)
    assert [] == broken


@pytest.mark.parametrize("name", sorted(_KNOWN))
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("CALLBOARD_MAX_UPLOAD_MB", "max_upload_mb"),
        ("CALLBOARD_MAX_UPLOAD_ROWS", "max_upload_rows"),
        ("CALLBOARD_MAX_UPLOAD_COLUMNS", "max_upload_columns"),
        ("CALLBOARD_QUARANTINE_CAP", "quarantine_cap"),
        ("CALLBOARD_LOG_LEVEL", "log_level"),
    ],
)
def test_a_documented_default_is_the_real_one(name: str, field: str) -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert f"| `{name}` | `{getattr(load_settings({}), field)}` |" in page


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_documented(reason: Reason) -> None:
    assert f"`{reason.value}`" in (DOCS / "reasons.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "metrics/definitions").glob("*.yaml")), ids=shown)
def test_every_metric_says_what_it_means(path) -> None:
    metric = Metric.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert metric.question.endswith("?")
    assert len(metric.description) > 40
    assert metric.synonyms


def test_the_examples_of_the_guide_are_right() -> None:
    models = {"workspace.yaml": Workspace, "metrics/": Metric, "touchpoints/": Touchpoint}
    examples = blocks(DOCS / "guide.md", "yaml")
    read = []
    for example in examples:
        kind = next(each for each in models if example.startswith(f"# {each}"))
        read.append(type(models[kind].model_validate(yaml.safe_load(example))))
    assert {Workspace, Metric, Touchpoint} == set(read)


def test_the_example_of_a_journey_is_right() -> None:
    (example,) = blocks(DOCS / "journey.md", "yaml")
    journey = Journey.model_validate(yaml.safe_load(example))
    assert f"# journeys/{journey.code}.yaml" == example.splitlines()[0]
