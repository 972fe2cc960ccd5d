"""`callboard status`: how things stand, and whether the audit trail is whole."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.callboard.cli.calling import call

PEERS = (
    "metric,entity,statistic,value,unit,period_end,source_name\n"
    "abandon,Acme,value,4.2,percent,2025-12-31,Annual report\n"
)


def _publish(workspace: Path, folder: Path) -> None:
    file = folder / "peers.csv"
    file.write_text(PEERS, encoding="utf-8")
    assert 0 == call("benchmarks", "publish", file, "--workspace", workspace).code


def _tamper(home: Path) -> None:
    with closing(sqlite3.connect(home / "store.db")) as store, store:
        store.execute("DROP TRIGGER audit_no_update")
        store.execute("UPDATE audit SET actor = 'nobody'")


def test_status_tells_feeds_and_an_unbroken_trail(workspace: Path, tmp_path: Path) -> None:
    _publish(workspace, tmp_path)
    answer = call("status", "--workspace", workspace)
    assert 0 == answer.code, answer.talk
    assert "Audit trail of 1 act, unbroken." in answer.talk
    assert "contacts" in answer.data


def test_a_changed_audit_trail_is_told_and_fails(workspace: Path, tmp_path: Path) -> None:
    _publish(workspace, tmp_path)
    _tamper(
        Path(json.loads(call("status", "--workspace", workspace, "--format", "json").data)["home"])
    )
    answer = call("status", "--workspace", workspace)
    assert (1, True) == (answer.code, "The audit trail is broken at 1:" in answer.talk)
    told = json.loads(call("status", "--workspace", workspace, "--format", "json").data)
    assert (1, [1]) == (told["acts"], told["acts_broken"])
