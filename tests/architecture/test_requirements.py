import re

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests.architecture.sources import ROOT

LOCKS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}


def _wanted(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    plain = (re.sub(r"\s+#.*|^#.*", "", line).strip() for line in lines)
    return [Requirement(line) for line in plain if line and not line.startswith("-")]


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {match[1]: match[2] for match in re.finditer(r"^([a-z0-9-]+)==([^\s;\\]+)", text, re.M)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(("wanted", "lock"), LOCKS.items())
def test_a_lock_holds_what_is_asked_for(wanted: str, lock: str) -> None:
    pins = _pins(lock)
    assert [] == [
        str(each)
        for each in _wanted(wanted)
        if not SpecifierSet(str(each.specifier)).contains(pins.get(_plain(each.name), "0"))
    ]


def test_both_locks_agree() -> None:
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS.values())
def test_every_pinned_package_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.M)[1:]
    assert [] == [each.split("==")[0] for each in packages if "--hash=sha256:" not in each]
    assert "://" not in text


def test_streamlit_is_pinned_exactly() -> None:
    (streamlit,) = [each for each in _wanted("requirements.txt") if each.name == "streamlit"]
    assert "==1.67.0" == str(streamlit.specifier)


def test_no_older_sqlite_comes_in_by_another_package() -> None:
    assert "pysqlite3-binary" not in _pins("requirements-dev.lock")
