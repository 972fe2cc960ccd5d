"""The house style's rules that no linter knows."""

import ast
import re

import pytest

from tests.architecture.sources import (
    ROOT,
    body_lines,
    dotted,
    functions,
    nodes_of,
    page_files,
    product_files,
    shown,
    tree_of,
)

MODULE_LINES, FUNCTION_LINES, PAGE_LINES, PARAMETERS = 300, 30, 100, 6
SIZED = [path for path in product_files() if "versions" not in path.parts]
EMPTY_NAMES = ("utils", "helpers", "common", "manager", "misc", "data", "info")
OWN = ("self", "cls")
MARKUP, CACHE, CLOCK = "callboard/ui/markup.py", "callboard/ui/cache.py", "callboard/clock.py"


def _calls(forbidden: str, *, but: tuple[str, ...] = ()) -> list[str]:
    pattern = re.compile(forbidden)
    return [
        f"{shown(path)}:{node.lineno} {dotted(node)}"
        for path in product_files()
        if shown(path) not in but
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and pattern.fullmatch(dotted(node))
    ]


def test_markup_is_drawn_in_one_module() -> None:
    assert [] == _calls(r"st\.html|streamlit\.html", but=(MARKUP,))


def test_caches_are_kept_in_one_module() -> None:
    assert [] == _calls(r"(st|streamlit)\.cache_\w+", but=(CACHE,))


def test_fields_of_acts_float_above_no_page() -> None:
    heads = ("sharing", "takeaway", "navigation", "following")  # of a page, of a chart
    assert [] == _calls(r"st\.popover", but=tuple(f"callboard/ui/{each}.py" for each in heads))


def test_the_clock_is_read_in_one_module() -> None:
    assert [] == _calls(r"(datetime\.)?(datetime|date)\.(today|utcnow)", but=(CLOCK,))


def test_no_moment_is_naive() -> None:
    naive = [
        f"{shown(path)}:{node.lineno}"
        for path in product_files()
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and dotted(node.func).endswith("datetime.now")
        and not (node.args or node.keywords)
    ]
    assert [] == naive


@pytest.mark.parametrize("word", ["unsafe_allow_html", "unsafe_allow_javascript"])
def test_no_call_lets_markup_through_unseen(word: str) -> None:
    users = [
        f"{shown(path)}:{node.value.lineno}"
        for path in product_files()
        for node in nodes_of(path)
        if isinstance(node, ast.keyword) and node.arg == word
    ]
    assert [] == users


def test_nothing_catches_everything() -> None:
    broad = [
        f"{shown(path)}:{node.lineno}"
        for path in product_files()
        for node in nodes_of(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in ("Exception", "BaseException"))
    ]
    assert [] == broad


def test_a_module_holds_one_idea() -> None:
    sizes = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SIZED}
    assert {} == {name: lines for name, lines in sizes.items() if lines > MODULE_LINES}
    assert [] == [shown(path) for path in SIZED if path.stem in EMPTY_NAMES]


def test_a_function_is_read_at_a_glance() -> None:
    long = [
        (shown(path), node.name, body_lines(node)) for path in SIZED for node in functions(path)
    ]
    assert [] == [each for each in long if each[-1] > FUNCTION_LINES]


def test_what_follows_the_second_parameter_is_named_by_the_caller() -> None:
    positional = [
        (shown(path), node.name, [each.arg for each in node.args.args if each.arg not in OWN])
        for path in product_files()
        for node in functions(path)
        if not node.decorator_list and not node.name.startswith("_")
    ]
    assert [] == [each for each in positional if len(each[-1]) > PARAMETERS]


def test_a_page_reads_like_a_table_of_contents() -> None:
    barred = ast.FunctionDef | ast.ClassDef | ast.Try | ast.BinOp | ast.JoinedStr | ast.Lambda
    assert [] == [
        f"{shown(path)}:{getattr(node, 'lineno', 0)} {type(node).__name__}"
        for path in page_files()
        for node in nodes_of(path)
        if isinstance(node, barred)
    ]
    lines = {shown(path): path.read_text(encoding="utf-8").count("\n") for path in page_files()}
    assert {} == {name: count for name, count in lines.items() if count > PAGE_LINES}
    assert [] == [shown(path) for path in page_files() if not ast.get_docstring(tree_of(path))]


def test_a_page_is_numbered_in_its_order() -> None:
    assert [] == [
        path.name
        for path in (ROOT / "pages").glob("*.py")
        if not re.fullmatch(r"\d\d_[a-z_]+\.py", path.name)
    ]
