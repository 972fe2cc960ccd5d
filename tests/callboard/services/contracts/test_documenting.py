"""Pages about contracts: what they tell, and that nobody's text can do anything on them."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from callboard.access import LOCAL_USER, Actor
from callboard.errors import NotAllowed
from callboard.services.contracts.documenting import write_pages
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_rule_results, read_runs
from data_contracts.catalogue import LIBRARY
from metrics.catalogue import LIBRARY as METRICS
from tests.callboard.services.contracts.parsed_page import ParsedPage, parse
from tests.callboard.services.feed_world import FeedWorld, at, contact, several

EVIL = (
    "</title></style></table><script>alert(1)</script><img src=x onerror=alert(2)>"
    '"\' onmouseover=alert(3) <a href="https://evil.example/">&lt;b&gt; \u202edesrever\x1b <!-- '
)
CELL = "<script>cell()</script>"
_TAGS = """html head meta title style body main h1 h2 p dl dt dd section div table thead tbody tr th
td pre code a"""
TAGS = frozenset(_TAGS.split())
_ATTRIBUTES = "lang charset http-equiv content name href class tabindex role aria-label scope"
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
Document = dict[str, Any]


@pytest.fixture
def world(tmp_path: Path) -> FeedWorld:
    urls = {name: f"sqlite:///{tmp_path}/{name}.db" for name in ("feed_url", "store_url")}
    return FeedWorld(tmp_path, **urls)


def _hostile(found: Document) -> None:
    """A contract that says the same, with something evil wherever a person may write."""
    found |= {
        "name": f"Contacts {EVIL}",
        "servers": [{"server": "main", "type": "custom"}],
        "description": dict.fromkeys(("purpose", "usage", "limitations"), EVIL),
        "team": {"name": EVIL, "members": [{"username": EVIL, "role": EVIL}]},
        "support": [{"channel": EVIL, "url": f"javascript:alert(4)//{EVIL}"}],
        "roles": [{"role": EVIL, "access": EVIL}],
    }
    table = found["schema"][0]
    columns = {each["name"]: each for each in table["properties"]}
    for each in columns.values():
        each["description"], each["synonyms"] = EVIL, [{"synonym": EVIL}]
        each["customProperties"] = [{"property": "unit", "value": EVIL}]
    columns["topic"]["physicalName"] = "t<script>opic"
    columns["region"]["enum"] = [{"value": EVIL}, {"value": "North"}]
    columns["team"] |= {"logicalTypeOptions": {"pattern": "^[A-Z]"}, "examples": [EVIL]}
    columns["created_at"]["quality"][0]["description"] = EVIL


def _write_hostile(world: FeedWorld) -> None:
    contract = yaml.safe_load((LIBRARY / "contacts.odcs.yaml").read_text(encoding="utf-8"))
    _hostile(contract)
    world.write("data_contracts/contacts.odcs.yaml", yaml.safe_dump(contract))
    metric = yaml.safe_load((METRICS / "aht.yaml").read_text(encoding="utf-8"))
    metric |= dict.fromkeys(("name", "question", "description", "base"), EVIL)
    metric["where"] = [{"column": "outcome", "is": "equal", "value": EVIL}]
    world.write("metrics/aht.yaml", yaml.safe_dump(metric))
    world.reopen()
    rows = several(contact, [18, 19], 10, region="North", team="Team")
    bad = [contact(f"bad{n}", at(20), kind=CELL, team=CELL) for n in range(3)]
    for row in rows + bad:
        row["t<script>opic"] = row.pop("topic")
    feed = world.feeds["contacts"]
    feed.run('ALTER TABLE contacts RENAME COLUMN topic TO "t<script>opic"')
    columns = ", ".join(f'"{name}"' for name in rows[0])
    for row in rows + bad:
        marks = ", ".join(f"'{v}'" if isinstance(v, str) else _plain(v) for v in row.values())
        feed.run(f"INSERT INTO contacts ({columns}) VALUES ({marks})")


def _plain(value: object) -> str:
    if value is None:
        return "NULL"
    return f"'{value:%Y-%m-%d %H:%M:%S}'" if hasattr(value, "hour") else f"{value}"


def _pages(world: FeedWorld, folder: Path) -> dict[str, str]:
    paths = write_pages(world.runtime, LOCAL_USER, folder=folder)
    return {each.name: each.read_text(encoding="utf-8") for each in paths}


def test_no_text_of_anybody_does_anything_on_a_page(world: FeedWorld, tmp_path: Path) -> None:
    _write_hostile(world)
    assert 3 == world.refresh_one("contacts").rows_quarantined
    for name, text in _pages(world, tmp_path / "pages").items():
        page = parse(text)
        assert TAGS >= set(page.tags), name
        assert ATTRIBUTES >= {attribute for _, attribute, _ in page.attributes}
        assert [] == page.others
        assert [] == [value for *_, value in page.attributes if "http" in value]
        assert [] == re.findall("[\x00-\x08\x0b-\x1f\u202a-\u202e]", text)


def test_a_link_leads_to_a_page_that_was_written_and_nowhere_else(
    world: FeedWorld, tmp_path: Path
) -> None:
    _write_hostile(world)
    pages = _pages(world, tmp_path / "pages")
    links = {
        value
        for text in pages.values()
        for _, name, value in parse(text).attributes
        if name == "href"
    }
    assert set(pages) == links


def test_what_was_written_can_be_read(world: FeedWorld, tmp_path: Path) -> None:
    _write_hostile(world)
    page = parse(_pages(world, tmp_path / "pages")["feed-contacts.html"])
    seen = EVIL.replace("\u202e", "\ufffd").replace("\x1b", "\ufffd")
    assert page.text.count(seen) > 50
    assert '"t<script>opic"' not in page.text
    assert "t<script>opic" in page.text


def test_no_value_of_a_row_and_no_address_is_on_a_page(world: FeedWorld, tmp_path: Path) -> None:
    _write_hostile(world)
    world.refresh_one("contacts")
    for text in _pages(world, tmp_path / "pages").values():
        assert "cell()" not in text
        assert "feed_url.db" not in text


def test_a_page_may_load_and_run_nothing(world: FeedWorld, tmp_path: Path) -> None:
    _write_hostile(world)
    for text in _pages(world, tmp_path / "pages").values():
        style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        policy = next(v for tag, name, v in parse(text).attributes if v.startswith("default-src"))
        assert (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        ) == policy
        assert text.index("Content-Security-Policy") < text.index("<title>")


def _rows(page: ParsedPage, text: str, rule: str) -> list[str]:
    line = next(each for each in text.split("<tr>") if f"<td>{rule}</td>" in each)
    return [re.sub("<[^>]+>", "", cell) for cell in line.split("</td>")[:-1]]


def test_a_page_tells_what_the_last_run_counted(world: FeedWorld, tmp_path: Path) -> None:
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 10))
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-1.0))
    assert 1 == world.refresh_one("contacts").rows_quarantined
    text = _pages(world, tmp_path / "pages")["feed-contacts.html"]
    with snapshot(world.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
        results = {each.rule_id: each for each in read_rule_results(conn, run.id)}
    broken = results["wait_seconds.range"]
    told = _rows(parse(text), text, "wait_seconds.range")
    assert ["broken", str(broken.evaluated), "1"] == told[-3:]
    assert "<dt>Rows looked at</dt><dd>31</dd>" in text
    assert "<dt>Rows kept out</dt><dd>1</dd>" in text
    kept = _rows(parse(text), text, "handle_seconds.range")
    assert ["kept", str(results["handle_seconds.range"].evaluated), "0"] == kept[-3:]


def test_every_rule_column_and_metric_of_a_feed_is_on_its_page(
    world: FeedWorld, tmp_path: Path
) -> None:
    pages = _pages(world, tmp_path / "pages")
    for feed, contract in world.runtime.definitions.contracts.items():
        text = parse(pages[f"feed-{feed}.html"]).text
        named = [*contract.checks, *contract.row_counts]
        assert [] == [each.rule_id for each in named if each.rule_id not in text]
        assert [] == [each.name for each in contract.columns if each.name not in text]
        on = [m for m in world.runtime.definitions.metrics.values() if feed in m.feeds]
        assert [] == [each.code for each in on if each.name not in text]
        assert len(on) == text.count("-- of the rows that keep their contract")


def test_who_may_not_read_trust_gets_no_page(world: FeedWorld, tmp_path: Path) -> None:
    nobody = Actor(id="x", name="X", roles=frozenset())
    with pytest.raises(NotAllowed):
        write_pages(world.runtime, nobody, folder=tmp_path / "pages")
    assert not (tmp_path / "pages").exists()
