"""Streamlit's own files out of memory."""

import gzip
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from callboard.serving.assets import Assets
from callboard.serving.headers import INDEX
from tests.callboard.serving.answers import answer_of

SCRIPT = next((INDEX.parent / "static" / "js").glob("PageLink.*.js"))
ADDRESS = f"/static/js/{SCRIPT.name}"


@pytest.fixture
def app() -> Assets:
    return Assets(PlainTextResponse("Streamlit's"))


def test_a_script_is_answered_small_and_is_the_same(app: Assets) -> None:
    given, body = answer_of(app, ADDRESS, accept_encoding="br, gzip")
    assert ("gzip", "Accept-Encoding") == (given["content-encoding"], given["vary"])
    assert SCRIPT.read_bytes() == gzip.decompress(body)
    assert len(body) < len(SCRIPT.read_bytes()) / 2


@pytest.mark.parametrize("taken", ["", "br", "gzip;q=0"])
def test_who_does_not_take_gzip_gets_the_file_as_it_is(app: Assets, taken: str) -> None:
    given, body = answer_of(app, ADDRESS, accept_encoding=taken)
    assert "content-encoding" not in given
    assert SCRIPT.read_bytes() == body


def test_a_script_is_kept_for_a_year_and_is_a_script(app: Assets) -> None:
    given, _ = answer_of(app, ADDRESS)
    assert "public, immutable, max-age=31536000" == given["cache-control"]
    assert "javascript" in given["content-type"]


@pytest.mark.parametrize(
    "path", ["/", "/static/js/", "/static/js/../index.html", "/static/js/gone.js", "/static/x.js"]
)
def test_what_is_no_file_there_is_left_to_streamlit(app: Assets, path: str) -> None:
    assert b"Streamlit's" == answer_of(app, path)[1]


def test_a_part_of_a_file_is_left_to_streamlit(app: Assets) -> None:
    assert b"Streamlit's" == answer_of(app, ADDRESS, range="bytes=0-9")[1]


def test_a_file_is_read_once(tmp_path: Path) -> None:
    script = tmp_path / "static" / "js" / "a.js"
    script.parent.mkdir(parents=True)
    script.write_text("1")
    app = Assets(PlainTextResponse(""), tmp_path / "index.html")
    first = answer_of(app, "/static/js/a.js")[1]
    script.unlink()
    assert (b"1", b"1") == (first, answer_of(app, "/static/js/a.js")[1])
