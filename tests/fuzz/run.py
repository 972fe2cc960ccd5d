"""Fuzzing by hand: `python -m tests.fuzz.run --minutes 20 --keep /tmp/found`.

Files of the corpus are changed at random, and what is said of them; a change whose outcome is of a
new kind is built upon. What breaks is written to the folder given, to be mended and kept as a test.
"""

import argparse
import hashlib
import sys
import time
import traceback
from pathlib import Path
from random import Random

from data_contracts.importing.answers_file import write_answers
from tests.fuzz.corpus import read_corpus
from tests.fuzz.judging import Case, Outcome, run_case
from tests.fuzz.mutating import mutate_answers, mutate_content

MOST_KEPT = 4000


def main() -> None:
    """Fuzz for so many minutes and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("found"))
    given = parser.parse_args()
    fuzz = Fuzz(seed=given.seed, keep=given.keep)
    end = time.monotonic() + 60 * given.minutes
    told = time.monotonic()
    while time.monotonic() < end:
        fuzz.step()
        if time.monotonic() - told > 60:
            told = time.monotonic()
            _say(fuzz.told())
    _say(fuzz.told())


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


class Fuzz:
    """The pool of cases that showed something new, and what broke."""

    def __init__(self, *, seed: int, keep: Path) -> None:
        self._random, self._keep = Random(seed), keep
        self._pool = read_corpus()
        self._headers: dict[int, tuple[str, ...]] = {}
        self._kinds: set[tuple[object, ...]] = set()
        self._broken: dict[str, int] = {}
        self._runs = 0

    def step(self) -> None:
        """Run one changed case; one of a new kind joins the pool."""
        self._runs += 1
        at = self._random.randrange(len(self._pool))
        case = self._changed(at)
        try:
            outcome = run_case(case)
        except Exception as error:  # noqa: BLE001 - any exception at all is what is looked for
            self._keep_broken(case, error)
            return
        if outcome.kind not in self._kinds and len(self._pool) < MOST_KEPT:
            self._join(case, outcome)

    def _changed(self, at: int) -> Case:
        case, random = self._pool[at], self._random
        others = [self._pool[random.randrange(len(self._pool))].content]
        is_same = random.random() < 0.2
        return Case(
            name=case.name,
            content=case.content if is_same else mutate_content(case.content, others, random),
            answers=mutate_answers(case.answers, self._headers.get(at, ()), random),
        )

    def _join(self, case: Case, outcome: Outcome) -> None:
        self._kinds.add(outcome.kind)
        self._headers[len(self._pool)] = outcome.headers
        self._pool.append(case)

    def _keep_broken(self, case: Case, error: Exception) -> None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        self._broken[what] = self._broken.get(what, 0) + 1
        if self._broken[what] > 3:
            return
        self._keep.mkdir(parents=True, exist_ok=True)
        stem = hashlib.sha256(case.content).hexdigest()[:12]
        (self._keep / f"{stem}{Path(case.name).suffix}").write_bytes(case.content)
        (self._keep / f"{stem}.yaml").write_text(write_answers(case.answers), encoding="utf-8")
        trace = "".join(traceback.format_exception(error))
        (self._keep / f"{stem}.txt").write_text(
            f"{what}\n{case.answers}\n{trace}", encoding="utf-8"
        )

    def told(self) -> str:
        """How far it is and what broke."""
        broken = "; ".join(f"{what} ({count:,})" for what, count in self._broken.items())
        return (
            f"{self._runs:,} files, {len(self._kinds):,} kinds of outcome; "
            f"broken: {broken or 'nothing'}"
        )


if __name__ == "__main__":
    main()
