"""Of large files one is judged at a time; small ones never wait."""

import threading

from callboard.services.publishing.large_files import LARGE, WAITING, one_at_a_time
from data_contracts.benchmarks.progress import Step


def test_a_second_large_file_waits_and_is_told_so() -> None:
    told: list[str] = []
    is_waiting, is_in = threading.Event(), threading.Event()

    def tell(words: str, share: float) -> None:
        told.append(words)
        is_waiting.set()

    def second() -> None:
        with one_at_a_time(LARGE, tell):
            is_in.set()

    with one_at_a_time(LARGE):
        thread = threading.Thread(target=second)
        thread.start()
        assert is_waiting.wait(5)
        assert not is_in.wait(0.1)
    thread.join(5)
    assert is_in.is_set()
    assert [WAITING] == told


def test_a_small_file_does_not_wait_for_a_large_one() -> None:
    told: list[tuple[str, float]] = []
    with (
        one_at_a_time(LARGE),
        one_at_a_time(LARGE - 1, lambda *said: told.append(said)) as progress,
    ):
        assert progress is not None
        progress(Step.READ, 0.0)
    assert [("Reading the rows", 0.0)] == told


def test_a_file_that_cannot_be_judged_makes_room_for_the_next() -> None:
    for _ in range(2):
        try:
            with one_at_a_time(LARGE):
                raise ValueError
        except ValueError:
            continue
    with one_at_a_time(LARGE) as progress:
        assert progress is None
