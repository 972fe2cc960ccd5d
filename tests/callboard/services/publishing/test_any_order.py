"""Files published, replaced, withdrawn and brought back in any order, against a plain list."""

from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from callboard.access import LOCAL_USER
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.asking import Ask, Mode
from callboard.services.runtime import Runtime
from callboard.storage.audit import verify_audit
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import open_store, snapshot
from tests.callboard.services.benchmark_file_text import file_of
from tests.callboard.services.small_world import copy_store
from tests.conftest import IS_FULL

Key = tuple[str, str]
keys = st.tuples(st.sampled_from(["Report", "Watch"]), st.sampled_from(["Alder", "Birch", "Cedar"]))
files = st.dictionaries(keys, st.integers(10, 14), min_size=1, max_size=4)


@dataclass
class Kept:
    number: int
    content: bytes
    mode: Mode
    says: dict[Key, int]
    takes: set[Key] = field(default_factory=set)
    counts: bool = True


def file_with(says: dict[Key, int]) -> bytes:
    return file_of(
        *({"source_name": s, "competitor": e, "value": str(v)} for (s, e), v in says.items())
    )


def machine(runtime: Runtime) -> type[RuleBasedStateMachine]:
    """The machine over an empty store."""

    class Publishing(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.runtime = runtime
            self.kept: list[Kept] = []
            self.acts = 0

        def expected(self) -> dict[Key, int]:
            found: dict[Key, int] = {}
            for each in self.kept:
                if each.counts:
                    found = {key: value for key, value in found.items() if key not in each.takes}
                    found |= each.says
            return found

        @rule(says=files, mode=st.sampled_from(Mode))
        def publish(self, says: dict[Key, int], mode: Mode) -> None:
            content, now = file_with(says), self.expected()
            sources = {source for source, _ in says}
            theirs = {key for key in now if key[0] in sources} if mode is Mode.PUBLISHER else set()
            is_twin = any(
                each.counts and (each.content, each.mode) == (content, mode) for each in self.kept
            )
            is_said = now | says == now and theirs <= set(says)
            ask = Ask(name="a.csv", content=content, mode=mode)
            row = publishing.publish(self.runtime, LOCAL_USER, ask=ask)
            assert (is_twin or is_said) == row.is_repeat
            if not row.is_repeat:
                self.acts += 1
                self.kept.append(Kept(row.id, content, mode, says, theirs - set(says)))

        @precondition(lambda self: any(each.counts for each in self.kept))
        @rule(data=st.data())
        def withdraw(self, data: st.DataObject) -> None:
            each = data.draw(st.sampled_from([each for each in self.kept if each.counts]))
            publishing.withdraw(self.runtime, LOCAL_USER, submission=each.number)
            each.counts, self.acts = False, self.acts + 1

        @precondition(lambda self: self.restorable())
        @rule(data=st.data())
        def restore(self, data: st.DataObject) -> None:
            each = data.draw(st.sampled_from(self.restorable()))
            publishing.restore(self.runtime, LOCAL_USER, submission=each.number)
            each.counts, self.acts = True, self.acts + 1

        def restorable(self) -> list[Kept]:
            current = {(each.content, each.mode) for each in self.kept if each.counts}
            return [
                each
                for each in self.kept
                if not each.counts and (each.content, each.mode) not in current
            ]

        @invariant()
        def what_counts_is_what_the_list_says(self) -> None:
            with snapshot(self.runtime.store) as connection:
                found = {
                    (row.source_name, row.entity): row.value for row in read_current(connection)
                }
                assert () == verify_audit(connection)
            assert (self.expected(), self.acts) == (found, self.runtime.publication())

        def teardown(self) -> None:
            self.runtime.store.dispose()

    return Publishing


def test_files_in_any_order_leave_what_a_list_of_them_says(
    small_runtime: Runtime, migrated_sqlite: Path, tmp_path: Path
) -> None:
    numbers = count(1)

    def new() -> RuleBasedStateMachine:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        store = open_store(copy_store(migrated_sqlite, folder))
        return machine(replace(small_runtime, store=store))()

    examples = 300 if IS_FULL else 8
    run_machine(
        new, settings=settings(max_examples=examples, stateful_step_count=12, deadline=None)
    )
