"""Great Expectations is imported when a run is judged, and at no other time."""

import subprocess
import sys

_IMPORT_ALL = """
import importlib, pkgutil, sys
import data_contracts, callboard.services
for package in (data_contracts, callboard.services):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
from data_contracts.catalogue import LIBRARY, read_contract
assert not [problem for path in LIBRARY.iterdir() for problem in read_contract(path)[1]]
print(sorted(name for name in sys.modules if name.startswith("great_expectations")))
"""


def test_importing_everything_and_loading_contracts_leaves_it_out() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL], capture_output=True, text=True, check=True
    )
    assert "[]" == done.stdout.strip()
