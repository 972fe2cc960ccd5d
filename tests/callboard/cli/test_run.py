import http.client
import os
import re
import signal
from pathlib import Path

import pytest

from tests.callboard.cli.calling import LONGEST, call, said_after, said_until, started

ADDRESS = " is at http://localhost:"


def test_a_workspace_is_served_until_it_is_stopped_and_nothing_stays_behind(
    workspace: Path,
) -> None:
    with started("run", "--workspace", workspace, "--every", "5s") as process:
        said = said_until(process, ADDRESS)
        (port,) = re.findall(rf"{ADDRESS}(\d+)", said)
        page = http.client.HTTPConnection("127.0.0.1", int(port), timeout=LONGEST)
        page.request("GET", "/")
        assert 200 == page.getresponse().status
        page.close()
        os.killpg(process.pid, signal.SIGINT)
        assert (0, "Stopping.\n") == (process.wait(), said_after(process))
    assert "Computing the figures" in said
    gone = http.client.HTTPConnection("127.0.0.1", int(port), timeout=LONGEST)
    with pytest.raises(ConnectionRefusedError):
        gone.request("GET", "/")


def test_what_is_made_ready_is_not_made_again(workspace: Path) -> None:
    said = []
    for _ in range(2):
        with started("run", "--workspace", workspace, "--no-refresh") as process:
            said.append(said_until(process, ADDRESS))
            assert ADDRESS in said[-1], said
            process.send_signal(signal.SIGTERM)
            assert (0, "Stopping.\n") == (process.wait(), said_after(process))
    begun = [re.findall(r"^(\w+) .*…$", each, re.MULTILINE) for each in said]
    assert [["Opening", "Computing", "Starting"], ["Opening", "Starting"]] == begun, said


def test_a_broken_definition_stops_it_with_every_problem(workspace: Path) -> None:
    (workspace / "touchpoints" / "desk.yaml").write_text("touchpoint: desk\n", encoding="utf-8")
    with started("run", "--workspace", workspace) as process:
        said = said_after(process)
        assert 1 == process.wait()
    assert "touchpoints/desk.yaml: name: found nothing" in said
    assert "touchpoints/desk.yaml: stage: found nothing" in said
    assert "Traceback" not in said


def test_a_wrong_span_between_refreshes_is_told_before_anything_starts(workspace: Path) -> None:
    answer = call("run", "--workspace", workspace, "--every", "sometimes")
    assert 1 == answer.code
    assert "expected a span such as 60s, 5m or 1h" in answer.talk
    assert not (workspace / ".callboard").exists()
