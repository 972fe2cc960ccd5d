"""Every door into the services asks who comes: a page that is hidden protects nothing."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOT, dotted, nodes_of, product_files, shown, tree_of

SERVICES = "callboard.services"
OUTSIDE = ("callboard/ui/", "callboard/cli/", "callboard/serving/", "pages/", "dashboard.py")
ASKS = {"require", "open_scope"}


def _doors() -> Iterator[tuple[str, str]]:
    """Module and name of each service that is imported from outside of the services."""
    for path in product_files():
        if not shown(path).startswith(OUTSIDE):
            continue
        for node in nodes_of(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SERVICES):
                yield from ((node.module or "", each.name) for each in node.names)


def _functions(module: str) -> dict[str, ast.FunctionDef]:
    """The public functions of a module over a runtime; none where there is no such module."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    body = tree_of(path).body if path.exists() else []
    return {
        node.name: node
        for node in body
        if isinstance(node, ast.FunctionDef) and "Runtime" in _types(node)
    }


def _functions_over_a_runtime() -> dict[str, ast.FunctionDef]:
    found = {}
    for module, name in set(_doors()):
        named, whole = _functions(module), _functions(f"{module}.{name}")
        found |= {f"{module}.{each}": named[each] for each in named if each == name}
        found |= {f"{module}.{name}.{each}": whole[each] for each in whole if each[0] != "_"}
    return found


def _types(node: ast.FunctionDef) -> dict[str, str]:
    """The parameters' plain annotations, with their names."""
    return {dotted(each.annotation): each.arg for each in node.args.args if each.annotation}


DOORS = _functions_over_a_runtime()


def test_there_are_doors() -> None:
    assert len(DOORS) >= 15


def test_a_door_takes_an_actor() -> None:
    assert [] == [name for name, node in DOORS.items() if "Actor" not in _types(node)]


def test_a_door_asks_for_the_right_or_passes_the_actor_on() -> None:
    assert [] == [name for name, node in DOORS.items() if not _asks(node)]


def _asks(node: ast.FunctionDef) -> bool:
    """Whether a door asks for a right, or hands its actor to somebody who does."""
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    actor = _types(node).get("Actor")
    return any(
        dotted(each.func) in ASKS or any(dotted(argument) == actor for argument in each.args)
        for each in calls
    )
