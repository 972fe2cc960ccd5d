from pathlib import Path

import pytest

from callboard.errors import CallboardError
from callboard.services.connecting.database_address import DatabaseAddress, read_address, shown
from callboard.settings import load_settings


def _read(
    given: str, tmp_path: Path, known: dict[str, str] | None = None, **environment: str
) -> DatabaseAddress:
    settings = load_settings(environment, workspace=tmp_path / "board")
    return read_address(given, settings, known or {})


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("postgresql://u:${SHOP_DB_PASSWORD}@h/shop", "postgresql://u:s3cret@h/shop"),
        ("postgresql://u:${SHOP_DB_PASSWORD}@h:5/shop?a=b", "postgresql://u:s3cret@h:5/shop?a=b"),
        (
            "postgresql://u@h/shop?password=${SHOP_DB_PASSWORD}",
            "postgresql://u@h/shop?password=s3cret",
        ),
        ("postgresql://u@h/shop", "postgres://u@h/shop"),
    ],
)
def test_a_password_becomes_a_variable(written: str, given: str, tmp_path: Path) -> None:
    address = _read(given, tmp_path)
    assert ("shop", written) == (address.name, address.written)
    assert "s3cret" not in repr(address) + shown(given)
    assert ({"SHOP_DB_PASSWORD": "s3cret"} if "s3cret" in given else {}) == address.variables


def test_a_variable_is_written_as_a_variable_and_filled_in_to_open(tmp_path: Path) -> None:
    given = "postgresql://u:${PGPASS}@h/shop"
    address = _read(given, tmp_path, PGPASS="s3cret")
    assert (given, "postgresql://u:s3cret@h/shop", {}) == (
        *(address.written, address.url, address.variables),
    )


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallboardError, match="expected a value in the environment variable NOPE"):
        _read("postgresql://u:${NOPE}@h/shop", tmp_path)


@pytest.mark.parametrize(
    "given", ["postgresql://u:a@b@h/shop", "postgresql://u:a@h/shop?sslpassword=b"]
)
def test_a_password_that_cannot_be_told_for_sure_is_refused(given: str, tmp_path: Path) -> None:
    with pytest.raises(CallboardError, match=r"write (%40|\$\{NAME\})"):
        _read(given, tmp_path)


def test_no_variable_takes_the_prefix_of_our_settings(tmp_path: Path) -> None:
    address = _read("postgresql://u:p@h/callboard", tmp_path)
    assert {"MY_CALLBOARD_DB_PASSWORD": "p"} == address.variables


def test_a_file_is_written_with_its_whole_path(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"sqlite:///{tmp_path}/shop.db" == _read("sqlite:///shop.db", tmp_path).written


def test_a_file_in_the_workspace_moves_with_it(tmp_path: Path) -> None:
    address = _read(f"sqlite:///{tmp_path}/board/shop.db", tmp_path)
    assert "sqlite:///${CALLBOARD_WORKSPACE}/shop.db" == address.written
    assert f"sqlite:///{tmp_path}/board/shop.db" == address.url


def test_a_file_may_be_named_without_being_an_address(tmp_path: Path) -> None:
    (tmp_path / "Shop 1.db").touch()
    assert "shop_1" == _read(str(tmp_path / "Shop 1.db"), tmp_path).name


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallboardError, match=r"shp\.db: found no such file"):
        _read("shp.db", tmp_path)


def test_a_database_the_workspace_has_keeps_its_name(tmp_path: Path) -> None:
    known = {"till": "postgresql://u:${TILL}@h/shop", "shop": "sqlite:///x.db"}
    again = _read("postgresql://u:other@h/shop", tmp_path, known, TILL="s3cret")
    other = _read("postgresql://u@h2/shop", tmp_path, known, TILL="s3cret")
    assert ("till", True) == (again.name, again.is_known)
    assert ("shop_2", False) == (other.name, other.is_known)


@pytest.mark.parametrize("given", ["mysql://u@h/shop", "u:pw@h/shop", "", "sqlite://", "http://x"])
def test_other_databases_are_refused(given: str, tmp_path: Path) -> None:
    with pytest.raises(CallboardError, match="expected sqlite:///path/to/file"):
        _read(given, tmp_path)
