"""Bring `.venv-datacontract` to what the lock beside this file says; `lock` writes the lock anew.

Standard library only. `datacontract lint` is a second opinion on our contracts: the tests that take
long ask for it, and nothing else does.
"""

# ruff: noqa: INP001, S603, T201 - like dev.py, a command that runs others and says so

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VENV = ROOT / ".venv-datacontract"
STAMP = VENV / "installed"
WANTED, LOCK = HERE / "requirements.txt", HERE / "requirements.lock"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def prepare() -> int:
    """Install the lock into its environment unless it is there; the exit code of what failed."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest:
        return 0
    print("Installing tools/datacontract/requirements.lock", flush=True)
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK)]
    failed = subprocess.call(make) or subprocess.call(install)
    if failed:
        print("The lines above say why datacontract could not be installed.", file=sys.stderr)
        return failed
    STAMP.write_text(digest, encoding="utf-8")
    return 0


def lock() -> int:
    """Write the lock anew; uv is in Callboard's own environment."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-annotate"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--only-binary", ":all:", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--custom-compile-command", "python tools/datacontract/prepare.py lock"]
    return subprocess.call([*command, str(WANTED), "--output-file", str(LOCK)], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(lock() if sys.argv[1:] == ["lock"] else prepare())
