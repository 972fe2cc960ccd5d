"""What was made of the files that were looked at lately: a few of them, of limited size."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Lately(Generic[Made]):
    """Answers by their questions, the latest kept: as many as `size_of` them is within `most`.

    What is kept is shared by all threads: nobody may change it.
    """

    def __init__(self, most: int, size_of: Callable[[Made], int]) -> None:
        self._most = most
        self._size_of = size_of
        self._kept: dict[Hashable, tuple[int, Made]] = {}
        self._lock = Lock()

    def get(
        self,
        question: Hashable,
        make: Callable[[], Made],
        holds: Callable[[Made], bool] = lambda _: True,
    ) -> Made:
        """Return what was made of a question before, if it still holds, else make it."""
        with self._lock:
            kept = self._kept.pop(question, None)
            if kept is not None and holds(kept[1]):
                self._kept[question] = kept
                return kept[1]
        made = make()
        self._keep(question, made, self._size_of(made))
        return made

    def _keep(self, question: Hashable, made: Made, size: int) -> None:
        if size > self._most:
            return
        with self._lock:
            self._kept.pop(question, None)
            self._kept[question] = (size, made)
            while sum(each for each, _ in self._kept.values()) > self._most:
                del self._kept[next(iter(self._kept))]
