"""Calls the command line as a person does: a process of its own, with both outputs apart."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call came back with."""

    code: int
    data: str
    talk: str


def call(*arguments: str | Path, environment: dict[str, str] | None = None) -> Answer:
    """Run `callboard` with these arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "callboard", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Answer(code=done.returncode, data=done.stdout, talk=done.stderr)
