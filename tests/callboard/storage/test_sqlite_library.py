import pytest

from callboard.storage.sqlite_library import choose_journal, find_sqlite, is_wal_safe


@pytest.mark.parametrize(
    "version", [(3, 51, 3), (3, 53, 0), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 44, 6)]
)
def test_a_repaired_library_may_write_ahead(version: tuple[int, int, int]) -> None:
    assert is_wal_safe(version)


@pytest.mark.parametrize(
    "version", [(3, 51, 2), (3, 50, 6), (3, 45, 0), (3, 44, 5), (3, 40, 1), (3, 7, 0)]
)
def test_a_library_with_the_race_may_not(version: tuple[int, int, int]) -> None:
    assert not is_wal_safe(version)


def test_the_library_found_here_has_a_journal_that_is_safe_with_it() -> None:
    library = find_sqlite()
    assert library == choose_journal(library.module)
    assert library.journal_mode == "DELETE" or is_wal_safe(library.module.sqlite_version_info)
