"""The project's own Python files as syntax trees, for rules about how code is written."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("callboard", "metrics", "data_contracts", "definition_files")
SCREEN = ("callboard/ui/", "pages/", "dashboard.py", "asgi.py")


@cache
def product_files() -> tuple[Path, ...]:
    """Every Python file that is served: packages, pages, entry points."""
    found = [path for package in PRODUCT for path in (ROOT / package).rglob("*.py")]
    found += (ROOT / "pages").glob("*.py")
    found += [ROOT / name for name in ("dashboard.py", "asgi.py", "dev.py")]
    return tuple(sorted(path for path in found if path.exists()))


@cache
def page_files() -> tuple[Path, ...]:
    """The entry page and the pages."""
    pages = sorted((ROOT / "pages").glob("*.py"))
    return tuple(path for path in (ROOT / "dashboard.py", *pages) if path.exists())


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's syntax tree: walked once for all rules."""
    return tuple(ast.walk(tree_of(path)))


def shown(path: Path) -> str:
    """A path as a person writes it, from the root of the project."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Each imported module with its line; `from a import b` counts as `a` and as `a.b`."""
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((each.name, node.lineno) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{each.name}", node.lineno) for each in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Each function and method of a file."""
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.expr) -> str:
    """`st.cache_data` for that expression; an empty string for what is not a plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines the body of a function takes, its docstring left out."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0
