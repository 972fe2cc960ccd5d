"""Calls the command line as a person does, with both outputs apart."""

import io
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from callboard.cli import main

ROOT = Path(__file__).parents[3]
LONGEST = 600  # seconds; ends what hangs, and says nothing of how long anything may take


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
    logger, hook = logging.getLogger("callboard"), sys.excepthook
    stops = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    before = logger.handlers, logger.level, logger.propagate
    try:
        yield
    finally:
        logger.handlers, logger.level, logger.propagate = before
        sys.excepthook = hook
        for each, stop in stops.items():
            signal.signal(each, stop)


def call_process(*arguments: str | Path, environment: dict[str, str] | None = None) -> Answer:
    """Run `python -m callboard` with these arguments, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "callboard", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    return Answer(code=done.returncode, data=done.stdout, talk=done.stderr)


@contextmanager
def started(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """`python -m callboard` in a process group of its own, ended at the end whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "callboard", *map(str, arguments)],
        cwd=ROOT,
        env=dict(os.environ),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    killer = threading.Timer(LONGEST, os.killpg, (process.pid, signal.SIGKILL))
    killer.start()
    try:
        yield process
    finally:
        killer.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def said_until(process: subprocess.Popen[str], words: str) -> str:
    """What a process said up to the line with these words, or all of it where they never came."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if words in line:
            break
    return said


def said_after(process: subprocess.Popen[str]) -> str:
    """What a process says from now to its end."""
    assert process.stderr is not None
    return process.stderr.read()
