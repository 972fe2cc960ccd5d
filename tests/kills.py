"""Children that work on a store and are killed, to see what is left of their work.

A child is forked, so it starts at once; the parent must hold no open connection to a SQLite file.
"""

import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
Act = Callable[..., None]


def start(act: Act, *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Run `act` in a child that says "begun" when it begins and "done" when it is acknowledged."""
    ours, theirs = multiprocessing.Pipe(duplex=False)

    def run() -> None:
        theirs.send("begun")
        act(*arguments)
        theirs.send("done")

    child = multiprocessing.get_context("fork").Process(target=run)
    child.start()
    theirs.close()
    assert "begun" == ours.recv()
    return child, ours


def kill_after(seconds: float, act: Act, *arguments: Any) -> bool:
    """Kill a child that long after it began; return whether it had acknowledged its work."""
    child, told = start(act, *arguments)
    told.poll(seconds)
    child.kill()
    child.join()
    try:
        return told.recv() == "done"
    except EOFError:
        return False


def duration(act: Act, *arguments: Any) -> float:
    """How many seconds a child takes that nobody kills."""
    child, told = start(act, *arguments)
    before = time.perf_counter()
    assert "done" == told.recv()
    child.join()
    return time.perf_counter() - before
