import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT, SCREEN, imports, page_files, product_files, shown


def test_the_layers_import_in_one_direction_only() -> None:
    # In a process of its own: the linter sets up logging for itself and silences everybody else's.
    code = "from importlinter.cli import lint_imports_command as check; check()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout


def test_streamlit_is_imported_on_the_screen_only() -> None:
    elsewhere = [
        f"{shown(path)}:{line}"
        for path in product_files()
        for module, line in imports(path)
        if module.split(".")[0] == "streamlit" and not shown(path).startswith(SCREEN)
    ]
    assert [] == elsewhere


def test_great_expectations_is_imported_by_one_module() -> None:
    importers = {
        shown(path)
        for path in product_files()
        for module, _ in imports(path)
        if module.split(".")[0] == "great_expectations"
    }
    assert importers <= {"data_contracts/gate.py"}


def test_a_page_imports_the_screen_and_nothing_below_it() -> None:
    allowed = ("callboard.ui", "streamlit")
    below = [
        f"{shown(path)}:{line} {module}"
        for path in page_files()
        for module, line in imports(path)
        if not module.startswith(allowed) and module.split(".")[0] in ("callboard", "metrics")
    ]
    assert [] == [each for each in below if not each.endswith(" callboard")]


@pytest.mark.parametrize("module", ["callboard.ui.shell", "callboard.cli", "callboard.services"])
def test_a_page_or_a_command_does_not_load_great_expectations(module: str) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({module!r})\n"
        "assert 'great_expectations' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
