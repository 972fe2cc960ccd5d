"""The headers of every answer."""

import asyncio
import re
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import Message

from callboard.serving.headers import INDEX, SecurityHeaders, script_hashes, security_headers


def headers_of(path: str) -> dict[str, str]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    app = SecurityHeaders(PlainTextResponse("ok"))
    asyncio.run(app(scope, receive, send))
    return {key.decode(): value.decode() for key, value in sent[0]["headers"]}


def test_every_answer_has_a_content_policy() -> None:
    assert headers_of("/")["content-security-policy"].startswith("default-src 'self';")


def test_answers_may_not_be_sniffed_or_framed() -> None:
    given = headers_of("/")
    assert ("nosniff", "DENY") == (given["x-content-type-options"], given["x-frame-options"])


def test_downloads_are_not_kept_by_anybody() -> None:
    assert "private, no-store" == headers_of("/media/abc.csv")["cache-control"]


def test_pages_are_not_forbidden_to_be_kept() -> None:
    assert "cache-control" not in headers_of("/static/a.js")


def test_a_script_with_an_address_needs_no_hash(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<script type="module" src="a.js"></script>')
    assert [] == script_hashes(page)


def test_a_known_script_has_its_known_hash(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<script>alert('Hello, world.');</script>")
    # the example of the W3C's Content Security Policy Level 2, section 7.17.2
    assert ["qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="] == script_hashes(page)


def test_streamlits_page_has_an_inline_script_and_the_policy_names_it() -> None:
    policy = security_headers(INDEX)["content-security-policy"]
    assert re.search(r"script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']{44}'", policy)


def test_the_policy_lets_no_script_be_written_into_a_page() -> None:
    policy = security_headers(INDEX)["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
