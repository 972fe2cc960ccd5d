"""What every test stands on: no settings of the person at the keyboard, and quick properties."""

import os

import pytest
from hypothesis import HealthCheck, settings

for name in [each for each in os.environ if each.startswith("CALLBOARD_")]:
    if not name.startswith("CALLBOARD_TEST_"):
        del os.environ[name]
IS_FULL = os.environ.get("CALLBOARD_TEST_FULL") == "1"

settings.register_profile(
    "quick",
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=False,
)
settings.register_profile("full", settings.get_profile("quick"), max_examples=5_000)
settings.load_profile("full" if IS_FULL else "quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not IS_FULL:
        skip = pytest.mark.skip(reason="takes long: dev.py test-full runs it")
        for item in items:
            if "full" in item.keywords:
                item.add_marker(skip)
