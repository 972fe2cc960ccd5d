"""What a page's head names before the page asks for it."""

import re
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse

from callboard.serving import preloads
from callboard.serving.headers import INDEX, hash_of, security_headers
from callboard.serving.preloads import Preloads
from tests.callboard.serving.answers import answer_of

PAGE = HTMLResponse(INDEX.read_text(encoding="utf-8"), headers={"etag": "a", "last-modified": "b"})
SCRIPTS = INDEX.parent / "static" / "js"
STATIC = Path(preloads.__file__).parents[2] / "static"


def head_of(path: str) -> str:
    given, body = answer_of(Preloads(PAGE), path)
    assert len(body) == int(given["content-length"])
    return body.decode()


def named(head: str) -> list[str]:
    return re.findall(r'(?:modulepreload|cb-later)[^>]*href="./static/js/([^"]+)"', head)


@pytest.mark.parametrize("part", preloads.FRAME + preloads.FILTERS + preloads.CHART)
def test_this_streamlit_has_every_part_that_we_name(part: str) -> None:
    assert 1 == len([name for name in named(head_of("/touchpoint")) if name.startswith(f"{part}.")])


def test_what_a_part_imports_is_named_too_and_nothing_twice() -> None:
    names = named(head_of("/"))
    assert {"purify", "TextField", "useMenuTrigger"} <= {name.partition(".")[0] for name in names}
    assert sorted(set(names)) == sorted(names)
    assert all((SCRIPTS / name).exists() for name in names)


@pytest.mark.parametrize(
    ("path", "expected"), [("/touchpoint", True), ("/", False), ("/publish", False)]
)
def test_only_a_page_with_charts_names_the_charts_script(path: str, *, expected: bool) -> None:
    assert expected == ("PlotlyChart" in head_of(path))


def test_a_page_says_where_its_server_is_by_a_script_that_the_policy_knows() -> None:
    script = re.findall(r"<script>([^<]*BACKEND_BASE_URL[^<]*)</script>", head_of("/touchpoint"))[0]
    assert f"'sha256-{hash_of(script)}'" in security_headers(INDEX)["content-security-policy"]


def test_our_fonts_are_named_and_exist_and_the_unused_one_is_not_fetched() -> None:
    head = head_of("/")
    fonts = re.findall(r'app/static/([^"]+)" as="font"', head)
    assert list(preloads.FONTS) == [name for name in fonts if (STATIC / name).exists()]
    assert "SourceSans" not in head


def test_a_page_may_not_be_kept_by_the_tag_of_the_page_without_links() -> None:
    given, _ = answer_of(Preloads(PAGE), "/", if_none_match="*")
    assert not {"etag", "last-modified"} & set(given)


@pytest.mark.parametrize(
    "path", ["/static/a.js", "/_stcore/health", "/media/a", "/component/a", "/healthz"]
)
def test_what_is_no_page_passes_untouched(path: str) -> None:
    """Even where it looks like a page, as a download may."""
    answer = HTMLResponse("</head>", headers={"etag": "a"})
    assert "etag" in answer_of(Preloads(answer), path)[0]


def test_an_answer_that_is_no_page_keeps_its_words() -> None:
    assert b"</head>" == answer_of(Preloads(PlainTextResponse("</head>")), "/nowhere")[1]
