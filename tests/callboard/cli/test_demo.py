from pathlib import Path

from tests.callboard.cli.calling import call


def test_example_data_are_never_written_where_nobody_asked_for_them(workspace: Path) -> None:
    before = (workspace / "sample.db").read_bytes()
    for words in (["demo"], ["demo", "--reset"]):
        answer = call(*words, "--workspace", workspace)
        assert (1, "") == (answer.code, answer.data)
        assert "never into other databases" in answer.talk
    assert before == (workspace / "sample.db").read_bytes()
