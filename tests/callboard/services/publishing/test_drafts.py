"""A file between upload and publication belongs to one person and lasts a day."""

import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER, Actor
from callboard.errors import CallboardError, NotAllowed
from callboard.services.publishing import drafts
from callboard.services.runtime import Runtime
from data_contracts.importing.answers import Answers

CONTENT = b"metric,entity\n"
OTHER = replace(LOCAL_USER, id="other")
NOBODY = Actor(id="nobody", name="Nobody", roles=frozenset())


@pytest.fixture
def runtime(small_runtime: Runtime, tmp_path: Path) -> Runtime:
    """A runtime with a home of its own."""
    return replace(small_runtime, settings=replace(small_runtime.settings, home=tmp_path))


def keep(runtime: Runtime, content: bytes = CONTENT) -> str:
    return drafts.keep_draft(runtime, LOCAL_USER, name="peers.csv", content=content)


def test_a_draft_is_read_as_it_was_kept(runtime: Runtime) -> None:
    found = drafts.read_draft(runtime, LOCAL_USER, keep(runtime))
    assert ("peers.csv", CONTENT) == (found.name, found.content)


def test_a_draft_of_somebody_else_reads_like_one_that_is_gone(runtime: Runtime) -> None:
    token = keep(runtime)
    with pytest.raises(CallboardError) as theirs:
        drafts.read_draft(runtime, OTHER, token)
    with pytest.raises(CallboardError) as gone:
        drafts.read_draft(runtime, LOCAL_USER, "0" * 32)
    assert str(theirs.value) == str(gone.value)


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "0" * 31, "Z" * 32, "0" * 32 + "\n"])
def test_what_is_no_token_finds_nothing(token: str, runtime: Runtime) -> None:
    keep(runtime)
    with pytest.raises(CallboardError, match="Choose the file again"):
        drafts.read_draft(runtime, LOCAL_USER, token)


def test_who_may_not_check_files_keeps_none(runtime: Runtime) -> None:
    with pytest.raises(NotAllowed):
        drafts.keep_draft(runtime, NOBODY, name="peers.csv", content=CONTENT)


def test_only_the_servers_user_can_read_the_file(runtime: Runtime) -> None:
    keep(runtime)
    modes = {
        stat.S_IMODE(each.stat().st_mode) for each in (runtime.settings.home / "drafts").iterdir()
    }
    assert {0o600} == modes


def test_dropping_removes_the_bytes_but_only_ones_own(runtime: Runtime) -> None:
    token = keep(runtime)
    drafts.drop_draft(runtime, OTHER, token)
    assert CONTENT == drafts.read_draft(runtime, LOCAL_USER, token).content
    drafts.drop_draft(runtime, LOCAL_USER, token)
    assert [] == list((runtime.settings.home / "drafts").iterdir())


def test_a_day_later_a_draft_is_gone_and_the_next_upload_removes_it(runtime: Runtime) -> None:
    token = keep(runtime)
    path = runtime.settings.home / "drafts" / f"{token}.bin"
    old = time.time() - 24 * 3600 - 60
    os.utime(path, (old, old))
    with pytest.raises(CallboardError):
        drafts.read_draft(runtime, LOCAL_USER, token)
    keep(runtime)
    assert not path.exists()


def test_too_large_a_file_is_refused_with_both_sizes(runtime: Runtime) -> None:
    small = replace(runtime, settings=replace(runtime.settings, max_upload_mb=1))
    with pytest.raises(CallboardError, match=r"found 2\.0 MB; expected at most 1 MB"):
        keep(small, b"x" * 2 * 1024 * 1024)


def test_bytes_that_changed_on_disk_are_not_read(runtime: Runtime) -> None:
    token = keep(runtime)
    (runtime.settings.home / "drafts" / f"{token}.bin").write_bytes(b"other")
    with pytest.raises(CallboardError):
        drafts.read_draft(runtime, LOCAL_USER, token)


def test_what_was_said_is_kept_beside_the_file_for_its_owner(runtime: Runtime) -> None:
    token, work = keep(runtime), drafts.Work(answers=Answers(new_names=("Elm",)), step="values")
    assert drafts.Work() == drafts.read_work(runtime, LOCAL_USER, token)
    drafts.keep_work(runtime, OTHER, token, drafts.Work(step="publish"))
    drafts.keep_work(runtime, LOCAL_USER, token, work)
    assert work == drafts.read_work(runtime, LOCAL_USER, token)
    assert CONTENT == drafts.read_draft(runtime, LOCAL_USER, token).content
    with pytest.raises(CallboardError):
        drafts.read_work(runtime, OTHER, token)


def test_what_another_version_kept_is_said_anew(runtime: Runtime) -> None:
    token = keep(runtime)
    drafts.keep_work(runtime, LOCAL_USER, token, drafts.Work(step="values"))
    (path,) = (runtime.settings.home / "drafts").glob("*.json")
    path.write_text(path.read_text().replace("by_key", "by_colour"))
    assert drafts.Work() == drafts.read_work(runtime, LOCAL_USER, token)


def test_work_on_a_file_that_is_gone_brings_nothing_back(runtime: Runtime) -> None:
    token = keep(runtime)
    drafts.drop_draft(runtime, LOCAL_USER, token)
    drafts.keep_work(runtime, LOCAL_USER, token, drafts.Work(step="values"))
    assert [] == list((runtime.settings.home / "drafts").iterdir())


def test_own_files_are_listed_and_what_was_said_does_not_make_them_younger(
    runtime: Runtime,
) -> None:
    token = keep(runtime)
    (before,) = drafts.list_drafts(runtime, LOCAL_USER)
    drafts.keep_work(runtime, LOCAL_USER, token, drafts.Work(step="values"))
    assert (before,) == drafts.list_drafts(runtime, LOCAL_USER)
    assert (token, "peers.csv", len(CONTENT)) == (before.token, before.name, before.size)
    assert () == drafts.list_drafts(runtime, OTHER)
