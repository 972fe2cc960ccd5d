"""Calls the command line as a person does, with both outputs apart."""

import io
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from callboard.cli import main

ROOT = Path(__file__).parents[3]
TERM = signal.SIGTERM


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call came back with."""

    code: int
    data: str
    talk: str


def call(
    *arguments: str | Path, environment: dict[str, str] | None = None, answers: str = ""
) -> Answer:
    """Run `callboard` with these arguments, in this process: libraries load once.

    `answers` are what a person types, line by line.
    """
    data, talk = io.StringIO(), io.StringIO()
    words = ["callboard", *map(str, arguments)]
    code: object = 0
    with (
        patch.object(sys, "argv", words),
        patch.object(sys, "stdin", io.StringIO(answers)),
        patch.dict(os.environ, environment or {}),
        redirect_stdout(data),
        redirect_stderr(talk),
        _process_left_as_it_was(),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return Answer(code=int(code or 0), data=data.getvalue(), talk=talk.getvalue())


@contextmanager
def _process_left_as_it_was() -> Iterator[None]:
    """What a command sets for its process alone, it may not leave to other tests."""
    logger, hook, stop = logging.getLogger("callboard"), sys.excepthook, signal.getsignal(TERM)
    before = logger.handlers, logger.level, logger.propagate
    try:
        yield
    finally:
        logger.handlers, logger.level, logger.propagate = before
        sys.excepthook = hook
        signal.signal(TERM, stop)


def call_process(*arguments: str | Path, environment: dict[str, str] | None = None) -> Answer:
    """Run `python -m callboard` with these arguments, in a process of its own."""
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
