"""Every name that one of our files imports from another exists there: also in pages and tests."""

import ast
from functools import cache
from pathlib import Path

from tests.architecture.sources import ROOT, nodes_of, product_files, shown

OURS = ("callboard", "metrics", "data_contracts", "definition_files", "tests", "bench")


@cache
def _names_of(module: str) -> frozenset[str] | None:
    """The names at the top of a module of ours; None where there is no such module."""
    place = ROOT.joinpath(*module.split("."))
    if place.is_dir():
        inside = {path.stem for path in place.glob("*.py")}
        inside |= {path.name for path in place.iterdir() if path.is_dir()}
        file = place / "__init__.py"
        return frozenset(inside | (_bound(file) if file.exists() else set()))
    file = place.with_suffix(".py")
    return frozenset(_bound(file)) if file.exists() else None


def _bound(path: Path) -> set[str]:
    names: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(each.asname or each.name).split(".")[0] for each in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def test_every_imported_name_of_ours_exists() -> None:
    files = [*product_files(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    missing = [
        f"{shown(path)}:{node.lineno} {node.module}.{each.name}"
        for path in files
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0
        for each in node.names
        if node.module.split(".")[0] in OURS and each.name not in (_names_of(node.module) or ())
    ]
    assert [] == missing
