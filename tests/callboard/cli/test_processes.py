import http.server
import socket
import threading

import pytest

from callboard.cli.processes import Child, held_port, stopped_at_the_end, wait_until_healthy
from callboard.errors import CallboardError
from tests.callboard.cli.calling import LONGEST

HOST = "127.0.0.1"
SLEEP = ["-c", "import time; time.sleep(60)"]


@pytest.fixture
def taken():
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def _child(tmp_path, arguments) -> Child:
    return Child(arguments=arguments, folder=tmp_path, environment={}, log=tmp_path / "a" / "log")


def test_a_taken_port_gives_way_to_the_next_free_one(taken: int) -> None:
    with held_port(HOST, None, first=taken) as chosen:
        assert taken < chosen < taken + 20


def test_two_that_begin_at_the_same_moment_take_two_ports(taken: int) -> None:
    with held_port(HOST, None, first=taken) as one, held_port(HOST, None, first=taken) as other:
        assert one < other
        with pytest.raises(CallboardError, match=f"Port {one} is taken"):
            held_port(HOST, one, first=8501).__enter__()
    with held_port(HOST, one, first=8501) as again:
        assert one == again


def test_a_taken_port_that_was_asked_for_is_refused(taken: int) -> None:
    with pytest.raises(CallboardError, match=rf"Port {taken} is taken .* --port"):
        held_port(HOST, taken, first=8501).__enter__()


def test_a_host_that_is_not_this_machine_is_refused() -> None:
    with pytest.raises(CallboardError, match=r"--host 192\.0\.2\.1: "):
        held_port("192.0.2.1", None, first=8501).__enter__()


def test_children_do_not_outlive_the_block_they_were_started_for(tmp_path) -> None:
    child = _child(tmp_path, SLEEP)
    with stopped_at_the_end(child):
        child.start()
        assert child.is_running()
    assert not child.is_running()


def test_what_a_child_says_stands_in_its_log(tmp_path) -> None:
    child = _child(tmp_path, ["-c", "import sys; print('out'); print('err', file=sys.stderr)"])
    child.start()
    assert child.wait(LONGEST)
    assert {"out", "err"} == set((tmp_path / "a" / "log").read_text(encoding="utf-8").split())


def test_a_server_that_ends_at_once_is_not_waited_for(tmp_path) -> None:
    child = _child(tmp_path, ["-c", "raise SystemExit(3)"])
    child.start()
    assert not wait_until_healthy(child, HOST, 1)


def test_a_server_that_answers_is_healthy(tmp_path) -> None:
    class Healthy(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.HTTPServer((HOST, 0), Healthy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    child = _child(tmp_path, SLEEP)
    with stopped_at_the_end(child):
        child.start()
        assert wait_until_healthy(child, HOST, server.server_port)
    server.shutdown()
    server.server_close()
