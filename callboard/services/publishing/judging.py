"""A file read and judged; what was read or judged alike lately is not read or judged again.

A person answers one thing after the other of a file, and publishes what was looked at. The rows
stay the same where only a word is answered, the judgement where only the mode is.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from callboard.services.publishing.asking import Ask
from callboard.services.publishing.lately import Lately
from data_contracts.benchmarks import FileReport, Known
from data_contracts.benchmarks.judge import Court, judge_table, read_file
from data_contracts.benchmarks.progress import Progress, Step, tell
from data_contracts.benchmarks.report import refused_report
from data_contracts.checks import latest_day
from data_contracts.importing.answers import ReadingAnswer
from data_contracts.importing.proposing import ReadingProposal, propose_reading
from data_contracts.model import ColumnType, Contract
from data_contracts.parsing import Limits
from data_contracts.parsing.table import Refused, TextTable

_MOST_BYTES = 32_000_000  # a few files of 50,000 rows; a much longer one is read anew
_LEAST = 100_000  # so that small ones are not kept by the thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as it was sent: what is asked of it, its hash, and what its rows are read by."""

    ask: Ask
    sha256: str
    contract: Contract
    limits: Limits

    def read(self, answer: ReadingAnswer, *, is_turned: bool = False) -> TextTable | Refused:
        """Return its rows, read so: in little room, unless columns of it are to be turned."""
        return _tables.get(
            (*self._about, answer, is_turned),
            lambda: read_file(
                self.ask.content,
                answer,
                contract=self.contract,
                limits=self.limits,
                name=self.ask.name,
                is_turned=is_turned,
            ),
        )

    def propose(self, answer: ReadingAnswer) -> ReadingProposal:
        """Return how it may be read, given what was answered."""
        return _proposals.get(
            (*self._about, answer),
            lambda: propose_reading(
                self.ask.content,
                answer,
                contract=self.contract,
                limits=self.limits,
                name=self.ask.name,
            ),
        )

    def judge(
        self, known: Known, *, now: datetime, act: int = 0, progress: Progress | None = None
    ) -> FileReport:
        """Return what becomes of its rows at a moment, by what is known after an act.

        What is known can ask the store, which is another one after each act.
        """
        is_told_by_days = all(
            each.type is not ColumnType.TIMESTAMP for each in self.contract.columns
        )
        question = (
            *self._about,
            self.ask.answers_json,
            latest_day(now) if is_told_by_days else now,
            act,
        )
        _, report = _reports.get(
            question,
            lambda: (replace(known, are_published=None), self._judge(known, now, progress)),
            lambda made: made[0] == known,
        )
        return report

    def _judge(self, known: Known, now: datetime, progress: Progress | None) -> FileReport:
        answers = self.ask.answers
        tell(progress, Step.READ)
        table = self.read(answers.reading, is_turned=answers.layout is not None)
        if isinstance(table, Refused):
            return refused_report(table)
        court = Court(
            contract=self.contract,
            known=known,
            limits=self.limits,
            now=now,
            answers=answers,
            progress=progress,
        )
        return judge_table(table, court)

    @property
    def _about(self) -> tuple[Hashable, ...]:
        """All that its rows follow from beside the answers."""
        kind = self.ask.name.rpartition(".")[2].casefold()
        return self.sha256, kind, self.contract.sha256, self.limits


def _room_of_table(table: TextTable | Refused) -> int:
    return _LEAST if isinstance(table, Refused) else _room(table.cells)


def _room_of_report(made: tuple[Known, FileReport]) -> int:
    return _room(made[1].rows)


def _room(frame: pd.DataFrame) -> int:
    return _LEAST + int(frame.memory_usage(index=False).sum())


_tables: Lately[TextTable | Refused] = Lately(_MOST_BYTES, _room_of_table)
_reports: Lately[tuple[Known, FileReport]] = Lately(_MOST_BYTES, _room_of_report)
_proposals: Lately[ReadingProposal] = Lately(_MOST_BYTES, lambda _: _LEAST)
